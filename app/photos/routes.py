"""Uploads of photos and voice memos, and the pictures as their viewers get them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import orjson
from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from app import clock
from app.config import Settings
from app.days import instant_of
from app.db import atomically
from app.photos import actions, actions_pictures, queries
from app.photos.actions_pictures import PICTURE, THUMB
from app.photos.queries import Shown
from app.photos.rules import JPEG, KeptPhoto, Source, State, Unfit, Upload, Verdict, check_bytes, refusal
from app.photos.rules_proof import Bearer, Grade, Taken, key_of, proven
from app.photos.store_protocol import PhotoStore, Stored
from app.refusals import Forbidden, NotFound
from app.web.asked import asked, extension, whole_body
from app.web.current import HANDS, Role, person
from app.web.devices import phone_name
from app.web.guards import guarded
from app.web.signing import signing_keys
from app.web.words import lazy

bp = Blueprint("photos", __name__)

UPLOADERS = (*HANDS, Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS)
SHA256 = re.compile(r"[0-9a-f]{64}")
READ_BYTES = 256 * 1024
# A hash names the same picture for ever; a day is short enough for a phone that changes hands.
CACHING = "private, max-age=86400, immutable"
# Should a browser ever take the bytes for a page: no script, no request, an origin of its own.
HARMLESS = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.put("/api/v1/photos/<uuid:photo_id>")
@guarded(*UPLOADERS)
def put_photo(photo_id: UUID) -> ResponseReturnValue:
    """Keep a photo; 201 when new, 200 and the same body for the same bytes again."""
    return _put(photo_id, actions.keep, _settings().max_photo_bytes, "photo")


@bp.put("/api/v1/files/<uuid:photo_id>")
@guarded(*UPLOADERS)
def put_file(photo_id: UUID) -> ResponseReturnValue:
    """Keep a voice memo in the same way."""
    return _put(photo_id, actions.keep_file, _settings().max_file_bytes, "file")


@bp.get("/photos/<sha256>")
@guarded(external=True)
def show(sha256: str) -> ResponseReturnValue:
    """The cleaned picture, upright, or the voice memo."""
    shown = _viewable(sha256)
    if shown.upright:
        return _served(shown, _store().stream(shown.place), shown.media_type, shown.sha256)
    return _made(shown, PICTURE)


@bp.get("/photos/<sha256>/thumb")
@guarded(external=True)
def thumb(sha256: str) -> ResponseReturnValue:
    """The picture at 320 pixels."""
    return _made(_viewable(sha256), THUMB)


def _put(photo_id: UUID, keep: Callable[..., tuple[KeptPhoto, bool]], max_bytes: int, word: str) -> ResponseReturnValue:
    sender, request = person(), asked()
    given = request.environ
    if given.get("HTTP_X_PERSON", sender.id) != sender.id:
        raise Forbidden(
            lazy("This was recorded by somebody else on this phone. It waits until that person signs in."),
            problem="other-person",
        )
    taken_at = instant_of(given.get("HTTP_X_TAKEN_AT", ""))
    live, now = given.get("HTTP_X_SOURCE") == Source.LIVE, clock.now()
    upload = Upload(
        id=str(photo_id),
        body=_body(request, max_bytes),
        person_id=sender.id,
        declared_type=request.mimetype,
        taken_at=taken_at,
        source=Source.LIVE if live else Source.FILE,
        nonce=_nonce(request, sender.id, taken_at, now) if live else "",
    )
    kept, new = keep(_store(), upload, max_bytes=max_bytes, now=now, day=clock.today(_settings().zone))
    width, height = kept.upright_size
    content = {word: {"id": kept.id, "sha256": kept.sha256, "width": width, "height": height}}
    if word == "photo":
        content[word]["grade"] = Grade.LIVE if kept.nonce else Grade.UNVERIFIED
    return Response(orjson.dumps(content), 201 if new else 200, mimetype="application/json")


def _nonce(request: Request, person_id: str, taken_at: datetime | None, now: datetime) -> str:
    """What the picture proves by its nonce; one that is forged, foreign or over proves nothing and harms nobody."""
    nonce, phone = request.environ.get("HTTP_X_NONCE"), phone_name()
    if not nonce or not phone:
        return ""
    shown = instant_of(request.environ.get("HTTP_X_PHONE_TIME", ""))
    taken = Taken(taken_at, now - shown if shown else timedelta(0), now)
    found = (proven(key_of(key), Bearer(person_id, phone), nonce, taken) for key in reversed(signing_keys()))
    return next(filter(None, found), "")


def _body(request: Request, max_bytes: int) -> bytes:
    """The raw body, given up as soon as it is longer than allowed."""
    try:
        if request.content_length is not None:
            check_bytes(request.content_length, max_bytes)
            return whole_body(request, request.content_length)
        pieces, size = [], 0
        while piece := request.stream.read(READ_BYTES):
            size += len(piece)
            check_bytes(size, max_bytes)
            pieces.append(piece)
    except Unfit as why:
        raise refusal(why.verdict) from why
    return b"".join(pieces)


def _viewable(sha256: str) -> Shown:
    """One answer for unknown, foreign and not yet decoded, so that a hash tells nothing to those who may not look."""
    shown = queries.shown_to(person(), sha256) if SHA256.fullmatch(sha256) else None
    if shown is None:
        raise NotFound(lazy("There is no such picture, or it belongs to another unit."))
    if shown.state is State.QUEUED:
        raise NotFound(lazy("The picture is still being prepared. Try again in a moment."), problem="not-ready")
    if shown.state is State.FAILED:
        raise NotFound(lazy("The picture could not be read. It has been asked for again."), problem="unreadable")
    return shown


def _made(shown: Shown, name: str) -> ResponseReturnValue:
    stored = _store().stream_made(shown.sha256, name)
    if stored is None:
        if not shown.is_picture:
            raise refusal(Verdict.NOT_A_PICTURE)
        atomically(lambda: actions_pictures.make_again(shown.sha256, now=clock.now()))
        raise NotFound(lazy("The picture is still being prepared. Try again in a moment."), problem="not-ready")
    return _served(shown, stored, JPEG, f"{shown.sha256}-{name}")


def _served(shown: Shown, stored: Stored, media_type: str, tag: str) -> Response:
    response = Response(stored.chunks, content_type=media_type)
    response.content_length = stored.size
    if not shown.is_picture:
        # Players on iPhones ask for a memo in ranges; it is small enough to be cut from memory.
        response.set_data(b"".join(stored.chunks))
    response.set_etag(tag)
    response.headers["Cache-Control"] = CACHING
    response.headers["Content-Security-Policy"] = HARMLESS
    response.headers["Content-Disposition"] = "inline"
    response.make_conditional(request, accept_ranges=not shown.is_picture, complete_length=stored.size)
    return response


def _store() -> PhotoStore:
    store: PhotoStore = extension("photo_store")
    return store


def _settings() -> Settings:
    settings: Settings = extension("settings")
    return settings
