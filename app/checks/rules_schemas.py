"""The shapes of the protocol's bodies and answers, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
MAYBE: Json = {"type": ["string", "null"]}
TRUTH: Json = {"type": "boolean"}
UUID: Json = {"type": "string", "format": "uuid"}
UUIDS: Json = {"type": "array", "items": UUID}
TIME: Json = {"type": "string", "format": "date-time"}
MAYBE_TIME: Json = {"type": ["string", "null"], "format": "date-time"}
NUMBER: Json = {"type": ["number", "null"]}
ANYTHING: Json = {"type": "object"}
TEXTS: Json = {"type": "array", "items": TEXT}


def _one_of(*words: str | None) -> Json:
    return {"enum": list(words)}


def _object(needed: tuple[str, ...] = (), **properties: Json) -> Json:
    return {"type": "object", "properties": properties, **({"required": list(needed)} if needed else {})}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


GRADE = _one_of("live", "unverified")
KNOWN = _object(("finding", "state"), finding=UUID, state=_one_of("still", "gone"))
ANSWER = _object(
    ("step",),
    step=TEXT,
    result=_one_of("pass", "fail", "not_applicable", None),
    value=NUMBER,
    inputs={"type": ["object", "null"], "additionalProperties": {"type": "number"}},
    choice=MAYBE,
    text=MAYBE,
    note=MAYBE,
    cause=_one_of("work", "facility", "supply", "others", None),
    photos=UUIDS,
    files=UUIDS,
    no_photo_reason=_one_of("occupied", None),
    fixed=TRUTH,
    after_photos=UUIDS,
    together=TRUTH,
    known=_list(KNOWN),
    answered_at=MAYBE_TIME,
)
SUBMISSION = _object(
    ("id", "person", "code", "standard", "outcome", "opened_at", "submitted_at"),
    id=UUID,
    person=TEXT,
    code=TEXT,
    standard=TEXT,
    window=MAYBE,
    profile=MAYBE,
    outcome=_one_of("done", "unable"),
    unable_reason=_one_of("occupied", "outage", "meeting", "locked", "weather", None),
    opened_at=TIME,
    submitted_at=TIME,
    via=_one_of("scan", "list", "typed"),
    via_reason=MAYBE,
    late_reason=MAYBE,
    note=MAYBE,
    photos=UUIDS,
    files=UUIDS,
    facts=ANYTHING,
    answers=_list(ANSWER),
    signatures=UUIDS,
    elapsed_ms={"type": ["integer", "null"]},
    secret=MAYBE,
)
RECEIPT = _object(
    ("id", "number", "received_at", "status", "marks", "photos", "digest"),
    id=UUID,
    number=TEXT,
    received_at=TIME,
    status=_one_of("extra", "awaiting_signature", "late", "offline", "received"),
    marks=TEXTS,
    photos=_list(_object(("id", "sha256"), id=UUID, sha256=TEXT, grade=GRADE)),
    digest=TEXT,
    proof=_object(("grade", "live", "asked"), grade=GRADE, live={"type": "integer"}, asked={"type": "integer"}),
)
STEP = _object(
    ("id", "title", "key", "evidence"),
    id=TEXT,
    title=TEXT,
    title_en=MAYBE,
    requirement=TEXT,
    requirement_en=MAYBE,
    key=TRUTH,
    evidence=_one_of("none", "photo", "number", "text", "choice"),
    unit=MAYBE,
    min=NUMBER,
    max=NUMBER,
    warn={"type": ["boolean", "object"]},
    inputs={"type": ["array", "null"]},
    formula=MAYBE,
    choices={"type": ["array", "null"]},
    pass_choices={"type": ["array", "null"]},
    finding_choices={"type": ["array", "null"]},
    dual_sign_choices={"type": ["array", "null"]},
    dual_sign=TRUTH,
    photo_min={"type": "integer"},
    prefill={},
    quick_text=MAYBE,
    applies_when={},
    min_seconds={"type": "integer"},
    safety=MAYBE,
    reference_photo=MAYBE,
    audio=MAYBE,
    declaration=TRUTH,
    fail_action=TEXT,
)
WINDOW = _object(
    ("standard", "title", "window", "profile", "steps"),
    standard=TEXT,
    title=TEXT,
    title_en=MAYBE,
    window=MAYBE,
    profile=TEXT,
    label=TEXT,
    kind=TEXT,
    start=MAYBE_TIME,
    end=MAYBE_TIME,
    grace_end=MAYBE_TIME,
    opens=MAYBE_TIME,
    expire=MAYBE_TIME,
    claimed_by=MAYBE,
    confirm=_one_of("each", "together"),
    expected_minutes={"type": "integer"},
    facts=ANYTHING,
    ask_facts=TEXTS,
    known_findings=_list(
        _object(("id", "step", "text", "since"), id=UUID, step=TEXT, text=TEXT, since=TIME, repair=TEXT)
    ),
    steps=_list(STEP),
    own=TRUTH,
    may_submit=TRUTH,
    state=TEXT,
)
POINT = _object(
    ("code", "name", "zone", "risk", "photo_allowed"),
    code=TEXT,
    label_code=TEXT,
    name=TEXT,
    name_en=TEXT,
    zone=TEXT,
    risk={"type": "integer"},
    photo_allowed=TRUTH,
    building=TEXT,
    floor=TEXT,
    asks=_one_of("live", "word", "tag"),
)
POINT_PAGE = _object(
    ("point", "open", "next", "recent", "unscheduled"),
    point=POINT,
    open=_list(WINDOW),
    next={"type": ["object", "null"]},
    recent=_list(_object(("at", "result", "by"), at=TIME, result=TEXT, by=TEXT)),
    unscheduled=_list(_object(("standard", "title", "profiles"), standard=TEXT, title=TEXT, profiles=TEXTS)),
)
RETAKE_ASKED = _object(("check", "step", "reason", "until"), check=UUID, step=TEXT, reason=TEXT, until=MAYBE_TIME)
SIZES: Json = {"width": {"type": "integer"}, "height": {"type": "integer"}}
KEPT = _object(("id", "sha256"), id=UUID, sha256=TEXT, **SIZES, grade=GRADE)
NONCES: Json = _object(
    ("stem", "issued_at", "valid_until", "pictures"),
    stem=TEXT,
    issued_at=TIME,
    valid_until=TIME,
    pictures={"type": "integer"},
) | {"type": ["object", "null"]}
SIGNATURE = _object(("id", "steps"), id=UUID, check=UUID, steps=TEXTS, name=TEXT)

SCHEMAS: Json = {
    "Anything": ANYTHING,
    "Problem": _object(
        ("type", "title", "status", "detail"),
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        fields={"type": "object", "additionalProperties": TEXT},
        missing_photos=UUIDS,
        holder=_object(("id", "name"), id=TEXT, name=TEXT),
    ),
    "Session": _object(
        ("person", "csrf_token", "server_time", "version"),
        person=_object(("id", "name", "role", "unit"), id=TEXT, name=TEXT, role=TEXT, unit=TEXT),
        csrf_token=TEXT,
        server_time=TIME,
        version=TEXT,
        nonces=NONCES,
    ),
    "PointPage": POINT_PAGE,
    "Today": _object(("points", "retakes"), points=_list(POINT_PAGE), retakes=_list(RETAKE_ASKED)),
    "ClaimWish": _object(
        ("id", "code", "standard", "window"), id=UUID, code=TEXT, standard=TEXT, window=TEXT, takeover_reason=MAYBE
    ),
    "Claimed": _object(("claim",), claim=_object(("id", "window", "person"), id=UUID, window=TEXT, person=TEXT)),
    "Released": _object(("released",), released=UUID),
    "Submission": SUBMISSION,
    "Receipted": _object(("receipt",), receipt=RECEIPT),
    "Arrival": _object(
        ("id", "person", "code", "standard", "outcome", "opened_at", "submitted_at"),
        id=UUID,
        person=TEXT,
        code=TEXT,
        standard=TEXT,
        window=MAYBE,
        outcome=_one_of("done", "unable"),
        opened_at=TIME,
        submitted_at=TIME,
        photos={"type": "integer"},
    ),
    "Arrived": _object(("arrival",), arrival=_object(("id", "photos"), id=UUID, photos={"type": "integer"})),
    "ReceiptsOffered": _object(("ids",), ids=TEXTS),
    "ReceiptsUnknown": _object(("unknown",), unknown=TEXTS),
    "StickerReport": _object(
        ("id", "text"), id=UUID, person=TEXT, text=TEXT, place=MAYBE, near=MAYBE, seen_at=MAYBE_TIME
    ),
    "StickerKept": _object(("sticker",), sticker=_object(("id",), id=UUID)),
    "PinSignature": _object(
        ("id", "check", "steps", "pin"),
        id=UUID,
        check=UUID,
        steps=TEXTS,
        release=TEXTS,
        person=TEXT,
        badge=TEXT,
        pin=TEXT,
    ),
    "OwnSignature": _object(("id", "steps"), id=UUID, steps=TEXTS),
    "Signed": _object(("signature",), signature=SIGNATURE),
    "SignedReceipt": _object(("signature", "receipt"), signature=SIGNATURE, receipt=RECEIPT),
    "Retake": _object(("id", "step", "photos"), id=UUID, step=TEXT, photos=UUIDS, reason=_one_of("retake")),
    "KeptPhoto": _object(("photo",), photo=KEPT),
    "KeptFile": _object(("file",), file=KEPT),
}
