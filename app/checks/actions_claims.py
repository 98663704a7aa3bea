"""Claims: who has taken an occurrence in hand; a submission never depends on one (contract 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.checks import writes
from app.checks.actions_meeting import Call, scene_within_reach
from app.checks.forms_fields import Fields
from app.checks.queries import claim_by_id
from app.checks.queries_point import name_of
from app.checks.queries_scene import DueRow
from app.checks.rules_meeting import standard_number
from app.refusals import Conflict, Invalid, NotFound
from app.schedule.actions import claim_occurrence, release_occurrence
from app.schedule.rules_states import State, may_fill
from app.training.actions_fit import assert_fit
from app.training.queries import demands
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class ClaimWish:
    id: str
    code: str
    standard: str
    window: str
    takeover_reason: str | None


def read_claim(body: Mapping[str, Any]) -> ClaimWish:
    """Raises Invalid with a sentence a field."""
    fields = Fields(body)
    wish = ClaimWish(
        id=fields.uuid("id"),
        code=fields.text("code", 40, needed=True) or "",
        standard=standard_number(fields.text("standard", 40, needed=True) or ""),
        window=fields.text("window", 60, needed=True) or "",
        takeover_reason=fields.text("takeover_reason", 200),
    )
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    return wish


def claim(wish: ClaimWish, who: CurrentPerson, call: Call) -> bool:
    """Take it in hand; True when new, False when the same claim stands. Raises Conflict with the holder."""
    due = _due(wish, who, call)
    earlier = claim_by_id(wish.id)
    if earlier:
        if (earlier.occurrence_id, earlier.person_id) != (due.id, who.id):
            raise Conflict(lazy("A claim with this number was made before with other content."))
        return False
    if not may_fill(State(due.state)):
        raise Conflict(lazy("This is done already. Thank you all the same."), problem="already-done")
    if demands([due.edition])[due.edition].special:
        # Nobody takes special work in hand without the certificate (rules TR-4); a record of it is kept all the same.
        assert_fit([who.id], [due.edition], due.business_on)
    if not claim_occurrence(due.id, who.id, call.received_at, takeover=wish.takeover_reason is not None):
        raise _held(due)
    taken_from = due.claimed_by_id if due.claimed_by_id != who.id else None
    if due.claimed_by_id:
        writes.end_claims(due.id, at=call.received_at)
    writes.insert_claim(
        {
            "id": wish.id, "occurrence_id": due.id, "person_id": who.id, "at": call.received_at,
            "takeover_from_id": taken_from, "takeover_reason": wish.takeover_reason if taken_from else None,
            "released_at": None,
        }
    )  # fmt: skip
    return True


def release(claim_id: str, who: CurrentPerson, call: Call) -> None:
    """Give it back; one that has ended stays ended, one of a window that is done or missed stays whose it was.

    Raises NotFound for another person's.
    """
    held = claim_by_id(claim_id)
    if held is None or held.person_id != who.id:
        raise NotFound(lazy("There is no such claim of yours."))
    if held.released_at is None and release_occurrence(held.occurrence_id, who.id, call.received_at):
        writes.end_claims(held.occurrence_id, at=call.received_at, claim_id=claim_id)


def _due(wish: ClaimWish, who: CurrentPerson, call: Call) -> DueRow:
    found = scene_within_reach(wish, who, call.received_at)
    if found.due is None:
        sentence = lazy("There is no such window at this point. Open the page again.")
        raise Invalid(sentence, fields={"window": sentence})
    return found.due


def _held(due: DueRow) -> Conflict:
    holder = due.claimed_by_id or ""
    name = name_of(holder) or holder
    return Conflict(
        lazy("%(name)s is doing this now. You can take over with a reason.", name=name),
        problem="claimed",
        extra={"holder": {"id": holder, "name": name}},
    )
