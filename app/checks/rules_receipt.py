"""The receipt of a submission, its number and the digest over the canonical bytes (contract 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
import rfc8785

from app.refusals import Invalid
from app.web.words import lazy

LARGEST_WHOLE = 2**53 - 1
NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter that could be read as a digit: numbers are read out on the telephone."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the phone keeps; `repeated` when the same submission was answered before."""

    id: str
    number: str
    received_at: datetime
    status: str
    marks: tuple[str, ...]
    photos: tuple[tuple[str, str], ...]
    digest: str
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "received_at": self.received_at.isoformat(timespec="milliseconds"),
            "status": self.status,
            "marks": list(self.marks),
            "photos": [{"id": photo, "sha256": sha256} for photo, sha256 in self.photos],
            "digest": self.digest,
        }

    def again(self) -> Receipt:
        return replace(self, repeated=True)


def receipt_of(answer: Mapping[str, Any]) -> Receipt:
    """The receipt from its stored form."""
    return Receipt(
        id=answer["id"],
        number=answer["number"],
        received_at=datetime.fromisoformat(answer["received_at"]),
        status=answer["status"],
        marks=tuple(answer["marks"]),
        photos=tuple((each["id"], each["sha256"]) for each in answer["photos"]),
        digest=answer["digest"],
    )


def canonical_bytes(body: Mapping[str, Any]) -> bytes:
    """The RFC 8785 form of the body as received. Raises Invalid for what no canonical form exists of."""
    try:
        # Without fractions and foreign keys the form is sorted JSON, which orjson writes fifty times faster.
        if _is_plain(body):
            return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        return rfc8785.dumps(body)
    except (rfc8785.CanonicalizationError, orjson.JSONEncodeError, UnicodeError, RecursionError) as wrong:
        raise Invalid(lazy("This record cannot be read. Open the page again.")) from wrong


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and key.isascii() and _is_plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(_is_plain(inner) for inner in value)
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return True
    return isinstance(value, int) and abs(value) <= LARGEST_WHOLE


def digest_of(canonical: bytes) -> str:
    return hashlib.sha256(canonical).hexdigest()
