"""What the states, severities and kinds of evidence of a standard are called."""

from app.web.words import lazy

STATUS = {
    "draft": lazy("Draft"),
    "comment": lazy("Out for comment"),
    "published": lazy("Published, not yet effective"),
    "trial": lazy("On trial"),
    "effective": lazy("In force"),
    "confirmed": lazy("Confirmed"),
    "superseded": lazy("Superseded"),
    "abolished": lazy("Abolished"),
}
STATUS_CHIP = {
    "effective": "ok",
    "confirmed": "ok",
    "trial": "due",
    "published": "info",
    "draft": "mute",
    "comment": "info",
}
EVIDENCE = {
    "none": lazy("Tick"),
    "photo": lazy("Photo"),
    "number": lazy("Reading"),
    "text": lazy("Words"),
    "choice": lazy("Choice"),
}
SEVERITY = {"minor": lazy("Minor"), "major": lazy("Major"), "critical": lazy("Critical")}
CAUSE = {
    "work": lazy("Work"),
    "facility": lazy("Facility"),
    "supply": lazy("Supplies"),
    "others": lazy("Others"),
}
PROFILE = {
    "full": lazy("Full"),
    "round": lazy("Round"),
    "deep": lazy("Deep"),
    "idle": lazy("Idle room"),
    "turn": lazy("Quick turn"),
    "open": lazy("Opening"),
    "meal": lazy("Meal"),
    "close": lazy("Closing"),
    "job": lazy("Job"),
    "urgent": lazy("Urgent"),
    "seal": lazy("Lock-up"),
    "service": lazy("Service"),
    "water": lazy("Watering"),
    "thermo": lazy("Thermography"),
}
DAY_TYPE = {"workday": lazy("Working days"), "restday": lazy("Rest days"), "holiday": lazy("Public holidays")}
