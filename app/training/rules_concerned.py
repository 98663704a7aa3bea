"""Whom a standard concerns (rules TR-1, TR-5): those on its rounds, their crews, or everybody of the unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who works at points."""

    id: str
    name: str
    org_id: str
    org_name: str
    crew_id: str | None
    role: str


@dataclass(frozen=True, slots=True)
class OnRound:
    """A round's person and crew, and the standards whose windows it holds."""

    person_id: str
    crew_id: str
    codes: frozenset[str]


def concerned(
    code: str, hands: Sequence[Hand], rounds: Iterable[OnRound], units: Collection[str], *, special: bool
) -> dict[str, bool]:
    """Person id to whether they are rostered. Special work concerns those on its rounds only.

    Where no round holds the standard, everybody of the implementing units is counted as rostered.
    """
    mine = [each for each in rounds if code in each.codes]
    known = {hand.id for hand in hands}
    if not mine:
        return {hand.id: True for hand in hands if hand.org_id in units}
    named = {each.person_id for each in mine} & known
    crews = set() if special else {each.crew_id for each in mine}
    mates = {hand.id for hand in hands if hand.org_id in units and hand.crew_id in crews}
    return {hand.id: hand.id in named for hand in hands if hand.id in named | mates}


def codes_of(windows: Iterable[str]) -> frozenset[str]:
    """The standards of CODE/SCHEDULE/WINDOW references."""
    return frozenset(each.split("/", 1)[0] for each in windows)
