"""Words of meetings: why times do not hold, and where a phase of the work stands."""

from app.meetings.rules import Fault, Part
from app.web.words import lazy

FAULT_WORDS = {
    Fault.PAST: ("start", lazy("That time is over. Choose a later start.")),
    Fault.TOO_FAR: ("day", lazy("A room can be booked 400 days ahead at most.")),
    Fault.TOO_LONG: ("minutes", lazy("A meeting lasts 14 hours at most.")),
    Fault.BACKWARDS: ("minutes", lazy("The end lies before the start.")),
}
PART_WORDS = {
    Part.MORNING: lazy("Morning"),
    Part.AFTERNOON: lazy("Afternoon"),
    Part.DAY: lazy("Whole day"),
}
HISTORY_WORDS = {
    "put": lazy("Booked"),
    "moved": lazy("Moved"),
    "cancelled": lazy("Cancelled"),
    "said": lazy("Noted afterwards"),
}
