"""补记: which figure of a frozen report was what, and is what now (rules RP-4): pure.

Left out is what describes the day of the freeze and moves on by itself: editions in force, design gaps, proposals and
the last half-year beside this one. A late sync, a ruling or a voided record moves counts, and those stand here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.halfyear.rules_figures import Figures, Used

USED = ("due", "done", "on_time", "late", "missed", "reported", "unknown")
NONE = "0"


@dataclass(frozen=True, slots=True)
class Change:
    """`path` names the figure: its kind, then its key, for a standard also its column."""

    path: tuple[str, ...]
    was: str
    now: str


def changes(kept: Figures, found: Figures) -> list[Change]:
    """Figures that differ, in the order of the report; none when nothing moved."""
    before, after = dict(flat(kept)), dict(flat(found))
    paths = list(dict.fromkeys((*before, *after)))
    told = [Change(path, before.get(path, NONE), after.get(path, NONE)) for path in paths]
    return [each for each in told if each.was != each.now]


def flat(figures: Figures) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, value as it is written) of every count that may be corrected later."""
    for used in figures.used:
        yield from _of(used)
    for key, rate in figures.rates.items():
        yield ("rates", key), f"{rate.numerator}/{rate.denominator}"
    for key, n in figures.numbers.items():
        yield ("numbers", key), str(n)
    for key, n in figures.reasons.items():
        yield ("reasons", key), str(n)
    for step in figures.steps:
        yield ("steps", step.edition, step.step_id), str(step.times)


def _of(used: Used) -> Iterator[tuple[tuple[str, ...], str]]:
    for column in USED:
        yield ("used", used.code, column), str(getattr(used, column))


def as_json(found: Sequence[Change]) -> list[list[str]]:
    """As it is kept: was, now, then the path."""
    return [[each.was, each.now, *each.path] for each in found]


def from_json(kept: Sequence[Sequence[str]]) -> list[Change]:
    return [Change(tuple(path), was, now) for was, now, *path in kept]


def named(change: Change, words: Mapping[tuple[str, ...], object], titles: Mapping[str, str]) -> str:
    """The figure in words: of `words` by kind and key, for a standard its title and the column."""
    kind, *keys = change.path
    if kind == "used":
        return f"{titles.get(keys[0], keys[0])} · {words.get(('used', keys[1]), keys[1])}"
    if kind == "steps":
        return f"{titles.get(keys[0], keys[0])} · {keys[1]}"
    return str(words.get((kind, keys[0]), keys[0]))
