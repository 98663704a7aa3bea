"""Findings, rechecks and proposals as sheets: every fact comes from the record, nobody types it again (rules FM-3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import func, select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.queries_one import standing
from app.nonconformities.queries_proposals import Behind, Proposal, proposal_by_id, records_behind
from app.nonconformities.queries_sheet import FindingSheet, RecheckSheet, finding_sheet, recheck_sheets
from app.nonconformities.rules_proposals import Answer
from app.nonconformities.rules_words import SEVERITIES, SOURCES
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.reports.rules_forms import Form, Sheet, Shot
from app.reports.rules_texts import at_minute, counted_photos, joined, on_day, word
from app.reports.rules_words import CONTAINMENTS, DIRECTIONS, REASONS, WAYS
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such form, or it belongs to another unit.")
SEEN_GONE = "现场处理，随后的核查确认已好"
FIGURES_OVER = timedelta(days=90)


def nc_sheets(finding_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """标准实施不符合项报告表 of a finding within reach; raises NotFound."""
    _refuse_foreign(finding_id, who)
    found = finding_sheet(finding_id)
    return [_report(found, zone)] if found else []


def recheck_forms(finding_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """标准化实施整改落实情况复查记录表: one a recheck; raises NotFound when there was none."""
    _refuse_foreign(finding_id, who)
    found = recheck_sheets(finding_id)
    if not found:
        raise NotFound(lazy("This finding has not been rechecked yet."))
    return [_recheck(each, zone) for each in found]


def improvement_sheets(proposal_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """标准持续改进记录表 of a proposal whose records are within reach; raises NotFound."""
    proposal = proposal_by_id(proposal_id)
    if proposal is None:
        raise NotFound(NOT_THERE)
    scope = scope_of(who)
    behind = standing(proposal.findings)
    if scope.units is not None and not any(scope.reaches(each.implementer_id, each.responsible_id) for each in behind):
        raise NotFound(NOT_THERE)
    return [_improvement(proposal, list(records_behind([proposal]).values()), zone)]


def _refuse_foreign(finding_id: str, who: CurrentPerson) -> None:
    statement = select(Finding.implementer_id, Finding.responsible_id).where(Finding.id == finding_id)
    found = db.row(statement)
    if found is None or not scope_of(who).reaches(found.implementer_id, found.responsible_id):
        raise NotFound(NOT_THERE)


def _clause(finding: FindingSheet) -> str:
    return joined((finding.edition.replace("-", "—"), finding.standard, finding.step_id, finding.step_title), " ")


def _report(found: FindingSheet, zone: tzinfo) -> Sheet:
    confirmed = joined((found.confirmed_by, at_minute(found.confirmed_at, zone)), " ")
    values = {
        "item": found.step_title,
        "number": found.number,
        "source": word(SOURCES, found.source),
        "unit": found.unit,
        "point": joined((found.point, found.point_code), " "),
        "clause": _clause(found),
        "fact": found.fact,
        "evidence": joined((_photos("整改前", found.before), _photos("整改后", found.after))),
        "severity": word(SEVERITIES, found.severity),
        "due": at_minute(found.due_at, zone),
        "cause": found.cause,
        "correction": joined((found.correction, word(CONTAINMENTS, found.containment))),
        "corrective_action": found.corrective_action,
        "rectifier": found.rectifier,
        "reporter": found.found_by or "来访群众",
        "date": on_day(found.found_at, zone),
        "confirmed": confirmed,
    }
    shots = [*_shots("整改前", found.before), *_shots("整改后", found.after)]
    return Sheet(Form.NC, found.number, values, shots=shots)


def _shots(when: str, shown: Sequence[str]) -> list[Shot]:
    return [Shot(sha256, f"{when} {place}") for place, sha256 in enumerate(shown, 1)]


def _photos(when: str, shown: Sequence[str]) -> str:
    return f"{when}{counted_photos(len(shown))}" if shown else ""


def _recheck(found: RecheckSheet, zone: tzinfo) -> Sheet:
    finding = found.finding
    verdict = "让步接收" if found.passed is None else "合格" if found.passed else "不合格"
    until = f"（期限至 {found.until.isoformat()}）" if found.until else ""
    values = {
        "number": finding.number,
        "unit": finding.unit,
        "item": joined((finding.step_title, finding.fact), "："),
        "measures": joined((found.correction, found.corrective_action)) or (SEEN_GONE if found.rectified_at else ""),
        "rectified": joined((on_day(found.rectified_at, zone), found.rectified_by), " "),
        "inspectors": found.rechecked_by,
        "date": on_day(found.rechecked_at, zone),
        "way": word(WAYS, found.way),
        "evidence": joined((counted_photos(len(found.photos)), found.remark)),
        "conclusion": verdict + until,
        "attempt": f"第 {found.attempt} 次",
        "announced": on_day(found.announced_at, zone),
    }
    shots = [*_shots("整改后", finding.after), *_shots("复查", found.photos)]
    return Sheet(Form.RECHECK, f"{finding.number}-{found.attempt}", values, shots=shots)


def _improvement(proposal: Proposal, behind: Sequence[Behind], zone: tzinfo) -> Sheet:
    first = min((each.found_at for each in behind), default=proposal.at)
    standard = joined((proposal.edition.replace("-", "—"), proposal.standard or ""), " ")
    told = [f"{each.number} {joined((each.point or '', each.text), '：')}" for each in behind]
    rechecks = sum(each.failed_rechecks for each in behind)
    data = f"{word(REASONS, proposal.reason)}：不符合项 {len(behind)} 件，复查不合格 {rechecks} 次"
    values = {
        "standard": joined((standard, proposal.step_id, proposal.step_title), " "),
        "problem": joined((data, *told), "\n"),
        "measures": _measures(proposal),
        "period": f"{on_day(first, zone)} 至 {on_day(proposal.decided_at, zone)}".removesuffix(" 至 "),
        "reviewer": proposal.decided_by or "",
        "figures": _figures(proposal),
        "effect": proposal.decision,
        "direction": DIRECTIONS[Answer(proposal.state)],
    }
    return Sheet(Form.IMPROVEMENT, f"{proposal.standard_code}-{proposal.step_id}", values)


def _measures(proposal: Proposal) -> str:
    """What was proposed, and what the units did against it meanwhile."""
    done = dict.fromkeys(each.corrective_action for each in standing(proposal.findings))
    return joined((proposal.text, *done), "\n")


def _figures(proposal: Proposal) -> str:
    """Findings at the step in the ninety days before the decision and after it."""
    turn = proposal.decided_at or proposal.at
    before, after = _count(proposal, turn - FIGURES_OVER, turn), _count(proposal, turn, turn + FIGURES_OVER)
    return f"该步骤不符合项：之前 90 天 {before} 件，之后 {after} 件"


def _count(proposal: Proposal, first: datetime, last: datetime) -> int:
    here = (Finding.standard_code == proposal.standard_code, Finding.step_id == proposal.step_id)
    found = select(func.count()).select_from(Finding).where(*here, Finding.found_at >= first, Finding.found_at < last)
    return int(db.scalar(found) or 0)
