"""Draws that anybody can replay and nobody can steer: seed, key, order, the list and its hash (rules SP-7, SP-10)."""

from __future__ import annotations

import csv
import hmac
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

SEED_BYTES = 16
WEIGHT_DIGITS = 6
KEY_DIGITS = 12
EVEN = 1.0
"""The weight of every record in a simple random draw."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record of the population: its occurrence, what the weight is made of, and how much it weighs."""

    id: str
    weight: float
    point: str = ""
    standard: str = ""
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record in the order of the draw; rank 1 has the largest key."""

    candidate: Candidate
    key: float
    rank: int


def hash_of(seed: str) -> str:
    """What is made known of a seed before the period closes: its SHA-256."""
    return sha256(seed.encode()).hexdigest()


def uniform(seed: str, record_id: str) -> float:
    """HMAC-SHA256 of the record's number under the seed, its first 8 bytes mapped into (0, 1) (SP-10)."""
    first = hmac.new(seed.encode(), record_id.encode(), sha256).digest()[:8]
    return (int.from_bytes(first, "big") + 0.5) / 2**64


def key_of(seed: str, record_id: str, weight: float) -> float:
    """u^(1/w): the n largest are a weighted sample without replacement, with even weights a simple random one."""
    return float(uniform(seed, record_id) ** (1.0 / weight))


def ranked(seed: str, population: Iterable[Candidate]) -> list[Ranked]:
    """The whole population by falling key; equal keys by their number."""
    keyed = [(key_of(seed, each.id, each.weight), each) for each in population]
    keyed.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [Ranked(each, key, rank) for rank, (key, each) in enumerate(keyed, 1)]


HEAD = ("id", "weight", "point", "standard", "day", "why")


def list_bytes(population: Iterable[Candidate]) -> bytes:
    """The population as the file whose hash is published: CSV in UTF-8, one record a line, by number. No names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for each in sorted(population, key=lambda one: one.id):
        day = each.on.isoformat() if each.on else ""
        writer.writerow((each.id, f"{each.weight:.{WEIGHT_DIGITS}f}", each.point, each.standard, day, each.why))
    return out.getvalue().encode()


def list_read(body: bytes) -> list[Candidate]:
    """The population again. Raises ValueError on a file that is none."""
    lines = csv.reader(io.StringIO(body.decode()))
    if tuple(next(lines, ())) != HEAD:
        raise ValueError("not a population list")
    return [
        Candidate(name, float(weight), point, standard, date.fromisoformat(day) if day else None, why)
        for name, weight, point, standard, day, why in lines
    ]


class Difference(StrEnum):
    """What a replay found to be otherwise than published."""

    SEED = "seed"
    LIST = "list"
    COUNT = "count"
    WEIGHTS = "weights"
    MISSING = "missing"
    STRANGE = "strange"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Published:
    """A draw as it was published: `drawn` maps the records drawn by their key to that key."""

    seed: str
    seed_hash: str
    list_sha256: str
    body: bytes
    population: int
    sample: int
    even: bool
    drawn: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A difference and where it lies."""

    what: Difference
    where: str = ""


def replay(published: Published) -> list[Told]:
    """Draw once more from seed and list alone; nothing is told when all is equal."""
    found = []
    if hash_of(published.seed) != published.seed_hash:
        found.append(Told(Difference.SEED))
    if sha256(published.body).hexdigest() != published.list_sha256:
        found.append(Told(Difference.LIST))
    try:
        population = list_read(published.body)
    except ValueError:
        return [*found, Told(Difference.LIST)] if Told(Difference.LIST) not in found else found
    if len(population) != published.population:
        found.append(Told(Difference.COUNT, str(len(population))))
    if published.even and any(each.weight != EVEN for each in population):
        found.append(Told(Difference.WEIGHTS))
    return found + _compared(ranked(published.seed, population)[: published.sample], published.drawn)


def order_of(published: Published) -> list[Ranked]:
    """Every record by its key, as the audit page shows it; nothing of a list that cannot be read."""
    try:
        return ranked(published.seed, list_read(published.body))
    except ValueError:
        return []


def _compared(again: Sequence[Ranked], drawn: Mapping[str, float]) -> list[Told]:
    keys = {each.candidate.id: each.key for each in again}
    found = [Told(Difference.MISSING, each) for each in keys if each not in drawn]
    found += [Told(Difference.STRANGE, each) for each in sorted(drawn) if each not in keys]
    return found + [
        Told(Difference.KEY, each)
        for each, key in keys.items()
        if each in drawn and round(drawn[each], KEY_DIGITS) != round(key, KEY_DIGITS)
    ]
