"""Every SELECT on photos and pictures: who owns an id, who may look, what waits to be decoded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select, true

from app.accounts.models import Pass, Person
from app.db import Prepared, row, rows
from app.organisations.queries import scope_of, within
from app.photos.models import Photo, PhotoShare, Picture
from app.photos.rules import PICTURE_TYPES, KeptPhoto, Part, State
from app.photos.rules_proof import Grade
from app.places.models import PointStandard
from app.web.current import CurrentPerson, Role

# A picture whose decode was begun by a process that died is tried again after this time, and not for ever.
TRY_AGAIN_AFTER = timedelta(minutes=2)
MAX_TRIES = 3
_PHOTOS = Photo.__table__.c
_RECORDED = (
    "id", "person_id", "media_type", "sha256", "received_sha256", "bytes", "width", "height", "source", "taken_at",
    "received_at", "nonce",
)  # fmt: skip
# Every upload and every submission runs these: built once.
_KEPT = Prepared(select(*(_PHOTOS[name] for name in _RECORDED)).where(_PHOTOS.id == bindparam("photo_id")))
_USES = select(_PHOTOS.id, _PHOTOS.check_id).where(_PHOTOS.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Waiting:
    """A picture to be decoded and where its bytes are; `tries` counts the earlier ones."""

    sha256: str
    place: str
    tries: int


@dataclass(frozen=True)
class Shown:
    """What is served at the address of a hash, and whether it may be yet."""

    sha256: str
    state: State
    place: str
    media_type: str
    upright: bool

    @property
    def is_picture(self) -> bool:
        """A picture, not a voice memo."""
        return self.media_type in PICTURE_TYPES


@dataclass(frozen=True)
class PhotoOfCheck:
    """A photo as the record of its check shows it."""

    id: str
    sha256: str
    received_sha256: str
    check_id: str
    step_id: str | None
    part: str
    person_id: str
    media_type: str
    source: str
    taken_at: datetime | None
    received_at: datetime
    state: State
    width: int
    height: int
    nonce: str | None = None

    @property
    def grade(self) -> Grade:
        """现场拍摄 or 未核实."""
        return Grade.LIVE if self.nonce else Grade.UNVERIFIED


def uses_of(ids: Iterable[str]) -> dict[str, str]:
    """Photo id -> the check that owns it, for those of `ids` that one owns."""
    wanted = list(ids)
    found = rows(_USES, {"ids": wanted}) if wanted else []
    return {each.id: each.check_id for each in found}


def kept_before(photo_id: str) -> KeptPhoto | None:
    """What the row of an owned photo says of it, for repeats long after the upload; its `day` is not the folder."""
    found = row(_KEPT, {"photo_id": photo_id})
    if found is None:
        return None
    plain = dict(zip(_RECORDED, found, strict=True))
    nonce = plain.pop("nonce") or ""
    return KeptPhoto(size=plain.pop("bytes"), day=found.received_at.date(), nonce=nonce, **plain)


_SAME = (
    _PHOTOS.id.in_(bindparam("ids", expanding=True)),
    _PHOTOS.received_sha256.in_(bindparam("hashes", expanding=True)),
)
_NAMED = select(_PHOTOS.id, _PHOTOS.received_sha256, _PHOTOS.check_id, _PHOTOS.nonce)
_KNOWN = Prepared(_NAMED.where(or_(*_SAME)))
_KNOWN_LIVE = Prepared(_NAMED.where(or_(*_SAME, _PHOTOS.nonce.in_(bindparam("nonces", expanding=True)))))


@dataclass(frozen=True, slots=True)
class Known:
    """What checks have already: photo id -> its check, received hashes, nonces."""

    owned: Mapping[str, str]
    seen: Collection[str]
    used: Collection[str]


def known_before(ids: Iterable[str], received_sha256s: Iterable[str], nonces: Iterable[str] = ()) -> Known:
    """Which of these ids a check owns, and which received hashes (EV-8) and nonces checks carry. One query."""
    wanted, hashes, asked = set(ids), set(received_sha256s), set(nonces)
    values: dict[str, object] = {"ids": sorted(wanted), "hashes": sorted(hashes)}
    found = rows(_KNOWN_LIVE, {**values, "nonces": sorted(asked)}) if asked else rows(_KNOWN, values)
    return Known(
        {each.id: each.check_id for each in found if each.id in wanted},
        {each.received_sha256 for each in found if each.received_sha256 in hashes},
        {each.nonce for each in found if each.nonce in asked},
    )


def seen_elsewhere(received_sha256s: Iterable[str], *, not_check: str) -> set[str]:
    """Which of these received hashes another check carries (rules EV-8)."""
    wanted = list(received_sha256s)
    if not wanted:
        return set()
    found = rows(
        select(Photo.received_sha256).where(Photo.received_sha256.in_(wanted), Photo.check_id != not_check).distinct(),
    )
    return {each.received_sha256 for each in found}


def photos_of_checks(check_ids: Iterable[str]) -> Sequence[PhotoOfCheck]:
    """The photos and memos of checks in order of arrival; the caller has scoped the checks."""
    found = rows(
        select(
            Photo.id, Photo.sha256, Photo.received_sha256, Photo.check_id, Photo.step_id, Photo.part, Photo.person_id,
            Photo.media_type, Photo.source, Photo.taken_at, Photo.received_at,
            Picture.state, Photo.width, Photo.height, Photo.nonce,
        )
        .join(Picture, Picture.sha256 == Photo.sha256)
        .where(Photo.check_id.in_(list(check_ids)))
        .order_by(Photo.received_at, Photo.id),
    )  # fmt: skip
    return [PhotoOfCheck(*each) for each in found]


def shown_to(person: CurrentPerson, sha256: str) -> Shown | None:
    """The picture or memo of this hash if a record that the person may see carries it."""
    found = row(
        select(Picture.sha256, Picture.state, Picture.place, Picture.media_type, Picture.upright)
        .join(Photo, Photo.sha256 == Picture.sha256)
        .where(
            Picture.sha256 == sha256,
            or_(*_for_all(person), and_(true(), *_visible(person))),
        )
        .limit(1),
    )
    return Shown(found.sha256, State(found.state), found.place, found.media_type, found.upright) if found else None


def _for_all(person: CurrentPerson) -> list[ColumnElement[bool]]:
    """What belongs to standards and not to records."""
    return [] if person.external else [Photo.part == Part.REFERENCE, _lesson_for(person)]


def _lesson_for(person: CurrentPerson) -> ColumnElement[bool]:
    """A step explained by voice, for all who have to do with its standard somewhere."""
    scope = scope_of(person)
    if scope.units is None:
        return Photo.part == Part.LESSON
    reached = within(scope, PointStandard.implementer_id, PointStandard.responsible_id)
    return and_(Photo.part == Part.LESSON, Photo.standard_code.in_(select(PointStandard.standard_code).where(*reached)))


def _visible(person: CurrentPerson) -> list[ColumnElement[bool]]:
    """Contract, Roles: hands see own records, a crew leader the crew's, the others those of their scope, admin none.

    A checker from outside sees those of the inspections that a pass names.
    """
    shared = select(PhotoShare.sha256).where(PhotoShare.unit_id == person.org_id)
    own = or_(Photo.person_id == person.id, Photo.sha256.in_(shared))
    if person.external:
        mine = Photo.person_id == person.id
        return [or_(mine, Photo.check_id.in_(select(Pass.record_id).where(Pass.person_id == person.id)))]
    if person.role is Role.ADMIN:
        return [false()]
    if person.role is Role.CREW_LEADER and person.crew_id:
        crew = Photo.person_id.in_(select(Person.id).where(Person.crew_id == person.crew_id))
        inspected = and_(Photo.part == Part.INSPECTION, Photo.implementer_id == person.org_id)
        return [or_(own, crew, inspected)]
    if person.is_hands:
        return [own]
    return within(scope_of(person), Photo.implementer_id, Photo.responsible_id)


def pictures_of_steps(check_id: str, step_ids: Iterable[str]) -> Sequence[tuple[str, str, str]]:
    """(step, part, hash) of the pictures that a record carries for these steps, in order of arrival."""
    found = rows(
        select(Photo.step_id, Photo.part, Photo.sha256)
        .where(Photo.check_id == check_id, Photo.step_id.in_(list(step_ids)), Photo.media_type.in_(PICTURE_TYPES))
        .order_by(Photo.received_at, Photo.id),
    )
    return [(each.step_id, each.part, each.sha256) for each in found]


def waiting(now: datetime, limit: int) -> Sequence[Waiting]:
    """The oldest pictures that nobody is decoding just now."""
    # Begun in the time to come: the clock was ahead for a moment, and binds nobody.
    nobody = or_(
        Picture.tried_at.is_(None),
        Picture.tried_at < now - TRY_AGAIN_AFTER,
        Picture.tried_at > now + TRY_AGAIN_AFTER,
    )
    found = rows(
        select(Picture.sha256, Picture.place, Picture.tries)
        .where(and_(Picture.state == State.QUEUED, nobody))
        .order_by(Picture.queued_at)
        .limit(limit),
    )
    return [Waiting(*each) for each in found]


def uses_of_picture(sha256: str) -> Sequence[tuple[str, str, str | None]]:
    """Photo id, check and step of every photo with these bytes."""
    found = rows(select(Photo.id, Photo.check_id, Photo.step_id).where(Photo.sha256 == sha256))
    return [(each.id, each.check_id, each.step_id) for each in found]
