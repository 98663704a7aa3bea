"""Codes of spot checks in the words of the trade (SP-1 to SP-14)."""

from collections.abc import Callable, Mapping

from app.spotchecks.rules import Entered, Kind, Method, Mode, Rhythm, Scope
from app.spotchecks.rules_agreement import Outcome
from app.spotchecks.rules_draws import Difference
from app.spotchecks.rules_hearing import State
from app.web.words import lazy

KINDS = {Kind.SELF: lazy("Self-check"), Kind.SPOT: lazy("Spot check"), Kind.SUPERVISION: lazy("Supervision check")}
MODES = {Mode.DESK: lazy("At the desk, by record and photos"), Mode.ONSITE: lazy("Look on site")}
METHODS = {
    Method.SIMPLE: lazy("Simple random: every record has the same chance, gives the pass rate"),
    Method.WEIGHTED: lazy("By risk: looks where trouble is likely, gives no rate"),
}
METHODS_SHORT = {Method.SIMPLE: lazy("simple random"), Method.WEIGHTED: lazy("by risk")}
RHYTHMS = {
    Rhythm.DAILY: lazy("Daily"),
    Rhythm.MONTHLY: lazy("Monthly"),
    Rhythm.QUARTERLY: lazy("Quarterly"),
    Rhythm.HALF_YEARLY: lazy("Half-yearly"),
    Rhythm.IRREGULAR: lazy("Irregular"),
}
SCOPES = {
    Scope.LOTS: lazy("Each executing unit and standard by itself"),
    Scope.BUREAU: lazy("The whole bureau"),
    Scope.UNIT: lazy("One executing unit"),
    Scope.AREA: lazy("One area"),
    Scope.EVENT: lazy("One area before an event: its last 7 days"),
}
SIZES = {
    "II": lazy("Level II (monthly at the desk)"),
    "I": lazy("Level I (half-yearly)"),
    "S-3": lazy("Level S-3 (monthly on site)"),
    "share": lazy("One in twenty of what is due, 3 at least"),
}
OUTCOMES = {
    Outcome.AGREES: lazy("agrees"),
    Outcome.DIFFERS: lazy("differs from the record"),
    Outcome.POINT: lazy("about the point only, the record had run out"),
}
OUTCOME_KIND = {Outcome.AGREES: "ok", Outcome.DIFFERS: "bad", Outcome.POINT: "mute"}
STATES = {
    State.OPEN: lazy("waits for the person's account"),
    State.HEARD: lazy("heard, waits for a decision"),
    State.STANDS: lazy("difference stands"),
    State.UNTRUE: lazy("record was untrue"),
    State.WITHDRAWN: lazy("taken back, the record was right"),
    State.APPEALED: lazy("appealed, waits for a second decision"),
}
STATE_KIND = {State.OPEN: "due", State.HEARD: "due", State.APPEALED: "due", State.WITHDRAWN: "ok"}
EVENTS = {
    "differs": lazy("Record and second look differ"),
    "hear": lazy("The person said how it was"),
    "stands": lazy("Decided: the difference stands"),
    "untrue": lazy("Decided: the record was untrue"),
    "withdraw": lazy("Taken back: the record was right"),
    "appeal": lazy("Appeal lodged"),
    "finding": lazy("Finding registered"),
}
ENTERED = {
    Entered.DRAWN: lazy("drawn"),
    Entered.FLOOR: lazy("added so that nobody and no place is left out"),
    Entered.CONTESTED: lazy("added because somebody complained"),
}
DIFFERENCES = {
    Difference.SEED: lazy("the seed is not the one that was sealed"),
    Difference.LIST: lazy("the list is not the one that was published"),
    Difference.COUNT: lazy("the list has another number of records"),
    Difference.WEIGHTS: lazy("a simple random draw has uneven weights"),
    Difference.MISSING: lazy("should be drawn and is not"),
    Difference.STRANGE: lazy("is drawn and should not be"),
    Difference.KEY: lazy("has another key"),
}
FLOORS = {
    "risk4": lazy("this place is looked at once a month"),
    "risk3": lazy("this place is looked at once a month"),
    "risk2": lazy("this place is looked at once a quarter"),
    "risk1": lazy("this place is looked at once a half-year"),
    "person": lazy("everybody is looked at once a month"),
    "handover": lazy("one handover each month"),
    "day_off": lazy("one day off each month"),
}
_WHY: dict[str, Callable[[str], object]] = {
    "risk": lambda n: lazy("risk level %(n)s", n=n),
    "findings": lambda n: lazy("findings in 90 days: %(n)s", n=n),
    "unseen": lambda n: (
        lazy("never looked at before") if n == "never" else lazy("days since the last look: %(n)s", n=n)
    ),
    "special": lambda _n: lazy("handover or day off"),
    "new": lambda _n: lazy("new person or new standard"),
    "flag": lambda _n: lazy("short visit, repeated photo or typed code"),
    "event": lambda _n: lazy("before an event"),
    "floor": lambda n: FLOORS.get(n, n),
    "contested": lambda _n: lazy("somebody complained while the record still held"),
}


def why_sentences(why: Mapping[str, str]) -> list[object]:
    """The parts of a weight and what else brought a record onto the list, each as a few words."""
    return [_WHY[name](value) for name, value in why.items() if name in _WHY]
