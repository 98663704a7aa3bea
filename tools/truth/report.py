"""What the limits find: acts of cheating with n and Wilson intervals, honest records, the curve of strictness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.flags.rules import FlagKind
from app.flags.rules_limits import BOUNDS, DEFAULTS, Thresholds
from app.tallies.rules_rates import wilson
from tools.truth.cheats import CAREFUL, CRUDE
from tools.truth.play import Scored, flagged

CRUDE_GOAL, HONEST_GOAL = 0.95, 0.01
LEANS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Caught:
    """How many acts of a kind had at least one record flagged, and how many of their records; by which rules."""

    name: str
    crude: bool
    acts: int
    caught: int
    records: int
    flagged: int
    by: tuple[tuple[str, int], ...]


def caught(plays: Sequence[Sequence[Scored]], limits: Thresholds) -> list[Caught]:
    """One row a way of cheating, from crude to careful."""
    rows = []
    for way in (*CRUDE, *CAREFUL):
        acts: dict[tuple[int, int], list[list[FlagKind]]] = {}
        for number, play in enumerate(plays):
            for each in play:
                if each.kind == way.__name__:
                    acts.setdefault((number, each.act), []).append(flagged(each, limits))
        by = Counter(str(kind) for lines in acts.values() for kind in {one for line in lines for one in line})
        rows.append(
            Caught(
                way.__name__,
                way in CRUDE,
                len(acts),
                sum(any(lines) for lines in acts.values()),
                sum(len(lines) for lines in acts.values()),
                sum(bool(line) for lines in acts.values() for line in lines),
                tuple(by.most_common()),
            )
        )
    return rows


def honest(plays: Sequence[Sequence[Scored]], limits: Thresholds) -> tuple[int, int, Counter[str]]:
    """Honest records, those flagged by anything, and how often by which rule."""
    lines = [flagged(each, limits) for play in plays for each in play if each.act < 0]
    return len(lines), sum(map(bool, lines)), Counter(str(kind) for line in lines for kind in line)


def crude_share(rows: Sequence[Caught]) -> tuple[int, int]:
    """Crude acts flagged, of all crude acts."""
    return sum(row.caught for row in rows if row.crude), sum(row.acts for row in rows if row.crude)


def leaning(lean: float) -> Thresholds:
    """All limits together towards their gentle (-1) or strict (+1) bound."""
    moved = {}
    for bound in BOUNDS.values():
        was = getattr(DEFAULTS, bound.field)
        moved[bound.field] = was + ((bound.strict if lean > 0 else bound.gentle) - was) * abs(lean)
    return replace(DEFAULTS, **moved)


def lines(plays: Sequence[Sequence[Scored]], limits: Thresholds = DEFAULTS) -> Iterator[str]:
    """The report as Markdown tables."""
    rows = caught(plays, limits)
    yield "| way of cheating | | acts | flagged | 95 % (Wilson) | records flagged | by |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        by = ", ".join(f"{name} {count}" for name, count in row.by) or "-"
        kind = "crude" if row.crude else "careful"
        yield (
            f"| {row.name} | {kind} | {row.acts} | {row.caught / row.acts:.1%} | {_between(row.caught, row.acts)} "
            f"| {row.flagged} of {row.records} | {by} |"
        )
    found, acts = crude_share(rows)
    yield f"\nCrude acts flagged: {found} of {acts}, {found / acts:.1%} ({_between(found, acts)})"
    count, hit, rules = honest(plays, limits)
    yield f"Honest records flagged: {hit} of {count}, {hit / count:.2%} ({_between(hit, count)})"
    yield "Honest by rule: " + (", ".join(f"{name} {each}" for name, each in rules.most_common()) or "none")
    yield from _curve(plays)


def _curve(plays: Sequence[Sequence[Scored]]) -> Iterator[str]:
    yield "\n| limits | honest | crude | " + " | ".join(way.__name__ for way in CAREFUL) + " |"
    yield "|---|---|---|" + "---|" * len(CAREFUL)
    for lean in LEANS:
        limits = leaning(lean)
        rows, (count, hit, _) = caught(plays, limits), honest(plays, limits)
        found, acts = crude_share(rows)
        careful = " | ".join(f"{row.caught / row.acts:.0%}" for row in rows if not row.crude)
        yield f"| {lean:+.1f} | {hit / count:.2%} | {found / acts:.1%} | {careful} |"


def _between(found: int, of: int) -> str:
    low, high = wilson(found, of)
    return f"{low:.1%} to {high:.1%}" if of < 5000 else f"{low:.2%} to {high:.2%}"
