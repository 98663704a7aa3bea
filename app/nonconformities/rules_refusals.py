"""Why a deed is not this person's, in a sentence."""

from __future__ import annotations

from app.nonconformities.rules_close import Group
from app.nonconformities.rules_deeds import Deed, Subject
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such finding, or it belongs to another unit.")
STALE = lazy("Somebody else has changed this finding meanwhile. Load the page again and look first.")
OWN_WORK = lazy("Whoever put it right, and their unit, do not recheck it.")
OF_GROUP = lazy("This one is rechecked by the inspection group.")
OF_DEPARTMENT = lazy("This is rechecked by the responsible department's supervisor or the inspection group.")
FINDER = lazy("Whoever found it does not decide the appeal. Ask a colleague of the inspection group.")
BY_INSPECTION = lazy("The inspection group decides this.")
BY_UNIT = lazy("This is done by the unit that the finding is about.")
BY_SECTION = lazy("This is done by the supervisor of the responsible department.")
OF_INSPECTION = (Deed.CONCEDE, Deed.MAINTAIN, Deed.WITHDRAW, Deed.REVISE, Deed.FOLLOW_UP)


def why_not(deed: Deed, who: CurrentPerson, about: Subject) -> object:
    """The sentence for somebody whose deed this is not."""
    if deed in (Deed.CLOSE, Deed.RETURN):
        own = who.id == about.rectifier_id or who.org_id in (about.rectifier_org_id, about.implementer_id)
        return OWN_WORK if own else OF_GROUP if about.group is Group.INSPECTION else OF_DEPARTMENT
    if deed in (Deed.MAINTAIN, Deed.WITHDRAW) and who.id == about.found_by_id:
        return FINDER
    if deed in OF_INSPECTION:
        return BY_INSPECTION
    return BY_SECTION if deed in (Deed.SEND, Deed.ANALYSE) else BY_UNIT
