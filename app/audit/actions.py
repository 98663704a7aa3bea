"""Append to the audit log."""

from typing import Any

from sqlalchemy import insert

from app import clock
from app.audit.models import AuditEvent
from app.db import run


def note(
    kind: str,
    *,
    by_id: str | None,
    by_name: str = "",
    about: str = "",
    address: str = "",
    data: dict[str, Any] | None = None,
) -> int:
    """One line, in the caller's transaction; `kind` is `group.detail`. Never secrets, never texts of people.

    Gives back the number of the line, which an export carries as its watermark.
    """
    row = {"kind": kind[:40], "by_id": by_id, "by_name": by_name[:60], "about": about[:80], "address": address[:60]}
    done = run(insert(AuditEvent).values(row | {"at": clock.now(), "data": data or None}))
    return int(done.inserted_primary_key[0])  # type: ignore[index]
