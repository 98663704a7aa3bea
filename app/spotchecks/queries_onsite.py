"""Reads for a look on site: records that still hold, soonest to run out first, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select

from app import db
from app.checks.models import Check
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point
from app.schedule.models import Occurrence
from app.spotchecks.models import Draw, Item, Review
from app.spotchecks.queries_reviews import Looked, looked_at, said_in
from app.spotchecks.rules import Kind, Mode, is_independent
from app.spotchecks.rules_agreement import holds_until
from app.spotchecks.rules_opinions import Way
from app.standards.models import Standard
from app.standards.queries import edition, edition_row, edition_rows
from app.standards.rules import Step
from app.web.current import CurrentPerson

MOST = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """A record that can still be checked on site, and until when; `item_id` when a list drew its window."""

    check_id: str
    point: str
    building: str
    floor: str
    zone: str
    risk: int
    title: str
    done_at: datetime
    until: datetime
    item_id: str | None


_DRAWN = select(Item.occurrence_id, Item.id).join(Draw, Draw.id == Item.draw_id).where(Draw.mode == Mode.ONSITE)
_LISTED = _DRAWN.subquery()
_HOLDING = (
    select(
        Check.id, Point.name, Building.name, Point.floor, Point.zone, Point.risk, Standard.title, Check.effective_at,
        Check.edition, _LISTED.c.id,
    )
    .join(Point, Point.id == Check.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Check.standard_code)
    .join(Occurrence, Occurrence.check_id == Check.id)
    .outerjoin(Review, and_(Review.check_id == Check.id, Review.kind == Way.ONSITE))
    .outerjoin(_LISTED, _LISTED.c.occurrence_id == Occurrence.id)
    .where(Check.outcome == "done", Review.id.is_(None))
    .order_by(Check.effective_at.desc())
)  # fmt: skip


def holding(person: CurrentPerson, now: datetime) -> list[Holding]:
    """What this person may check on site now: drawn windows first, then by what runs out soonest. No names."""
    minutes = {row.number: edition(row).valid_minutes or 0 for row in edition_rows()}
    still = [
        and_(Check.edition == number, Check.effective_at >= now - timedelta(minutes=held))
        for number, held in minutes.items()
        if held
    ]
    # What was done since then also came in since then; the index knows when it came in.
    since = now - timedelta(minutes=max(minutes.values(), default=0))
    wanted = (Check.received_at >= since, or_(false(), *still), Check.effective_at <= now)
    statement = _HOLDING.where(*wanted, *_from_outside(person)).limit(MOST)
    found = []
    for row in db.rows(statement):
        *shown, number, item_id = row
        values = (*shown, shown[-1] + timedelta(minutes=minutes[number]), item_id)
        found.append(Holding(*values))
    return sorted(found, key=lambda each: (each.item_id is None, each.until))


def _from_outside(person: CurrentPerson) -> list[ColumnElement[bool]]:
    """Within reach, not the own work, nor that of the own unit unless the department does it itself (SP-13)."""
    own = or_(Check.implementer_id != person.org_id, Check.implementer_id == Check.responsible_id)
    return [Check.person_id != person.id, own, *within(scope_of(person), Check.implementer_id, Check.responsible_id)]


@dataclass(frozen=True, slots=True)
class OnSite:
    """The page of a look on site: the record, until when it holds, and what it says of each step."""

    record: Looked
    until: datetime | None
    title: str
    point: str
    steps: Sequence[tuple[str, str, Step | None]]
    taken: bool
    item_id: str | None


def onsite(check_id: str, person: CurrentPerson) -> OnSite | None:
    """A record within reach that this person may look at from outside, else None."""
    record = looked_at(check_id)
    if record is None or not scope_of(person).reaches(record.implementer_id, record.responsible_id):
        return None
    if not is_independent(person, record.executed, Kind.SPOT):
        return None
    row = edition_row(record.edition)
    text = edition(row) if row else None
    place = db.row(select(Point.name, Building.name).join(Building).where(Point.id == record.point_id))
    taken = db.scalar(select(Review.id).where(Review.check_id == record.check_id, Review.kind == Way.ONSITE))
    return OnSite(
        record=record,
        until=holds_until(record.done_at, record.valid_minutes),
        title=text.title if text else record.edition,
        point=f"{place[1]} {place[0]}" if place else record.point_id,
        steps=[(each.step_id, each.result, text.step(each.step_id) if text else None) for each in said_in(check_id)],
        taken=taken is not None,
        item_id=db.scalar(select(_LISTED.c.id).where(_LISTED.c.occurrence_id == record.occurrence_id)),
    )
