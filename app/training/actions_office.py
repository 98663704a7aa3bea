"""What the office does: certificates, the ledger of sessions, the settings of training. Rows are only added."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert

from app.audit.actions import note
from app.db import run
from app.organisations.queries import scope_of, unit_by_id
from app.refusals import Conflict, Invalid, NotFound
from app.standards.queries import edition_row
from app.training.models import Certificate, LedgerEntry, TrainingSetting
from app.training.queries import TrainingSettings, training_settings
from app.training.queries_ends import certificates_of, entry_exists
from app.training.queries_ledger import entry_of
from app.training.queries_people import hand_within
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_CERTIFICATE = lazy("There is no such certificate any more.")
NO_UNIT = lazy("Choose a unit of yours.")
NO_ENTRY = lazy("There is no such entry in the ledger of your units.")
CORRECTED = lazy("Somebody has corrected this entry already. Open the ledger again.")


@dataclass(frozen=True)
class CertificateWish:
    """A certificate as typed."""

    entry_id: str
    person_id: str
    name: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class LedgerWish:
    """An entry of the ledger as typed."""

    id: str
    kind: str
    way: str
    title: str
    edition: str | None
    org_id: str
    on: date
    place: str
    led_by: str
    expected: int
    present: int
    minutes: int
    note: str
    replaces: str | None


def add_certificate(wish: CertificateWish, who: CurrentPerson, now: datetime) -> bool:
    """A new certificate, or a renewal: the newest of its name counts. False when this entry was made before."""
    hand_within(wish.person_id, who)
    if entry_exists(wish.entry_id):
        return False
    run(insert(Certificate).values(**asdict(wish), withdrawn=False, by_id=who.id, at=now))
    return True


def withdraw_certificate(entry_id: str, person_id: str, new_id: str, who: CurrentPerson, now: datetime) -> bool:
    """It counts no longer; the entry stays in the records. Raises NotFound; again changes nothing."""
    hand_within(person_id, who)
    if entry_exists(new_id):
        return False
    held = next((each for each in certificates_of([person_id]).get(person_id, []) if each.entry_id == entry_id), None)
    if held is None:
        raise NotFound(NO_CERTIFICATE)
    values = asdict(held) | {"entry_id": new_id}
    run(insert(Certificate).values(**values, withdrawn=True, by_id=who.id, at=now))
    return True


def enter(wish: LedgerWish, who: CurrentPerson, now: datetime) -> bool:
    """A session, drill, demonstration or material; a correction stands in place of an entry that stays readable."""
    if entry_of(wish.id):
        return False
    scope, unit = scope_of(who), unit_by_id(wish.org_id)
    if unit is None or (scope.units is not None and unit.id not in scope.units):
        raise Invalid(NO_UNIT, fields={"org": NO_UNIT})
    if wish.edition and edition_row(wish.edition) is None:
        sentence = lazy("Choose a standard of the list.")
        raise Invalid(sentence, fields={"edition": sentence})
    if wish.replaces:
        _check_corrected(wish.replaces, scope.units)
    run(insert(LedgerEntry).values(**asdict(wish), by_id=who.id, at=now))
    return True


def _check_corrected(entry_id: str, units: frozenset[str] | None) -> None:
    earlier = entry_of(entry_id)
    if earlier is None or (units is not None and earlier.org_id not in units):
        raise NotFound(NO_ENTRY)
    if earlier.replaced:
        raise Conflict(CORRECTED)


def keep_settings(wish: TrainingSettings, who: CurrentPerson, now: datetime) -> bool:
    """The newest row counts. False when nothing differs."""
    if wish == training_settings():
        return False
    run(insert(TrainingSetting).values(**asdict(wish), by_id=who.id, at=now))
    data = {"from": str(wish.enforced_from or ""), "newcomer_days": wish.newcomer_days}
    note("setting.changed", by_id=who.id, by_name=who.name, about="training", data=data)
    return True
