"""What the next scanner says of known findings: 仍存在 or 已好 (rules NC-17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.nonconformities import writes
from app.nonconformities.queries_one import Standing, standing
from app.nonconformities.rules import ASKED_AGAIN, TO_BE_DONE, Draft, FindingState, Seen
from app.nonconformities.rules_close import recheck_by


def seen(open_ids: Sequence[str], said: Mapping[str, str], common: Mapping[str, Any]) -> None:
    """Keep what was said; 已好 puts a finding up for its recheck; what is wanting for its closure can be said there.

    `common` is who said it with which check and when; ids that are not open here are ignored.
    """
    wanted = [finding_id for finding_id in open_ids if finding_id in said]
    events = []
    for each in standing(wanted):
        if each.state in ASKED_AGAIN:
            after = _after(each, said[each.id], common)
            events.append({**common, "finding_id": each.id, "kind": said[each.id], "state": after})
    writes.insert_events(events)


def found_again(finding_id: str, draft: Draft, common: Mapping[str, Any]) -> None:
    """A known step failed again without a word on what is known: still there, or put right on the spot now."""
    if draft.fixed:
        seen([finding_id], {finding_id: str(Seen.GONE)}, common)
        return
    after = None
    for each in standing([finding_id]):
        if each.state is FindingState.TO_RECHECK:
            after = str(FindingState.RECTIFYING)
            writes.change(each.id, each.version, state=after, state_at=common["at"], recheck_by=None)
    event = {"finding_id": finding_id, "kind": str(Seen.STILL), "text": draft.text, "state": after}
    writes.insert_events([{**common, **event}])


def _after(finding: Standing, word: str, common: Mapping[str, Any]) -> str | None:
    """The state that follows, None when the word changes nothing."""
    if word != Seen.GONE or finding.state not in TO_BE_DONE:
        return None
    at = common["at"]
    writes.change(
        finding.id,
        finding.version,
        state=str(FindingState.TO_RECHECK),
        state_at=at,
        rectifier_id=common["by_id"],
        rectifier_org_id=finding.implementer_id,
        rectified_at=at,
        recheck_by=recheck_by(finding.severity, at),
    )
    return str(FindingState.TO_RECHECK)
