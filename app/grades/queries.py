"""Sheets of a month, frozen or as they stand now, with what was decided, appealed and signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from sqlalchemy import select

from app import db
from app.grades.models import GradeAddendum, GradeEvent, GradeSheet, GradeSignature
from app.grades.queries_live import Live, live, may_see
from app.grades.rules import Grade, Kind
from app.grades.rules_figures import Figures, from_json, propose, scales_of
from app.grades.rules_history import Happened, answer_to, gr10_heard_at, newest
from app.grades.rules_score import Proposal
from app.grades.rules_time import Phase, gr10_last_day, gr10_phase
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.schedule.queries_plan import calendar
from app.web.current import HANDS, CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such grade within your reach.")


@dataclass(frozen=True)
class Signed:
    """A signature under a frozen sheet."""

    side: str
    words: str
    sha256: str
    by_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Added:
    """A later state of the figures of a frozen sheet."""

    figures: Figures
    score: str
    grade: str | None
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """A grade with all that stands on its page; `id` and `sha256` are empty before the month froze."""

    kind: Kind
    subject_id: str
    name: str
    sub: str
    month: date
    figures: Figures
    proposal: Proposal
    implementers: frozenset[str]
    responsibles: frozenset[str]
    id: str = ""
    sha256: str = ""
    frozen_at: datetime | None = None
    events: Sequence[Happened] = field(default=())
    addenda: Sequence[Added] = field(default=())
    signatures: Sequence[Signed] = field(default=())

    @classmethod
    def empty(cls, kind: Kind, subject_id: str, name: str, month: date) -> Sheet:
        """Of somebody who had no windows in the month."""
        nothing = Figures({}, scales=scales_of(kind))
        return cls(kind, subject_id, name, "", month, nothing, propose(kind, nothing), frozenset(), frozenset())

    @property
    def decision(self) -> Happened | None:
        """The newest."""
        return newest(self.events, "decision")

    @property
    def appeal(self) -> Happened | None:
        """The newest."""
        return newest(self.events, "appeal")

    @property
    def ruling(self) -> Happened | None:
        """On the newest appeal."""
        return answer_to(self.events, self.appeal)

    @property
    def heard_at(self) -> datetime | None:
        """GR-10: since when a decision may be appealed against."""
        return gr10_heard_at(self.events, self.proposal.grade)

    @property
    def grade(self) -> Grade | None:
        """As decided; before that as proposed."""
        decided = self.decision
        return Grade(decided.grade) if decided and decided.grade else self.proposal.grade


@dataclass(frozen=True)
class Month:
    """A month in its phase; appeals are taken until `last_day`."""

    first: date
    phase: Phase
    last_day: date


def month_of(first: date, today: date) -> Month:
    """One query for the calendar."""
    last_day = gr10_last_day(first, calendar())
    return Month(first, gr10_phase(first, today, last_day), last_day)


def sheets(kind: Kind, first: date, who: CurrentPerson, now: datetime, zone: tzinfo) -> list[Sheet]:
    """All of a kind within reach, the best first, those without a grade last."""
    scope = scope_of(who)
    found = frozen(kind, first) or [of_live(each, first) for each in live(kind, first, now, zone)]
    mine = [each for each in found if may_see(scope, each.implementers, each.responsibles)]
    happened = events(first, kind)
    told = [_with(each, happened.get(each.subject_id, [])) for each in mine]
    return sorted(told, key=lambda each: (each.proposal.grade is None, -(each.proposal.score or 0), each.name))


def sheet(kind: Kind, subject_id: str, first: date, who: CurrentPerson, now: datetime, zone: tzinfo) -> Sheet:
    """One; raises NotFound out of reach. Hands have their own only."""
    found = next(iter(frozen(kind, first, subject_id)), None)
    if found is None:
        now_so = next(iter(live(kind, first, now, zone, subject_id)), None)
        found = of_live(now_so, first) if now_so else None
    own = kind is Kind.PERSON and subject_id == who.id
    if found is None or not (own or _reached(found, who)):
        raise NotFound(NOT_THERE)
    happened = events(first, kind, subject_id).get(subject_id, [])
    return _with(found, happened, addenda(found.id), signatures(found.id))


def _reached(found: Sheet, who: CurrentPerson) -> bool:
    return who.role not in HANDS and may_see(scope_of(who), found.implementers, found.responsibles)


def of_live(each: Live, first: date) -> Sheet:
    subject = each.subject
    return Sheet(
        subject.kind, subject.id, subject.name, subject.sub, first, each.figures, propose(subject.kind, each.figures),
        subject.implementers, subject.responsibles,
    )  # fmt: skip


def frozen(kind: Kind, first: date, subject_id: str | None = None) -> list[Sheet]:
    """As they froze; empty before."""
    statement = select(*GradeSheet.__table__.columns).where(GradeSheet.month == first, GradeSheet.kind == kind)
    if subject_id is not None:
        statement = statement.where(GradeSheet.subject_id == subject_id)
    return [_frozen(row) for row in db.rows(statement.order_by(GradeSheet.name))]


def frozen_by_id(sheet_id: str) -> Sheet | None:
    """One with its signatures and history."""
    row = db.row(select(*GradeSheet.__table__.columns).where(GradeSheet.id == sheet_id))
    if row is None:
        return None
    found = _frozen(row)
    happened = events(found.month, found.kind, found.subject_id).get(found.subject_id, [])
    return _with(found, happened, addenda(found.id), signatures(found.id))


def is_frozen(first: date) -> bool:
    return db.scalar(select(GradeSheet.id).where(GradeSheet.month == first).limit(1)) is not None


def _frozen(row: db.AnyRow) -> Sheet:
    figures = from_json(row.body)
    return Sheet(
        Kind(row.kind), row.subject_id, row.name, row.sub, row.month, figures, propose(Kind(row.kind), figures),
        frozenset(row.reach["implementers"]), frozenset(row.reach["responsibles"]), row.id, row.sha256, row.at,
    )  # fmt: skip


def _with(
    found: Sheet, happened: Sequence[Happened], later: Sequence[Added] = (), signed: Sequence[Signed] = ()
) -> Sheet:
    values = {name: getattr(found, name) for name in Sheet.__dataclass_fields__}
    return Sheet(**{**values, "events": happened, "addenda": later, "signatures": signed})


def events(first: date, kind: Kind, subject_id: str | None = None) -> dict[str, list[Happened]]:
    """By subject, in order."""
    columns = [getattr(GradeEvent, name) for name in Happened.__dataclass_fields__]
    statement = select(*columns).where(GradeEvent.month == first, GradeEvent.kind == kind)
    if subject_id is not None:
        statement = statement.where(GradeEvent.subject_id == subject_id)
    found: dict[str, list[Happened]] = {}
    for row in db.rows(statement.order_by(GradeEvent.at, GradeEvent.id)):
        found.setdefault(row.subject_id, []).append(Happened(*row))
    return found


def event_by_id(event_id: str) -> Happened | None:
    columns = [getattr(GradeEvent, name) for name in Happened.__dataclass_fields__]
    row = db.row(select(*columns).where(GradeEvent.id == event_id))
    return Happened(*row) if row else None


def addenda(sheet_id: str) -> list[Added]:
    if not sheet_id:
        return []
    columns = (GradeAddendum.body, GradeAddendum.score, GradeAddendum.grade, GradeAddendum.sha256, GradeAddendum.at)
    rows = db.rows(select(*columns).where(GradeAddendum.sheet_id == sheet_id).order_by(GradeAddendum.id))
    return [Added(from_json(row[0]), *row[1:]) for row in rows]


def signatures(sheet_id: str) -> list[Signed]:
    if not sheet_id:
        return []
    columns = [getattr(GradeSignature, name) for name in Signed.__dataclass_fields__]
    statement = select(*columns).where(GradeSignature.sheet_id == sheet_id).order_by(GradeSignature.at)
    return [Signed(*row) for row in db.rows(statement)]


def signed_by(sheet_ids: Iterable[str]) -> dict[str, set[str]]:
    """Which sides have signed which sheets."""
    found: dict[str, set[str]] = {}
    statement = select(GradeSignature.sheet_id, GradeSignature.side)
    for row in db.rows(statement.where(GradeSignature.sheet_id.in_(list(sheet_ids)))):
        found.setdefault(row.sheet_id, set()).add(row.side)
    return found
