"""Packs as plain data: one standard with one edition, a picture, a recording and a text; changed where a test says."""

import base64
import copy
import hashlib
from typing import Any

from app.exchange.rules_pack import build, digest_of, to_bytes
from app.standards.rules import parse_step
from app.standards.rules_audio import words_of
from tests.support.pictures import jpeg
from tests.support.standards import edition_document, step_document

CODE = "JGSW05003.01"
NUMBER = "JGSW05003.01-2026"
TEXT = b"%PDF-1.7\ntext\n%%EOF"
SOUND = b"RIFF\x04\x00\x00\x00WAVE"
PICTURE = jpeg(64, 64)


def named(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def entry(use: str, media_type: str, body: bytes, **keys: Any) -> dict[str, Any]:
    return {"use": use, "media_type": media_type, "body": base64.b64encode(body).decode(), **keys}


def edition_entry(**keys: Any) -> dict[str, Any]:
    return {
        "number": NUMBER, "year": 2026, "status": "effective", "effective_on": "2026-07-01", "ended_on": None,
        "approved_on": "2026-06-08", "next_review_on": "2029-06-07", "cover_mark": "", "text": None,
        "document": edition_document(),
    } | keys  # fmt: skip


def standard_entry(*editions: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {
        "code": CODE, "title": "卫生间日常保洁", "title_en": "Restroom", "category": "物业服务",
        "point_kinds": ["restroom"], "public": True, "responsible": {"id": "care", "name": "物业科"},
        "editions": list(editions) or [edition_entry()], "recordings": [],
    } | keys  # fmt: skip


UNITS = (
    {"id": "care", "name": "物业科", "name_en": "Care", "kind": "section", "parent_id": "bureau"},
    {"id": "bureau", "name": "局", "name_en": "Bureau", "kind": "bureau", "parent_id": None},
)


def pack(*standards: dict[str, Any], files: dict[str, Any] | None = None, units: Any = UNITS) -> dict[str, Any]:
    """A pack with a right hash."""
    return build(copy.deepcopy(list(units)), list(standards) or [standard_entry()], files or {})


def full_pack() -> dict[str, Any]:
    """One with every kind of file."""
    step = step_document("S01", "photo", photo_min=1, reference_photo=named(PICTURE))
    edition = edition_entry(document=edition_document(step), text={"name": "批准.pdf", "file": named(TEXT)})
    spoken = {"step": "S01", "words": words_of(parse_step(step)), "file": named(SOUND)}
    return pack(
        standard_entry(edition, recordings=[spoken]),
        files={
            named(TEXT): entry("text", "application/pdf", TEXT),
            named(SOUND): entry("recording", "audio/wav", SOUND),
            named(PICTURE): entry("picture", "image/jpeg", PICTURE, orientation=1, remake=False),
        },
    )


def with_digest(changed: dict[str, Any]) -> bytes:
    """The file of a pack that was changed, under its right hash."""
    return to_bytes({**changed, "digest": digest_of(changed)})
