"""Reads for everybody: announced inspections with conclusions by item and what became of the findings."""

from __future__ import annotations

from dataclasses import dataclass

from app.inspections.models import Inspection
from app.inspections.queries import HEAD, NOT_THERE, Head, heads, items_of
from app.inspections.queries_lists import tallies
from app.inspections.queries_records import Outcome, outcomes_of
from app.inspections.rules import State
from app.inspections.rules_items import ItemView
from app.refusals import NotFound

A_PAGE = 20


@dataclass(frozen=True)
class Announced:
    """An announcement; `tally` counts its items by conclusion."""

    head: Head
    tally: dict[str, int]
    outcomes: list[Outcome]
    items: list[ItemView]


def announced(page: int) -> tuple[list[Announced], bool]:
    """One page, the newest first, and whether there are more."""
    newest = HEAD.where(Inspection.state == State.ANNOUNCED).order_by(Inspection.announced_at.desc(), Inspection.id)
    found = heads(newest.limit(A_PAGE + 1).offset((page - 1) * A_PAGE))
    ids = [each.id for each in found]
    counts, outcomes = tallies(ids), outcomes_of(ids)
    shown = [Announced(head, counts[head.id], outcomes.get(head.id, []), []) for head in found[:A_PAGE]]
    return shown, len(found) > A_PAGE


def announced_by_id(inspection_id: str) -> Announced:
    """One announcement with its items; raises NotFound for what is not announced."""
    found = heads(HEAD.where(Inspection.id == inspection_id, Inspection.state == State.ANNOUNCED))
    if not found:
        raise NotFound(NOT_THERE)
    head = found[0]
    return Announced(head, tallies([head.id])[head.id], outcomes_of([head.id]).get(head.id, []), items_of(head.id))
