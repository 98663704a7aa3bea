"""Acceptance of lots after the manner of GB/T 2828.1: what the draws say, and the tables to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.spotchecks import rules_acceptance as rules
from app.spotchecks import rules_words as words
from app.spotchecks.queries_acceptance import Lot, lots_of
from app.spotchecks.rules_acceptance import ANY_STEP, KEY_STEP, LEVELS, LIMITS, Mode, Plan, Verdict
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number

bp = Blueprint("acceptance", __name__, url_prefix="/spotchecks/acceptance")
READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER)
USUAL_LEVEL = "S-3"


@dataclass(frozen=True)
class Judged:
    """A lot with its plans for any step and for key points, and what they say; `mode` is how the next is taken."""

    lot: Lot
    level: str
    plans: tuple[Plan, Plan]
    verdicts: tuple[Verdict, Verdict]
    failed: tuple[int, int]
    looked: int
    mode: Mode

    @property
    def whole(self) -> Verdict:
        """Accepted when both are, rejected when one is."""
        for each in (Verdict.REJECTED, Verdict.OPEN):
            if each in self.verdicts:
                return each
        return Verdict.ACCEPTED


@bp.get("")
@guarded(*READERS)
def show() -> ResponseReturnValue:
    lot = whole_number(request.args.get("lot", "")[:9])
    level = request.args.get("level", USUAL_LEVEL)
    level = level if level in LEVELS else USUAL_LEVEL
    return render_template(
        "spotchecks/acceptance.html",
        judged=_judged(lots_of(person())),
        lot=lot,
        level=level,
        letter=rules.letter_of(level, lot),
        plans={limit: rules.plan_for(level, lot, limit) for limit in LIMITS},
        rules=rules,
        words=words,
    )


def _judged(lots: Sequence[Lot]) -> list[Judged]:
    """Newest first; the mode after each lot follows from those of its series before it (SP-21)."""
    series: dict[object, list[Verdict]] = defaultdict(list)
    found = []
    for lot in sorted(lots, key=lambda each: each.draw.to_on):
        one = _of_lot(lot, series[lot.series])
        if one:
            found.append(one)
    return found[::-1]


def _of_lot(lot: Lot, before: list[Verdict]) -> Judged | None:
    level = lot.draw.size if lot.draw.size in LEVELS else USUAL_LEVEL
    any_plan, key_plan = (rules.plan_for(level, lot.draw.population or 0, limit) for limit in (ANY_STEP, KEY_STEP))
    if any_plan is None or key_plan is None:
        return None
    failed = [each.failed for each in lot.sample]
    key_failed = [each.key_failed for each in lot.sample]
    verdicts = rules.verdict(any_plan, failed), rules.verdict(key_plan, key_failed)
    counts = failed[: any_plan.size].count(True), key_failed[: key_plan.size].count(True)
    looked = sum(each is not None for each in failed)
    judged = Judged(lot, level, (any_plan, key_plan), verdicts, counts, looked, Mode.NORMAL)
    before.append(judged.whole)
    return Judged(lot, level, (any_plan, key_plan), verdicts, counts, looked, rules.mode_after(before))
