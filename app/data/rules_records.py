"""Records: one row a submission, as it was received."""

from dataclasses import replace

from app.checks.rules import Outcome
from app.checks.rules_words import MARKS, TIMING, UNABLE, VIA
from app.data.rules_fields import DataSet, Field, Kind, code, flag, instant, number, text
from app.data.rules_shared import (
    BUILDING,
    DAY,
    EDITION,
    FLOOR,
    POINT,
    POINT_CODE,
    STANDARD,
    STANDARD_TITLE,
    UNITS,
)
from app.web.words import lazy

OUTCOMES = {Outcome.DONE: lazy("Done"), Outcome.UNABLE: lazy("Could not be done")}
SECONDS = lazy("seconds")

WHAT = (
    text("id", lazy("Key of the record"), lazy("Made on the phone; the same record keeps it for ever."), rule="EV-7"),
    text("receipt", lazy("Receipt number"), lazy("Number that the worker got when it had arrived."), rule="EV-7"),
    DAY,
    POINT_CODE,
    POINT,
    BUILDING,
    FLOOR,
    STANDARD,
    STANDARD_TITLE,
    EDITION,
    text("window", lazy("Window"), lazy("Key of the planned window; null for a check outside the plan."), empty=True),
    code(
        "outcome",
        lazy("Outcome"),
        lazy("Whether the check was done or reported as not possible."),
        OUTCOMES,
        rule="MT-3",
    ),
    code(
        "unable_reason",
        lazy("Why not possible"),
        lazy("Reason of a report that it could not be done."),
        UNABLE,
        empty=True,
        rule="MT-3",
    ),
    code("timing", lazy("Timing"), lazy("When it came, against the window and its grace."), TIMING, rule="MT-1"),
    code("via", lazy("Opened by"), lazy("How the page was opened at the point."), VIA, rule="MT-19"),
    text("late_reason", lazy("Why late"), lazy("What the worker said about being late."), empty=True),
)
WHO = (
    *UNITS,
    text("person_id", lazy("Account"), lazy("Account that sent the record."), personal=True, empty=True),
    text("person", lazy("Done by"), lazy("Name of that account at the time."), personal=True, empty=True),
)
WHEN = (
    instant("opened_at", lazy("Opened at"), lazy("When the page was opened, by the phone's clock.")),
    instant("submitted_at", lazy("Submitted at"), lazy("When it was submitted, by the phone's clock.")),
    instant("effective_at", lazy("Counts as of"), lazy("The instant that counts, brought to the server's clock.")),
    instant("received_at", lazy("Received at"), lazy("When the server had it on disk.")),
    number("dwell_seconds", lazy("Time on the spot"), lazy("From opening to submitting."), unit=SECONDS, rule="MT-18"),
    number(
        "dwell_floor_seconds",
        lazy("Least time"),
        lazy("Sum of the least times of the steps with a reading or a photo."),
        unit=SECONDS,
        rule="MT-18",
    ),
)
STEPS, PICTURES = lazy("steps"), lazy("photos")
COUNTED = (
    number(
        "steps_pass", lazy("Steps up to standard"), lazy("Steps answered as up to standard."), unit=STEPS, rule="MT-12"
    ),
    number(
        "steps_fail",
        lazy("Steps not up to standard"),
        lazy("Steps answered as not up to standard."),
        unit=STEPS,
        rule="MT-12",
    ),
    number("key_due", lazy("Key steps due"), lazy("Key steps that apply."), unit=STEPS, rule="MT-13"),
    number(
        "key_evidenced",
        lazy("Key steps with evidence"),
        lazy("Of these, answered with valid evidence."),
        unit=STEPS,
        rule="MT-13",
    ),
    number(
        "key_pass",
        lazy("Key steps up to standard"),
        lazy("Of these, up to standard; never held against the finder."),
        unit=STEPS,
        rule="MT-13",
    ),
    number("photos_due", lazy("Photos due"), lazy("Photos that the steps ask for."), unit=PICTURES, rule="MT-14"),
    number(
        "photos_sent",
        lazy("Photos that were sent"),
        lazy("Photos sent, each step capped at what it asks for."),
        unit=PICTURES,
        rule="MT-14",
    ),
    number("photos_valid", lazy("Photos that count"), lazy("Those that are evidence."), unit=PICTURES, rule="MT-14"),
    number(
        "photos_live",
        lazy("Photos taken on the spot"),
        lazy("Taken with the camera of the page under a fresh number of the server."),
        unit=PICTURES,
    ),
    number(
        "photos_asked",
        lazy("Photos asked about"),
        lazy("Photos that the grade of proof is about; a file is no fault."),
        unit=PICTURES,
    ),
    Field(
        "marks",
        Kind.CODES,
        lazy("Marks"),
        lazy("What the record is shown with; a mark is never an accusation."),
        words=MARKS,
    ),
    text("note", lazy("Remark"), lazy("What the worker wrote to the whole record."), empty=True),
    flag("void", lazy("Made void"), lazy("Two persons took the record out of the figures; it stays as it was sent.")),
)

RECORDS = DataSet(
    "records",
    lazy("Records"),
    lazy("One row a submission as it was received; corrections stand beside it on its page and change nothing here."),
    (*WHAT, *WHO, *WHEN, *COUNTED),
    dated="day",
)
OF_RECORD = (
    replace(WHAT[0], name="record_id"),
    WHAT[1],
    DAY,
    POINT_CODE,
    POINT,
    STANDARD,
    EDITION,
)
"""What the rows of a record's parts begin with."""
