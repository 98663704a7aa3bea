"""The compound of a seed: points with ways between them, a team with phones, and what a record of it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from app.flags.rules import PhotoSeen, Reading, Visit

START = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = 14
SAME_FLOOR_S, SAME_BUILDING_S, ELSEWHERE_S = 120, 180, 300


@dataclass(frozen=True)
class Spot:
    """A point: `floor_s` least seconds of the steps that leave a trace, `work_s` what the work usually takes.

    `family`: how its instrument behaves: fridge, dial (half degrees), still (a gauge that stands), or none.
    """

    id: str
    number: int
    building: int
    floor: int
    floor_s: int
    work_s: int
    family: str = ""
    mean: float = 0.0


@dataclass(frozen=True)
class Worker:
    """A person with a phone; `quick` is the pace, `files` says that pictures come through WeChat."""

    id: str
    phone: str
    spots: tuple[Spot, ...]
    quick: float
    files: bool
    offset: timedelta
    offline: float
    night: bool = False
    team_phone: bool = False
    hands: int = 1
    hands_known: bool = True
    camera_broken: bool = False


@dataclass(frozen=True)
class Record:
    """One check with its pictures and readings; `act` names the cheating it belongs to, empty when honest.

    `aside`: what somebody else read just before.
    """

    visit: Visit
    photos: tuple[PhotoSeen, ...] = ()
    readings: tuple[Reading, ...] = ()
    act: str = ""
    aside: tuple[Reading, ...] = ()


@dataclass
class World:
    """What is drawn for a seed; `records` grows."""

    seed: int
    chance: Random
    spots: list[Spot]
    workers: list[Worker]
    records: list[Record] = field(default_factory=list)
    broken_labels: frozenset[str] = frozenset()
    readings: list[Reading] = field(default_factory=list)
    bytes: dict[str, bytes] = field(default_factory=dict)
    count: int = 0

    def next_id(self) -> str:
        """A check id."""
        self.count += 1
        return f"{self.seed}-{self.count}"


def world(seed: int) -> World:
    """Eight workers of four crews over two buildings; a third of them have something unusual and honest about them."""
    chance = Random(f"world {seed}")
    spots = [_spot(number, chance) for number in range(24)]
    workers = [_worker(number, spots[number * 3 : number * 3 + 6], chance) for number in range(7)]
    workers.append(_guard(spots, chance))
    broken = frozenset(each.id for each in spots if chance.random() < 0.04)
    return World(seed, chance, spots, workers, broken_labels=broken)


def way_s(one: Spot, other: Spot) -> int:
    """The usual seconds of a way, as the rota counts them."""
    if one.building != other.building:
        return ELSEWHERE_S
    return SAME_FLOOR_S if one.floor == other.floor else SAME_BUILDING_S


def with_act(record: Record, act: str) -> Record:
    """The record as part of a cheat."""
    return replace(record, act=act)


def _spot(number: int, chance: Random) -> Spot:
    family = ("", "", "", "fridge", "dial", "still")[number % 6]
    return Spot(
        f"p{number}",
        number,
        number // 12,
        number % 12 // 3,
        chance.choice((20, 30, 40, 60, 90)),
        chance.choice((240, 360, 600, 900)),
        family,
        round(chance.uniform(2.5, 6.5), 1),
    )


def _worker(number: int, spots: list[Spot], chance: Random) -> Worker:
    name = f"w{number}"
    wrong = chance.random() < 0.15
    # The last three share a team's phone; the first two work as partners, half of whose second names get noted.
    team = number >= 5 and chance.random() < 0.5
    partner = number < 2 and chance.random() < 0.5
    return Worker(
        name,
        "phone-team" if team else f"phone-{number}",
        tuple(spots[:6]),
        quick=chance.uniform(0.55, 1.3),
        files=chance.random() < 0.3,
        offset=timedelta(seconds=chance.uniform(-2400, 2400) if wrong else chance.gauss(0, 20)),
        offline=chance.choice((0.02, 0.1, 0.6)),
        team_phone=team,
        hands=2 if partner else 1,
        hands_known=chance.random() < 0.6,
    )


def _guard(spots: list[Spot], chance: Random) -> Worker:
    """A patrol at night: many points, a few seconds at each."""
    short = tuple(replace(each, floor_s=10, work_s=25, family="") for each in spots[::2])
    offset = timedelta(seconds=chance.gauss(0, 20))
    return Worker("guard", "phone-guard", short, chance.uniform(0.8, 1.3), False, offset, 0.2, night=True)
