"""The receipt of a submission, its number and the digest over the canonical bytes (contract 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
import rfc8785

from app.photos.rules_proof import UNPROVEN, Grade, Proof
from app.refusals import Invalid
from app.web.words import lazy

LARGEST_WHOLE = 2**53 - 1
_PLAIN = frozenset({str, bool, type(None)})
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
    live: Collection[str] = ()
    proof: Proof = UNPROVEN
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "received_at": self.received_at.isoformat(timespec="milliseconds"),
            "status": self.status,
            "marks": list(self.marks),
            "photos": [
                {"id": photo, "sha256": sha256, "grade": Grade.LIVE if photo in self.live else Grade.UNVERIFIED}
                for photo, sha256 in self.photos
            ],
            "digest": self.digest,
            "proof": self.proof.as_json(),
        }

    def again(self) -> Receipt:
        return replace(self, repeated=True)


def receipt_of(answer: Mapping[str, Any]) -> Receipt:
    """The receipt from its stored form; those of before have no grades, which is 未核实."""
    proof = answer.get("proof", {})
    return Receipt(
        id=answer["id"],
        number=answer["number"],
        received_at=datetime.fromisoformat(answer["received_at"]),
        status=answer["status"],
        marks=tuple(answer["marks"]),
        photos=tuple((each["id"], each["sha256"]) for each in answer["photos"]),
        digest=answer["digest"],
        live=tuple(each["id"] for each in answer["photos"] if each.get("grade") == Grade.LIVE),
        proof=Proof(proof.get("live", 0), proof.get("asked", 0)),
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
    if type(value) in _PLAIN:
        return True
    if isinstance(value, dict):
        # All keys in one look, and no call for most values: every submission passes here.
        if not "".join(value).isascii():
            return False
        return all(map(_is_plain, [inner for inner in value.values() if type(inner) not in _PLAIN and inner != []]))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, int) and -LARGEST_WHOLE <= value <= LARGEST_WHOLE


def digest_of(canonical: bytes) -> str:
    return hashlib.sha256(canonical).hexdigest()
