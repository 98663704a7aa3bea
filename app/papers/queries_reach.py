"""Whom a paper is about, and through whose eyes its figures are read: those of the unit, or of the whole bureau."""

from __future__ import annotations

from dataclasses import dataclass

from app.organisations.queries import Unit, units
from app.refusals import NotFound
from app.web.current import BUREAU_WIDE, CurrentPerson, Role
from app.web.words import lazy

NOT_THERE = lazy("There is no such paper within your reach.")
CONTRACTOR = "contractor"
SITE = ""


@dataclass(frozen=True)
class About:
    """The site (`id` "") or a unit. `reader` stands for its reach: what a supervisor of the unit sees, no more."""

    id: str
    name: str
    reader: CurrentPerson


def choices(who: CurrentPerson) -> list[Unit]:
    """The units that somebody may read papers of: their own and those below, in tree order; contractors are ranked."""
    known = [each for each in units() if each.kind != CONTRACTOR]
    if who.role in BUREAU_WIDE and not who.external:
        return known[1:]  # the first is the bureau itself: the site
    if who.role is not Role.SUPERVISOR or who.external:
        return []
    return [each for each in known if each.path.startswith(who.org_path)]


def about(unit_id: str, who: CurrentPerson) -> About:
    """Raises NotFound out of reach; the site is for the bureau-wide."""
    if unit_id == SITE:
        if who.role not in BUREAU_WIDE or who.external:
            raise NotFound(NOT_THERE)
        return site()
    found = next((each for each in choices(who) if each.id == unit_id), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return of_unit(found)


def usual(who: CurrentPerson) -> str:
    """What somebody sees who asked for nothing: the site, or the own unit."""
    return SITE if who.role in BUREAU_WIDE else who.org_id


def site() -> About:
    """The whole bureau."""
    root = next(iter(units()), None)
    name = root.name if root else ""
    path = root.path if root else "/"
    return About(SITE, name, CurrentPerson("", "", Role.LEADER, root.id if root else "", path, name))


def of_unit(unit: Unit) -> About:
    """A unit with those below it, and what they answer for."""
    return About(unit.id, unit.name, CurrentPerson("", "", Role.SUPERVISOR, unit.id, unit.path, unit.name))


def by_id(unit_id: str) -> About | None:
    """Wherever it is, for the timer; None when the unit is gone."""
    if unit_id == SITE:
        return site()
    return next((of_unit(each) for each in units() if each.id == unit_id), None)
