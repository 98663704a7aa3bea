"""The words of flags: what stood out in plain sentences, reasons to tap, states; never an accusation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.flags.rules import FlagKind
from app.flags.rules_hearing import Reason, State
from app.web.words import _, lazy

KINDS: dict[str, object] = {
    FlagKind.PICTURE_SAME: lazy("The same picture again"),
    FlagKind.PICTURE_ALIKE: lazy("A picture like an earlier one"),
    FlagKind.PICTURE_OLD: lazy("A file older than the visit"),
    FlagKind.SHORT_VISIT: lazy("A short visit"),
    FlagKind.FAST_WALK: lazy("A quick way"),
    FlagKind.MANY_ACCOUNTS: lazy("Several accounts on one phone"),
    FlagKind.BURST: lazy("Many points within minutes"),
    FlagKind.CLOCK: lazy("The phone's clock moved"),
    FlagKind.SAME_VALUE: lazy("The same value again and again"),
    FlagKind.LAST_DIGITS: lazy("Last digits that cluster"),
    FlagKind.NEIGHBOUR_SHIFT: lazy("Equal to the shift before"),
    FlagKind.TYPED: lazy("Codes typed by hand"),
}
# Worst first: what leaves least room for chance stands above.
WEIGHTS: dict[str, int] = {
    FlagKind.PICTURE_SAME: 90,
    FlagKind.PICTURE_ALIKE: 80,
    FlagKind.NEIGHBOUR_SHIFT: 70,
    FlagKind.SAME_VALUE: 65,
    FlagKind.LAST_DIGITS: 60,
    FlagKind.BURST: 55,
    FlagKind.FAST_WALK: 50,
    FlagKind.MANY_ACCOUNTS: 45,
    FlagKind.PICTURE_OLD: 40,
    FlagKind.SHORT_VISIT: 35,
    FlagKind.CLOCK: 25,
    FlagKind.TYPED: 20,
}
REASONS: dict[str, object] = {
    Reason.WORKED_FIRST: lazy("I worked first and filled it in afterwards"),
    Reason.TOGETHER: lazy("Two of us did it together"),
    Reason.NETWORK: lazy("There was no network"),
    Reason.PHONE: lazy("It is the phone or its clock"),
    Reason.LABEL: lazy("The label could not be scanned"),
    Reason.PICTURE: lazy("The place really looks the same"),
    Reason.STEADY: lazy("The instrument really shows that"),
    Reason.OTHER: lazy("Another reason"),
}
_ALWAYS = (Reason.WORKED_FIRST, Reason.TOGETHER, Reason.OTHER)
_PICTURES = (Reason.PICTURE, Reason.NETWORK, Reason.OTHER)
_READINGS = (Reason.STEADY, Reason.OTHER)
REASONS_FOR: dict[str, tuple[Reason, ...]] = {
    FlagKind.PICTURE_SAME: _PICTURES,
    FlagKind.PICTURE_ALIKE: _PICTURES,
    FlagKind.PICTURE_OLD: (Reason.WORKED_FIRST, Reason.NETWORK, Reason.PHONE, Reason.OTHER),
    FlagKind.MANY_ACCOUNTS: (Reason.PHONE, Reason.TOGETHER, Reason.OTHER),
    FlagKind.CLOCK: (Reason.PHONE, Reason.OTHER),
    FlagKind.SAME_VALUE: _READINGS,
    FlagKind.LAST_DIGITS: _READINGS,
    FlagKind.NEIGHBOUR_SHIFT: _READINGS,
    FlagKind.TYPED: (Reason.LABEL, Reason.PHONE, Reason.OTHER),
}
STATES: dict[str, object] = {
    State.OPEN: lazy("Waits for a reason"),
    State.EXPLAINED: lazy("Reason given"),
    State.STANDS: lazy("Upheld"),
    State.LIFTED: lazy("Lifted"),
}
STATE_KIND = {State.OPEN: "info", State.EXPLAINED: "due", State.STANDS: "mute", State.LIFTED: "ok"}
EVENTS: dict[str, object] = {
    "explained": lazy("There is a reason"),
    "stands": lazy("Upheld"),
    "lifted": lazy("Lifted"),
}
FIELDS: dict[str, tuple[object, object]] = {
    "alike_bits": (lazy("Bits of 64 that may differ between like pictures"), lazy("bits")),
    "old_minutes": (lazy("Time from taking a file to opening the page"), lazy("minutes")),
    "short_share": (lazy("Share of the least time that the work takes"), ""),
    "walk_share": (lazy("Share of the usual time of the way"), ""),
    "accounts": (lazy("Accounts on one phone in a shift"), lazy("accounts")),
    "burst": (lazy("Points in a burst"), lazy("points")),
    "clock_minutes": (lazy("How far a phone's clock moves between two records"), lazy("minutes")),
    "same_value": (lazy("How unlikely the same value is by chance, in powers of ten"), ""),
    "last_digits": (lazy("How unlikely the last digits are by chance, in powers of ten"), ""),
    "neighbour": (lazy("How unlikely the likeness to the shift before is by chance, in powers of ten"), ""),
    "typed": (lazy("Typed codes in a week"), lazy("times")),
}


def reasons_for(kind: str) -> tuple[Reason, ...]:
    """What fits this kind, most likely first."""
    return REASONS_FOR.get(kind, _ALWAYS)


def sentence(kind: str, numbers: Mapping[str, Any]) -> str:
    """What was seen and against which limit, in the language spoken now; an unknown kind says its name only."""
    said = _said(numbers)
    if kind == FlagKind.CLOCK and numbers.get("contradicts"):
        return _("The times of this record contradict each other: the clock was set in between.")
    text = _SENTENCES.get(kind)
    return str(text) % said if text else str(KINDS.get(kind, kind))


class _Said(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "—"


def _said(numbers: Mapping[str, Any]) -> _Said:
    said = _Said({name: number(value) for name, value in numbers.items()})
    for name in [name for name in numbers if name.endswith("share")]:
        said[name] = number(round(float(numbers[name]) * 100, 1))
    said["ago"] = _ago(numbers)
    said["where"] = _("at this point") if numbers.get("same_point") else _("at another point")
    said["who"] = _("by the same person") if numbers.get("same_person") else _("by somebody else")
    return said


def _ago(numbers: Mapping[str, Any]) -> str:
    minutes = float(numbers.get("minutes", 0)) or 60 * float(numbers.get("hours", 0))
    if minutes >= 48 * 60:
        return _("%(n)s days", n=number(round(minutes / 1440)))
    if minutes >= 90:
        return _("%(n)s hours", n=number(round(minutes / 60)))
    return _("%(n)s minutes", n=number(round(minutes)))


def number(value: Any) -> str:
    """3 for 3.0; text as it is."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


_SENTENCES: dict[str, object] = {
    FlagKind.PICTURE_SAME: lazy(
        "The picture is the very file that was sent %(ago)s before (%(where)s, %(who)s). "
        "Earlier records with it: %(times)s."
    ),
    FlagKind.PICTURE_ALIKE: lazy(
        "The picture looks almost like one sent %(ago)s before (%(where)s, %(who)s): %(bits)s of 64 bits differ, "
        "up to %(limit_bits)s are asked about."
    ),
    FlagKind.PICTURE_OLD: lazy(
        "The file was taken %(ago)s before the page was opened; more than %(limit_minutes)s minutes is asked about."
    ),
    FlagKind.SHORT_VISIT: lazy(
        "%(seconds)s seconds since the record before, for work that takes at least %(floor_seconds)s: %(share)s %%, "
        "below %(limit_share)s %% is asked about."
    ),
    FlagKind.FAST_WALK: lazy(
        "%(seconds)s seconds from the point before to this one; the way usually takes %(usual_seconds)s, "
        "below %(limit_share)s %% of that is asked about."
    ),
    FlagKind.MANY_ACCOUNTS: lazy(
        "%(accounts)s accounts sent records from this phone within a shift and changed %(switches)s times; "
        "from %(limit_accounts)s accounts or %(limit_switches)s changes on it is asked about."
    ),
    FlagKind.BURST: lazy(
        "%(points)s points were recorded within %(seconds)s seconds; the work there takes at least %(floor_seconds)s."
    ),
    FlagKind.CLOCK: lazy(
        "The phone's clock has moved by %(drift_minutes)s minutes since its last record; more than %(limit_minutes)s "
        "is asked about."
    ),
    FlagKind.SAME_VALUE: lazy(
        "%(value)s was read %(times)s times in a row; of %(others)s readings by others %(others_share)s %% show it."
    ),
    FlagKind.LAST_DIGITS: lazy(
        "%(share)s %% of %(readings)s readings end in %(digits)s; %(fair_share)s %% would be usual."
    ),
    FlagKind.NEIGHBOUR_SHIFT: lazy(
        "%(equal)s of %(of)s readings equal those of the shift before; with others it is %(others_share)s %%."
    ),
    FlagKind.TYPED: lazy(
        "The code was typed %(typed)s times of %(of)s this week, at %(points)s points whose labels others scan; "
        "from %(limit)s on it is asked about."
    ),
}
