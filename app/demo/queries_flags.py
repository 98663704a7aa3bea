"""Reads for the demo's flags: records with a picture that an earlier record elsewhere carries too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import db
from app.photos.models import Photo
from app.photos.rules import Part


@dataclass(frozen=True, slots=True)
class Again:
    """A record whose picture was used before, its author, and the unit that answers for it."""

    check_id: str
    person_id: str
    responsible_id: str


def used_before(since: datetime, first: str) -> list[Again]:
    """Of pictures that came in since then; that person's first."""
    earlier = aliased(Photo)
    statement = (
        select(Photo.check_id, Photo.person_id, Photo.responsible_id)
        .join(earlier, earlier.received_sha256 == Photo.received_sha256)
        .where(earlier.check_id != Photo.check_id, earlier.received_at < Photo.received_at)
        .where(Photo.part == Part.EVIDENCE, Photo.received_at >= since)
        .order_by(Photo.person_id != first, Photo.person_id, Photo.check_id)
    )
    return [Again(*row) for row in db.rows(statement)]
