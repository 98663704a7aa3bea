"""Builders of windows with the record behind them, for pages of log and month; call inside an app context."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from app.checks.models import Answer, Check, CheckState
from app.checks.models import Receipt as ReceiptRow
from app.checks.rules_receipt import Receipt
from app.db import atomically, run
from app.photos.models import Photo, Picture
from app.schedule.models import Occurrence
from tests.support.builders import CODE, kept, occurrence

_numbers = itertools.count(1)
COUNTS = (
    "steps_pass",
    "steps_fail",
    "key_due",
    "key_evidenced",
    "key_pass",
    "photos_due",
    "photos_sent",
    "photos_valid",
)


def check_row(point_id: str, start: datetime, occurrence_id: int | None, by: str = "ann", **values: Any) -> str:
    """A record with its receipt; `values` are columns of checks, `id` among them where it has to be known."""
    check_id = values.pop("id", None) or str(uuid.uuid4())
    done_at = values.pop("done_at", start + timedelta(minutes=20))
    receipt = Receipt(check_id, f"R{next(_numbers):06d}", done_at, "received", (), (), "0" * 64)
    kept(
        ReceiptRow, check_id=check_id, number=receipt.number, digest=receipt.digest, received_at=done_at,
        person_id=by, answer=receipt.as_json(), body=b"{}",
    )  # fmt: skip
    defaults = {
        "label_code": CODE, "standard_code": "JGSW05003.01", "edition": "JGSW05003.01-2026", "edition_digest": "",
        "window_key": None, "business_on": start.date(), "profile": "full", "outcome": "done",
        "person_name": f"人员{by}", "person_role": "worker",
        "org_id": "clean", "implementer_id": "clean", "responsible_id": "care",
        "opened_at": done_at - timedelta(minutes=6), "submitted_at": done_at, "effective_at": done_at,
        "received_at": done_at, "phone_offset_ms": 0, "timing": "in_window", "via": "scan", "marks": [], "facts": {},
        "dwell_seconds": 360, "dwell_floor_seconds": 60,
    } | dict.fromkeys(COUNTS, 0)  # fmt: skip
    kept(Check, id=check_id, occurrence_id=occurrence_id, point_id=point_id, person_id=by, **(defaults | values))
    return check_id


def filled(
    point_id: str, window: str, start: datetime, *, by: str = "ann", state: str = "in_window", **values: Any
) -> str:
    """A window that a check filled; counts and marks are columns of the occurrence."""
    via = values.pop("via", "scan")
    number = occurrence(point_id, window, start, state=state, assignee_id=values.pop("assignee_id", by))
    counts = {name: values[name] for name in COUNTS if name in values}
    check_id = check_row(point_id, start, number, by, via=via, **counts)
    seen = {"scanned": via == "scan", **values}
    change(number, check_id=check_id, done_at=start + timedelta(minutes=20), done_by_id=by, **seen)
    kept(
        Answer, check_id=check_id, step_id="S01", position=1, applicable=True, result="pass", key=False, photos_due=0,
        photos_valid=0,
    )  # fmt: skip
    return check_id


def reported(point_id: str, window: str, start: datetime, *, by: str = "ann", reason: str = "locked") -> str:
    """A window reported as not possible, waiting for its verdict."""
    number = occurrence(point_id, window, start, state="unable", unable_reason=reason, assignee_id=by)
    check_id = check_row(point_id, start, number, by, outcome="unable", unable_reason=reason)
    kept(CheckState, check_id=check_id, unsigned_steps=[], retake_steps=[], unable_verdict="pending", verdicts={})
    return check_id


def change(occurrence_id: int, **values: Any) -> None:
    """Set columns of a window."""
    atomically(lambda: run(update(Occurrence).where(Occurrence.id == occurrence_id).values(**values)))


def pending_step(check_id: str, step_id: str) -> None:
    """A step said not to apply, which waits for a yes or no."""
    kept(CheckState, check_id=check_id, unsigned_steps=[], retake_steps=[], verdicts={step_id: "pending"})


def pictured(check_id: str, step_id: str, sha256: str = "a" * 64) -> None:
    """A picture of a step that is ready to be shown; its bytes are nowhere."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    kept(
        Picture, sha256=sha256, state="ready", queued_at=at, tries=1, place="nowhere", media_type="image/jpeg",
        upright=True, width=640, height=480,
    )  # fmt: skip
    kept(
        Photo, id=str(uuid.uuid4()), sha256=sha256, received_sha256=sha256, check_id=check_id, step_id=step_id,
        part="evidence", person_id="ann", point_id="p1", standard_code="JGSW05003.01", implementer_id="clean",
        responsible_id="care", media_type="image/jpeg", bytes=100, source="live", received_at=at,
    )  # fmt: skip
