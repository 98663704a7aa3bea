"""What the forms of seed 002 print of a finding: 不符合项报告表 and 整改落实情况复查记录表 (rules 5, FM-3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.queries_page import FindingPage, Said, finding_page
from app.nonconformities.rules import FindingState, Part
from app.nonconformities.rules_deeds import Deed
from app.organisations.queries import within
from app.organisations.rules import Scope

CONFIRMING = (Deed.CONFIRM, Deed.PLAN, Deed.RECTIFY)


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """标准实施不符合项报告表, field by field; texts as they were written, empty where nothing was said."""

    id: str
    number: str
    source: str
    source_id: str | None
    check_id: str | None
    unit: str
    section: str
    point: str
    point_code: str
    standard_code: str
    edition: str
    standard: str
    step_id: str
    step_title: str
    fact: str
    severity: str
    cause: str
    correction: str
    corrective_action: str
    containment: str
    rectifier: str
    due_at: datetime | None
    found_by: str
    found_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    state: FindingState
    before: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True, slots=True)
class RecheckSheet:
    """标准化实施整改落实情况复查记录表: one line a recheck, the concession included; `passed` None is a concession."""

    finding: FindingSheet
    attempt: int
    correction: str
    corrective_action: str
    rectified_by: str
    rectified_at: datetime | None
    rechecked_by: str
    rechecked_at: datetime
    way: str
    remark: str
    passed: bool | None
    until: date | None
    announced_at: datetime
    photos: Sequence[str]


def finding_sheet(finding_id: str) -> FindingSheet | None:
    """One report of a finding; the caller has asked whether the person may see it."""
    page = finding_page(finding_id)
    return _sheet(page) if page else None


def recheck_sheets(finding_id: str) -> list[RecheckSheet]:
    """Every recheck and concession of a finding, oldest first."""
    page = finding_page(finding_id)
    if page is None:
        return []
    sheet, done = _sheet(page), None
    found: list[RecheckSheet] = []
    for said in page.history:
        if said.kind == Deed.RECTIFY or said.state == FindingState.TO_RECHECK:
            done = said
        elif said.kind in (Deed.CLOSE, Deed.RETURN, Deed.CONCEDE):
            found.append(_recheck(sheet, page, said, done, len(found)))
    return found


def ids_within(scope: Scope, first: datetime, before: datetime, states: Iterable[str] = ()) -> list[str]:
    """Findings of the scope registered in this time, for printing many at once."""
    statement = select(Finding.id).where(
        *within(scope, Finding.implementer_id, Finding.responsible_id),
        Finding.found_at >= first,
        Finding.found_at < before,
    )
    wanted = list(states)
    if wanted:
        statement = statement.where(Finding.state.in_(wanted))
    return [row.id for row in db.rows(statement.order_by(Finding.found_at, Finding.id))]


def _sheet(page: FindingPage) -> FindingSheet:
    finding, around = page.finding, page.around
    confirmed = next((said for said in page.history if said.kind in CONFIRMING), None)
    return FindingSheet(
        id=finding.id,
        number=finding.number,
        source=finding.source,
        source_id=around.source_id,
        check_id=around.check_id,
        **_named(page),
        severity=finding.severity,
        cause=finding.cause_text,
        correction=around.correction,
        corrective_action=finding.corrective_action,
        containment=finding.containment,
        due_at=finding.due_at,
        found_at=finding.found_at,
        confirmed_by=(confirmed.by or "") if confirmed else "",
        confirmed_at=confirmed.at if confirmed else None,
        state=finding.state,
        before=[photo.sha256 for photo in page.photos_of(Part.BEFORE, Part.CONTAINED) if not photo.failed],
        after=[photo.sha256 for photo in page.photos_of(Part.AFTER) if not photo.failed],
    )


def _named(page: FindingPage) -> dict[str, str]:
    finding, around = page.finding, page.around
    return {
        "unit": around.unit or "",
        "section": around.section or "",
        "point": around.point or "",
        "point_code": around.point_code or "",
        "standard_code": finding.standard_code or "",
        "edition": finding.edition or "",
        "standard": around.standard or "",
        "step_id": finding.step_id or "",
        "step_title": finding.step_title,
        "fact": finding.text,
        "rectifier": around.rectifier or "",
        "found_by": around.found_by or "",
    }


def _recheck(sheet: FindingSheet, page: FindingPage, said: Said, done: Said | None, attempt: int) -> RecheckSheet:
    conceded = said.kind == Deed.CONCEDE
    until = said.data.get("until")
    return RecheckSheet(
        finding=sheet,
        attempt=attempt + 1,
        correction=(done.data.get("correction") or done.text) if done else "",
        corrective_action=done.data.get("corrective_action", "") if done else "",
        rectified_by=(done.by or "") if done else "",
        rectified_at=done.at if done else None,
        rechecked_by=said.by or "",
        rechecked_at=said.at,
        way=said.data.get("kind", ""),
        remark=said.text,
        passed=None if conceded else said.kind == Deed.CLOSE,
        until=date.fromisoformat(until) if until else None,
        announced_at=said.at,
        photos=[photo.sha256 for photo in page.photos_of(Part.RECHECK) if photo.at == said.at],
    )
