"""Registering findings from a check, and what the next worker says of those already known."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import insert, update

from app import db
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.queries import open_findings
from app.nonconformities.rules import Draft, FindingSource, FindingState, OpenFinding, Seen, Where, due_at, still_open

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


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
    events = _seen(open_now, said)
    known = still_open(open_now, said)
    fresh = []
    for draft in drafts:
        earlier = known.get(draft.step_id)
        if earlier is None:
            fresh.append(_row(draft, where, check_id, by_id=by_id, at=at, zone=zone))
            events += _born(fresh[-1])
        elif said.get(earlier.id) != Seen.STILL:
            events.append({"finding_id": earlier.id, "kind": str(Seen.STILL), "data": {"text": draft.text}})
    if fresh:
        db.run(insert(Finding), fresh)
    if events:
        common = {"check_id": check_id, "by_id": by_id, "at": at}
        db.run(insert(FindingEvent), [{"data": None, **event, **common} for event in events])


def register_from_desk(
    check_id: str, where: Where, draft: Draft, *, by_id: str, at: datetime, zone: tzinfo
) -> tuple[str, str]:
    """Register what somebody else saw in a record; gives back id and number."""
    row = _row(draft, where, check_id, by_id=by_id, at=at, zone=zone) | {"source": FindingSource.DESK}
    db.run(insert(Finding), row)
    common = {"check_id": check_id, "by_id": by_id, "at": at, "data": None}
    db.run(insert(FindingEvent), [{**event, **common} for event in _born(row)])
    return row["id"], row["number"]


def _seen(open_now: Sequence[OpenFinding], said: Mapping[str, str]) -> list[dict[str, Any]]:
    events = [{"finding_id": each.id, "kind": said[each.id]} for each in open_now if each.id in said]
    gone = [event["finding_id"] for event in events if event["kind"] == Seen.GONE]
    if gone:
        db.run(
            update(Finding)
            .where(Finding.id.in_(gone), Finding.state == FindingState.REGISTERED)
            .values(state=FindingState.GONE)
        )
    return events


def _born(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    born = [{"finding_id": row["id"], "kind": "registered"}]
    return [*born, {"finding_id": row["id"], "kind": "closed"}] if row["fixed_on_spot"] else born


def _row(draft: Draft, where: Where, check_id: str, *, by_id: str, at: datetime, zone: tzinfo) -> dict[str, Any]:
    number = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return {
        "id": str(uuid.uuid4()),
        "number": f"BF{at.astimezone(zone):%y%m%d}-{number}",
        "point_id": where.point_id,
        "standard_code": where.standard_code,
        "edition": where.edition,
        "step_id": draft.step_id,
        "step_title": draft.step_title,
        "check_id": check_id,
        "source": FindingSource.CHECK,
        "severity": draft.severity,
        "cause": draft.cause,
        "fail_action": draft.fail_action,
        "text": draft.text,
        "implementer_id": where.implementer_id,
        "responsible_id": where.responsible_id,
        "found_by_id": by_id,
        "found_at": at,
        "due_at": None if draft.fixed else due_at(draft.severity, at),
        "state": FindingState.CLOSED if draft.fixed else FindingState.REGISTERED,
        "closed_at": at if draft.fixed else None,
        "fixed_on_spot": draft.fixed,
    }
