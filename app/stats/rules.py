"""Counts as the pages know them, and what is counted in points instead of windows."""

from __future__ import annotations

from dataclasses import dataclass

from app.tallies.rules_counts import NOT_DUE, REPORTED, UNSETTLED, Counts, Line, added, counts_of, total

__all__ = ["NOT_DUE", "REPORTED", "UNSETTLED", "Counts", "Coverage", "Line", "added", "counts_of", "total"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Points with at least one window on time, of those with at least one due, summed over the days (rules MT-15)."""

    covered: int = 0
    due: int = 0
