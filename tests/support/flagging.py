"""Builders of records that look unusual: two with one picture, or a flag as the job would keep it."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.db import scalar
from app.flags.actions_looking import flag_id, look_at_new
from app.flags.models import Flag, FlagState
from app.flags.queries import flags_of_check
from app.photos.models import Photo, Picture
from tests.support import builders as make
from tests.support.world import check_row

SCENE = 0x0F1E2D3C4B5A6978
LATER = make.NOW + timedelta(minutes=30)
"""When the job looks: the records are settled by then."""


def shot(
    check_id, *, bits=SCENE, name="a", at=make.NOW, by="ann", point="p1", state="ready", part="evidence", **values
):
    """A picture of a record with this likeness hash; `name` stands for its bytes. Gives back the photo's id."""
    sha256 = name * 64
    if not _is_kept(sha256):
        make.kept(
            Picture, sha256=sha256, state=state, queued_at=at, tries=1, place="nowhere", media_type="image/jpeg",
            upright=True, width=640, height=480, phash=signed(bits) if state == "ready" else None,
        )  # fmt: skip
    photo = str(uuid.uuid4())
    defaults = {"part": "evidence", "media_type": "image/jpeg", "bytes": 100, "source": "live", "received_at": at}
    make.kept(
        Photo, id=photo, sha256=sha256, received_sha256=sha256, check_id=check_id, step_id="S01",
        person_id=by, point_id=point, standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care",
        **(defaults | values),
    )  # fmt: skip
    return photo


def signed(bits):
    return bits - (1 << 64) if bits >> 63 else bits


def used_again(point="p2", now=make.NOW):
    """Two records of Ann's, the second with the picture of the first from another point; gives back both ids."""
    make.point(point, "9H83JHK10S", name="2层女卫生间")
    make.works_at(point)
    first = check_row("p1", now - timedelta(hours=4), None)
    second = check_row(point, now - timedelta(minutes=25), None)
    shot(first, at=now - timedelta(hours=4))
    shot(second, at=now - timedelta(minutes=5), point=point)
    return first, second


def looked(at=LATER):
    """The job has run."""
    with clock.at(at):
        return look_at_new(at)


def flagged(kind=None):
    """A flag about Ann's record, as the job keeps it; or one of this kind, whatever the rules would say."""
    _first, second = used_again()
    looked()
    if kind:
        put_flag(second, kind)
    return next(each for each in flags_of_check(second) if each.kind == (kind or each.kind))


def put_flag(check_id, kind, numbers=None, **values):
    """A flag without the rules."""
    name = flag_id(check_id, kind, "")
    said = numbers or {"points": 6, "seconds": 100, "floor_seconds": 900}
    defaults = {
        "person_id": "ann", "point_id": "p1", "standard_code": "JGSW05003.01", "implementer_id": "clean",
        "responsible_id": "care", "business_on": make.NOW.date(), "at": LATER,
    }  # fmt: skip
    make.kept(
        Flag, id=name, check_id=check_id, kind=kind, subject="", weight=1, numbers=said, compared=[], thresholds={},
        **(defaults | values),
    )  # fmt: skip
    make.kept(FlagState, flag_id=name, state="open")
    return name


def _is_kept(sha256):
    return scalar(select(Picture.sha256).where(Picture.sha256 == sha256)) is not None
