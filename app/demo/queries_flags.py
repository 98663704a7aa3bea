"""Reads for the demo's flags: pictures of the last days, and a later record of the same person elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.photos.models import Photo, Picture
from app.photos.rules import Part, PhotoOwner

APART = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Shot:
    """A kept picture of a record."""

    check_id: str
    person_id: str
    point_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str
    place: str
    received_at: datetime

    @property
    def owner(self) -> PhotoOwner:
        """Whose record it stands on."""
        return PhotoOwner(
            self.check_id, self.person_id, self.point_id, self.standard_code, self.implementer_id, self.responsible_id
        )


def pairs_of_demo(since: datetime, until: datetime, first: str, most: int) -> list[tuple[Shot, Shot]]:
    """For that person first and then for others: a picture, and one of a record elsewhere hours later."""
    statement = (
        select(
            Photo.check_id, Photo.person_id, Photo.point_id, Photo.standard_code, Photo.implementer_id,
            Photo.responsible_id, Picture.place, Photo.received_at,
        )
        .join(Picture, Picture.sha256 == Photo.sha256)
        .where(Photo.part == Part.EVIDENCE, Photo.received_at.between(since, until))
        .order_by(Photo.person_id != first, Photo.person_id, Photo.received_at, Photo.id)
    )  # fmt: skip
    earlier: dict[str, Shot] = {}
    found: dict[str, tuple[Shot, Shot]] = {}
    for row in db.rows(statement):
        shot = Shot(*row)
        before = earlier.setdefault(shot.person_id, shot)
        if shot.point_id != before.point_id and shot.received_at - before.received_at > APART:
            found.setdefault(shot.person_id, (before, shot))
    return list(found.values())[:most]
