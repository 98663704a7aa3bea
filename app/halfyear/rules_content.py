"""Words of the official paper, Chinese in every language of the interface, and names of clauses of the seed."""

from __future__ import annotations

NUMERALS = "一二三四五六"
CLAUSE_003 = "003 三.4"
TITLE = "标准落地实施情况报告"
ADDRESSEE = "局标准化工作领导小组办公室"
"""To whom sections and units report (seed 002 §四)."""
ADDENDUM = "补记"
CHANGES = ("数据", "原为", "现为")
FOUND_AT = "时间"
GAP = "　"
FACES = ("方正小标宋简体", "黑体", "仿宋_GB2312")
"""Title, headings, text of an official paper (GB/T 9704)."""


def printed(at: str) -> str:
    return f"打印于 {at}"


def salutation() -> str:
    return f"{ADDRESSEE}："


def frozen_line(frozen_at: str, taken_at: str, *, signed: bool) -> str:
    """Until when the figures count, once they are frozen."""
    draft = "" if signed else "草稿，未签字；"
    return f"{draft}数据冻结时间：{frozen_at}；数据由系统记录汇总，取数时间 {taken_at}"


def unfrozen_line(taken_at: str, *, signed: bool) -> str:
    """The same before the freeze."""
    if signed:
        return f"数据未冻结：签字时取数，取数时间 {taken_at}；冻结后的变化见补记"
    return f"草稿，未签字；数据未冻结，取数时间 {taken_at}"


def signature_lines(unit: str, name: str, at: str, sha256: str) -> list[str]:
    return [unit, f"签字人：{name}", at, f"指纹（SHA-256）：{sha256[:32]}", sha256[32:]]


def unsigned_lines(unit: str) -> list[str]:
    return [unit, "（未签字）"]


def addendum_line(number: int, at: str) -> str:
    return f"{ADDENDUM} {number}（{at}）"
