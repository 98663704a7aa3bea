"""A record in hand: whoever changes what is open about it waits for whoever was first, and reads only then."""

from __future__ import annotations

from app.checks.queries import CheckRow, find_check
from app.checks.writes import hold_state


def held(check: CheckRow) -> CheckRow:
    """The record as it stands once its state is in hand, until the end of the transaction."""
    hold_state(check.id)
    return find_check(check.id) or check
