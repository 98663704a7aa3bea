"""One day's log as its page needs it: a few reads, the rest is arithmetic on the day's windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.organisations.queries import scope_of
from app.schedule.models import Occurrence
from app.schedule.queries_plan import calendar
from app.schedule.rules_days import day_type
from app.schedule.rules_states import State
from app.stats.forms import LogQuery
from app.stats.queries_log import Beside, Closing, beside_of_day, closings_of, in_scope, lines_where, of_day
from app.stats.queries_photos import (
    OpenFinding,
    StepWords,
    WallPhoto,
    open_findings_within,
    step_words,
    wall_of,
)
from app.stats.rules import Counts
from app.stats.rules_board import Board, board_of
from app.stats.rules_log import (
    Glance,
    LogLine,
    choices,
    day_bounds,
    settled_counts,
    worst_first,
    worth_a_look,
)
from app.stats.rules_outcomes import Look
from app.web.current import CurrentPerson

RECENT = 6
PHOTOS_A_PAGE = 36


@dataclass(frozen=True)
class Wall:
    """Pictures by step, a page of them; `whole` counts all."""

    groups: Sequence[tuple[StepWords | None, str, list[WallPhoto]]]
    whole: int


@dataclass(frozen=True)
class LogPage:
    """What the page shows; `lines` are worst first, `counts` the settled figures of these lines."""

    query: LogQuery
    now: datetime
    day_type: str
    lines: list[LogLine]
    counts: Counts
    board: Board
    beside: list[Beside]
    findings: list[OpenFinding]
    recent: list[WallPhoto]
    glances: list[Glance]
    closings: list[Closing]
    options: dict[str, list[tuple[str, str]]]
    steps: dict[tuple[str, str], StepWords]
    wall: Wall | None = None

    def of(self, view: str) -> list[LogLine]:
        """The lines of a face of the log; what was reported stands there as a report and not again as a line."""
        reported = {each.occurrence_id for each in self.reports} if view == "unable" else set()
        mine = [line for line in self.lines if _belongs(line, view, self.now)]
        return [line for line in mine if line.id not in reported or line.pending_steps]

    @property
    def reports(self) -> list[Beside]:
        return [each for each in self.beside if each.outcome == "unable" and not each.void]

    @property
    def extra(self) -> list[Beside]:
        """What fills no window, and what was made void, a report of 无法作业 too."""
        return [each for each in self.beside if each.outcome != "unable" or each.void]

    @property
    def overdue(self) -> int:
        """Findings past their limit."""
        return sum(each.is_overdue(self.now) for each in self.findings)

    @property
    def pending(self) -> int:
        """What waits for somebody's yes or no."""
        waiting = sum(len(line.pending_steps) for line in self.lines)
        return waiting + sum(each.is_pending for each in self.reports)


def _belongs(line: LogLine, view: str, now: datetime) -> bool:
    look = line.look(now)
    return {
        "missed": look is Look.MISSED,
        "late": line.state is State.LATE or look is Look.OVER,
        "short": line.short_visit,
        "unable": look is Look.UNABLE or bool(line.pending_steps),
        "signatures": line.awaiting_signature,
        "unknown": look is Look.UNKNOWN,
    }.get(view, True)


def log_page(who: CurrentPerson, query: LogQuery, now: datetime, zone: tzinfo) -> LogPage:
    """The log of a day for a person: scope, windows, what stands beside, findings, photos, closings."""
    scope = scope_of(who)
    first_at, before = day_bounds(query.day, zone)
    everything = lines_where(*in_scope(scope), *of_day(query.day, first_at, before))
    lines = worst_first((line for line in everything if query.wanted.admits(line, now)), now)
    filled = (*in_scope(scope), *of_day(query.day, first_at, before))
    shown = [line.check_id for line in lines if line.check_id]
    pictures = wall_of(filled, None if query.view == "photos" else RECENT) if shown else []
    wall = _wall(pictures, frozenset(shown), query.page) if query.view == "photos" else None
    return LogPage(
        query=query,
        now=now,
        day_type=_type_of(query, everything),
        lines=lines,
        counts=settled_counts(lines, now),
        board=board_of(lines, first_at, now),
        beside=_admitted(beside_of_day(scope, query.day, first_at, before), query),
        findings=_of_filter(open_findings_within(scope, before), query),
        recent=pictures[:RECENT],
        glances=worth_a_look(lines),
        closings=closings_of(query.day, scope.units),
        options=_options(everything),
        steps=_pending_words(lines) if query.view == "unable" else {},
        wall=wall,
    )


def exported_lines(who: CurrentPerson, query: LogQuery, now: datetime, zone: tzinfo) -> list[LogLine]:
    """The same windows in the order of time, for a file. Two queries."""
    first_at, before = day_bounds(query.day, zone)
    found = lines_where(*in_scope(scope_of(who)), *of_day(query.day, first_at, before))
    return [line for line in found if query.wanted.admits(line, now) and _belongs(line, query.view, now)]


def window_by_id(who: CurrentPerson, occurrence_id: int) -> LogLine | None:
    """One window in scope."""
    found = lines_where(*in_scope(scope_of(who)), Occurrence.id == occurrence_id)
    return found[0] if found else None


def _type_of(query: LogQuery, lines: Sequence[LogLine]) -> str:
    stored = next((line.day_type for line in lines if line.business_on == query.day), None)
    return stored or day_type(query.day, calendar())


def _admitted(beside: list[Beside], query: LogQuery) -> list[Beside]:
    want = query.wanted
    return [
        each
        for each in beside
        if want.building in ("", each.building_id)
        and want.unit in ("", each.implementer_id)
        and want.standard in ("", each.standard_code)
        and want.person in ("", each.person_id)
    ]


def _of_filter(findings: list[OpenFinding], query: LogQuery) -> list[OpenFinding]:
    want = query.wanted
    return [
        each
        for each in findings
        if want.building in ("", each.building_id)
        and want.unit in ("", each.implementer_id)
        and want.standard in ("", each.standard_code)
    ]


def _options(lines: Sequence[LogLine]) -> dict[str, list[tuple[str, str]]]:
    people = [(line.assignee_id, line.assignee) for line in lines]
    people += [(line.done_by_id, line.done_by) for line in lines]
    return {
        "building": choices((line.building_id, line.building) for line in lines),
        "unit": choices((line.implementer_id, line.unit) for line in lines),
        "standard": choices((line.standard_code, line.title) for line in lines),
        "person": choices((key, word or key) for key, word in people if key),
    }


def _pending_words(lines: Sequence[LogLine]) -> dict[tuple[str, str], StepWords]:
    return step_words({line.edition for line in lines if line.pending_steps})


def _wall(pictures: list[WallPhoto], shown: frozenset[str], page: int) -> Wall:
    """By standard and step, newest first within; a page cuts through the whole row of pictures."""
    mine = [each for each in pictures if each.check_id in shown]
    ordered = sorted(mine, key=lambda each: (each.standard_code, each.step_id))
    part = ordered[(page - 1) * PHOTOS_A_PAGE : page * PHOTOS_A_PAGE]
    words = step_words({each.edition for each in part})
    groups: dict[tuple[str, str], list[WallPhoto]] = {}
    for each in part:
        groups.setdefault((each.standard_code, each.step_id), []).append(each)
    return Wall(
        [(words.get((some[0].edition, step)), f"{code} {step}", some) for (code, step), some in groups.items()],
        len(ordered),
    )
