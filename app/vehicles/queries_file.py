"""Reads of the file of a vehicle: its attributes, the limits its checks take from it, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.places.queries import point_by_id
from app.standards.queries import edition, edition_rows
from app.vehicles.queries import codes_at
from app.vehicles.queries_entries import entries_of
from app.vehicles.rules import Entry, EntryKind
from app.vehicles.rules_file import OwnLimit, own_limits

Pairs = tuple[tuple[OwnLimit | None, OwnLimit | None], ...]


def limits_at(point_id: str, on: date) -> Pairs:
    """The limits that the standards in force there that day take from the vehicle."""
    codes = codes_at([point_id]).get(point_id, ())
    return own_limits(edition(row) for row in edition_rows() if row.code in codes and row.in_force(on))


def attrs_of(point_id: str) -> Mapping[str, Any]:
    """All attributes of the point."""
    point = point_by_id(point_id)
    return point.attrs if point else {}


def filed(point_id: str) -> list[Entry]:
    """Changes of the file, newest first."""
    return entries_of([point_id], (EntryKind.FILED,))[::-1]
