"""A trade says that the fault behind a finding is repaired: it goes up for its recheck (rules NC-4, NC-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.nonconformities import writes
from app.nonconformities.queries_one import standing
from app.nonconformities.rules import TO_BE_DONE, FindingState, Seen
from app.nonconformities.rules_close import recheck_by


@dataclass(frozen=True, slots=True)
class Repair:
    """Who of which unit repaired it, by which order, with which words; `text` may be empty."""

    number: str
    by_id: str
    org_id: str
    at: datetime
    text: str = ""


def repaired(finding_id: str, repair: Repair) -> bool:
    """Note it; True when the finding waits for its recheck now. What its closure wants besides is said there (NC-8)."""
    moved = False
    for each in standing([finding_id]):
        if each.state not in TO_BE_DONE:
            continue
        moved = True
        after = {"state": str(FindingState.TO_RECHECK), "state_at": repair.at, "rectified_at": repair.at}
        who = {"rectifier_id": repair.by_id, "rectifier_org_id": repair.org_id}
        due = {"recheck_by": recheck_by(each.severity, repair.at), "correction": repair.text or repair.number}
        writes.change(each.id, each.version, **after, **who, **due)
        event = {"finding_id": each.id, "kind": str(Seen.GONE), "by_id": repair.by_id, "at": repair.at}
        said = {"text": repair.text, "data": {"repair": repair.number}}
        writes.insert_events([{**event, **said, "state": after["state"]}])
    return moved
