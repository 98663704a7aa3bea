"""The satisfaction report of a survey as an official paper (rules SA-2, RP-6; seed 001-3 §9.1)."""

from __future__ import annotations

from datetime import tzinfo

from app.refusals import NotFound
from app.reports.queries_sheets import NOT_THERE
from app.reports.rules_forms import Form, Sheet
from app.reports.rules_texts import joined
from app.surveys.queries import survey
from app.surveys.queries_report import Report, report_of
from app.surveys.rules import State
from app.surveys.rules_figures import FEWEST, Line
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson, Role
from app.web.filters import DASH, percent

MOST_WORDS = 100


def survey_sheets(survey_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """One paper; raises NotFound for a contractor, and while the survey has not ended."""
    head = survey(survey_id)
    if head is None or head.state is not State.CLOSED or who.role is Role.MANAGER:
        raise NotFound(NOT_THERE)
    report = report_of(head)
    closed = head.closed_at.astimezone(zone).date() if head.closed_at else head.plan.closes_on
    values = {
        "title_of": head.plan.title,
        "year": str(head.year),
        "period": f"{head.plan.opens_on} 至 {closed}",
        "asked": f"{len(report.invited)} 个部门，{head.invited} 人",
        "returned": _rate(head.returned),
        "satisfied": _few(report) or _rate(report.satisfied),
        "strictly": _few(report) or _rate(report.strictly),
        "before": _rate(report.before) if report.before else DASH,
        "departments": _few(report) or _departments(report),
        "words": joined(report.words[:MOST_WORDS], "\n") or "无",
        "analysis": head.analysis or "（待填写）",
        "measures": head.measures or "（待填写）",
        "basis": f"满意＝非常满意＋满意＋基本满意；严格满意＝前两档。不足{FEWEST}份的部门和类别只计入总体。"
        f"办结时计数指纹 {report.sha256[:16]}。",
    }
    return [Sheet(Form.SURVEY, f"{head.year}", values, [_line(each) for each in report.lines])]


def _line(line: Line) -> list[str]:
    group = line.group
    low_high = group.satisfied.interval
    between = f"{percent(low_high[0] * 1000, 1000)}–{percent(low_high[1] * 1000, 1000)}" if low_high else ""
    return [
        group.name, str(group.rated.n), f"{group.rated.satisfied}", percent(group.rated.satisfied, group.rated.n),
        percent(group.rated.strictly, group.rated.n), between, _short(line.before),
    ]  # fmt: skip


def _departments(report: Report) -> str:
    told = [f"{each.name}：{_rate(each.satisfied)}，{each.answers} 份" for each in report.departments.groups]
    if report.departments.hidden:
        told.append(f"不单独列出：{report.departments.hidden} 个部门，{report.departments.hidden_answers} 份")
    return joined(told, "\n") or DASH


def _few(report: Report) -> str:
    return f"不足{FEWEST}份，不列出" if report.small else ""


def _rate(rate: Rate) -> str:
    return f"{_short(rate)}（{rate.numerator}/{rate.denominator}）"


def _short(rate: Rate | None) -> str:
    return percent(rate.numerator, rate.denominator) if rate else DASH
