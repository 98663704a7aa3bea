"""A valid complaint is a finding: registered once, as soon as it is known which units it is about."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.feedback import writes_complaints as writes
from app.feedback.queries_complaints import Case
from app.feedback.rules_complaints import Class
from app.nonconformities.actions_register import register
from app.nonconformities.rules import FindingSource, NewFinding, Severity


def register_finding(case: Case, by_id: str, now: datetime, zone: tzinfo, *, sure: bool = True) -> None:
    """Register what a valid complaint is about (NC-1); `sure` is whether somebody has decided that it is valid.

    Without a department that answers nothing can be put right: handing it to one registers it then.
    """
    if case.finding_id or not case.responsible_id or not sure:
        return
    finding = register(
        NewFinding(
            source=FindingSource.COMPLAINT,
            implementer_id=case.implementer_id or case.responsible_id,
            responsible_id=case.responsible_id,
            severity=str(Severity.MAJOR),
            text=case.words,
            at=now,
            source_id=case.item_id,
            point_id=case.point_id,
            standard_code=case.standard_code or None,
            photos=(case.photo,) if case.photo else (),
            key=f"complaint/{case.item_id}",
        ),
        zone=zone,
    )
    writes.change_case(case.item_id, finding_id=finding.id)
    writes.insert_event(case.item_id, "finding", now, by_id, {"number": finding.number})


def is_sure(case: Case) -> bool:
    """Valid because somebody outside has said so, not because time has passed."""
    return case.classified == Class.VALID and case.classified_by_id is not None
