"""The bulletin in the words of its official paper, cell by cell: Chinese in every language of the interface. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.grades.rules import Grade
from app.grades.rules_words import UNIT_GRADES
from app.papers.rules import Bulletin, Debt, Figure, Owed, Problem, Ranked
from app.papers.rules_words import EVALUATORS, KEYS, RULES, why
from app.tallies.rules_rates import Rate

TITLE = "机关后勤服务标准化月度通报"
NOT_GRADED, DASH = "不评定", "—"
DRAFT, NOT_ISSUED = "草稿", "未签发，仅供核对"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below a bulletin."""

    title: str
    line: str
    beside: str
    words: str
    signed: str
    fingerprint: str


def edition(year: int, number: int) -> str:
    """期号."""
    return f"{year} 年第 {number} 期"


def fingerprint(sha256: str) -> str:
    return f"指纹 {sha256}"


def head_line(one: Bulletin, number: str) -> str:
    """期号, unit, month and whether its figures still change."""
    state = "本月暂评" if one.provisional else "已冻结"
    return f"{number} · {one.unit} · {one.month.year} 年 {one.month.month} 月 · {state}（数据截至 {one.as_of}）"


def beside(one: Bulletin) -> str:
    """What stands outside the rates."""
    told = [f"未同步 {one.unknown} 次"] if one.unknown else []
    told += [f"无法作业 {one.reported} 次，不计入应完成"] if one.reported else []
    return "；".join(told) or "没有未同步和无法作业的任务。"


def percent(rate: Rate) -> str:
    """One decimal, half up, and only here (MT-32); a dash where nothing was due (MT-31)."""
    return f"{_rounded(rate.share * 100)}%" if rate.share is not None else DASH


def interval(rate: Rate) -> str:
    """The 95 % interval of few cases (MT-33), else nothing."""
    bounds = rate.interval
    return "–".join(f"{_rounded(Fraction(each) * 100)}%" for each in bounds) if bounds else ""


def change(figure: Figure) -> str:
    """In percentage points against the month before."""
    moved = figure.change
    return DASH if moved is None else f"{'+' if moved > 0 else ''}{_rounded(moved * 100)}"


def figure_cells(one: Figure) -> list[str]:
    count = f"{one.now.numerator}/{one.now.denominator}"
    return [f"{KEYS[one.key]} {RULES[one.key]}", percent(one.now), count, interval(one.now), percent(one.before),
            change(one)]  # fmt: skip


def problem_lines(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    """(problem, why this one)."""
    for number, each in enumerate(problems, 1):
        yield f"{number}. {each.name}（{each.sub}）", f"    {why(each)}"
    if not problems:
        yield "本月没有判不合格的步骤、漏做的点位和超期的整改。", ""


def ranked_cells(place: int, one: Ranked) -> list[str]:
    return [
        place_of(place, one),
        one.name,
        one.contract,
        one.score,
        grade_word(one.grade),
        str(one.due),
        told(one.on_time),
    ]


def place_of(place: int, one: Ranked) -> str:
    """Without a grade there is no place (MT-33)."""
    return str(place) if one.grade else DASH


def total_cells(whole: Rate) -> list[str]:
    return ["", "合计", "", "", "", str(whole.denominator), told(whole)]


def debt_cells(one: Debt) -> list[str]:
    number = one.number or "申诉"
    due = one.due.isoformat() if one.due else DASH
    return [number, one.text, who(one), due, "已超期" if one.overdue else "未到期"]


def who(one: Debt) -> str:
    return str(EVALUATORS) if one.what is Owed.APPEAL else one.who


def grade_word(grade: str | None) -> str:
    return str(UNIT_GRADES[Grade(grade)][0]) if grade else NOT_GRADED


def ranked_told(one: Ranked | None) -> str:
    """Score, grade and count of a unit in an addendum; a dash where it was not ranked."""
    return f"{one.score} {grade_word(one.grade)} {told(one.on_time)}" if one else DASH


def told(rate: Rate) -> str:
    """Numerator, denominator, rate."""
    return f"{rate.numerator}/{rate.denominator} {percent(rate)}"


def _rounded(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def signed_line(drafted: tuple[str, str] | None, issued: tuple[str, str] | None) -> str:
    """拟稿 and 签发, each a name and a local day; what has not happened is said."""
    put_up = " ".join(drafted) if drafted else "未拟稿"
    return f"拟稿：{put_up}    签发：{' '.join(issued) if issued else '未签发（草稿）'}"
