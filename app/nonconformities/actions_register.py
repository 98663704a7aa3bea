"""Registering findings, from whichever room they come: known ones once, repeated ones one level up."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta, tzinfo
from typing import Any

from app.nonconformities import writes
from app.nonconformities.actions_photos import bring_along
from app.nonconformities.actions_tell import tell_registered
from app.nonconformities.queries import (
    contract_of,
    earlier_at_steps,
    number_of,
    number_of_key,
    open_findings,
)
from app.nonconformities.rules import (
    NewFinding,
    Registered,
    Seen,
    Severity,
    due_at,
    first_state,
    time_allowed,
)
from app.nonconformities.rules_proposals import Reason, key_of_quarter
from app.nonconformities.rules_repeat import Earlier, Repeat, one_up, quarter_start, repeat

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
AS_NAMED = (
    "key", "point_id", "standard_code", "edition", "step_id", "check_id", "source_id", "cause", "fail_action", "text",
    "implementer_id", "responsible_id", "found_by_id",
)  # fmt: skip
NOTHING_BEFORE = Repeat(raised=False, quarter=())


def register(new: NewFinding, *, zone: tzinfo = UTC) -> Registered:
    """Register one finding of any source; `zone` is the site's, for the date in its number.

    The same key registers once, and what stands open at the same point and step is not registered again (NC-17): then
    the standing one comes back, marked as known, with a line in its history.
    """
    earlier = number_of_key(new.key) if new.key else None
    if earlier:
        return Registered(*earlier, known=True)
    if new.point_id and new.standard_code and new.step_id:
        standing = [each for each in open_findings(new.point_id, new.standard_code) if each.step_id == new.step_id]
        if standing:
            said = {"source": str(new.source), "source_id": new.source_id}
            event = {"finding_id": standing[0].id, "kind": str(Seen.STILL), "text": new.text, "data": said}
            writes.insert_events([{**event, "check_id": new.check_id, "by_id": new.found_by_id, "at": new.at}])
            return Registered(standing[0].id, number_of(standing[0].id), known=True)
    return enter([new], zone)[0]


def enter(fresh: Sequence[NewFinding], zone: tzinfo) -> list[Registered]:
    """Register findings of one hour at one unit, none of them known; with their photos and what repeats."""
    if not fresh:
        return []
    contract = contract_of(fresh[0].implementer_id)
    history = _history(fresh, zone)
    rows = []
    for new in fresh:
        finding_id = str(uuid.uuid4())
        earlier = [each for each in history if each.step_id == new.step_id]
        counts = new.step_id and new.standard_code and not new.fixed
        again = repeat(finding_id, new.point_id, new.at, earlier, zone) if counts else NOTHING_BEFORE
        rows.append(_row(finding_id, new, again, contract, zone))
        if again.proposes:
            _propose(new, again, zone)
    writes.insert_findings(rows)
    writes.insert_events([event for row, new in zip(rows, fresh, strict=True) for event in _born(row, new)])
    bring_along(rows, fresh)
    made = [Registered(row["id"], row["number"]) for row in rows]
    for row, new, registered in zip(rows, fresh, made, strict=True):
        tell_registered(new, registered, row["severity"])
    return made


def _history(fresh: Sequence[NewFinding], zone: tzinfo) -> list[Earlier]:
    """What happened at these steps before; all of one call share standard and hour."""
    first = fresh[0]
    steps = {new.step_id for new in fresh if new.step_id and not new.fixed}
    if not first.standard_code or not steps:
        return []
    return earlier_at_steps(first.standard_code, sorted(steps), first.at, quarter_start(first.at, zone))


def _propose(new: NewFinding, again: Repeat, zone: tzinfo) -> None:
    """NC-11: the fifth at a step in a quarter proposes a revision; later ones join while nobody has decided."""
    key = key_of_quarter(str(new.standard_code), str(new.step_id), new.at, zone)
    made = writes.keep_proposal(
        {
            "id": str(uuid.uuid4()), "key": key, "standard_code": new.standard_code, "edition": new.edition or "",
            "step_id": new.step_id, "step_title": new.step_title[:120], "reason": Reason.QUARTER, "text": "",
            "findings": list(again.quarter), "at": new.at, "by_id": None, "state": "open", "decision": "",
        }
    )  # fmt: skip
    if not made:
        writes.add_to_proposal(key, again.quarter)


def _row(
    finding_id: str, new: NewFinding, again: Repeat, contract: Mapping[str, timedelta], zone: tzinfo
) -> dict[str, Any]:
    severity = str(one_up(new.severity) if again.raised else Severity(new.severity))
    state = first_state(new.source, fixed=new.fixed)
    fixed = new.fixed and state == "closed"
    letters = "".join(secrets.choice(ALPHABET) for _ in range(6))
    urgent = severity == Severity.CRITICAL and not fixed
    return {
        **{name: getattr(new, name) for name in AS_NAMED},
        "id": finding_id,
        "number": f"BF{new.at.astimezone(zone):%y%m%d}-{letters}",
        "step_title": new.step_title[:120],
        "source": str(new.source),
        "severity": severity,
        "found_at": new.at,
        "due_at": None if fixed else due_at(severity, new.at, contract),
        "contain_by": new.at + time_allowed(severity, contract) if urgent else None,
        "state": str(state),
        "state_at": new.at,
        "closed_at": new.at if fixed else None,
        "fixed_on_spot": fixed,
        "repeated": again.raised,
    }


def _born(row: Mapping[str, Any], new: NewFinding) -> Iterable[dict[str, Any]]:
    common = {"finding_id": row["id"], "check_id": new.check_id, "by_id": new.found_by_id, "at": new.at}
    yield {**common, "kind": "registered", "state": row["state"], "text": new.text}
    if row["repeated"]:
        yield {**common, "kind": "raised", "by_id": None, "data": {"from": new.severity, "to": row["severity"]}}
    if row["fixed_on_spot"]:
        yield {**common, "kind": "closed", "state": row["state"]}
