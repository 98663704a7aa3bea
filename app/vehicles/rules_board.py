"""The board: in which order vehicles stand, how many are ready, out, warned and kept in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar


class Face(StrEnum):
    """What the board says of a vehicle in one word."""

    BLOCKED = "blocked"
    OUT = "out"
    WARNED = "warned"
    READY = "ready"


class Stands(Protocol):
    """What the board asks of a standing."""

    @property
    def blocks(self) -> Sequence[object]: ...
    @property
    def warnings(self) -> Sequence[object]: ...
    @property
    def trip(self) -> object | None: ...
    @property
    def clean_km(self) -> int: ...


T = TypeVar("T", bound=Stands)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each; the kilometres without an accident are those of all together (VH-12)."""

    blocked: int = 0
    out: int = 0
    warned: int = 0
    ready: int = 0
    clean_km: int = 0


def face_of(standing: Stands) -> Face:
    """Out is out, whatever else; then what keeps it in, then what comes near."""
    if standing.trip is not None:
        return Face.OUT
    if standing.blocks:
        return Face.BLOCKED
    return Face.WARNED if standing.warnings else Face.READY


_ORDER = {face: number for number, face in enumerate(Face)}


def sorted_board(standings: Iterable[T]) -> list[tuple[Face, T]]:
    """What needs somebody first; the rest as it came."""
    return sorted(((face_of(each), each) for each in standings), key=lambda pair: _ORDER[pair[0]])


def tally(standings: Sequence[Stands]) -> Tally:
    """The figures above the board."""
    faces = [face_of(each) for each in standings]
    return Tally(
        faces.count(Face.BLOCKED), faces.count(Face.OUT), faces.count(Face.WARNED), faces.count(Face.READY),
        sum(each.clean_km for each in standings),
    )  # fmt: skip
