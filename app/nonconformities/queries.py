"""Reads of findings."""

from sqlalchemy import bindparam, select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.rules import FindingState, OpenFinding

_OPEN = (
    select(Finding.id, Finding.step_id, Finding.text, Finding.found_at, Finding.standard_code)
    .where(Finding.point_id == bindparam("point_id"), Finding.state == FindingState.REGISTERED)
    .order_by(Finding.found_at)
)
_OPEN_AT = db.Prepared(_OPEN)
_OF_CHECK = select(Finding.id, Finding.number, Finding.step_id, Finding.text, Finding.state, Finding.fixed_on_spot)


def open_findings(point_id: str, standard_code: str) -> list[OpenFinding]:
    """Known and open at a point under one standard, oldest first."""
    found = db.rows(_OPEN.where(Finding.standard_code == standard_code), {"point_id": point_id})
    return [OpenFinding(row.id, row.step_id, row.text, row.found_at) for row in found]


def open_findings_at(point_id: str) -> dict[str, list[OpenFinding]]:
    """The same for every standard of the point, by standard."""
    found: dict[str, list[OpenFinding]] = {}
    for row in db.rows(_OPEN_AT, {"point_id": point_id}):
        found.setdefault(row.standard_code, []).append(OpenFinding(row.id, row.step_id, row.text, row.found_at))
    return found


def findings_of_check(check_id: str) -> list[tuple[str, str, str, str, str, bool]]:
    """(id, number, step, text, state, fixed on the spot) of what a check registered."""
    return [tuple(row) for row in db.rows(_OF_CHECK.where(Finding.check_id == check_id).order_by(Finding.step_id))]
