"""Which recording of a step a person hears: the own crew's first, else the newest of the units above; pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.standards.rules import Edition, Step


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a recording is made: a crew, else everybody of a unit and those whose work it answers for."""

    org_id: str
    crew_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of a step; `sha256` None takes the earlier ones of its scope back."""

    code: str
    step_id: str
    words: str
    scope: Scope
    responsible_path: str
    sha256: str | None
    by_name: str
    at: datetime

    def reaches(self, crew_id: str | None, org_path: str) -> bool:
        """Whether a person of this crew and unit is meant; `org_path` is `/bureau/…/own/`."""
        if self.scope.crew_id:
            return self.scope.crew_id == crew_id
        mine = f"/{self.scope.org_id}/"
        return mine in org_path or mine in self.responsible_path


def words_of(step: Step) -> str:
    """Names the text that a recording explains."""
    return hashlib.sha256(f"{step.title}\n{step.requirement}".encode()).hexdigest()[:16]


def heard(
    newest_first: Iterable[Recording], edition: Edition, crew_id: str | None, org_path: str
) -> dict[str, Recording]:
    """Step id to the recording that this person hears, among those of the edition's standard."""
    words = {step.id: words_of(step) for step in edition.steps}
    found: dict[str, Recording] = {}
    for each in standing(newest_first).values():
        if each.words != words.get(each.step_id) or not each.reaches(crew_id, org_path):
            continue
        before = found.get(each.step_id)
        if before is None or (each.scope.crew_id and not before.scope.crew_id):
            found[each.step_id] = each
    return found


def standing(newest_first: Iterable[Recording]) -> Mapping[tuple[str, Scope], Recording]:
    """The newest of each step and scope, without those taken back, newest first."""
    newest: dict[tuple[str, Scope], Recording] = {}
    for each in newest_first:
        newest.setdefault((each.step_id, each.scope), each)
    return {key: each for key, each in newest.items() if each.sha256}
