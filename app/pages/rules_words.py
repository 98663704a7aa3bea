"""Codes of the protocol in the words of the trade."""

from app.web.words import lazy

MARKS = {
    "early": lazy("started early"),
    "already_done": lazy("was already done"),
    "expired": lazy("after the last moment"),
    "clock": lazy("phone clock is off"),
    "held": lazy("came in very late"),
    "edition_older": lazy("older edition"),
    "label_withdrawn": lazy("old label"),
    "point_moved": lazy("place has moved to another unit"),
    "claimed_by_other": lazy("a colleague had claimed it"),
    "helped": lazy("Helping out"),
    "short_visit": lazy("short visit"),
    "photo_seen_before": lazy("photo was seen before"),
    "handed_in": lazy("handed in as a file"),
    "no_live": lazy("asked to be taken on the spot, not verified"),
    "no_secret": lazy("asked for the word or tag of the place, not verified"),
    "late": lazy("made up"),
    "offline": lazy("sent later"),
    "awaiting_signature": lazy("waiting for the second signature"),
    "extra": lazy("extra"),
}
RESULTS = {
    "pass": lazy("up to standard"),
    "done": lazy("up to standard"),
    "fail": lazy("with a problem"),
    "finding": lazy("with a problem"),
    "unable": lazy("could not be done"),
}
PROFILES = {
    "full": lazy("all steps"),
    "round": lazy("round"),
    "deep": lazy("deep cleaning"),
    "idle": lazy("standby"),
    "turn": lazy("quick turn"),
    "open": lazy("before opening"),
    "meal": lazy("at mealtime"),
    "close": lazy("closing"),
    "job": lazy("one job"),
    "urgent": lazy("urgent"),
    "seal": lazy("sealing"),
    "service": lazy("service"),
    "water": lazy("watering"),
    "thermo": lazy("temperatures"),
}


def short_place(building: str) -> str:
    """A building without what stands in brackets behind it: 1号楼."""
    return building.split("（", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()


def where(building: str, floor: str, between: str = " · ") -> str:
    """Building and floor; outdoors (level G) has no floor worth saying."""
    return between.join(part for part in (short_place(building), floor if floor != "G" else "") if part)


def dialable(telephone: str) -> str:
    """What a telephone can dial of a printed number: 分机8207 is 8207."""
    return "".join(sign for sign in telephone if sign in "+0123456789")
