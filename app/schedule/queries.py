"""Reads of occurrences: what is open, next, on a person's day; rows come as frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from app import db
from app.days import ONE_DAY
from app.schedule.models import Occurrence as Row
from app.schedule.models import OccurrenceEvent, PhoneCall, PhoneFetch
from app.schedule.rules_states import Deadlines, Phase, State, Unable, phase
from app.schedule.rules_windows import window_reference

STILL_OPEN = (State.PLANNED, State.UNKNOWN, State.UNABLE)


@dataclass(frozen=True)
class Occurrence:
    """A due window at a point as pages and deeds see it."""

    id: int
    point_id: str
    standard_code: str
    edition: str
    window_key: str
    business_on: date
    day_type: str
    profile: str
    kind: str
    label: str
    open_at: datetime
    start_at: datetime
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    expected_minutes: int
    implementer_id: str
    responsible_id: str
    round_id: str | None
    assignee_id: str | None
    event_id: str | None
    facts: Mapping[str, Any] | None
    state: State
    check_id: str | None
    done_at: datetime | None
    done_by_id: str | None
    claimed_by_id: str | None
    claimed_at: datetime | None
    unable_reason: str | None
    key_due: int
    photos_due: int
    dual_due: bool

    @property
    def due(self) -> Deadlines:
        """The instants that settle it."""
        return Deadlines(self.open_at, self.grace_end_at, self.expire_at)

    @property
    def reference(self) -> str:
        """CODE/SCHEDULE/WINDOW, as rounds name it."""
        return window_reference(self.standard_code, self.window_key)

    def phase(self, now: datetime) -> Phase:
        """Where the clock stands to it."""
        return phase(self.due, now)


COLUMNS = tuple(getattr(Row, name) for name in Occurrence.__dataclass_fields__)


def occurrence_of(row: Any) -> Occurrence:
    """One row of COLUMNS."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for the public mapping
    return Occurrence(**{**values, "state": State(values["state"])})


def occurrences_where(*clauses: ColumnElement[bool]) -> list[Occurrence]:
    """Occurrences by start, then point: the one SELECT of this file's readers."""
    return _all(
        select(*COLUMNS).where(*clauses).order_by(Row.start_at, Row.point_id, Row.standard_code, Row.window_key)
    )


def occurrence(point_id: str, standard_code: str, window_key: str) -> Occurrence | None:
    """By the window key of the contract."""
    found = db.row(
        select(*COLUMNS).where(
            Row.point_id == point_id, Row.standard_code == standard_code, Row.window_key == window_key
        )
    )
    return occurrence_of(found) if found else None


def occurrence_by_id(occurrence_id: int) -> Occurrence | None:
    """By its number."""
    found = db.row(select(*COLUMNS).where(Row.id == occurrence_id))
    return occurrence_of(found) if found else None


def open_occurrences(point_id: str, now: datetime) -> list[Occurrence]:
    """Those that a check now could fill, started early within grace or late before expiry, by start."""
    return occurrences_where(
        Row.point_id == point_id, Row.state.in_(STILL_OPEN), Row.open_at <= now, Row.expire_at >= now
    )


def next_occurrence(point_id: str, now: datetime, codes: Iterable[str] | None = None) -> Occurrence | None:
    """The first that opens after now, of these standards or of all."""
    statement = select(*COLUMNS).where(Row.point_id == point_id, Row.open_at > now, Row.state == State.PLANNED)
    if codes is not None:
        statement = statement.where(Row.standard_code.in_(list(codes)))
    found = db.row(statement.order_by(Row.open_at, Row.standard_code).limit(1))
    return occurrence_of(found) if found else None


def occurrences_of_person(person_id: str, day: date, now: datetime | None = None) -> list[Occurrence]:
    """The person's round on a business date, cover applied; with `now` also what is still open from the day before.

    What a claim brought to the person counts too.
    """
    mine = or_(Row.assignee_id == person_id, Row.claimed_by_id == person_id)
    clause: ColumnElement[bool] = Row.business_on == day
    if now is not None:
        running = (Row.business_on == day - ONE_DAY) & (Row.expire_at >= now) & Row.state.in_(STILL_OPEN)
        clause = or_(clause, running)
    return occurrences_where(mine, clause, Row.state != State.VOID)


def occurrences_starting(point_id: str, codes: Iterable[str], first_at: datetime, before: datetime) -> list[Occurrence]:
    """Those of a point by these standards that start in this time."""
    here = (Row.point_id == point_id) & Row.standard_code.in_(list(codes))
    return occurrences_where(here, Row.start_at >= first_at, Row.start_at < before)


def last_done(point_id: str, standard_code: str) -> datetime | None:
    """When a standard was last done at a point, by a check that filled a window."""
    at: datetime | None = db.scalar(
        select(func.max(Row.done_at)).where(Row.point_id == point_id, Row.standard_code == standard_code)
    )
    return at


@dataclass(frozen=True)
class Unsettled:
    """An occurrence past its grace that nobody has done, with the last calls of the phones that hold it."""

    id: int
    state: State
    due: Deadlines
    phones: tuple[datetime, ...]
    announced: bool


def unsettled(now: datetime) -> list[Unsettled]:
    """All that settling could change at `now`. Two queries."""
    columns = (Row.id, Row.state, Row.open_at, Row.grace_end_at, Row.expire_at, Row.announced_at)
    found = db.rows(select(*columns).where(*_overdue(now)).order_by(Row.id))
    phones = phones_of([row.id for row in found])
    return [
        Unsettled(
            row.id,
            State(row.state),
            Deadlines(row.open_at, row.grace_end_at, row.expire_at),
            phones.get(row.id, ()),
            row.announced_at is not None,
        )
        for row in found
    ]


def anything_unsettled(now: datetime) -> bool:
    """Whether the settling job has anything to look at: one cheap read instead of a lease."""
    return db.row(select(Row.id).where(*_overdue(now)).limit(1)) is not None


def phones_of(occurrence_ids: Iterable[int]) -> dict[int, tuple[datetime, ...]]:
    """Last calls of the phones that fetched or claimed each occurrence; a fetch is itself a call."""
    ids = list(occurrence_ids)
    found: dict[int, tuple[datetime, ...]] = {}
    for part in (ids[start : start + 500] for start in range(0, len(ids), 500)):
        statement = (
            select(PhoneFetch.occurrence_id, PhoneFetch.fetched_at, PhoneCall.last_at)
            .outerjoin(PhoneCall, PhoneCall.person_id == PhoneFetch.person_id)
            .where(PhoneFetch.occurrence_id.in_(part))
        )
        for row in db.rows(statement):
            last = max(row.fetched_at, row.last_at or row.fetched_at)
            found[row.occurrence_id] = (*found.get(row.occurrence_id, ()), last)
    return found


def unable_reports(occurrence_id: int) -> Unable | None:
    """The worker's 无法作业 reports so far and the newest verdict; a report after a refusal waits anew.

    A report whose record is void was never made; a verdict falls with the last report that it was given on.
    """
    statement = select(OccurrenceEvent.kind, OccurrenceEvent.data).where(
        OccurrenceEvent.occurrence_id == occurrence_id,
        OccurrenceEvent.kind.in_(("unable", "unable_accepted", "unable_refused", "unable_voided")),
    )
    reasons: dict[str, str] = {}
    accepted = None
    for nth, (kind, data) in enumerate(db.rows(statement.order_by(OccurrenceEvent.id))):
        said = data or {}
        if kind == "unable":
            reasons[said.get("check") or str(nth)], accepted = said.get("reason", ""), None
        elif kind == "unable_voided":
            accepted = accepted if reasons.pop(said.get("check", ""), None) is None else None
        else:
            accepted = kind == "unable_accepted"
    if not reasons:
        return None
    return Unable(len(reasons), all(reason == "occupied" for reason in reasons.values()), accepted)


def _overdue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Row.state.in_((State.PLANNED, State.UNKNOWN)), Row.grace_end_at < now


def _all(statement: Select[Any]) -> list[Occurrence]:
    return [occurrence_of(row) for row in db.rows(statement)]
