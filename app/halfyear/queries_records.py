"""What stands behind a figure of a report: windows a page at a time, or other records by name (rules MT-34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app import db
from app.checks.models import Answer
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.queries_complaints import reached
from app.feedback.queries_handled import figures as voices
from app.feedback.rules_handled import Figure
from app.feedback.rules_ratings import SATISFIED
from app.halfyear.queries_broken import broken
from app.halfyear.queries_figures import Look
from app.halfyear.queries_parts import FAIL, gaps, overdue_at, proposed, standing_at, windows
from app.nonconformities.models import Finding
from app.organisations.queries import within
from app.places.models import Point
from app.refusals import NotFound
from app.schedule.models import Occurrence
from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE, ON_TIME, State
from app.schedule.rules_windows import WindowKind
from app.stats import queries_sums as sums
from app.stats.queries_beside import contractors
from app.stats.queries_beside import items as items_of
from app.stats.queries_log import page_of_lines
from app.stats.queries_month import DUE, PERSON
from app.stats.rules_beside import Item
from app.stats.rules_log import LogLine
from app.tallies.models import HOLIDAYS
from app.tallies.queries import sums_by
from app.tallies.rules_counts import REPORTED
from app.web.words import _, lazy

A_PAGE, MOST_ITEMS = 50, 500
NO_FIGURE = lazy("There is no such figure.")
OF_MONTHS = ("findings_in_time", "first_recheck", "spot_checks")
# The windows that a figure counts, or that it divides by.
WINDOWS: Mapping[str, list[ColumnElement[bool]]] = {
    "planned": [],
    "due": [DUE],
    "on_time": [DUE],
    "completion": [DUE],
    "done": [Occurrence.state.in_(DONE)],
    "done_on_time": [Occurrence.state.in_(ON_TIME)],
    "late": [Occurrence.state == State.LATE],
    "missed": [Occurrence.state == State.MISSED],
    "unknown": [Occurrence.state == State.UNKNOWN],
    "reported": [Occurrence.state.in_(REPORTED)],
    "key": [DUE, Occurrence.key_due > 0],
    "photo": [DUE, Occurrence.photos_due > 0],
    "conformity": [DUE, Occurrence.steps_pass + Occurrence.steps_fail > 0],
    "holiday": [DUE, Occurrence.day_type == DayType.HOLIDAY],
    "handover": [DUE, Occurrence.kind == WindowKind.HANDOVER],
}


@dataclass(frozen=True)
class Behind:
    """A page of windows (`lines`) or all other records (`items`) behind a figure; `whole` counts all."""

    now: datetime
    lines: list[LogLine] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    whole: int = 0


@dataclass(frozen=True)
class Wanted:
    """Which figure, held to a standard, point, person, unit, reason or step; a page of it."""

    figure: str
    standard: str = ""
    point: str = ""
    person: str = ""
    unit: str = ""
    reason: str = ""
    edition: str = ""
    step: str = ""
    page: int = 1


def behind(look: Look, wanted: Wanted) -> Behind:
    """Raises NotFound for a figure that does not exist."""
    if wanted.figure in WINDOWS or wanted.figure == "step":
        return _windows(look, wanted)
    if wanted.figure in OF_MONTHS:
        asked = [look.asked(month) for month in look.half.months()]
        return _listed(look, [item for each in asked for item in items_of(wanted.figure, look.seat, each)])
    if wanted.figure not in _ITEMS:
        raise NotFound(NO_FIGURE)
    return _listed(look, _ITEMS[wanted.figure](look))


def _listed(look: Look, items: list[Item]) -> Behind:
    return Behind(look.now, items=items[:MOST_ITEMS], whole=len(items))


def _windows(look: Look, wanted: Wanted) -> Behind:
    clauses = [*windows(look.asked().scope, look.begins, look.ends, look.until), *_held(wanted)]
    clauses += WINDOWS.get(wanted.figure, [])
    whole = int(db.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0)
    return Behind(look.now, page_of_lines(clauses, (wanted.page - 1) * A_PAGE, A_PAGE), whole=whole)


def _held(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal: Mapping[Any, str] = {
        Occurrence.standard_code: wanted.standard,
        Occurrence.point_id: wanted.point,
        Occurrence.implementer_id: wanted.unit,
        PERSON: wanted.person,
    }
    clauses = [column == value for column, value in equal.items() if value]
    if wanted.reason == "exempt":
        clauses.append(Occurrence.unable_reason.is_(None))
    elif wanted.reason:
        clauses.append(Occurrence.unable_reason == wanted.reason)
    if wanted.figure == "step":
        said_no = select(Answer.check_id).where(Answer.step_id == wanted.step, Answer.result == FAIL)
        clauses += [Occurrence.edition == wanted.edition, Occurrence.check_id.in_(said_no), Occurrence.steps_fail > 0]
    return clauses


def _findings(look: Look, clause: ColumnElement[bool]) -> list[Item]:
    scope = look.asked().scope
    statement = (
        select(Finding.id, Finding.number, Finding.text, Finding.due_at)
        .where(clause, *within(scope, Finding.implementer_id, Finding.responsible_id))
        .order_by(Finding.found_at.desc(), Finding.id)
    )
    late = {row.id for row in db.rows(select(Finding.id).where(overdue_at(look.until)))}
    return [Item(row.text, row.number, f"/nonconformities/{row.id}", row.id not in late) for row in db.rows(statement)]


def _found(look: Look) -> list[Item]:
    return _findings(look, and_(Finding.found_at >= look.begins, Finding.found_at < look.until))


def _open(look: Look) -> list[Item]:
    return _findings(look, standing_at(look.until))


def _overdue(look: Look) -> list[Item]:
    return _findings(look, overdue_at(look.until))


def _ratings(look: Look) -> list[Item]:
    """Ratings name no person: the place and the day open what was said there."""
    counted = (FeedbackItem.kind == "rating", FeedbackItem.excluded == "", FeedbackItem.face.is_not(None))
    statement = (
        select(Point.name, FeedbackItem.face, FeedbackItem.at)
        .join(Point, Point.id == FeedbackItem.point_id)
        .where(*counted, FeedbackItem.at >= look.begins, FeedbackItem.at < look.until)
        .where(*within(look.asked().scope, FeedbackItem.implementer_id, FeedbackItem.responsible_id))
        .order_by(FeedbackItem.at.desc())
    )
    return [
        Item(row.name, row.at.astimezone(look.zone).date().isoformat(), "", row.face in SATISFIED)
        for row in db.rows(statement)
    ]


def _complaints(look: Look) -> list[Item]:
    known = voices(look.seat, look.begins, look.until, look.until, look.zone)[Figure.HANDLED]
    statement = select(FeedbackCase.item_id, FeedbackCase.number, func.coalesce(Point.name, "").label("name"))
    statement = statement.outerjoin(Point, Point.id == FeedbackCase.point_id)
    found = db.rows(statement.where(FeedbackCase.item_id.in_([*known.hits, *known.misses]), *reached(look.seat)))
    return [Item(row.name, row.number, f"/feedback/{row.item_id}", row.item_id in known.hits) for row in found]


def _points(look: Look) -> list[Item]:
    found = sums.used_points(look.asked())
    return [Item(name, sub, f"?figure=due&point={key}", bool(done)) for key, name, sub, done in found]


def _people(look: Look) -> list[Item]:
    found = sums.used_people(look.asked())
    return [Item(name, sub, f"?figure=due&person={key}", bool(done)) for key, name, sub, done in found]


def _companies(look: Look) -> list[Item]:
    found = contractors(look.asked())
    return [Item(name, "", f"?figure=due&unit={key}", counts.done > 0) for key, name, counts in found]


def _coverage(look: Look) -> list[Item]:
    days = sums_by(HOLIDAYS, ["point_id", "business_on"], look.asked())
    names = {row.id: row.name for row in db.rows(select(Point.id, Point.name))} if days else {}
    return [Item(names[one[0]], str(one[1]), f"?figure=holiday&point={one[0]}", one[3] > 0) for one in days]


def _gaps(look: Look) -> list[Item]:
    uncovered, empty = _("no handover window covers it"), _("open on holidays, but nothing is due there")
    found = gaps(look.asked().scope, look.day)
    return [Item(name, empty if is_point else uncovered, "/rounds", False) for name, is_point in found]


def _proposals(look: Look) -> list[Item]:
    found = proposed(look.asked().scope, look.begins, look.until)
    return [Item(each.title, each.code, "/nonconformities/proposals", each.state == "taken") for each in found]


def _breaks(look: Look) -> list[Item]:
    return broken(look.asked().scope, look.begins, look.until, look.zone)


_ITEMS: Mapping[str, Any] = {
    "findings": _found, "open": _open, "overdue": _overdue, "satisfied": _ratings, "handled": _complaints,
    "complaints": _complaints, "scope_points": _points, "scope_people": _people, "scope_contractors": _companies,
    "coverage": _coverage, "gaps": _gaps, "proposals": _proposals, "breaks": _breaks,
}  # fmt: skip
