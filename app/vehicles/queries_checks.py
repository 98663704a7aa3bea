"""Reads of the checks of vehicles: which were done, which of their answers keep a vehicle in, what odometers showed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import or_, select

from app import db
from app.checks.models import Answer, Check
from app.checks.queries_voiding import STANDS
from app.nonconformities.models import Finding
from app.nonconformities.rules import SETTLED
from app.standards.queries import edition, edition_rows
from app.standards.rules import Edition, Step
from app.vehicles.rules_content import STOPPED
from app.vehicles.rules_odometer import Reading
from app.vehicles.rules_parts import FULL, SEAL, Part, is_odometer, keeps_in, part_of
from app.vehicles.rules_standing import CHECK_HOLDS, CheckDone

LOOKS_BACK = timedelta(days=70)
DONE = "done"


@dataclass(frozen=True, slots=True)
class VehicleCheck:
    """A check with its part; `stops` are (title, whether its finding still stands) of answers that keep it in."""

    done: CheckDone
    point_id: str
    standard_code: str
    edition: str
    title: str
    part: Part | None
    by: str
    valid_minutes: int | None
    stops: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckBook:
    """What the checks of one vehicle say."""

    checks: tuple[VehicleCheck, ...]

    def of(self, part: Part) -> list[CheckDone]:
        """Checks that play this part, newest first."""
        return [each.done for each in self.checks if each.part is part]

    def failed(self) -> tuple[str, ...]:
        """Titles of what the newest check of each standard keeps it in for, as long as the finding stands."""
        newest: dict[str, VehicleCheck] = {}
        for each in self.checks:
            newest.setdefault(each.standard_code, each)
        return tuple(title for each in newest.values() for title, stands in each.stops if stands)

    def inspected(self, zone: tzinfo) -> list[date]:
        """Days of whole monthly inspections."""
        done = [each for each in self.of(Part.MONTHLY) if each.profile == FULL]
        return [each.at.astimezone(zone).date() for each in done]

    def sealed(self) -> list[datetime]:
        """When it was checked as sealed for a holiday."""
        return [each.at for each in self.of(Part.POST_TRIP) if each.profile == SEAL]

    def holds(self) -> timedelta:
        """How long a check before a trip lasts, as its standard says."""
        for each in self.checks:
            if each.part is Part.PRE_TRIP and each.valid_minutes:
                return timedelta(minutes=each.valid_minutes)
        return CHECK_HOLDS


def check_books(point_ids: Collection[str], now: datetime) -> dict[str, CheckBook]:
    """The checks of the last weeks by vehicle, newest first. Three queries."""
    since = now - LOOKS_BACK
    columns = (Check.id, Check.point_id, Check.standard_code, Check.edition, Check.effective_at, Check.profile)
    done = (Check.outcome == DONE, STANDS, Check.effective_at <= now)
    mine = (Check.point_id.in_(point_ids), Check.received_at >= since, *done)
    found = db.rows(select(*columns, Check.person_name).where(*mine).order_by(Check.effective_at.desc(), Check.id))
    texts = _texts()
    stops = _stops(mine, texts)
    books: dict[str, list[VehicleCheck]] = {each: [] for each in point_ids}
    for row in found:
        if (text := texts.get(row.edition)) is not None:
            books[row.point_id].append(_check(row, text, stops.get(row.id, ())))
    return {point_id: CheckBook(tuple(several)) for point_id, several in books.items()}


def _check(row: Any, text: Edition, said: Sequence[tuple[str, bool]]) -> VehicleCheck:
    done = CheckDone(row.id, row.effective_at, row.profile, tuple(title for title, _stands in said))
    return VehicleCheck(
        done, row.point_id, row.standard_code, row.edition, text.title, part_of(text), row.person_name,
        text.valid_minutes, tuple(said),
    )  # fmt: skip


def check_readings(point_id: str) -> list[Reading]:
    """What odometers showed in the checks of a vehicle."""
    columns = (Answer.check_id, Answer.step_id, Answer.value, Check.edition, Check.effective_at)
    statement = (
        select(*columns)
        .join(Check, Check.id == Answer.check_id)
        .where(Check.point_id == point_id, Check.outcome == DONE, STANDS)
        .where(Answer.unit == "km", Answer.value.is_not(None))
    )
    texts = _texts()
    return [
        Reading(row.effective_at, round(row.value), row.check_id)
        for row in db.rows(statement)
        if (step := _step(texts, row)) is not None and is_odometer(step)
    ]


def checked_since(since: datetime, point_ids: Collection[str]) -> set[str]:
    """Vehicles of which a check came in since then."""
    statement = select(Check.point_id).where(Check.point_id.in_(point_ids), Check.received_at > since).distinct()
    return {row.point_id for row in db.rows(statement)}


def _stops(mine: tuple[Any, ...], texts: Mapping[str, Edition]) -> dict[str, list[tuple[str, bool]]]:
    """Answers that keep a vehicle in: the title of the step, and whether the finding of it still stands."""
    columns = (Answer.check_id, Answer.step_id, Answer.result, Answer.choice, Check.edition)
    bad = or_(Answer.result == "fail", Answer.choice.startswith(STOPPED))
    found = db.rows(select(*columns).join(Check, Check.id == Answer.check_id).where(bad, *mine))
    settled = _settled({row.check_id for row in found})
    stops: dict[str, list[tuple[str, bool]]] = {}
    for row in found:
        step = _step(texts, row)
        if step is not None and keeps_in(step, row.result, row.choice):
            stops.setdefault(row.check_id, []).append((step.title, (row.check_id, row.step_id) not in settled))
    return stops


def _settled(check_ids: Collection[str]) -> set[tuple[str, str]]:
    statement = select(Finding.check_id, Finding.step_id).where(Finding.check_id.in_(check_ids))
    return {(row.check_id, row.step_id) for row in db.rows(statement.where(Finding.state.in_(SETTLED)))}


def _texts() -> dict[str, Edition]:
    """Every edition that has come into force, parsed once a process."""
    return {row.number: edition(row) for row in edition_rows() if row.effective_on is not None}


def _step(texts: Mapping[str, Edition], row: Any) -> Step | None:
    text = texts.get(row.edition)
    return text.step(row.step_id) if text else None
