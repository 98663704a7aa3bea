"""Which steps of a record only a supervisor releases (rules RL-1)."""

from __future__ import annotations

from app.standards.queries import edition, edition_row


def release_steps(number: str) -> frozenset[str]:
    """By the edition that the record was made under."""
    row = edition_row(number)
    return frozenset(step.id for step in edition(row).steps if step.release) if row else frozenset()
