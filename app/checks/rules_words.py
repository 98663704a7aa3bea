"""Codes of a record in the words of the trade, for its page and for lists."""

from app.nonconformities.rules_words import STATES
from app.web.words import lazy

MARKS = {
    "early": lazy("before the window"),
    "already_done": lazy("window was done already"),
    "expired": lazy("after the last moment"),
    "clock": lazy("phone clock is off"),
    "held": lazy("came in after three days"),
    "edition_older": lazy("older edition"),
    "label_withdrawn": lazy("old label"),
    "point_moved": lazy("point has moved to another unit"),
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
    "received": lazy("received"),
}
MARK_KIND = {"received": "ok", "late": "due", "awaiting_signature": "due", "clock": "due", "held": "due"}
RESULTS = {"pass": lazy("OK"), "fail": lazy("Problem"), "not_applicable": lazy("Does not apply")}
RESULT_KIND = {"pass": "ok", "fail": "bad", "not_applicable": "mute"}
CAUSES = {
    "work": lazy("Our work"),
    "facility": lazy("Equipment"),
    "supply": lazy("Supplies"),
    "others": lazy("Others or outside"),
}
UNABLE = {
    "occupied": lazy("In use"),
    "outage": lazy("No water or power"),
    "meeting": lazy("Meeting going on"),
    "locked": lazy("Door locked"),
    "weather": lazy("Weather"),
}
VIA = {"scan": lazy("scanned"), "list": lazy("opened from the list"), "typed": lazy("code typed")}
TIMING = {
    "window": lazy("in the window"),
    "grace": lazy("in grace"),
    "late": lazy("made up late"),
    "extra": lazy("outside the plan"),
    "held": lazy("held, outside the figures"),
}
EVENTS = {
    "signed": lazy("second signature"),
    "retake_asked": lazy("another photo asked for"),
    "photos_ok": lazy("photos fine"),
    "retake": lazy("photo taken again"),
    "picture_failed": lazy("picture cannot be opened, asked for again"),
    "unable_accepted": lazy("report accepted"),
    "unable_refused": lazy("report not accepted"),
    "na_accepted": lazy("“does not apply” accepted"),
    "na_refused": lazy("“does not apply” not accepted"),
    "finding_opened": lazy("finding opened"),
    "clock_accepted": lazy("phone's time accepted"),
    "handed_in": lazy("handed in as a file"),
    "released": lazy("counted as late"),
    "contested": lazy("a complaint contests this record"),
    "upheld": lazy("the complaint was right"),
    "refuted": lazy("this record refutes a complaint"),
    "text_shown": lazy("text looked at, not classified"),
    "void_proposed": lazy("to be made void, says"),
    "void_refused": lazy("not made void"),
    "voided": lazy("made void"),
    "counts_instead": lazy("counts now, as another record is void"),
    "correction_proposed": lazy("correction proposed"),
    "correction_refused": lazy("correction not accepted"),
    "corrected": lazy("corrected"),
}
VERDICTS = {
    "pending": lazy("waits for a supervisor"),
    "na_accepted": lazy("accepted"),
    "na_refused": lazy("not accepted"),
    "ok": lazy("photos fine"),
    "retake": lazy("another photo asked for"),
    "retaken": lazy("photo taken again"),
    "unreadable": lazy("picture cannot be opened, asked for again"),
}
FINDINGS = STATES
