"""What verdicts make of a record in the figures: the record stays as it was sent, the occurrence is counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.checks.queries import CheckRow
from app.checks.rules_review import counts_moved
from app.refusals import Invalid
from app.schedule.actions import recount_occurrence
from app.standards.queries import edition, edition_row
from app.standards.rules import Step
from app.web.words import lazy

COUNTED = ("steps_fail", "key_due", "key_evidenced", "photos_due", "photos_valid")


def step_of(check: CheckRow, step_id: str) -> Step:
    """The step as the record's edition has it; raises Invalid for a step that it has not."""
    row = edition_row(check.edition)
    step = edition(row).step(step_id) if row else None
    if step is None:
        raise Invalid(lazy("This record has no such step."), fields={"step": step_id})
    return step


def recount(check: CheckRow, verdicts: Mapping[str, str], by_id: str | None, now: datetime) -> None:
    """Counts as sent, moved by every verdict; a check still waiting for its signature keeps its key steps uncounted."""
    if not check.occurrence_id:
        return
    counts = {name: getattr(check, name) for name in COUNTED}
    for step_id in [name for name in verdicts if "." not in name]:
        for name, more in counts_moved(step_of(check, step_id), verdicts[step_id]).items():
            counts[name] = max(0, counts[name] + more)
    if check.state.unsigned_steps:
        counts["key_evidenced"] = 0
    recount_occurrence(check.occurrence_id, check.id, counts, now, by_id)
