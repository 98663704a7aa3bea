"""Core inserts of a submission and its events; records are insert-only, the state row is what is open now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.checks.models import Answer, Arrival, Check, CheckEvent, CheckState, Claim, Receipt, Signature
from app.db import Prepared, db, run, write

CHECKS = cast("Table", Check.__table__)
ANSWERS = cast("Table", Answer.__table__)
RECEIPTS = cast("Table", Receipt.__table__)
EVENTS = cast("Table", CheckEvent.__table__)
STATES = cast("Table", CheckState.__table__)
SIGNATURES = cast("Table", Signature.__table__)
CLAIMS = cast("Table", Claim.__table__)
ARRIVALS = cast("Table", Arrival.__table__)
# Every submission runs these: built once, all columns named.
_NEW_RECEIPT, _NEW_CHECK, _NEW_ANSWERS = (
    Prepared(insert(table), [column.name for column in table.columns]) for table in (RECEIPTS, CHECKS, ANSWERS)
)


def insert_check(check: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], receipt: Mapping[str, Any]) -> None:
    """The receipt first: its key is where a second submission of the same id loses the race."""
    write(_NEW_RECEIPT, receipt)
    write(_NEW_CHECK, check)
    if answers:
        write(_NEW_ANSWERS, list(answers))


def insert_event(
    check_id: str,
    kind: str,
    *,
    at: datetime,
    by_id: str | None = None,
    by_name: str = "",
    step_id: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    values = {"check_id": check_id, "step_id": step_id, "kind": kind, "by_id": by_id, "by_name": by_name, "at": at}
    run(insert(EVENTS), {**values, "data": dict(data) if data else None})


def keep_state(check_id: str, **changed: Any) -> None:
    """Change what is open about a check; a check without a state row has nothing open."""
    fresh: dict[str, Any] = {
        "unsigned_steps": [],
        "retake_steps": [],
        "retake_until": None,
        "unable_verdict": None,
        "verdicts": {},
    }
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(STATES).values(check_id=check_id, **{**fresh, **changed})
    run(statement.on_conflict_do_update(index_elements=[STATES.c.check_id], set_=changed))


def lock_state(check_id: str) -> None:
    """Whoever closes what is open about a check waits here for whoever was first; nobody where nothing is open."""
    run(update(STATES).where(STATES.c.check_id == check_id).values(check_id=check_id))


def hold_state(check_id: str) -> None:
    """As `lock_state`, for deeds that come upon records with nothing open: the row is made where there is none."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    fresh: dict[str, Any] = {"unsigned_steps": [], "retake_steps": [], "verdicts": {}}
    statement = dialect.insert(STATES).values(check_id=check_id, **fresh)
    run(statement.on_conflict_do_update(index_elements=[STATES.c.check_id], set_={"check_id": check_id}))


def insert_signature(signature: Mapping[str, Any]) -> None:
    run(insert(SIGNATURES), signature)


def insert_arrival(arrival: Mapping[str, Any]) -> None:
    run(insert(ARRIVALS), arrival)


def insert_claim(claim: Mapping[str, Any]) -> None:
    run(insert(CLAIMS), claim)


def end_claims(occurrence_id: int, *, at: datetime, claim_id: str | None = None) -> int:
    """Release the claims of an occurrence, or one of them; returns how many were held."""
    held = update(CLAIMS).where(CLAIMS.c.occurrence_id == occurrence_id, CLAIMS.c.released_at.is_(None))
    if claim_id:
        held = held.where(CLAIMS.c.id == claim_id)
    return run(held.values(released_at=at)).rowcount
