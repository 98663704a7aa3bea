"""The records behind a line of the working, as a list to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, and_, false, or_, select

from app import db
from app.contractors.queries import contract_in
from app.contractors.queries_scope import NONE_SPARED, spared_in, windows_in
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.rules_ratings import SATISFIED
from app.grades.queries import Sheet
from app.grades.queries_beside import rated, rated_for, span
from app.grades.queries_live import live
from app.grades.rules import Kind
from app.grades.rules_contract import Event
from app.grades.rules_evidence import Record, What
from app.nonconformities.models import Finding
from app.places.models import Point
from app.schedule.models import Occurrence
from app.stats.queries_behind import windows_over
from app.stats.queries_cut import ITEMS_A_PAGE, cut, pages_of, skipped
from app.stats.queries_month import period
from app.stats.queries_monthpage import Records
from app.web.current import CurrentPerson

_BY = {
    Kind.POINT: FeedbackItem.point_id,
    Kind.STANDARD: FeedbackItem.standard_code,
}


@dataclass(frozen=True)
class Behind:
    """A page of the records; of `whole` in all pages."""

    records: Sequence[Record]
    whole: int
    page: int

    @property
    def pages(self) -> int:
        return pages_of(self.whole)


def behind(sheet: Sheet, what: What, now: datetime, zone: tzinfo, page: int = 1) -> Behind:
    """Of a sheet within reach, the newest first; of a frozen one as the records stand now, deductions as they froze.

    Ratings are cut by the database; the others are judged one by one against the contract (CT-8), as in the score.
    """
    return behind_over([sheet], what, now, zone, page)


def behind_over(sheets: Sequence[Sheet], what: What, now: datetime, zone: tzinfo, page: int = 1) -> Behind:
    """The same of some months of one subject together, the first month first but for ratings."""
    if what is What.SATISFIED:
        return _ratings(sheets, page, now, zone)
    return _cut([one for each in sheets for one in _judged(each, what, now, zone)], page)


def _judged(sheet: Sheet, what: What, now: datetime, zone: tzinfo) -> list[Record]:
    if what is What.DEDUCTED:
        return _deducted(sheet)
    found = next(iter(live(sheet.kind, sheet.month, now, zone, sheet.subject_id)), None)
    mine = [each for each in found.records if each.what is what] if found else []
    return sorted(mine, key=lambda each: (each.at is None, each.at), reverse=True)


def unit_windows(
    sheets: Sequence[Sheet], measure: str, page: int, who: CurrentPerson, now: datetime, zone: tzinfo
) -> Records:
    """A page of exactly the windows that a unit's figures of some months count, each by its contract (CT-8, MT-34)."""
    return windows_over(who, measure, [_counted(each, now, zone) for each in sheets], page, now)


def _counted(sheet: Sheet, now: datetime, zone: tzinfo) -> list[ColumnElement[bool]]:
    spared = spared_in(sheet.month).get(sheet.subject_id, NONE_SPARED)
    held = windows_in(contract_in(sheet.subject_id, sheet.month), spared)
    return [*period(sheet.month, now, zone), Occurrence.implementer_id == sheet.subject_id, *held]


def _cut(records: Sequence[Record], page: int) -> Behind:
    return Behind(records[skipped(page) : skipped(page) + ITEMS_A_PAGE], len(records), page)


def _rated(sheet: Sheet, now: datetime, zone: tzinfo) -> list[ColumnElement[bool]]:
    """Ratings name no person, so none is anybody's."""
    when = span(sheet.month, now, zone)
    if sheet.kind is Kind.PERSON:
        return [false()]
    if sheet.kind is Kind.UNIT:
        return rated_for(sheet.subject_id, contract_in(sheet.subject_id, sheet.month), when, zone)
    return [*rated(when), _BY[sheet.kind] == sheet.subject_id]


def _ratings(sheets: Sequence[Sheet], page: int, now: datetime, zone: tzinfo) -> Behind:
    liked = FeedbackItem.face.in_(sorted(SATISFIED)).label("hit")
    statement = (
        select(FeedbackItem.id, FeedbackItem.at, FeedbackItem.words, Point.name, liked)
        .outerjoin(Point, Point.id == FeedbackItem.point_id)
        .where(or_(false(), *(and_(*_rated(each, now, zone)) for each in sheets)))
        .order_by(FeedbackItem.at.desc(), FeedbackItem.id)
    )
    found = cut(statement, page)
    lines = [Record(What.SATISFIED, bool(row.hit), row.at, row.name or "", row.words, "") for row in found.rows]
    return Behind(lines, found.whole, page)


def _deducted(sheet: Sheet) -> list[Record]:
    """One line a deduction, with the number of its record."""
    about = [each.about for each in sheet.figures.deductions]
    names = {row.id: row.number for row in db.rows(select(Finding.id, Finding.number).where(Finding.id.in_(about)))}
    cases = select(FeedbackCase.item_id, FeedbackCase.number).where(FeedbackCase.item_id.in_(about))
    names |= {row.item_id: row.number for row in db.rows(cases)}
    return [
        Record(
            What.DEDUCTED, False, None, names.get(one.about, ""), str(one.event), _link(one.event, one.about), one.times
        )
        for one in sheet.figures.deductions
    ]


def _link(event: Event, about: str) -> str:
    if event is Event.FALSIFIED:
        return about
    return f"/feedback/{about}" if event is Event.COMPLAINT else f"/nonconformities/{about}"
