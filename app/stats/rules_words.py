"""Codes of log and month in the words of the trade."""

from app.nonconformities import rules_words as finding_words
from app.tallies.rules_rates import Grade
from app.web.words import lazy

REASONS = {
    "occupied": lazy("In use"),
    "outage": lazy("No water or power"),
    "meeting": lazy("Meeting going on"),
    "locked": lazy("Door locked"),
    "weather": lazy("Weather"),
}
DAY_TYPES = {"workday": lazy("Workday"), "restday": lazy("Rest day"), "holiday": lazy("Public holiday")}
GLANCES = {
    "photo": (lazy("Photo seen before"), "bad"),
    "flag": (lazy("To be explained"), "info"),
    "short": (lazy("Short visit"), "due"),
    "proof": (lazy("Asked for more, not verified"), "mute"),
    "signature": (lazy("Waiting for signature"), "info"),
    "clock": (lazy("Phone clock is off"), "due"),
    "typed": (lazy("Code typed by hand"), "mute"),
    "offline": (lazy("Sent later, was offline"), "info"),
}
VIA = {"scan": lazy("Scanned"), "list": lazy("From the list"), "typed": lazy("Code typed by hand")}
WHY_MISSED = {
    "refused": lazy("The report was refused"),
    "claimed": lazy("Claimed, but not done"),
    "nobody": lazy("On nobody's round"),
}
SEVERITIES, CAUSES, FINDING_STATES = finding_words.SEVERITIES, finding_words.CAUSES, finding_words.STATES
UNABLE_VERDICTS = {
    "pending": lazy("Waits for a verdict"),
    "accepted": lazy("Accepted"),
    "refused": lazy("Refused"),
}
GRADES = {Grade.MET: (lazy("Target met"), "ok"), Grade.BELOW: (lazy("Below target"), "bad")}
VIEWS = {
    "": lazy("Overview"),
    "board": lazy("Board"),
    "list": lazy("List"),
    "photos": lazy("Photos"),
    "missed": lazy("Missed"),
    "late": lazy("Late"),
    "short": lazy("Short visit"),
    "unable": lazy("Could not be done"),
    "signatures": lazy("Waiting for signature"),
    "findings": lazy("To be put right"),
    "extra": lazy("Beside the plan"),
}
EVENTS = {
    "filled": lazy("Done by a check"),
    "unable": lazy("Reported as not possible"),
    "reported": lazy("Report taken in"),
    "unable_accepted": lazy("Report accepted"),
    "unable_refused": lazy("Report refused"),
    "settled": lazy("Settled"),
    "claimed": lazy("Claimed"),
    "released": lazy("Given back"),
    "signed": lazy("Second signature"),
    "recounted": lazy("Counted again"),
    "announced": lazy("Registered, photos to follow"),
    "missed": lazy("Missed"),
    "unknown": lazy("Not yet synced"),
    "exempted": lazy("Exempted"),
    "assigned": lazy("Given to a person"),
    "replanned": lazy("Planned anew"),
    "void": lazy("Cancelled"),
}
WEEKDAYS = (
    lazy("Mon"), lazy("Tue"), lazy("Wed"), lazy("Thu"), lazy("Fri"), lazy("Sat"), lazy("Sun"),
)  # fmt: skip
SORTS = {
    "worst": lazy("Worst first"),
    "name": lazy("By name"),
    "due": lazy("Most due first"),
    "missed": lazy("Most missed first"),
    "reported": lazy("Most reported as not possible first"),
}
TABLES = {
    "unit": lazy("By unit"),
    "point": lazy("By point"),
    "standard": lazy("By standard"),
    "person": lazy("By person"),
}
