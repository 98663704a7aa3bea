"""Reads for the rules: all that is known about one new record, each thing fetched once (app/flags/rules.Look)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app import db
from app.checks.models import Check, Signature
from app.checks.rules import Mark, Via
from app.flags.queries_pictures import near, pictures_of
from app.flags.queries_readings import Read, readings_for
from app.flags.rules import Look, Visit
from app.schedule.queries_rota import places, walking
from app.schedule.rules_rota import Walking
from app.web.devices import TEAM

WEEK, HALF_DAY, READABLE = timedelta(days=7), timedelta(hours=12), timedelta(days=14)
SET_BACK = timedelta(seconds=2)
MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Record:
    """A check that has not been looked at."""

    id: str
    point_id: str
    standard_code: str
    person_id: str
    implementer_id: str
    responsible_id: str
    business_on: date
    received_at: datetime
    point: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Places and the usual minutes between them, for a whole batch."""

    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    walking: Walking = field(default_factory=Walking)

    def seconds(self, before: str, here: str) -> int | None:
        """The usual way between two points; None where one is not on the map any more."""
        if before not in self.places or here not in self.places:
            return None
        return MINUTE_S * self.walking.way(self.places[before], self.places[here])


def ways() -> Ways:
    """As the rota counts them. Two queries."""
    return Ways(places(), walking())


_SEEN = (
    Check.id, Check.point_id, Check.person_id, Check.opened_at, Check.submitted_at, Check.received_at,
    Check.dwell_seconds, Check.dwell_floor_seconds, Check.phone_offset_ms, Check.via, Check.marks, Check.phone,
)  # fmt: skip


def look_of(record: Record, map_of: Ways) -> Look:
    """What the rules are given about a record. Up to ten queries."""
    recent = _visits_of(record.person_id, record.received_at)
    visit = next(each for each in recent if each.check == record.id)
    others = tuple(each for each in recent if each.check != record.id)
    before = tuple(each for each in others if visit.ended - HALF_DAY <= each.ended <= visit.ended)
    on_phone = _on_phone(visit, others, record.received_at)
    photos = pictures_of(record.id)
    return Look(
        visit=visit,
        before=before,
        on_phone=on_phone,
        way_seconds=_ways_to(visit, (*before, *on_phone), map_of),
        photos=photos,
        likely=near(photos),
        readings=readings_for(_read(record)),
        recent=others,
        scanned=_scanned(visit, others, record.received_at),
    )


def _read(record: Record) -> Read:
    place = (record.point_id, record.standard_code, record.person_id, record.implementer_id)
    return Read(record.id, *place, record.received_at)


def _visits_of(person_id: str, received_at: datetime) -> list[Visit]:
    """The person's visits of the seven days until this receipt, in order of their ends."""
    statement = select(*_SEEN).where(
        Check.person_id == person_id, Check.received_at.between(received_at - WEEK, received_at)
    )
    found = db.rows(statement)
    hands = _signers([row.id for row in found if row.received_at >= received_at - HALF_DAY])
    return sorted((_visit(row, 1 + hands.get(row.id, 0)) for row in found), key=lambda each: (each.ended, each.check))


def _on_phone(visit: Visit, own: Sequence[Visit], received_at: datetime) -> tuple[Visit, ...]:
    """Visits sent from the same phone in the half day before, whoever sent them; own ones where the phone is unknown.

    By the index of receipts: an index of phones would cost every submission more than this costs the timer.
    """
    known = own
    if visit.phone is not None:
        lately = Check.received_at.between(received_at - HALF_DAY, received_at)
        found = db.rows(select(*_SEEN).where(lately, Check.phone == visit.phone, Check.id != visit.check))
        known = sorted((_visit(row, 1) for row in found), key=lambda each: (each.ended, each.check))
    return tuple(each for each in known if visit.ended - HALF_DAY <= each.ended <= visit.ended)


def _visit(row: Any, hands: int) -> Visit:
    contradicts = Mark.CLOCK in row.marks and row.submitted_at < row.opened_at - SET_BACK
    return Visit(
        check=row.id,
        point=row.point_id,
        person=row.person_id,
        opened_at=row.opened_at,
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        dwell_seconds=row.dwell_seconds,
        floor_seconds=row.dwell_floor_seconds,
        offset=timedelta(milliseconds=row.phone_offset_ms),
        hands=hands,
        via=row.via,
        contradicts=contradicts,
        phone=row.phone,
        team_phone=bool(row.phone) and row.phone.startswith(TEAM),
    )


def _signers(check_ids: Sequence[str]) -> dict[str, int]:
    """Check -> how many signed it beside the author."""
    if not check_ids:
        return {}
    people = func.count(func.distinct(Signature.person_id))
    statement = select(Signature.check_id, people).where(Signature.check_id.in_(check_ids))
    return {row[0]: row[1] for row in db.rows(statement.group_by(Signature.check_id))}


def _ways_to(visit: Visit, before: Iterable[Visit], map_of: Ways) -> dict[str, int]:
    found = {each.check: map_of.seconds(each.point, visit.point) for each in before}
    return {check: seconds for check, seconds in found.items() if seconds is not None}


def _scanned(visit: Visit, recent: Iterable[Visit], until: datetime) -> frozenset[str]:
    """Of the points whose code was typed, those whose label somebody scanned in the last two weeks."""
    if visit.via != Via.TYPED:
        return frozenset()
    typed = {each.point for each in (*recent, visit) if each.via == Via.TYPED}
    statement = select(Check.point_id).distinct()
    readable = Check.received_at.between(until - READABLE, until)
    found = db.rows(statement.where(Check.point_id.in_(sorted(typed)), readable, Check.via == Via.SCAN))
    return frozenset(row.point_id for row in found)
