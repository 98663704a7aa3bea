"""Where a duty stands and why cover is refused, in the words of the trade."""

from app.schedule.rules_crew import Standing
from app.schedule.rules_days import Listed
from app.schedule.rules_events import EventKind
from app.schedule.rules_rounds import CoverFault
from app.web.words import lazy

# Word, kind of the chip, icon: a state is never told by colour alone.
STANDING_WORDS = {
    Standing.AHEAD: (lazy("Not yet time"), "mute", "clock"),
    Standing.OPEN: (lazy("Due now"), "info", "hourglass"),
    Standing.OVERTIME: (lazy("Over time"), "due", "triangle-alert"),
    Standing.ON_TIME: (lazy("On time"), "ok", "check"),
    Standing.LATE: (lazy("Done late"), "due", "history"),
    Standing.MISSED: (lazy("Missed"), "bad", "circle-x"),
    Standing.UNABLE: (lazy("Could not be done"), "due", "hand"),
    Standing.EXEMPT: (lazy("Exempt"), "mute", "circle-dashed"),
    Standing.UNKNOWN: (lazy("Not yet known"), "mute", "wifi-off"),
}

FAULT_WORDS = {
    CoverFault.PAST: lazy("That day is over. Cover can only be set for today, tomorrow or last night."),
    CoverFault.OTHER_CREW: lazy("Choose somebody of your own unit."),
    CoverFault.INACTIVE: lazy("This account is switched off. Choose somebody else."),
    CoverFault.ALREADY: lazy("This person has the round already."),
}

CLOSING_REASONS = {
    "closed": lazy("Point closed"),
    "repair": lazy("Out of use for repair"),
    "order": lazy("By order from above"),
}
EVENT_WORDS = {
    EventKind.RAIN_SNOW: lazy("Rain or snow"),
    EventKind.WARNING_LIFTED: lazy("Weather warning lifted"),
    EventKind.PRINT_JOB: lazy("Print job taken in"),
}
# Colours of the weather service's warnings.
LEVELS = {"blue": lazy("Blue"), "yellow": lazy("Yellow"), "orange": lazy("Orange"), "red": lazy("Red")}
LISTED_WORDS = {Listed.HOLIDAY: lazy("Day off"), Listed.MAKEUP: lazy("Worked instead")}
