"""Reads of findings for other rooms: what is known and open at a point, under a unit, at a step."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.rules import ASKED_AGAIN, STANDING, FindingSource, FindingState, OpenFinding, contract_limits
from app.nonconformities.rules_repeat import AGAIN_WITHIN, SPREAD_WITHIN, Earlier
from app.organisations.models import Organisation

NINETY_DAYS = timedelta(days=90)
_OPEN = (
    select(Finding.id, Finding.step_id, Finding.text, Finding.found_at, Finding.standard_code)
    .where(Finding.point_id == bindparam("point_id"))
    .order_by(Finding.found_at)
)
_OPEN_AT = db.Prepared(_OPEN.where(Finding.state.in_(ASKED_AGAIN)))
_OF_CHECK = select(Finding.id, Finding.number, Finding.step_id, Finding.text, Finding.state, Finding.fixed_on_spot)


def open_findings(point_id: str, standard_code: str) -> list[OpenFinding]:
    """Known and not settled at a point under one standard, oldest first; what waits for its recheck too."""
    statement = _OPEN.where(Finding.standard_code == standard_code, Finding.state.in_(STANDING))
    return [
        OpenFinding(row.id, row.step_id, row.text, row.found_at) for row in db.rows(statement, {"point_id": point_id})
    ]


def open_findings_at(point_id: str) -> dict[str, list[OpenFinding]]:
    """What the next scan is asked about, for every standard of the point, by standard."""
    found: dict[str, list[OpenFinding]] = {}
    for row in db.rows(_OPEN_AT, {"point_id": point_id}):
        if row.standard_code and row.step_id:
            found.setdefault(row.standard_code, []).append(OpenFinding(row.id, row.step_id, row.text, row.found_at))
    return found


def findings_of_check(check_id: str) -> list[tuple[str, str, str, str, str, bool]]:
    """(id, number, step, text, state, fixed on the spot) of what a check registered."""
    return [tuple(row) for row in db.rows(_OF_CHECK.where(Finding.check_id == check_id).order_by(Finding.step_id))]


def findings_of_source(source: str, source_id: str) -> list[tuple[str, str, str]]:
    """(id, number, state) of what a row of another room led to."""
    statement = select(Finding.id, Finding.number, Finding.state).where(
        Finding.source == source, Finding.source_id == source_id
    )
    return [tuple(row) for row in db.rows(statement.order_by(Finding.found_at, Finding.number))]


def desk_finding(check_id: str, step_id: str, text: str, severity: str) -> str | None:
    """What the desk found in a record at a step in these words and as grave, while it is not settled."""
    found: str | None = db.scalar(
        select(Finding.id)
        .where(Finding.source == FindingSource.DESK, Finding.source_id == check_id, Finding.step_id == step_id)
        .where(Finding.text == text, Finding.severity == severity, Finding.state.in_(STANDING))
        .limit(1)
    )
    return found


def standing_by_unit(unit_ids: Iterable[str]) -> dict[str, int]:
    """Implementing unit -> how many of its findings are not settled."""
    statement = (
        select(Finding.implementer_id, func.count())
        .where(Finding.implementer_id.in_(list(unit_ids)), Finding.state.in_(STANDING))
        .group_by(Finding.implementer_id)
    )
    return {row[0]: row[1] for row in db.rows(statement)}


def counts_of_90_days(now: datetime, point_ids: Iterable[str] | None = None) -> dict[tuple[str, str], int]:
    """(point, standard) -> findings of the last 90 days that were not withdrawn, for the risk weight (SP-9)."""
    statement = select(Finding.point_id, Finding.standard_code, func.count()).where(
        Finding.found_at >= now - NINETY_DAYS,
        Finding.found_at <= now,
        Finding.state != FindingState.WITHDRAWN,
        Finding.point_id.is_not(None),
        Finding.standard_code.is_not(None),
    )
    if point_ids is not None:
        statement = statement.where(Finding.point_id.in_(list(point_ids)))
    grouped = statement.group_by(Finding.point_id, Finding.standard_code)
    return {(row[0], row[1]): row[2] for row in db.rows(grouped)}


def earlier_at_steps(standard_code: str, step_ids: Iterable[str], at: datetime, since: datetime) -> list[Earlier]:
    """The history of some steps from `since` on, and what was closed within 30 days, for NC-10 and NC-11.

    What was put right on the spot is counted apart (NC-16), what was withdrawn never was one.
    """
    first = min(since, at - SPREAD_WITHIN)
    statement = (
        select(Finding.id, Finding.step_id, Finding.point_id, Finding.found_at, Finding.closed_at)
        .where(
            Finding.standard_code == standard_code,
            Finding.step_id.in_(list(step_ids)),
            or_(Finding.found_at >= first, Finding.closed_at >= at - AGAIN_WITHIN),
            Finding.fixed_on_spot.is_(False),
            Finding.state != FindingState.WITHDRAWN,
        )
        .order_by(Finding.found_at)
    )
    return [Earlier(*row) for row in db.rows(statement)]


def contract_of(unit_id: str) -> dict[str, timedelta]:
    """The unit's own limits by contract, none where its profile states none."""
    return contract_limits(db.scalar(select(Organisation.profile).where(Organisation.id == unit_id)))


def number_of_key(key: str) -> tuple[str, str] | None:
    """(id, number) of what was registered under a source's key."""
    found = db.row(select(Finding.id, Finding.number).where(Finding.key == key))
    return (found.id, found.number) if found else None


def number_of(finding_id: str) -> str:
    """The number of a finding."""
    return str(db.scalar(select(Finding.number).where(Finding.id == finding_id)))
