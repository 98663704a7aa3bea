"""The figures of a survey as sheets of a workbook, in the language of the papers; numerators apart; pure."""

from collections.abc import Iterable, Sequence

from app.schedule.rules_sheet import Cell, Sheet
from app.surveys.rules_figures import Group, Line, Shown
from app.tallies.rules_rates import Rate

HEAD = (
    "满意数", "严格满意数", "评价数", "满意率(%)", "严格满意率(%)", "95%区间下限(%)", "95%区间上限(%)",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheets(
    lines: Sequence[Line], departments: Shown, satisfied: Rate, returned: Rate, words: Iterable[str]
) -> list[Sheet]:
    """By topic with the year before, by department, free texts."""
    topics = [(each.group.name, *_row(each.group), _percent(each.before)) for each in lines]
    units = [(each.name, each.answers, *_row(each)) for each in departments.groups]
    if departments.hidden:
        units.append(
            (f"不足5份不单独列出（{departments.hidden}个部门）", departments.hidden_answers, *[None] * len(HEAD))
        )
    whole = [
        ("发出份数", returned.denominator), ("收回份数", returned.numerator), ("回收率(%)", _percent(returned)),
        ("评价总数", satisfied.denominator), ("满意数", satisfied.numerator), ("满意率(%)", _percent(satisfied)),
    ]  # fmt: skip
    return [
        ("总体", ("项目", "数值"), whole),
        ("按服务类别", ("服务类别", *HEAD, "上年满意率(%)"), topics),
        ("按部门", ("部门", "收回份数", *HEAD), units),
        ("意见建议", ("内容",), [(_safe(each),) for each in words]),
    ]


def _row(group: Group) -> tuple[Cell, ...]:
    low, high = group.satisfied.interval or (None, None)
    return (
        group.rated.satisfied, group.rated.strictly, group.rated.n, _percent(group.satisfied),
        _percent(group.strictly), _rounded(low), _rounded(high),
    )  # fmt: skip


def _percent(rate: Rate | None) -> float | None:
    return None if rate is None or rate.share is None else round(float(rate.share) * 100, 4)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
