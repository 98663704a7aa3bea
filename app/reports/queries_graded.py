"""The contractor's frozen month as a sheet that both sides sign (rules CT-7)."""

from __future__ import annotations

from collections import Counter
from datetime import tzinfo

from app.grades.queries import Sheet as Graded
from app.grades.queries import frozen_by_id
from app.grades.queries_live import may_see
from app.grades.rules import Cap, Grade
from app.grades.rules_contract import CT7_POINTS, Event, ct7_payment, own_weights
from app.grades.rules_history import Happened
from app.grades.rules_score import Limit, Line, shown
from app.grades.rules_words import CAPS, DEEDS, EVENTS, KEYS, SIDES, UNIT_GRADES, VETOES
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.reports.queries_sheets import NOT_THERE
from app.reports.rules_forms import Form, Sheet
from app.reports.rules_texts import at_minute, joined
from app.web.current import CurrentPerson

NOT_GRADED = "不评定"


def grade_sheets(sheet_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """One sheet; raises NotFound out of reach, or where it is no contractor's (CT-9)."""
    found = frozen_by_id(sheet_id)
    if found is None or not found.figures.contract:
        raise NotFound(NOT_THERE)
    if not may_see(scope_of(who), found.implementers, found.responsibles):
        raise NotFound(NOT_THERE)
    proposal, decided = found.proposal, found.decision
    values = {
        "unit": found.name,
        "month": f"{found.month:%Y-%m}",
        "contract": found.figures.contract,
        "score": shown(proposal.score),
        "grade": f"{grade_word(found.grade)}（{'评定' if decided else '系统建议'}）",
        "weights": _weights(found),
        "deducted": _deducted(found),
        "limits": _limits(found),
        "payment": _payment(found.grade),
        "history": joined((_happened(each, zone) for each in found.events), "\n") or "无",
        "signed": joined((_signed(found, side, zone) for side in SIDES), "\n"),
        "fingerprint": joined((at_minute(found.frozen_at, zone) if found.frozen_at else "", found.sha256), "\n"),
    }
    lines = [_line(each) for each in proposal.working.lines]
    return [Sheet(Form.GRADE, f"{found.month:%Y-%m}-{found.subject_id}", values, lines)]


def grade_word(grade: Grade | None) -> str:
    return str(UNIT_GRADES[grade][0]) if grade else NOT_GRADED


def _line(line: Line) -> list[str]:
    scale, rate = line.scale, line.rate
    reached = f"{shown(rate.share * 100, 1)}%" if rate.share is not None else "—"
    marks = [f"{shown(level * 100, 0)}%" for level in (scale.target, scale.floor)]
    weight = f"{shown(line.points, 3)}（{scale.weight}/{line.whole}）" if line.counts else "退出计算"
    return [str(KEYS[scale.key]), f"{rate.numerator}/{rate.denominator}", reached, *marks, shown(line.part), weight]


def _weights(found: Graded) -> str:
    whole = sum(each.weight for each in found.figures.scales)
    if own_weights(found.figures.scales):
        return f"按合同约定，合计 {whole}，按实际参加计算的合计折算"
    return f"合同未约定，按默认权重（GR-7），合计 {whole}"


def _deducted(found: Graded) -> str:
    times: Counter[Event] = Counter()
    for each in found.figures.deductions:
        times[each.event] += each.times
    told = [f"{EVENTS[event]} {n} 次，扣 {shown(CT7_POINTS[event] * n, 1)} 分" for event, n in times.items()]
    return joined((*told, f"共扣 {shown(found.proposal.deducted, 1)} 分" if told else "无"), "\n")


def _limits(found: Graded) -> str:
    caps = [f"{CAPS[each.cap]} {_which(each)}".strip() for each in found.proposal.limits]
    return joined((*caps, *(str(VETOES[each]) for each in found.proposal.vetoes)), "\n") or "无"


def _which(limit: Limit) -> str:
    """Only where the cap itself does not say it."""
    return str(KEYS[limit.key]) if limit.key and limit.cap is Cap.UNDER_FLOOR else ""


def _payment(grade: Grade | None) -> str:
    percent = ct7_payment(grade)
    told = f"{percent}%" if percent is not None else "—"
    return f"{told}（演示比例，以合同约定为准；系统只出建议，不自动扣款）"


def _happened(each: Happened, zone: tzinfo) -> str:
    grade = grade_word(Grade(each.grade)) if each.grade else ""
    return joined((f"{DEEDS[each.deed]} {grade} {each.by_name} {at_minute(each.at, zone)}", each.reason), "：")


def _signed(found: Graded, side: str, zone: tzinfo) -> str:
    mine = next((each for each in found.signatures if each.side == side), None)
    told = joined((f"{mine.by_name} {at_minute(mine.at, zone)} 已签", mine.words), "：") if mine else "待签"
    return f"{SIDES[side]}：{told}"
