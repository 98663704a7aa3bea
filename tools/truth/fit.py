"""Fits the limits: among those that flag hardly any honest record and find most crude acts, the middle one.

So each keeps a margin to both sides. Careful acts are not fitted on: what is found of them is what they leave behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.flags.rules import FlagKind
from app.flags.rules_limits import BOUNDS, DEFAULTS, Thresholds
from tools.truth.cheats import CRUDE
from tools.truth.play import Scored, flagged

# Twelve kinds share the one per cent that honest records may be flagged; a tenth of it each leaves room.
BUDGET = 0.001
STEPS = 20
# The last act or two are not worth going to the edge of the budget for.
NEARLY = 0.97
# The fortnight of a seed holds too few pictures to fit it on: set from the table of `likeness`.
BY_LIKENESS = FlagKind.PICTURE_ALIKE
CRUDE_NAMES = frozenset(each.__name__ for each in CRUDE)
WHOLE = ("alike_bits", "old_minutes", "accounts", "burst", "clock_minutes", "typed")


@dataclass(frozen=True)
class Fitted:
    """The limit of a kind, with the honest records and crude acts it flags on the seeds it was fitted on."""

    kind: FlagKind
    field: str
    limit: float
    honest: float
    acts: int


def fitted(plays: Sequence[Sequence[Scored]]) -> list[Fitted]:
    """One row a kind that has a limit to move."""
    return [_fit(kind, plays) for kind in BOUNDS if kind is not BY_LIKENESS]


def limits_of(rows: Sequence[Fitted]) -> Thresholds:
    """The defaults with the fitted limits."""
    return replace(DEFAULTS, **{row.field: row.limit for row in rows})  # type: ignore[arg-type]


def candidates(kind: FlagKind) -> list[float]:
    """From gentle to strict, whole where the limit counts something."""
    bound = BOUNDS[kind]
    steps = [bound.gentle + (bound.strict - bound.gentle) * step / STEPS for step in range(STEPS + 1)]
    return list(dict.fromkeys(float(round(each, 0 if bound.field in WHOLE else 2)) for each in steps))


def _fit(kind: FlagKind, plays: Sequence[Sequence[Scored]]) -> Fitted:
    tried = [_tried(kind, limit, plays) for limit in candidates(kind)]
    allowed = [each for each in tried if each.honest <= BUDGET] or tried[:1]
    most = max(each.acts for each in allowed)
    best = [each for each in allowed if each.acts >= NEARLY * most]
    return best[len(best) // 2]


def _tried(kind: FlagKind, limit: float, plays: Sequence[Sequence[Scored]]) -> Fitted:
    field = BOUNDS[kind].field
    limits = replace(DEFAULTS, **{field: limit})  # type: ignore[arg-type]
    honest = [bool(flagged(each, limits, (kind,))) for play in plays for each in play if each.act < 0]
    acts = {
        (number, each.kind, each.act)
        for number, play in enumerate(plays)
        for each in play
        if each.kind in CRUDE_NAMES and flagged(each, limits, (kind,))
    }
    return Fitted(kind, field, limit, sum(honest) / max(1, len(honest)), len(acts))
