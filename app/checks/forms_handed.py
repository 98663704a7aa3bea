"""The file that a phone writes of its outbox (js/outbox_file.js): its records, and photos and memos by their ids."""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.days import instant_of
from app.refusals import Invalid
from app.web.words import lazy

MOST_RECORDS, MOST_MEDIA = 200, 600
_RECORDS = re.compile(rb'<script type="application/json" id="records">(.*?)</script>', re.DOTALL)
_MEDIUM = re.compile(
    rb'<(img|audio controls) data-id="([0-9a-f-]{36})" data-taken="([0-9T:+.Z-]{0,40})" '
    rb'src="data:([a-z0-9/.+-]*)[^,"]*,([^"]*)"'
)


@dataclass(frozen=True)
class Medium:
    """A photo, or a voice memo, as the phone kept it."""

    id: str
    body: bytes
    media_type: str
    taken_at: datetime | None
    is_picture: bool


@dataclass(frozen=True)
class Handed:
    """What a file carries: bodies of the protocol as the phone would have sent them, and media by id."""

    records: tuple[Mapping[str, Any], ...]
    media: Mapping[str, Medium]


def read_handed(data: bytes) -> Handed:
    """Raises Invalid where this is no such file, or more than a phone ever holds."""
    found = _RECORDS.search(data)
    try:
        records = orjson.loads(found[1]) if found else None
    except orjson.JSONDecodeError:
        records = None
    if not isinstance(records, list) or not records or not all(isinstance(each, dict) for each in records):
        sentence = lazy("This is not a file that a phone has saved of its records. Take the one named dabiao-….html.")
        raise Invalid(sentence, fields={"file": sentence})
    media = [_medium(*match.groups()) for match in _MEDIUM.finditer(data)]
    if len(records) > MOST_RECORDS or len(media) > MOST_MEDIA:
        sentence = lazy("This file holds more records than a phone keeps.")
        raise Invalid(sentence, fields={"file": sentence})
    return Handed(tuple(records), {each.id: each for each in media if each.body})


def _medium(tag: bytes, medium_id: bytes, taken: bytes, media_type: bytes, text: bytes) -> Medium:
    try:
        body = b64decode(text, validate=True)
    except binascii.Error:
        body = b""
    return Medium(medium_id.decode(), body, media_type.decode(), instant_of(taken.decode()), tag == b"img")


def media_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of photos and memos that a record names, in its order."""
    answers = record.get("answers")
    parts = [record, *(each for each in answers if isinstance(each, dict))] if isinstance(answers, list) else [record]
    named = [part.get(name) for part in parts for name in ("photos", "after_photos", "files")]
    ids = [each for several in named if isinstance(several, list) for each in several if isinstance(each, str)]
    return tuple(dict.fromkeys(ids))
