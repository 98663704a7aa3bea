"""What the public may say at a point, as values; what fits where; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.feedback.rules_calls import Need
from app.feedback.rules_ratings import Face, Topic
from app.web.words import lazy

MOST_WORDS, MOST_NAME, MOST_CONTACT = 500, 40, 80


class Kind(StrEnum):
    """A call, a rating, or something for the service desk."""

    CALL = "call"
    RATING = "rating"
    QUESTION = "question"
    COMPLAINT = "complaint"
    PRAISE = "praise"


class Source(StrEnum):
    """Where it came in."""

    VISITOR = "visitor"
    DESK_PHONE = "desk_phone"


FOR_THE_DESK = (Kind.QUESTION, Kind.COMPLAINT, Kind.PRAISE)
KIND_WORDS: Mapping[Kind, object] = {
    Kind.CALL: lazy("A call"),
    Kind.RATING: lazy("Rating"),
    Kind.QUESTION: lazy("A question"),
    Kind.COMPLAINT: lazy("A complaint"),
    Kind.PRAISE: lazy("Praise"),
}


@dataclass(frozen=True)
class Said:
    """One public form, read; `errors` has a sentence a field."""

    kind: Kind | None
    need: Need | None = None
    face: Face | None = None
    topic: Topic | None = None
    words: str = ""
    name: str = ""
    contact: str = ""
    errors: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Visitor:
    """Who says it: keyed hashes of device and address; `path` is the unit of who is signed in on the device."""

    device: str
    address: str
    path: str | None = None
    person_id: str | None = None
    staff_device: bool = False


@dataclass(frozen=True)
class NewItem:
    """Something about to be kept; the same `id` again is the same thing."""

    id: str
    point_id: str
    said: Said
    visitor: Visitor
    at: datetime
    source: Source = Source.VISITOR
    by_id: str | None = None


def photo_welcome(kind_of_point: str, *, photo_allowed: bool) -> bool:
    """No photo in restrooms, nor where photos are not allowed (contract, Public page)."""
    return photo_allowed and kind_of_point != "restroom"
