"""Photos taken again: they stand beside the old ones and never move a time (contract, Retake)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.checks import writes
from app.checks.actions_counting import recount
from app.checks.actions_evidence import gather
from app.checks.actions_holding import held
from app.checks.actions_meeting import Call
from app.checks.forms import MOST_PHOTOS
from app.checks.forms_fields import Fields
from app.checks.queries import CheckRow, events_of
from app.checks.queries_receipts import seen_before
from app.checks.rules_receipt import Receipt
from app.checks.rules_review import StepVerdict, photo_key
from app.photos.actions import sync
from app.photos.rules import Part, PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_PHOTO = lazy("Take at least one photo.")


@dataclass(frozen=True, slots=True)
class RetakeWish:
    id: str
    step: str
    photos: tuple[str, ...]


def read_retake(body: Mapping[str, Any]) -> RetakeWish:
    """Raises Invalid with a sentence a field."""
    fields = Fields(body)
    wish = RetakeWish(
        id=fields.uuid("id"),
        step=fields.text("step", 8, needed=True) or "",
        photos=fields.uuids("photos", MOST_PHOTOS),
    )
    if not wish.photos and "photos" not in fields.errors:
        fields.refuse("photos", NO_PHOTO)
    if body.get("reason") not in (None, "retake"):
        fields.refuse("reason", lazy("This is not one of the possible answers."))
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    return wish


def retake(check: CheckRow, wish: RetakeWish, who: CurrentPerson, call: Call) -> tuple[Receipt, bool]:
    """Append the photos; True when new, False when the same came before. Raises Conflict, Forbidden or Invalid."""
    if check.person_id != who.id:
        raise Forbidden(lazy("Only the person who did the check can take its photos again."))
    check, receipt = held(check), _receipt(check.id)
    if _came_before(check.id, wish):
        return receipt, False
    if wish.step not in check.state.retake_steps:
        raise Conflict(lazy("No photo is asked for at this step any more. Thank you."), problem="no-retake")
    if not wish.photos:
        raise Invalid(NO_PHOTO, fields={"photos": NO_PHOTO})
    evidence = gather(wish.photos, (), who, call)
    owner = PhotoOwner(
        check_id=check.id, person_id=who.id, point_id=check.point_id, standard_code=check.standard_code,
        implementer_id=check.implementer_id, responsible_id=check.responsible_id,
    )  # fmt: skip
    uses = [PhotoUse(each, Part.RETAKE, wish.step, each.id in evidence.live) for each in evidence.in_order]
    rows_for_check(uses, owner, at=call.received_at)
    left = [step for step in check.state.retake_steps if step != wish.step]
    verdicts = dict(check.state.verdicts or {})
    verdicts.pop(f"{wish.step}.photo", None)
    verdicts[photo_key(wish.step, verdicts)] = str(StepVerdict.RETAKEN)
    writes.keep_state(check.id, retake_steps=left, verdicts=verdicts)
    recount(check, verdicts, who.id, call.received_at)
    data = {"id": wish.id, "photos": list(wish.photos)}
    writes.insert_event(
        check.id, "retake", at=call.received_at, by_id=who.id, by_name=who.name, step_id=wish.step, data=data
    )
    if call.sync:
        sync(call.store, evidence.in_order)
    return receipt, True


def _receipt(check_id: str) -> Receipt:
    seen = seen_before(check_id)
    if seen is None:
        raise NotFound(lazy("There is no such record, or it belongs to another unit."))
    return seen.receipt


def _came_before(check_id: str, wish: RetakeWish) -> bool:
    for event in events_of(check_id):
        data = event.data or {}
        if event.kind == "retake" and data.get("id") == wish.id:
            if (event.step_id, tuple(data.get("photos", ()))) != (wish.step, wish.photos):
                raise Conflict(lazy("These photos were sent before with other content."))
            return True
    return False
