"""What a check says of findings: new ones, those already known, and those put right on the spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from app.nonconformities.actions_register import enter
from app.nonconformities.actions_seen import found_again, seen
from app.nonconformities.queries import open_findings
from app.nonconformities.rules import Draft, FindingSource, NewFinding, Seen, Where, still_open


def register_from_check(
    check_id: str,
    where: Where,
    drafts: Sequence[Draft],
    said: Mapping[str, str],
    *,
    by_id: str,
    at: datetime,
    zone: tzinfo,
) -> None:
    """Register what a check found. What is known and open is not registered again (NC-17); fixed on the spot is closed.

    `said` maps ids of known findings to still or gone; ids that are not open here are ignored.
    """
    if not drafts and not said:
        return
    open_now = open_findings(where.point_id, where.standard_code)
    common = {"check_id": check_id, "by_id": by_id, "at": at}
    seen([each.id for each in open_now], said, common)
    known = still_open(open_now, said)
    fresh = []
    for draft in drafts:
        earlier = known.get(draft.step_id)
        if earlier is None:
            fresh.append(_new(FindingSource.CHECK, check_id, where, draft, by_id=by_id, at=at))
        elif said.get(earlier.id) != Seen.STILL:
            found_again(earlier.id, draft, common)
    enter(fresh, zone)


def register_from_desk(
    check_id: str, where: Where, draft: Draft, *, by_id: str, at: datetime, zone: tzinfo
) -> tuple[str, str]:
    """Register what somebody else saw in a record; gives back id and number."""
    made = enter([_new(FindingSource.DESK, check_id, where, draft, by_id=by_id, at=at)], zone)[0]
    return made.id, made.number


def _new(source: FindingSource, check_id: str, where: Where, draft: Draft, *, by_id: str, at: datetime) -> NewFinding:
    return NewFinding(
        source=source,
        implementer_id=where.implementer_id,
        responsible_id=where.responsible_id,
        severity=draft.severity,
        text=draft.text,
        at=at,
        source_id=check_id,
        point_id=where.point_id,
        standard_code=where.standard_code,
        edition=where.edition,
        step_id=draft.step_id,
        step_title=draft.step_title,
        cause=draft.cause,
        fail_action=draft.fail_action,
        check_id=check_id,
        found_by_id=by_id,
        fixed=draft.fixed,
    )
