"""Findings: one row a finding, as it stands now."""

from dataclasses import replace

from app.data.rules_fields import DataSet, Field, Kind, code, flag, instant, number, text
from app.data.rules_shared import BUILDING, EDITION, FLOOR, POINT, POINT_CODE, STANDARD, UNITS
from app.nonconformities.rules_words import CAUSES, SEVERITIES, SOURCES, STATES
from app.web.words import lazy


def _perhaps(*fields: Field) -> tuple[Field, ...]:
    """A complaint may name no point, a drill no standard."""
    return tuple(replace(each, empty=True) for each in fields)


WHAT = (
    text("id", lazy("Key of the finding"), lazy("The same finding keeps it for ever.")),
    text("number", lazy("Number"), lazy("Number of the report, by year.")),
    Field("day", Kind.DAY, lazy("Found on"), lazy("Day at the site on which it was found.")),
    instant("found_at", lazy("Found at"), lazy("When it was found.")),
    *_perhaps(POINT_CODE, POINT, BUILDING, FLOOR, STANDARD, EDITION),
    text("step", lazy("Step"), lazy("Key of the step in its edition."), empty=True),
    text("step_title", lazy("What to do"), lazy("Title of the step in that edition.")),
    text("record_id", lazy("Key of the record"), lazy("The record in which it was found."), empty=True),
    code("source", lazy("Source of the finding"), lazy("Where it comes from."), SOURCES, rule="NC-1"),
    code("severity", lazy("Severity"), lazy("How grave it is."), SEVERITIES, rule="NC-9"),
    code("cause", lazy("Cause"), lazy("Where a problem comes from."), CAUSES, empty=True),
    text("text", lazy("What was found"), lazy("What does not meet the requirement, in words.")),
)
COURSE = (
    code("state", lazy("State"), lazy("Where it stands now."), STATES, rule="NC-14"),
    instant("due_at", lazy("Limit"), lazy("Until when it has to be put right."), empty=True, rule="NC-9"),
    instant("rectified_at", lazy("Put right at"), lazy("When the unit reported it as put right."), empty=True),
    instant("closed_at", lazy("Closed at"), lazy("When it was closed or withdrawn."), empty=True),
    flag("fixed_on_spot", lazy("Put right on the spot"), lazy("Put right at once by whoever found it."), rule="NC-16"),
    number(
        "failed_rechecks", lazy("Failed rechecks"), lazy("How often a recheck found it not put right."), rule="NC-11"
    ),
    flag("repeated", lazy("Repeated"), lazy("The same problem came back."), rule="NC-10"),
    flag("major", lazy("Grave"), lazy("It needs a written follow-up of the major measures."), rule="NC-3"),
    number("escalated", lazy("Escalations"), lazy("How often it went to the next level for being late.")),
    text("correction", lazy("Correction"), lazy("What was done to put it right."), empty=True, rule="NC-8"),
    text(
        "cause_text", lazy("How it came about"), lazy("What the unit wrote about the cause."), empty=True, rule="NC-8"
    ),
    text(
        "corrective_action",
        lazy("Corrective action"),
        lazy("What keeps it from happening again."),
        empty=True,
        rule="NC-8",
    ),
)

FINDINGS = DataSet(
    "findings",
    lazy("Nonconformities found"),
    lazy("One row a finding, as it stands now; its history is on its page."),
    (*WHAT, *UNITS, *COURSE),
    dated="day",
)
