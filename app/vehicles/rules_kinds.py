"""What is noted of a vehicle, and which of it carries a reading."""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    """What is noted of a vehicle, one line each and never changed."""

    DEPARTED = "departed"
    RETURNED = "returned"
    FUELLED = "fuelled"
    SERVICED = "serviced"
    OVERRIDE = "override"
    BACKFILLED = "backfilled"
    LAPSED = "lapsed"
    CORRECTION = "correction"
    AGREED = "agreed"
    REFUSED = "refused"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    ACCIDENT = "accident"
    FILED = "filed"


READING_KINDS = (
    EntryKind.DEPARTED,
    EntryKind.RETURNED,
    EntryKind.FUELLED,
    EntryKind.SERVICED,
    EntryKind.SEALED,
    EntryKind.ACCIDENT,
)
"""Entries that carry what the odometer showed."""
