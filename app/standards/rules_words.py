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
    "converted": lazy("Converted"),
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
ANCHOR = {
    "meeting.start_at": lazy("a meeting begins"),
    "meeting.end_at": lazy("a meeting ends"),
    "dispatch.depart_at": lazy("a vehicle leaves"),
    "dispatch.return_at": lazy("a vehicle returns"),
    "dispatch.urgent_at": lazy("an urgent trip is ordered"),
    "vehicle.odometer_since_service_km_4500": lazy("a vehicle has run 4,500 km since its service"),
    "print_job.accepted_at": lazy("a print job is taken"),
    "weather.rain_snow_start_at": lazy("rain or snow begins"),
    "weather.warning_lifted_at": lazy("a weather warning is lifted"),
    "calendar.first_workday_start": lazy("the first working day after a holiday begins"),
    "calendar.last_workday_end": lazy("the last working day before a holiday ends"),
}
FAIL_ACTION = {
    "nc": lazy("opens a finding for the unit"),
    "repair": lazy("becomes a repair order"),
    "escalate": lazy("opens a finding and tells the supervisor at once"),
    "block": lazy("blocks the use and opens a finding"),
    "remind": lazy("reminds only, counts nowhere"),
}
ROLL = {
    "none": lazy("left out"),
    "skip": lazy("left out, on purpose"),
    "next_day_in_types": lazy("moved to the next day of the chosen kinds"),
}
