"""One deed at one finding: asked of the table, kept as an event, the second of two people is told to look again."""

from __future__ import annotations

from app.nonconformities import writes
from app.nonconformities.actions_changes import changes
from app.nonconformities.actions_here import Here
from app.nonconformities.actions_photos import attach
from app.nonconformities.actions_proposals import propose_if_due
from app.nonconformities.actions_tell import tell_of
from app.nonconformities.queries_one import Standing, done_before, photo_wanted, standing
from app.nonconformities.rules_deeds import TABLE, Deed, barred, may, sides_of
from app.nonconformities.rules_refusals import NOT_THERE, STALE, why_not
from app.nonconformities.rules_wish import Wish, faults
from app.nonconformities.rules_words import STATES
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.refusals import Conflict, Forbidden, Invalid, NotFound, Stale
from app.web.current import CurrentPerson
from app.web.words import lazy


def do(finding_id: str, deed: Deed, wish: Wish, who: CurrentPerson, here: Here) -> bool:
    """Do it; False when the same sending did it before.

    Raises NotFound, Forbidden (not this person's), Stale (the page is older), Invalid with its fields.
    """
    earlier = done_before(wish.id)
    if earlier:
        if earlier != (finding_id, str(deed)):
            raise Conflict(lazy("This was sent before with other content."))
        return False
    found, scope = standing([finding_id]), scope_of(who)
    if not found or not sides_of(who, found[0].subject, scope):
        raise NotFound(NOT_THERE)
    finding = found[0]
    _refuse(deed, wish, who, finding, scope)
    wanted = photo_wanted(finding.point_id)
    wrong = faults(deed, wish, finding.filled, here.now.astimezone(here.zone).date(), photo_wanted=wanted)
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    _keep(finding, deed, wish, who, here)
    return True


def _refuse(deed: Deed, wish: Wish, who: CurrentPerson, finding: Standing, scope: Scope) -> None:
    line, sides = TABLE[deed], sides_of(who, finding.subject, scope)
    if not line.sides & sides or barred(deed, who, finding.subject, sides):
        raise Forbidden(why_not(deed, who, finding.subject))
    if not may(deed, who, finding.subject, scope):
        raise Stale(lazy("It has moved on and is now: %(state)s. Load the page again.", state=STATES[finding.state]))
    if wish.version != finding.version and deed is not Deed.COMMENT:
        raise Stale(STALE)


def _keep(finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, here: Here) -> None:
    to, version = TABLE[deed].to, finding.version
    values = changes(finding, deed, wish, who, here.now, here.zone)
    moved = {"state": str(to), "state_at": here.now, "escalated": 0} if to else {}
    if (values or moved) and not writes.change(finding.id, version, **moved, **values):
        raise Stale(STALE)
    attach(finding, deed, wish, who, here)
    writes.insert_events([_event(finding, deed, wish, who, here)])
    propose_if_due(finding, deed, wish, who, here)
    tell_of(finding, deed, wish, who, here.now)


def _event(finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, here: Here) -> dict[str, object]:
    """Everything that was said, so that the history alone tells the whole story (NC-14)."""
    said = {
        "correction": wish.correction,
        "corrective_action": wish.corrective_action,
        "cause_text": wish.cause_text,
        "kind": wish.kind,
        "until": wish.until.isoformat() if wish.until else "",
        "no_photo": wish.no_photo,
        "photos": len(wish.photos),
        "failed": finding.failed_rechecks + 1 if deed is Deed.RETURN else 0,
    }
    to = TABLE[deed].to
    return {
        "finding_id": finding.id,
        "kind": str(deed),
        "by_id": who.id,
        "at": here.now,
        "state": str(to) if to else None,
        "text": wish.text,
        "deed_id": wish.id,
        "data": {name: value for name, value in said.items() if value},
    }
