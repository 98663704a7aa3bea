"""What the findings of a check set going: repair orders, shortages, and orders opened again. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.nonconformities.queries import findings_of_check
from app.nonconformities.rules import Draft, Seen, Where
from app.refusals import Conflict
from app.repairs.actions import open_order
from app.repairs.actions_moves import REOPEN_WITHIN, Deed, reopen_row
from app.repairs.actions_shortages import Missing, note_shortage
from app.repairs.queries import finished_at, finished_of_findings, trades
from app.repairs.queries_list import order_seen
from app.repairs.rules import NewOrder
from app.web.current import CurrentPerson

FACILITY, SUPPLY, REPAIR = "facility", "supply", "repair"


@dataclass(frozen=True, slots=True)
class Report:
    """The check that found it, by whom, when."""

    check_id: str
    where: Where
    who: CurrentPerson
    at: datetime


def follow_check(report: Report, drafts: Sequence[Draft], said: Mapping[str, str]) -> None:
    """One tap (rules NC-18): cause 设施 or a step that asks for repair opens an order, cause 物料 notes a shortage.

    What is known and still there after a repair opens its order again. Call it after the findings are registered;
    a check without any asks the database nothing.
    """
    still = [finding for finding, word in said.items() if word == Seen.STILL]
    if still:
        _still_broken(report, still)
    wanted = [draft for draft in drafts if not draft.fixed and (_broken(draft) or draft.cause == SUPPLY)]
    if not wanted:
        return
    fresh = {step: finding for finding, _number, step, *_rest in findings_of_check(report.check_id)}
    on_duty = bool(trades())
    for draft in wanted:
        if draft.cause == SUPPLY:
            note_shortage(_missing(report, draft, fresh.get(draft.step_id)))
        elif on_duty and not _reopened(report, draft):
            open_order(_new(report, draft, fresh.get(draft.step_id)))


def _broken(draft: Draft) -> bool:
    return draft.cause == FACILITY or (draft.fail_action == REPAIR and draft.cause != SUPPLY)


def _fault(report: Report, draft: Draft) -> str:
    return f"{report.where.standard_code}/{draft.step_id}"


def _new(report: Report, draft: Draft, finding_id: str | None) -> NewOrder:
    words = draft.text if draft.step_title in draft.text else f"{draft.step_title}：{draft.text}"
    return NewOrder(
        report.where.point_id,
        words,
        report.at,
        by_id=report.who.id,
        finding_id=finding_id,
        check_id=report.check_id,
        fault=_fault(report, draft),
    )


def _missing(report: Report, draft: Draft, finding_id: str | None) -> Missing:
    return Missing(
        report.where.point_id,
        _fault(report, draft),
        draft.text,
        report.where.implementer_id,
        report.where.responsible_id,
        report.who.id,
        report.at,
        check_id=report.check_id,
        finding_id=finding_id,
    )


def _reopened(report: Report, draft: Draft) -> bool:
    """The step failed again although its order counts as done: that order goes on."""
    order_id = finished_at(report.where.point_id, _fault(report, draft), report.at - REOPEN_WITHIN)
    return order_id is not None and _again(order_id, Deed(report.who, report.at, draft.text))


def _still_broken(report: Report, findings: Sequence[str]) -> None:
    for order_id in finished_of_findings(findings):
        _again(order_id, Deed(report.who, report.at))


def _again(order_id: str, deed: Deed) -> bool:
    """False when it was reported anew already, or is so long ago that the finding itself tells of it."""
    try:
        reopen_row(order_seen(order_id), deed)
    except Conflict:
        return False
    return True
