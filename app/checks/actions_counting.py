"""What verdicts and corrections make of a record in the figures: it stays as it was sent, its window counts anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from app.checks.queries import CheckRow, answers_of
from app.checks.rules_review import CORRECTED, counts_corrected, counts_moved, key_counted
from app.refusals import Conflict, Invalid
from app.schedule.actions import recount_occurrence
from app.standards.queries import edition, edition_row
from app.standards.rules import Step
from app.web.words import lazy

COUNTED = ("steps_pass", "steps_fail", "key_due", "photos_due", "photos_valid")


def step_of(check: CheckRow, step_id: str) -> Step:
    """The step as the record's edition has it; raises Invalid for a step that it has not."""
    row = edition_row(check.edition)
    step = edition(row).step(step_id) if row else None
    if step is None:
        raise Invalid(lazy("This record has no such step."), fields={"step": step_id})
    return step


def assert_counts(check: CheckRow) -> None:
    """Nothing is decided any more about a record that is void. Raises Conflict."""
    if check.state.void:
        raise Conflict(lazy("This record is void. Nothing is decided about it any more."), problem="void")


def recount(check: CheckRow, verdicts: Mapping[str, str], by_id: str | None, now: datetime) -> None:
    """New counts for the window that the record fills, if it fills one."""
    if check.occurrence_id:
        recount_occurrence(check.occurrence_id, check.id, counts_of(check, verdicts), now, by_id)


def counts_of(check: CheckRow, verdicts: Mapping[str, str]) -> dict[str, int]:
    """Counts as sent, moved by every verdict and by each corrected result.

    A check still waiting for its signature keeps its key steps uncounted.
    """
    counts = {name: getattr(check, name) for name in COUNTED}
    for name, said in verdicts.items():
        step_id, _, what = name.partition(".")
        if what not in ("", CORRECTED):
            continue
        moved = (counts_corrected if what else counts_moved)(step_of(check, step_id), said)
        for each, more in moved.items():
            counts[each] = max(0, counts[each] + more)
    return counts | _keys(check, verdicts)


def _keys(check: CheckRow, verdicts: Mapping[str, str]) -> Counter[str]:
    keys = Counter({"key_evidenced": 0, "key_pass": 0})
    for answer in () if check.state.unsigned_steps else answers_of(check.id):
        if answer.key and answer.applicable:
            evidenced = answer.photos_valid >= answer.photos_due
            keys.update(key_counted(step_of(check, answer.step_id), answer.result, evidenced, verdicts))
    return keys
