"""Pictures of findings: those that the source brought along, and those sent with a deed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.nonconformities import writes
from app.nonconformities.rules import NewFinding, Part
from app.photos.queries import pictures_of_steps
from app.photos.rules import Part as Use
from app.photos.writes import share


def bring_along(rows: Sequence[Mapping[str, Any]], fresh: Sequence[NewFinding]) -> None:
    """Link the pictures that came with new findings: hashes that were named, and those of the failed step."""
    linked: list[dict[str, Any]] = []
    for row, new in zip(rows, fresh, strict=True):
        shown = [(Part.BEFORE, sha256) for sha256 in dict.fromkeys(new.photos)]
        if new.check_id and new.step_id and not new.photos:
            found = pictures_of_steps(new.check_id, (new.step_id,))
            shown = [(Part.AFTER if part == Use.AFTER else Part.BEFORE, sha256) for _step, part, sha256 in found]
        linked += [_link(str(uuid.uuid4()), row["id"], part, 0, sha, new.found_by_id, new.at) for part, sha in shown]
        share((sha256 for _part, sha256 in shown), new.implementer_id)
    writes.insert_photos(linked)


def _link(
    photo_id: str, finding_id: str, part: Part, attempt: int, sha256: str, by_id: str | None, at: datetime
) -> dict[str, Any]:
    return {
        "id": photo_id,
        "finding_id": finding_id,
        "part": str(part),
        "round": attempt,
        "sha256": sha256,
        "by_id": by_id,
        "at": at,
    }
