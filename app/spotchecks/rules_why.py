"""Why a record stands on the list, in words that a reviewer understands (rules SP-9, SP-11, SP-14)."""

from __future__ import annotations

from collections.abc import Mapping

from app.spotchecks.rules import Entered
from app.web.words import lazy, ngettext

MONTH_DAYS = 30
_PLAIN = {
    "special": lazy("done around a handover or on a day off"),
    "new": lazy("the person or the standard is new here"),
    "flag": lazy("the record has a mark: short visit, a photo seen before, or a typed code"),
    "event": lazy("an event takes place here soon"),
}
_FLOORS = {
    "risk4": lazy("places of the highest risk are looked at every month"),
    "risk3": lazy("places of high risk are looked at every month"),
    "risk2": lazy("each place is looked at once a quarter"),
    "risk1": lazy("each place is looked at once in half a year"),
    "person": lazy("everybody's work is looked at once a month"),
    "handover": lazy("one record around a handover is always looked at"),
    "day_off": lazy("one record of a day off is always looked at"),
}
_RISK = {"4": lazy("a place of the highest risk"), "3": lazy("a place of high risk")}
BY_CHANCE = lazy("drawn by chance, all records had the same chance")
CONTESTED = lazy("a visitor contests this record")


def why_words(entered: str, why: Mapping[str, str]) -> list[object]:
    """The parts of the weight that made it heavier, the floor that added it, or plain chance."""
    if entered == Entered.CONTESTED:
        return [CONTESTED]
    said = [_FLOORS[why["floor"]]] if why.get("floor") in _FLOORS else []
    said += [_RISK[why["risk"]]] if why.get("risk") in _RISK else []
    said += _findings(why.get("findings", ""))
    said += _unseen(why.get("unseen", ""))
    said += [_PLAIN[name] for name in _PLAIN if why.get(name)]
    return said or [BY_CHANCE]


def _findings(count: str) -> list[object]:
    if not count.isdigit() or count == "0":
        return []
    number = int(count)
    return [ngettext("%(num)d finding here in 90 days", "%(num)d findings here in 90 days", number)]


def _unseen(days: str) -> list[object]:
    if days == "never":
        return [lazy("nobody has looked at this place yet")]
    if not days.isdigit() or int(days) < MONTH_DAYS:
        return []
    return [lazy("not looked at for %(n)d days", n=int(days))]
