"""Deeds on recorded steps: a crew leader explains a step by voice, replaces the recording, takes it back."""

from dataclasses import dataclass
from datetime import datetime

from app.organisations.queries import unit_by_id
from app.photos.actions import sync
from app.photos.queries import uses_of
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.refusals import Forbidden, Invalid, NotFound
from app.standards.queries import EditionRow, edition, edition_row
from app.standards.queries_audio import is_reached
from app.standards.rules import Edition, Step
from app.standards.rules_audio import Scope, words_of
from app.standards.writes import insert_step_audio
from app.web.current import BUREAU_WIDE, CurrentPerson, Role
from app.web.words import lazy

RECORDERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.STANDARDS)


@dataclass(frozen=True)
class Lesson:
    """A step of an edition to be explained, and for whom."""

    edition: Edition
    step: Step
    scope: Scope


def scope_for(person: CurrentPerson) -> Scope:
    """For whom this person records: the own crew, the own unit, or the whole bureau."""
    if person.role is Role.CREW_LEADER:
        if person.crew_id is None:
            raise Forbidden(lazy("You lead no crew yet. The office has to name it first."))
        return Scope(person.org_id, person.crew_id)
    if person.role in BUREAU_WIDE:
        return Scope(person.org_path.strip("/").split("/")[0])
    return Scope(person.org_id)


def reached_edition(number: str, person: CurrentPerson) -> tuple[EditionRow, Edition]:
    """The edition of this number if the person has to do with its standard; raises NotFound."""
    row = edition_row(number)
    if row is None or not is_reached(row.code, person):
        raise NotFound(lazy("There is no standard with this number. Check the number in the register."))
    return row, edition(row)


def lesson(number: str, step_id: str, person: CurrentPerson) -> Lesson:
    """The step that is meant; raises NotFound, Forbidden or Invalid."""
    _row, text = reached_edition(number, person)
    step = text.step(step_id)
    if step is None:
        sentence = lazy("This standard has no such step. Open the page again.")
        raise Invalid(sentence, fields={"step": sentence})
    return Lesson(text, step, scope_for(person))


def keep_recording(what: Lesson, kept: KeptPhoto, person: CurrentPerson, store: PhotoStore, now: datetime) -> None:
    """The recording counts from now on; the same upload again changes nothing. Call inside a transaction."""
    if uses_of([kept.id]):
        return
    owner = PhotoOwner(
        check_id=kept.id,
        person_id=person.id,
        point_id="",
        standard_code=what.edition.code,
        implementer_id=what.scope.org_id,
        responsible_id=what.scope.org_id,
    )
    rows_for_check([PhotoUse(kept, Part.LESSON, what.step.id)], owner, at=now)
    _insert(what, person, now, photo_id=kept.id, sha256=kept.sha256)
    sync(store, [kept])


def take_back(what: Lesson, person: CurrentPerson, now: datetime) -> None:
    """The recording of this scope is heard no more; it stays in the history."""
    _insert(what, person, now, photo_id=None, sha256=None)


def _insert(what: Lesson, person: CurrentPerson, now: datetime, *, photo_id: str | None, sha256: str | None) -> None:
    insert_step_audio(
        {
            "standard_code": what.edition.code,
            "step_id": what.step.id,
            "words": words_of(what.step),
            "org_id": what.scope.org_id,
            "crew_id": what.scope.crew_id,
            "photo_id": photo_id,
            "sha256": sha256,
            "by_id": person.id,
            "at": now,
        }
    )


def scope_name(scope: Scope) -> str:
    """The unit for which is recorded, by its name."""
    unit = unit_by_id(scope.org_id)
    return unit.name if unit else ""
