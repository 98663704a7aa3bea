"""A report as a paper: title, who reports to whom, parts, signature and addenda; PDF and Word are made of it: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.halfyear.rules_paper import Section


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


def paragraphs(text: str) -> list[str]:
    """Lines that somebody wrote, without empty ones."""
    return [line.strip() for line in text.split("\n") if line.strip()]
