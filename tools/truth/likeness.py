"""How far likeness hashes of pictures lie apart: two shots of one thing, other rooms, and old pictures changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from random import Random

from app.flags.rules_pictures import distance
from tools.truth.pictures import FAMILIES, FREE, MOUNTED, STEADY, Hand, again, bits_of, encoded, shot

ROOMS, SHOTS = 20, 24
MOST = 8


def lines(seed: int = 1) -> Iterator[str]:
    """A table of shares of pairs that differ in at most so many bits."""
    yield "| pairs | n | " + " | ".join(f"≤ {bits}" for bits in range(MOST + 1)) + " |"
    yield "|---|---|" + "---|" * (MOST + 1)
    for name, far in _measured(Random(f"likeness {seed}")).items():
        counted = Counter(far)
        shares = [sum(counted[each] for each in range(bits + 1)) / len(far) for bits in range(MOST + 1)]
        yield f"| {name} | {len(far):,} | " + " | ".join(_share(each) for each in shares) + " |"


def _share(share: float) -> str:
    return "0" if share == 0 else f"{share:.2%}" if share < 0.1 else f"{share:.0%}"


def _measured(chance: Random) -> dict[str, list[int]]:
    free = {room: _shots(room, chance, FREE) for room in range(ROOMS)}
    steady = {room: _shots(room, chance, STEADY) for room in range(ROOMS)}
    still = {room: _shots(room, chance, MOUNTED) for room in range(ROOMS)}
    return {
        "one thing, by hand": _within(free),
        "one thing, the same frame aimed at": _within(steady),
        "one thing, phone on a shelf": _within(still),
        "rooms with the same fittings": _between(free, alike=True),
        "other rooms": _between(free, alike=False),
        "compressed anew": _changed(chance, 0, 0, mirror=False),
        "and brighter or darker": _changed(chance, 0, 0.15, mirror=False),
        "border up to 2 % cut off": _changed(chance, 0.02, 0.05, mirror=False),
        "border up to 5 % cut off": _changed(chance, 0.05, 0.1, mirror=False),
        "border up to 10 % cut off": _changed(chance, 0.1, 0.15, mirror=False),
        "mirrored": _changed(chance, 0, 0, mirror=True),
    }


def _shots(room: int, chance: Random, hand: Hand) -> list[int]:
    return [bits_of(encoded(shot(room, 0, chance, hand), chance.randint(70, 88))) for _ in range(SHOTS)]


def _within(shots: dict[int, list[int]]) -> list[int]:
    return [distance(one, other) for line in shots.values() for one, other in combinations(line, 2)]


def _between(shots: dict[int, list[int]], *, alike: bool) -> list[int]:
    pairs = [(a, b) for a, b in combinations(shots, 2) if (a % FAMILIES == b % FAMILIES) is alike]
    return [distance(one, other) for a, b in pairs for one in shots[a][:12] for other in shots[b][:12]]


def _changed(chance: Random, crop: float, light: float, *, mirror: bool) -> list[int]:
    far = []
    for number in range(200):
        data = encoded(shot(number % ROOMS, 0, chance), chance.randint(70, 88))
        far.append(distance(bits_of(data), bits_of(again(data, chance, crop, light, mirror))))
    return far
