"""Inserts of photo rows with their check, and the state of the picture queue."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import Prepared, dialect_name, run, write
from app.photos.models import Photo, PhotoShare, Picture
from app.photos.rules import KeptPhoto, Made, PhotoOwner, PhotoUse, State

PHOTOS = cast("Table", Photo.__table__)
PICTURES = cast("Table", Picture.__table__)
# Every submission runs these: built once.
_NEW_PHOTOS = Prepared(insert(PHOTOS), [column.name for column in PHOTOS.columns])
_PICTURE = ("sha256", "state", "queued_at", "tries", "place", "media_type", "upright", "width", "height")
_NEW_PICTURES = {
    dialect.dialect.name: Prepared(
        dialect.insert(PICTURES).on_conflict_do_nothing(index_elements=[PICTURES.c.sha256]), _PICTURE
    )
    for dialect in (postgresql, sqlite)
}


def rows_for_check(uses: Sequence[PhotoUse], owner: PhotoOwner, *, at: datetime) -> None:
    """The photo rows of a check or a retake and the queue rows of bytes not known yet, in the caller's transaction."""
    if not uses:
        return
    write(_NEW_PHOTOS, [_photo_row(use, owner) for use in uses])
    new = {use.kept.sha256: _picture_row(use.kept, at) for use in uses}
    write(_NEW_PICTURES[dialect_name()], list(new.values()))


def keep_out() -> None:
    """Until this transaction ends nobody else adds photo rows, and whoever was adding some has ended.

    SQLite has one writer anyway.
    """
    if dialect_name() == "postgresql":
        run(text("LOCK TABLE photos IN SHARE MODE"))


def share(sha256s: Iterable[str], unit_id: str) -> None:
    """Let the hands of a unit look at these pictures too; saying it again changes nothing."""
    shares = [{"sha256": sha256, "unit_id": unit_id} for sha256 in sorted(set(sha256s))]
    if shares:
        dialect = postgresql if dialect_name() == "postgresql" else sqlite
        run(dialect.insert(PhotoShare).on_conflict_do_nothing(index_elements=["sha256", "unit_id"]), shares)


def take(sha256: str, *, tries: int, at: datetime) -> bool:
    """Begin a decode; False when another worker was faster."""
    mine = update(PICTURES).where(
        PICTURES.c.sha256 == sha256, PICTURES.c.state == State.QUEUED, PICTURES.c.tries == tries,
    )  # fmt: skip
    return run(mine.values(tries=tries + 1, tried_at=at)).rowcount == 1


def finish(sha256: str, made: Made | None) -> bool:
    """The decode is done: ready, or failed when nothing could be made of it. False when it was finished before."""
    values: dict[str, Any] = {"state": State.FAILED}
    if made:
        values = {"state": State.READY, "phash": made.phash, "upright": made.picture is None}
    queued = update(PICTURES).where(PICTURES.c.sha256 == sha256, PICTURES.c.state == State.QUEUED)
    return run(queued.values(values)).rowcount == 1


def put_back(sha256: str) -> None:
    """The bytes could not be read just now: this try does not count."""
    queued = update(PICTURES).where(PICTURES.c.sha256 == sha256, PICTURES.c.state == State.QUEUED)
    run(queued.values(tries=PICTURES.c.tries - 1))


def queue_again(sha256: str, *, at: datetime) -> None:
    """What was made of a picture is gone: it is made again."""
    run(
        update(PICTURES)
        .where(PICTURES.c.sha256 == sha256)
        .values(state=State.QUEUED, queued_at=at, tried_at=None, tries=0)
    )


def _photo_row(use: PhotoUse, owner: PhotoOwner) -> dict[str, Any]:
    kept = use.kept
    width, height = kept.upright_size
    return {
        "id": kept.id,
        "sha256": kept.sha256,
        "received_sha256": kept.received_sha256,
        "check_id": owner.check_id,
        "step_id": use.step_id,
        "part": use.part.value,
        "person_id": owner.person_id,
        "point_id": owner.point_id,
        "standard_code": owner.standard_code,
        "implementer_id": owner.implementer_id,
        "responsible_id": owner.responsible_id,
        "media_type": kept.media_type,
        "bytes": kept.size,
        "width": width,
        "height": height,
        "source": kept.source,
        "taken_at": kept.taken_at,
        "received_at": kept.received_at,
        "nonce": kept.nonce if use.live else None,
    }


def _picture_row(kept: KeptPhoto, at: datetime) -> dict[str, Any]:
    width, height = kept.upright_size
    return {
        "sha256": kept.sha256,
        # A voice memo needs no decode.
        "state": State.QUEUED if kept.is_picture else State.READY,
        "queued_at": at,
        "place": kept.place,
        "media_type": kept.media_type,
        "upright": True,
        "tries": 0,
        "width": width,
        "height": height,
    }
