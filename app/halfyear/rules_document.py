"""A report as a paper: title, who reports to whom, parts, signature and addenda; PDF and Word are made of it: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.halfyear.rules_paper import Section, Table

WIDE_MM = 156
"""Of the text on an official paper: 28 and 26 mm are left beside it (GB/T 9704)."""
_RATES_MM = (50, 26, 32, 20, 28)
_WIDTHS_MM = {
    "led": (32, 44, 20, 60), "used": (26, 36, 12, 12, 12, 12, 12, 12, 22), "steps": (46, 84, 26),
    "proposals": (34, 92, 30), "scope": _RATES_MM, "effect": _RATES_MM, "numbers": (116, 40), "reasons": (116, 40),
    "breaks": (116, 40),
}  # fmt: skip
CHANGES_MM = (86, 35, 35)
"""Figure, was, now of an addendum."""


@dataclass(frozen=True, slots=True)
class Later:
    """补记: when the records said something else, and what: (figure, was, now)."""

    at: str
    changes: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """`standing` says whether the figures are frozen; `signed` is empty under a draft."""

    title: str
    subtitle: str
    unit: str
    sections: Sequence[Section]
    standing: Sequence[str]
    signed: Sequence[str]
    addenda: Sequence[Later]
    printed_at: str


def widths_mm(table: Table) -> Sequence[float]:
    """Of each column; together they fill the page."""
    return _WIDTHS_MM.get(table.name) or [WIDE_MM / len(table.columns)] * len(table.columns)


def paragraphs(text: str) -> list[str]:
    """Lines that somebody wrote, without empty ones."""
    return [line.strip() for line in text.split("\n") if line.strip()]
