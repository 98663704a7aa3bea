"""Pictures of findings: those that the source brought along, and those sent with a deed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.nonconformities import writes
from app.nonconformities.actions_here import Here
from app.nonconformities.queries_one import Standing
from app.nonconformities.rules import NewFinding, Part
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Wish
from app.photos.actions import staged, sync
from app.photos.queries import pictures_of_steps, seen_elsewhere
from app.photos.rules import Part as Use
from app.photos.rules import PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check, share
from app.refusals import Conflict, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy


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


PARTS = {Deed.CONTAIN: Part.CONTAINED, Deed.CLOSE: Part.RECHECK, Deed.RETURN: Part.RECHECK, Deed.RECTIFY: Part.AFTER}


def attach(finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, here: Here) -> None:
    """Make the kept uploads of a deed pictures of the finding; the sync of the disk is the last thing before.

    Raises Conflict when an upload is gone, Invalid when the same picture was sent with another record (EV-8).
    """
    if not wish.photos:
        return
    kept = staged(here.store, wish.photos, person_id=who.id, day=here.now.astimezone(here.zone).date())
    if len(kept) < len(set(wish.photos)):
        raise Conflict(lazy("A photo did not arrive. Send it again."), problem="missing-photos")
    if seen_elsewhere([photo.received_sha256 for photo in kept.values()], not_check=finding.id):
        sentence = lazy("This photo was sent with another record before. Take a new one.")
        raise Invalid(sentence, fields={"photos": sentence})
    owner = PhotoOwner(
        check_id=finding.id, person_id=who.id, point_id=finding.point_id or "",
        standard_code=finding.standard_code or "", implementer_id=finding.implementer_id,
        responsible_id=finding.responsible_id,
    )  # fmt: skip
    rows_for_check([PhotoUse(photo, Use.FINDING, finding.step_id) for photo in kept.values()], owner, at=here.now)
    share((photo.sha256 for photo in kept.values()), finding.implementer_id)
    part, attempt = PARTS.get(deed, Part.BEFORE), finding.failed_rechecks
    writes.insert_photos(
        [_link(photo.id, finding.id, part, attempt, photo.sha256, who.id, here.now) for photo in kept.values()]
    )
    if here.sync:
        sync(here.store, kept.values())
