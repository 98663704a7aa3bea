"""What stands behind a figure of a report, a page at a time: windows, or other records by name (rules MT-34)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from app.stats.queries_beside import contractors, page_of_items
from app.stats.queries_cut import ITEMS_A_PAGE, cut, pages_of, skipped
from app.stats.queries_log import page_of_lines
from app.stats.queries_month import DUE, PERSON
from app.stats.rules_beside import Item
from app.stats.rules_log import LogLine
from app.tallies.models import HOLIDAYS
from app.tallies.queries import grouped
from app.tallies.rules_counts import REPORTED
from app.web.words import _, lazy

A_PAGE = 50
NO_FIGURE = lazy("There is no such figure.")
BESIDE = ("findings_in_time", "first_recheck", "spot_checks")
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
    """A page of windows (`lines`) or of other records (`items`) behind a figure; `whole` counts all pages."""

    now: datetime
    lines: list[LogLine] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    whole: int = 0
    pages: int = 1


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
    if wanted.figure in BESIDE:
        found = page_of_items(wanted.figure, look.seat, look.asked(), wanted.page)
        return _listed(look, found.items, found.rate.denominator)
    if wanted.figure in _SHORT:
        short = _SHORT[wanted.figure](look)
        start = skipped(wanted.page)
        return _listed(look, short[start : start + ITEMS_A_PAGE], len(short))
    if wanted.figure not in _PAGES:
        raise NotFound(NO_FIGURE)
    return _listed(look, *_PAGES[wanted.figure](look, wanted.page))


def _listed(look: Look, items: list[Item], whole: int) -> Behind:
    return Behind(look.now, items=items, whole=whole, pages=pages_of(whole))


def _windows(look: Look, wanted: Wanted) -> Behind:
    clauses = [*windows(look.asked().scope, look.begins, look.ends, look.until), *_held(wanted)]
    clauses += WINDOWS.get(wanted.figure, [])
    whole = int(db.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0)
    lines = page_of_lines(clauses, (wanted.page - 1) * A_PAGE, A_PAGE)
    return Behind(look.now, lines, whole=whole, pages=max(1, -(-whole // A_PAGE)))


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


Listed = tuple[list[Item], int]


def _findings(look: Look, page: int, clause: ColumnElement[bool]) -> Listed:
    scope = look.asked().scope
    statement = (
        select(Finding.id, Finding.number, Finding.text, (~overdue_at(look.until)).label("hit"))
        .where(clause, *within(scope, Finding.implementer_id, Finding.responsible_id))
        .order_by(Finding.found_at.desc(), Finding.id)
    )
    found = cut(statement, page)
    return [Item(row.text, row.number, f"/nonconformities/{row.id}", bool(row.hit)) for row in found.rows], found.whole


def _found(look: Look, page: int) -> Listed:
    return _findings(look, page, and_(Finding.found_at >= look.begins, Finding.found_at < look.until))


def _open(look: Look, page: int) -> Listed:
    return _findings(look, page, standing_at(look.until))


def _overdue(look: Look, page: int) -> Listed:
    return _findings(look, page, overdue_at(look.until))


def _ratings(look: Look, page: int) -> Listed:
    """Ratings name no person: the place and the day open what was said there."""
    counted = (FeedbackItem.kind == "rating", FeedbackItem.excluded == "", FeedbackItem.face.is_not(None))
    statement = (
        select(FeedbackItem.id, Point.name, FeedbackItem.at, FeedbackItem.face.in_(sorted(SATISFIED)).label("hit"))
        .outerjoin(Point, Point.id == FeedbackItem.point_id)
        .where(*counted, FeedbackItem.at >= look.begins, FeedbackItem.at < look.until)
        .where(*within(look.asked().scope, FeedbackItem.implementer_id, FeedbackItem.responsible_id))
        .order_by(FeedbackItem.at.desc(), FeedbackItem.id)
    )
    found, zone = cut(statement, page), look.zone
    told = [Item(row.name or "", row.at.astimezone(zone).date().isoformat(), "", bool(row.hit)) for row in found.rows]
    return told, found.whole


def _complaints(look: Look, page: int) -> Listed:
    known = voices(look.seat, look.begins, look.until, look.until, look.zone)[Figure.HANDLED]
    cases = (FeedbackCase.item_id.in_([*known.hits, *known.misses]), *reached(look.seat))
    hit = FeedbackCase.item_id.in_(known.hits).label("hit")
    statement = (
        select(FeedbackCase.item_id, FeedbackCase.number, func.coalesce(Point.name, "").label("name"), hit)
        .outerjoin(Point, Point.id == FeedbackCase.point_id)
        .where(*cases)
        .order_by(FeedbackCase.received_at.desc(), FeedbackCase.item_id)
    )
    found = cut(statement, page)
    return [Item(row.name, row.number, f"/feedback/{row.item_id}", bool(row.hit)) for row in found.rows], found.whole


def _points(look: Look, page: int) -> Listed:
    return _used("point", look, page)


def _people(look: Look, page: int) -> Listed:
    return _used("person", look, page)


def _used(by: str, look: Look, page: int) -> Listed:
    found = sums.used_page(by, look.asked(), page, ITEMS_A_PAGE)
    return [Item(name, sub, f"?figure=due&{by}={key}", bool(done)) for key, name, sub, done in found.lines], found.whole


def _coverage(look: Look, page: int) -> Listed:
    asked = look.asked()
    day = grouped(HOLIDAYS, ["point_id", "business_on"], asked, ("holiday_on_time",)).cte("days").c
    statement = (
        select(day.point_id, day.business_on, Point.name, (day.holiday_on_time > 0).label("hit"))
        .join(Point, Point.id == day.point_id)
        .order_by(day.business_on, Point.name, day.point_id)
    )
    found = cut(statement, page, asked.values)
    lines = [(row.name, str(row.business_on), f"?figure=holiday&point={row.point_id}", row.hit) for row in found.rows]
    return [Item(name, on, link, bool(hit)) for name, on, link, hit in lines], found.whole


def _companies(look: Look) -> list[Item]:
    found = contractors(look.asked())
    return [Item(name, "", f"?figure=due&unit={key}", counts.done > 0) for key, name, counts in found]


def _gaps(look: Look) -> list[Item]:
    uncovered, empty = _("no handover window covers it"), _("open on holidays, but nothing is due there")
    found = gaps(look.asked().scope, look.day)
    return [Item(name, empty if is_point else uncovered, "/rounds", False) for name, is_point in found]


def _proposals(look: Look) -> list[Item]:
    found = proposed(look.asked().scope, look.begins, look.until)
    return [Item(each.title, each.code, "/nonconformities/proposals", each.state == "taken") for each in found]


def _breaks(look: Look) -> list[Item]:
    return broken(look.asked().scope, look.begins, look.until, look.zone)


_PAGES: Mapping[str, Callable[[Look, int], Listed]] = {
    "findings": _found, "open": _open, "overdue": _overdue, "satisfied": _ratings, "handled": _complaints,
    "complaints": _complaints, "scope_points": _points, "scope_people": _people, "coverage": _coverage,
}  # fmt: skip
# Never long: put together here, and cut here.
_SHORT: Mapping[str, Callable[[Look], list[Item]]] = {
    "scope_contractors": _companies, "gaps": _gaps, "proposals": _proposals, "breaks": _breaks,
}  # fmt: skip
