"""What is said with a deed, and what of it is missing (rules NC-5, NC-6, NC-8, NC-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.nonconformities.rules import Severity
from app.nonconformities.rules_close import Filled, wanting_for_closure, wanting_for_recheck
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_words import WANTING
from app.web.words import lazy

LONGEST_CONCESSION = timedelta(days=180)
MAX_TEXT = 2000


class Containment(StrEnum):
    """How further harm was stopped: 停用, 围挡, 隔离, 停派."""

    OUT_OF_USE = "out_of_use"
    FENCED = "fenced"
    SET_APART = "set_apart"
    STOOD_DOWN = "stood_down"


class Way(StrEnum):
    """How the recheck was done."""

    ON_SITE = "on_site"
    RECORD = "record"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Wish:
    """One deed as it was sent; `id` names this sending, `version` is what the page had seen.

    `photos` are ids of kept uploads, `no_photo` says why there is none.
    """

    id: str
    version: int
    text: str = ""
    correction: str = ""
    corrective_action: str = ""
    cause_text: str = ""
    kind: str = ""
    until: date | None = None
    major: bool = False
    photos: tuple[str, ...] = ()
    no_photo: str = ""


NEEDS_TEXT = {
    Deed.CONTAIN: lazy("Say what was done so that nothing worse happens."),
    Deed.RETURN: lazy("Say what is not right yet."),
    Deed.APPEAL: lazy("Say why the finding is not right."),
    Deed.MAINTAIN: lazy("Say why the finding stands."),
    Deed.WITHDRAW: lazy("Say why the finding is withdrawn."),
    Deed.CONCEDE: lazy("Say why it can stay as it is for this time."),
    Deed.REVISE: lazy("Say what in the standard does not fit."),
    Deed.ANALYSE: lazy("Say why it keeps coming back."),
    Deed.FOLLOW_UP: lazy("Write what became of the measures."),
    Deed.COMMENT: lazy("Write a few words."),
}


def faults(deed: Deed, wish: Wish, filled: Filled, today: date, *, photo_wanted: bool) -> dict[str, object]:
    """Field -> what is missing or wrong there; empty when the deed can be done."""
    found: dict[str, object] = {}
    if deed in NEEDS_TEXT and not wish.text:
        found["text"] = NEEDS_TEXT[deed]
    if deed in (Deed.PLAN, Deed.RECTIFY):
        found |= _measures(deed, wish, filled, photo_wanted=photo_wanted)
    if deed is Deed.COMPLETE:
        found |= _analysis(wish, filled, always=True)
    if deed is Deed.CONTAIN and wish.kind not in set(Containment):
        found["kind"] = lazy("Choose what was done.")
    if deed in (Deed.CLOSE, Deed.RETURN) and wish.kind not in set(Way):
        found["kind"] = lazy("Say how it was rechecked.")
    if deed is Deed.CLOSE and (wanting := wanting_for_closure(filled)):
        found["text"] = lazy("Before it can be closed: %(what)s.", what=WANTING[wanting[0]])
    if deed is Deed.CONCEDE:
        found |= _term(wish, filled, today)
    return found


def _measures(deed: Deed, wish: Wish, filled: Filled, *, photo_wanted: bool) -> dict[str, object]:
    """Correction and corrective action are two things (NC-8)."""
    found: dict[str, object] = {}
    if not wish.correction:
        found["correction"] = lazy("Say what is done about it.")
    found |= _analysis(wish, filled, always=False)
    if deed is Deed.RECTIFY:
        if filled.severity == Severity.CRITICAL and not filled.containment:
            found["text"] = lazy("Before it is put up for its recheck: %(what)s.", what=WANTING[_first(filled)])
        if photo_wanted and not wish.photos and not wish.no_photo:
            found["photos"] = lazy("Take a photo of how it is now, or say why there is none.")
    return found


def _analysis(wish: Wish, filled: Filled, *, always: bool) -> dict[str, object]:
    """From 一般 upward, and whenever it is given for itself."""
    found: dict[str, object] = {}
    if always or filled.severity != Severity.MINOR:
        if not (wish.cause_text or filled.cause_text):
            found["cause_text"] = lazy("Say how it came about.")
        if not (wish.corrective_action or filled.corrective_action):
            found["corrective_action"] = lazy("Say what keeps it from happening again.")
    return found


def _first(filled: Filled) -> str:
    return str(wanting_for_recheck(filled)[0])


def _term(wish: Wish, filled: Filled, today: date) -> dict[str, object]:
    """A concession has an end, half a year off at most; what is critical has to be contained first."""
    if filled.severity == Severity.CRITICAL and not filled.containment:
        return {"text": lazy("Before a concession: %(what)s.", what=WANTING["containment"])}
    if wish.until is None or not today < wish.until <= today + LONGEST_CONCESSION:
        return {"until": lazy("Choose a last day within the next 180 days.")}
    return {}
