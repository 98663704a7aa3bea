"""Reads of recorded steps; what phones hear is read once a minute, for it changes a few times a year."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.places.models import PointStandard
from app.standards.models import Standard, StepAudio
from app.standards.rules import Edition
from app.standards.rules_audio import Recording, Scope, heard
from app.web.current import CurrentPerson

FRESH = timedelta(seconds=60)
Kept = Mapping[str, Sequence[Recording]]
_held: WeakKeyDictionary[Engine, tuple[datetime, Kept]] = WeakKeyDictionary()
_ALL = (
    select(
        StepAudio.standard_code, StepAudio.step_id, StepAudio.words, StepAudio.org_id, StepAudio.crew_id,
        Organisation.path, StepAudio.sha256, Person.name, StepAudio.at,
    )
    .join(Standard, Standard.code == StepAudio.standard_code)
    .join(Organisation, Organisation.id == Standard.responsible_id)
    .outerjoin(Person, Person.id == StepAudio.by_id)
    .order_by(StepAudio.id.desc())
)  # fmt: skip


def recordings(code: str) -> list[Recording]:
    """Everything that was recorded for a standard, newest first."""
    return _read(_ALL.where(StepAudio.standard_code == code))


def step_audio(person: CurrentPerson, edition: Edition, now: datetime) -> dict[str, str]:
    """Step id to the address of what this person hears; a new recording is known within a minute."""
    ours = _kept(now).get(edition.code)
    if not ours:
        return {}
    found = heard(ours, edition, person.crew_id, person.org_path)
    return {step_id: f"/photos/{each.sha256}" for step_id, each in found.items()}


def forget() -> None:
    """Read anew at the next use: this process has changed something."""
    _held.pop(db.db.engine, None)


def is_reached(code: str, person: CurrentPerson) -> bool:
    """Whether the standard lies in the person's scope at some point; the bureau-wide reach every one."""
    scope = scope_of(person)
    reached = within(scope, PointStandard.implementer_id, PointStandard.responsible_id)
    one = select(PointStandard.standard_code).where(PointStandard.standard_code == code, *reached).limit(1)
    return scope.units is None or db.scalar(one) is not None


def _kept(now: datetime) -> Kept:
    at, kept = _held.get(db.db.engine, (None, {}))
    if at is None or abs(now - at) >= FRESH:
        found: dict[str, list[Recording]] = {}
        for each in _read(_ALL):
            found.setdefault(each.code, []).append(each)
        kept = found
        _held[db.db.engine] = (now, kept)
    return kept


def _read(statement: object) -> list[Recording]:
    return [
        Recording(code, step_id, words, Scope(org_id, crew_id), path, sha256, name or "", at)
        for code, step_id, words, org_id, crew_id, path, sha256, name, at in db.rows(statement)  # type: ignore[arg-type]
    ]
