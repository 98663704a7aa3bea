"""Which records the server knows, kept or disposed of, when a phone offers its receipts again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, union_all

from app.chain.models import ChainEntry
from app.chain.rules_history import BUNDLE
from app.checks.models import Receipt
from app.db import rows


def known_of(check_ids: Sequence[str]) -> frozenset[str]:
    """Those that have a receipt, and those that had one: what was disposed of does not come back. One query."""
    kept = select(Receipt.check_id).where(Receipt.check_id.in_(check_ids))
    sealed = select(ChainEntry.key).where(ChainEntry.kind == BUNDLE, ChainEntry.key.in_(check_ids))
    return frozenset(row[0] for row in rows(union_all(kept, sealed)))
