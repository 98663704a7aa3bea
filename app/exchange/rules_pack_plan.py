"""What a pack would bring here: what is new, the same, or other than what stands; insert-only, so the last is a no."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.exchange.rules_pack import Entry, Pack, canonical_digest, editions_of, life_of
from app.exchange.rules_pack_checks import overlap, term_of
from app.exchange.rules_pack_schema import PackFault
from app.web.words import lazy


class Fate(StrEnum):
    """What becomes of an edition of the pack."""

    NEW = "new"
    SAME = "same"
    KEPT = "kept"
    CLASH = "clash"


@dataclass(frozen=True)
class Here:
    """What stands on this site: editions as a pack says them; titles and owners of standards by code; units by id."""

    editions: Mapping[str, Entry] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    in_the_making: Collection[str] = ()


@dataclass(frozen=True)
class Coming:
    """An edition of the pack and what becomes of it; `other_head`: its standard is called otherwise here."""

    number: str
    title: str
    status: str
    effective_on: str
    fate: Fate
    unit: str
    steps: int
    other_head: bool = False


@dataclass(frozen=True)
class Look:
    """What a pack would do: nothing where there are faults."""

    digest: str
    coming: Sequence[Coming]
    faults: Sequence[PackFault]
    units: Mapping[str, str]
    makes_units: bool = False

    @property
    def ready(self) -> bool:
        """Whether it may be taken over."""
        return not self.faults and any(each.fate is Fate.NEW for each in self.coming)

    @property
    def counts(self) -> dict[str, int]:
        """How many editions are new, the same, kept as they are here."""
        return {str(fate): sum(each.fate is fate for each in self.coming) for fate in Fate}


def look_at(pack: Pack, here: Here, unit: str = "") -> Look:
    """A pack without faults of its own beside what stands here; `unit` answers for standards of units unknown here."""
    makes_units = not here.units
    known = {each["id"]: each["name"] for each in pack["units"]} if makes_units else here.units
    homes = {
        each["code"]: here.owners.get(each["code"]) or unit_for(each["responsible"], known, unit)
        for each in pack["standards"]
    }
    coming = [
        Coming(
            edition["number"],
            standard["title"],
            edition["status"],
            edition["effective_on"] or "",
            fate_of(edition, here.editions.get(edition["number"])),
            known.get(homes[standard["code"]], standard["responsible"]["name"]),
            len(edition["document"]["steps"]),
            here.codes.get(standard["code"], standard["title"]) != standard["title"],
        )
        for standard, edition in editions_of(pack)
    ]
    faults = [*_clashes(pack, here), *_homeless(pack, homes)]
    return Look(pack["digest"], coming, faults, homes, makes_units)


def fate_of(edition: Entry, stands: Entry | None) -> Fate:
    """New; the same; the same text with other dates, which stay as they are here; or another text: a clash."""
    if stands is None:
        return Fate.NEW
    if canonical_digest(edition["document"]) != canonical_digest(stands["document"]):
        return Fate.CLASH
    return Fate.SAME if life_of(edition) == life_of(stands) else Fate.KEPT


def unit_for(responsible: Mapping[str, str], known: Mapping[str, str], otherwise: str) -> str:
    """The unit that answers here: the same by id and name, else the only one of that name, else the one chosen."""
    if known.get(responsible["id"]) == responsible["name"]:
        return responsible["id"]
    named = [unit_id for unit_id, name in known.items() if name == responsible["name"]]
    if len(named) == 1:
        return named[0]
    return otherwise if otherwise in known else ""


def _clashes(pack: Pack, here: Here) -> Iterator[PackFault]:
    for standard, edition in editions_of(pack):
        stands = here.editions.get(edition["number"])
        if stands is not None:
            if fate_of(edition, stands) is Fate.CLASH:
                yield PackFault(edition["number"], lazy("This number stands here with another text."))
            continue
        if standard["code"] in here.in_the_making:
            yield PackFault(edition["number"], lazy("A project of this site holds this number."))
        for number, other in here.editions.items():
            if other["code"] == standard["code"] and overlap(term_of(edition), term_of(other)):
                yield PackFault(
                    edition["number"],
                    lazy("%(other)s holds here on the same days. Revise or end it here first.", other=number),
                )


def _homeless(pack: Pack, homes: Mapping[str, str]) -> Iterator[PackFault]:
    for standard in pack["standards"]:
        if not homes[standard["code"]]:
            name = standard["responsible"]["name"]
            yield PackFault(
                standard["code"],
                lazy("There is no unit %(name)s here. Choose the unit that answers for its standards.", name=name),
            )
