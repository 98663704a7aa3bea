"""The evaluation report of a unit (rules GR-11) as an official form."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.appraisals.rules import WAYS, Appraisal
from app.appraisals.rules_outside import Inspected, Outside
from app.grades.rules_score import shown
from app.grades.rules_words import KEYS
from app.inspections.rules import Occasion
from app.inspections.rules_items import Overall
from app.inspections.rules_words import OCCASION_WORDS, OVERALL_WORDS
from app.papers.queries_evaluation import evaluation
from app.papers.rules import before_of
from app.papers.rules_evaluation import Evaluation, Measured, evaluation_named
from app.papers.rules_texts import grade_word, percent
from app.papers.rules_words import COURSES
from app.refusals import NotFound
from app.reports.queries_sheets import NOT_THERE
from app.reports.rules_forms import Form, Sheet
from app.reports.rules_texts import joined
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson

VERDICTS = {True: "符合", False: "不符合", None: "例数不足，不作结论"}


def evaluation_sheets(document_id: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> list[Sheet]:
    """One sheet of YYYY-MM~MONTHS~UNIT; raises NotFound out of reach."""
    named = evaluation_named(document_id)
    if named is None:
        raise NotFound(NOT_THERE)
    first, months, unit_id = named
    found = evaluation(unit_id, first, months, who, now, zone)
    last = before_of(first, 1 - months)
    period = f"{first:%Y-%m}" if months == 1 else f"{first:%Y-%m} 至 {last:%Y-%m}"
    values = {
        "unit": f"{found.unit}（{found.contract}）" if found.contract else found.unit,
        "period": period,
        "grades": grade_word(str(found.proposal.grade) if found.proposal.grade else None),
        "effect": _effect(found),
        "problems": _problems(found),
        "corrective": _said(found, "corrective"),
        "preventive": _said(found, "preventive"),
        "proposals": _proposals(found),
        "outside": _outside(found.outside),
        "basis": f"{'本期暂评' if found.provisional else '各月均已冻结'}，数据截至 {found.as_of}",
    }
    name = f"{first:%Y-%m}-{months}-{unit_id}"
    return [Sheet(Form.EVALUATION, name, values, [_line(each) for each in found.measured])]


def _effect(found: Evaluation) -> str:
    months = [f"{each.month:%Y-%m} {each.score} 分 {grade_word(each.grade)}" for each in found.grades]
    return joined((f"期间得分 {shown(found.proposal.score)}（分子、分母逐月相加）", _deducted(found), *months), "\n")


def _deducted(found: Evaluation) -> str:
    """CT-7: deductions are of a month, so those of several months are divided by their number."""
    proposal, months = found.proposal, len(found.grades)
    if not proposal.deducted:
        return ""
    whole = f"扣分前 {shown(proposal.working.score)} 分；各月事件扣分合计 {shown(found.deducted, 1)} 分"
    divided = f"除以 {months} 个月，为 {shown(proposal.deducted)} 分" if months > 1 else ""
    return joined((whole, divided, "从得分中扣除"), "，")


def _problems(found: Evaluation) -> str:
    return joined(
        (f"{KEYS[each.scale.key]} {percent(each.now)}，未达满分线" for each in found.misfits), "\n"
    ) or "无不符合项"  # fmt: skip


def _said(found: Evaluation, name: str) -> str:
    told = [f"{each.month:%Y-%m} {said}（{each.by_name}）" for each in found.actions if (said := getattr(each, name))]
    return joined(told, "\n") or ("尚未填写，请在评定等级时填写" if found.misfits else "无")


def _proposals(found: Evaluation) -> str:
    told = [f"{KEYS[each.scale.key]}：{COURSES[each.course]}" for each in found.misfits if each.course]
    return joined(told, "\n") or "保持"


def _outside(heard: Outside) -> str:
    """Everything but ratings by the label, which are a measure of the table (GR-5)."""
    calls = heard.call_backs
    told = [f"投诉回访对答复满意 {calls.numerator}/{calls.denominator}"] if calls.denominator else []
    told += [f"{each.title}（全局）{_satisfied(each.satisfied) or '份数过少'}" for each in heard.surveys]
    told += [
        f"{OCCASION_WORDS[Occasion(each.occasion)]} {each.number} {_overall(each)}".strip()
        for each in heard.inspections
    ]
    told += [_registered(each) for each in heard.registered]
    return joined(told, "\n") or "本期无"


def _satisfied(rate: Rate | None) -> str:
    return f"满意 {rate.numerator}/{rate.denominator}" if rate else ""


def _overall(each: Inspected) -> str:
    return str(OVERALL_WORDS[Overall(each.conclusion)]) if each.conclusion else ""


def _registered(one: Appraisal) -> str:
    rate, score = one.result.rate, one.result.score
    figures = (
        _satisfied(rate),
        f"{shown(score, 1)} 分" if score is not None else "",
    )
    head = f"{one.held_on} {WAYS[one.way]}（{one.assessor}）{joined(figures, '，')}"
    told = f"{head}：{one.said}" if one.said else head
    return joined((told.rstrip("。"), f"建议：{one.wants}" if one.wants else ""))


def _line(one: Measured) -> list[str]:
    return [
        str(KEYS[one.scale.key]), f"{one.now.numerator}/{one.now.denominator}", percent(one.now), percent(one.before),
        f"{shown(one.scale.target * 100, 0)}%", VERDICTS[one.conforms], str(COURSES[one.course]) if one.course else "—",
    ]  # fmt: skip
