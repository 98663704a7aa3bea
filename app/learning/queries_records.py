"""The records behind every figure of a page of learning: a page of lines of each kind, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from app import db
from app.checks.models import Answer, Check
from app.checks.rules import Result
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.rules_public import Kind as FeedbackKind
from app.feedback.rules_ratings import Excluded, Face
from app.learning.queries_steps import NOT_DUE, REPORTED, checks_in
from app.learning.rules_records import Line, Period, What
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules import FindingState
from app.nonconformities.rules_deeds import Deed
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Point
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE, ON_TIME, State
from app.spotchecks.models import Review, ReviewState

A_PAGE = 50
NOTHING = literal("")


@dataclass(frozen=True, slots=True)
class Asked:
    """Records of which standard, in which edition, within which reach and time; `step_id` empty: of every step."""

    code: str
    edition: str
    scope: Scope
    period: Period
    step_id: str = ""


def records(asked: Asked, what: What, page: int = 1, size: int = A_PAGE) -> tuple[int, list[Line]]:
    """(how many there are, one page of them). One query where the first page holds them all, else two."""
    statement, link = _STATEMENTS[what](asked), _LINKS.get(what, "/checks/%s")
    found = [_line(row, link) for row in db.rows(statement.limit(size).offset((page - 1) * size))]
    if page == 1 and len(found) < size:
        return len(found), found
    return db.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0, found


def _line(row: Any, link: str) -> Line:
    ref, at, place, step_id, text, state = row
    return Line(str(ref), at, place or "", step_id or "", text or "", str(state), link % ref if ref else "")


def _windows(states: frozenset[State]) -> Callable[[Asked], Any]:
    def statement(asked: Asked) -> Any:
        reach = within(asked.scope, Occurrence.implementer_id, Occurrence.responsible_id)
        columns = (Occurrence.id, Occurrence.start_at, Point.name, NOTHING, Occurrence.label, Occurrence.state)
        ended = Occurrence.grace_end_at.between(asked.period.begins, asked.period.ends)
        found = select(*columns).join(Point, Point.id == Occurrence.point_id)
        found = found.where(Occurrence.standard_code == asked.code, Occurrence.state.in_(states), ended, *reach)
        return found.order_by(Occurrence.start_at.desc(), Occurrence.id)

    return statement


def _answers(*clauses: Any) -> Callable[[Asked], Any]:
    said = func.coalesce(Answer.note, Answer.text, Answer.choice, "")

    def statement(asked: Asked) -> Any:
        mine = [*checks_in(asked.scope, asked.period), *([Answer.step_id == asked.step_id] if asked.step_id else [])]
        found = (
            select(Check.id, Check.effective_at, Point.name, Answer.step_id, said.label("said"), Answer.result)
            .join(Answer, Answer.check_id == Check.id)
            .join(Point, Point.id == Check.point_id)
            .where(Check.edition == asked.edition, Answer.applicable, *clauses, *mine)
        )
        return found.order_by(Check.effective_at.desc(), Check.id, Answer.step_id)

    return statement


def _remarks(asked: Asked) -> Any:
    columns = (Check.id, Check.effective_at, Point.name, NOTHING, Check.note, Check.outcome)
    found = select(*columns).join(Point, Point.id == Check.point_id)
    said = (Check.note.is_not(None), Check.note != "")
    found = found.where(Check.standard_code == asked.code, *said, *checks_in(asked.scope, asked.period))
    return found.order_by(Check.effective_at.desc(), Check.id)


def _findings(asked: Asked) -> Any:
    columns = (Finding.id, Finding.found_at, Point.name, Finding.step_id, Finding.text, Finding.state)
    found = select(*columns).outerjoin(Point, Point.id == Finding.point_id)
    found = found.where(*_own(Finding, asked), Finding.state != FindingState.WITHDRAWN)
    found = found.where(Finding.found_at.between(asked.period.begins, asked.period.ends))
    return found.order_by(Finding.found_at.desc(), Finding.id)


def _deeds(deed: Deed) -> Callable[[Asked], Any]:
    def statement(asked: Asked) -> Any:
        columns = (Finding.id, FindingEvent.at, Point.name, Finding.step_id, FindingEvent.text, Finding.state)
        found = select(*columns).join(Finding, Finding.id == FindingEvent.finding_id)
        found = found.outerjoin(Point, Point.id == Finding.point_id).where(*_own(Finding, asked))
        when = FindingEvent.at.between(asked.period.begins, asked.period.ends)
        return found.where(FindingEvent.kind == deed, when).order_by(FindingEvent.at.desc(), FindingEvent.id)

    return statement


def _reviews(asked: Asked) -> Any:
    columns = (Review.id, Review.at, Point.name, NOTHING, Review.note, ReviewState.state)
    found = select(*columns).join(ReviewState, ReviewState.review_id == Review.id)
    found = found.join(Point, Point.id == Review.point_id).where(*_own(Review, asked))
    return found.where(Review.at.between(asked.period.begins, asked.period.ends)).order_by(Review.at.desc(), Review.id)


def _cases(*clauses: Any) -> Callable[[Asked], Any]:
    def statement(asked: Asked) -> Any:
        item = FeedbackItem
        columns = (item.id, item.at, func.coalesce(Point.name, ""), NOTHING, item.words, FeedbackCase.kind)
        found = select(*columns).join(FeedbackCase, FeedbackCase.item_id == item.id)
        found = found.outerjoin(Point, Point.id == item.point_id).where(*_own(item, asked), *clauses)
        return found.where(item.at.between(asked.period.begins, asked.period.ends)).order_by(item.at.desc(), item.id)

    return statement


def _ratings(*clauses: Any) -> Callable[[Asked], Any]:
    def statement(asked: Asked) -> Any:
        item = FeedbackItem
        columns = (NOTHING, item.at, func.coalesce(Point.name, ""), NOTHING, item.words, item.face)
        counts = (item.kind == FeedbackKind.RATING, item.excluded == Excluded.COUNTS)
        found = select(*columns).outerjoin(Point, Point.id == item.point_id)
        found = found.where(*_own(item, asked), *counts, *clauses)
        return found.where(item.at.between(asked.period.begins, asked.period.ends)).order_by(item.at.desc(), item.id)

    return statement


def _own(table: Any, asked: Asked) -> list[Any]:
    """Of this standard, within reach, of this step where the table knows steps."""
    step = [table.step_id == asked.step_id] if asked.step_id and hasattr(table, "step_id") else []
    return [table.standard_code == asked.code, *step, *within(asked.scope, table.implementer_id, table.responsible_id)]


_STATEMENTS: Mapping[What, Callable[[Asked], Any]] = {
    What.DUE: _windows(frozenset(State) - NOT_DUE),
    What.DONE: _windows(DONE),
    What.ON_TIME: _windows(ON_TIME),
    What.MISSED: _windows(frozenset({State.MISSED})),
    What.REPORTED: _windows(REPORTED),
    What.ANSWERS: _answers(),
    What.FAILS: _answers(Answer.result == Result.FAIL),
    What.SKIPS: _answers(Answer.result == Result.NOT_APPLICABLE),
    What.NOTES: _answers(Answer.note.is_not(None), Answer.note != ""),
    What.REMARKS: _remarks,
    What.FINDINGS: _findings,
    What.CONCESSIONS: _deeds(Deed.CONCEDE),
    What.APPEALS: _deeds(Deed.APPEAL),
    What.REVIEWS: _reviews,
    What.CONTESTED: _cases(FeedbackCase.contest != ""),
    What.COMPLAINTS: _cases(FeedbackCase.kind != FeedbackKind.PRAISE),
    What.RATINGS: _ratings(),
    What.LOW_RATINGS: _ratings(FeedbackItem.face <= Face.BAD),
}
_WINDOW, _FINDING, _CASE = "/log/windows/%s", "/nonconformities/%s", "/feedback/%s"
_LINKS: Mapping[What, str] = {
    **dict.fromkeys((What.DUE, What.DONE, What.ON_TIME, What.MISSED, What.REPORTED), _WINDOW),
    **dict.fromkeys((What.FINDINGS, What.CONCESSIONS, What.APPEALS), _FINDING),
    **dict.fromkeys((What.CONTESTED, What.COMPLAINTS), _CASE),
    What.REVIEWS: "/spotchecks/reviews/%s",
}
