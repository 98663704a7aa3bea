"""已报到，照片待传: a phone says at once that a check was done whose photos wait for a Wi-Fi; no check, no receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.checks import writes
from app.checks.actions_meeting import Call, scene_within_reach
from app.checks.forms_fields import Fields
from app.checks.queries_receipts import digest_of_arrival, seen_before
from app.checks.queries_scene import Scene
from app.checks.rules import Outcome
from app.checks.rules_meeting import code_of, standard_number
from app.checks.rules_receipt import canonical_bytes, digest_of
from app.checks.rules_timing import Clocked, timing
from app.refusals import Conflict, Forbidden, Invalid
from app.schedule.actions import announce_occurrence, phone_called
from app.web.current import CurrentPerson
from app.web.words import lazy

MOST_PHOTOS = 400


@dataclass(frozen=True, slots=True)
class ArrivalWish:
    """`digest` is that of the whole body; `photos` is how many are still on the phone."""

    id: str
    person: str
    code: str
    standard: str
    window: str | None
    outcome: Outcome
    opened_at: datetime
    submitted_at: datetime
    photos: int
    digest: str


def read_arrival(body: Mapping[str, Any]) -> ArrivalWish:
    """Raises Invalid with a sentence a field."""
    fields = Fields(body)
    photos = fields.number("photos") or 0.0
    if not (photos.is_integer() and 0 <= photos <= MOST_PHOTOS):
        fields.refuse("photos", lazy("This is not one of the possible answers."))
    wish = ArrivalWish(
        id=fields.uuid("id"),
        person=fields.text("person", 40, needed=True) or "",
        code=fields.text("code", 40, needed=True) or "",
        standard=standard_number(fields.text("standard", 40, needed=True) or ""),
        window=fields.text("window", 60),
        outcome=fields.one_of("outcome", Outcome, needed=True) or Outcome.DONE,
        opened_at=fields.instant("opened_at"),
        submitted_at=fields.instant("submitted_at"),
        photos=int(photos),
        digest=digest_of(canonical_bytes(body)),
    )
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    return wish


def announce(wish: ArrivalWish, who: CurrentPerson, call: Call) -> bool:
    """Keep it and mark the window; True when new, False when the same arrival or its check is here already."""
    if wish.person != who.id:
        sentence = lazy("This record was made by %(person)s and waits for them to sign in.", person=wish.person)
        raise Forbidden(sentence, problem="other-person")
    earlier = digest_of_arrival(wish.id)
    if earlier and earlier != wish.digest:
        raise Conflict(lazy("A record with this number arrived before with other content. Tell your supervisor."))
    phone_called(who.id, call.received_at)
    if earlier or seen_before(wish.id):
        return False
    found = scene_within_reach(wish, who, call.received_at)
    span = found.due.span if found.due else None
    clocked = timing(wish.opened_at, wish.submitted_at, call.phone_time, call.received_at, span)
    writes.insert_arrival(_row(wish, found, who, call, clocked))
    if found.due and clocked.timing.fills:
        told = {"check": wish.id, "photos": wish.photos}
        announce_occurrence(found.due.id, told, who.id, call.received_at)
    return True


def _row(wish: ArrivalWish, found: Scene, who: CurrentPerson, call: Call, clocked: Clocked) -> dict[str, Any]:
    return {
        "check_id": wish.id,
        "digest": wish.digest,
        "occurrence_id": found.due.id if found.due else None,
        "point_id": found.point_id,
        "standard_code": code_of(wish.standard),
        "person_id": who.id,
        "outcome": str(wish.outcome),
        "photos": wish.photos,
        "opened_at": wish.opened_at,
        "submitted_at": wish.submitted_at,
        "effective_at": clocked.effective_at,
        "received_at": call.received_at,
        "phone_offset_ms": round(clocked.offset.total_seconds() * 1000),
    }
