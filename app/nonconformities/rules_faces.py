"""How a page offers deeds: the forms, their words, and the fields of each."""

from __future__ import annotations

from dataclasses import dataclass

from app.nonconformities.rules import Severity
from app.nonconformities.rules_close import Filled, Wanting, wanting_for_recheck
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Containment, Way
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Face:
    """One form: its deeds (the first is the large button), its heading and its fields."""

    key: str
    deeds: tuple[Deed, ...]
    title: object
    fields: tuple[str, ...] = ()


FACES = (
    Face("confirm", (Deed.CONFIRM,), lazy("Confirm the finding")),
    Face("contain", (Deed.CONTAIN,), lazy("Contain it first"), ("containment", "text", "photos")),
    Face(
        "measures",
        (Deed.RECTIFY, Deed.PLAN),
        lazy("Put it right"),
        ("correction", "cause_text", "corrective_action", "major", "photos", "no_photo"),
    ),
    Face("complete", (Deed.COMPLETE,), lazy("Cause and measures"), ("cause_text", "corrective_action")),
    Face("recheck", (Deed.CLOSE, Deed.RETURN), lazy("Recheck"), ("way", "text", "photos")),
    Face("decision", (Deed.MAINTAIN, Deed.WITHDRAW), lazy("Decide the appeal"), ("text",)),
    Face("analyse", (Deed.ANALYSE,), lazy("Analysis by the section"), ("text",)),
    Face("follow_up", (Deed.FOLLOW_UP,), lazy("Written follow-up of major measures"), ("text",)),
    Face("send", (Deed.SEND,), lazy("Ask the unit to confirm"), ("text",)),
    Face("appeal", (Deed.APPEAL,), lazy("Appeal"), ("text",)),
    Face("concede", (Deed.CONCEDE,), lazy("Accept by concession"), ("text", "until")),
    Face("revise", (Deed.REVISE,), lazy("Refer to a revision of the standard"), ("text",)),
    Face("comment", (Deed.COMMENT,), lazy("Remark"), ("text",)),
)
BUTTONS = {
    Deed.CONFIRM: lazy("Confirm"),
    Deed.CONTAIN: lazy("It is contained"),
    Deed.RECTIFY: lazy("Done, ask for the recheck"),
    Deed.PLAN: lazy("Keep as a plan"),
    Deed.COMPLETE: lazy("Keep"),
    Deed.CLOSE: lazy("Passed, close it"),
    Deed.RETURN: lazy("Not passed"),
    Deed.MAINTAIN: lazy("The finding stands"),
    Deed.WITHDRAW: lazy("Withdraw the finding"),
    Deed.ANALYSE: lazy("Keep the analysis"),
    Deed.FOLLOW_UP: lazy("Keep the follow-up"),
    Deed.SEND: lazy("Send to the unit"),
    Deed.APPEAL: lazy("Send the appeal"),
    Deed.CONCEDE: lazy("Accept until then"),
    Deed.REVISE: lazy("Propose the revision"),
    Deed.COMMENT: lazy("Send the remark"),
}
CONTAINMENTS = {
    Containment.OUT_OF_USE: lazy("Out of use"),
    Containment.FENCED: lazy("Fenced off"),
    Containment.SET_APART: lazy("Set apart"),
    Containment.STOOD_DOWN: lazy("Stood down"),
}
WAYS = {Way.ON_SITE: lazy("On site"), Way.RECORD: lazy("By the records"), Way.PHOTO: lazy("By the photos")}
EVENTS = {
    "registered": lazy("Registered"),
    "raised": lazy("One level up: it came back"),
    "closed": lazy("Put right on the spot and closed"),
    "still": lazy("Seen again: still there"),
    "gone": lazy("Seen again: gone"),
    "escalated": lazy("Overdue, told further up"),
    "expired": lazy("The concession has ended"),
    "revised": lazy("Taken into the revision and closed"),
    "not_revised": lazy("Revision declined, to be put right"),
    Deed.CONFIRM: lazy("Confirmed by the unit"),
    Deed.CONTAIN: lazy("Contained"),
    Deed.PLAN: lazy("Measures planned"),
    Deed.RECTIFY: lazy("Put right"),
    Deed.COMPLETE: lazy("Cause and measures added"),
    Deed.CLOSE: lazy("Recheck passed, closed"),
    Deed.RETURN: lazy("Recheck not passed"),
    Deed.MAINTAIN: lazy("Appeal decided: the finding stands"),
    Deed.WITHDRAW: lazy("Appeal decided: withdrawn"),
    Deed.ANALYSE: lazy("Analysed by the section"),
    Deed.FOLLOW_UP: lazy("Followed up in writing"),
    Deed.SEND: lazy("Sent to the unit"),
    Deed.APPEAL: lazy("Appealed"),
    Deed.CONCEDE: lazy("Accepted by concession"),
    Deed.REVISE: lazy("Referred to a revision"),
    Deed.COMMENT: lazy("Remark"),
}


def useful(deed: Deed, filled: Filled) -> bool:
    """Whether a page should offer it: papers that nobody asks for, and containment of trifles, only make it longer."""
    if deed is Deed.CONTAIN:
        return filled.severity != Severity.MINOR and not filled.containment
    if deed is Deed.ANALYSE:
        return filled.repeated
    if deed is Deed.FOLLOW_UP:
        return filled.major
    if deed is Deed.COMPLETE:
        return bool({Wanting.CAUSE, Wanting.ACTION} & set(wanting_for_recheck(filled)))
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """A form as this person gets it; `first` stands open with the largest button."""

    face: Face
    deeds: tuple[Deed, ...]
    first: bool


def offers(allowed: tuple[Deed, ...], following: Deed | None) -> list[Offer]:
    """The forms of what may be done now, the next one first."""
    found = []
    for face in FACES:
        deeds = tuple(deed for deed in face.deeds if deed in allowed)
        if deeds:
            found.append(Offer(face, deeds, following in deeds))
    return sorted(found, key=lambda offer: not offer.first)
