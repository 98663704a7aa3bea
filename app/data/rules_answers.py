"""Answers: one row a step of a record, as the server judged it."""

from app.checks.rules import Result
from app.checks.rules_words import CAUSES
from app.data.rules_fields import DataSet, Kind, code, flag, instant, number, text
from app.data.rules_records import OF_RECORD, PICTURES
from app.data.rules_shared import IMPLEMENTER, IMPLEMENTER_ID
from app.web.words import lazy

RESULTS = {
    Result.PASS: lazy("OK"),
    Result.FAIL: lazy("Problem"),
    Result.NOT_APPLICABLE: lazy("Does not apply"),
}
SAID = lazy("unit of the step")
STEP = (
    text("step", lazy("Step"), lazy("Key of the step in its edition.")),
    text("step_title", lazy("What to do"), lazy("Title of the step in that edition.")),
    number("position", lazy("Place in the standard"), lazy("Its place among the steps, from 1.")),
    flag("applicable", lazy("Applies"), lazy("Whether its conditions held; others are in no figure.")),
    flag("key", lazy("Key step"), lazy("Whether it is a key step."), rule="MT-13"),
)
JUDGED = (
    code(
        "result",
        lazy("Result"),
        lazy("As the server judged it; an honest problem lowers no figure of the finder."),
        RESULTS,
        rule="MT-2",
    ),
    code(
        "said",
        lazy("Said by the worker"),
        lazy("What was sent, where the server judged otherwise."),
        RESULTS,
        empty=True,
    ),
    number("value", lazy("Reading"), lazy("What was measured or counted."), unit=SAID, kind=Kind.NUMBER, empty=True),
    text("unit", lazy("Unit"), lazy("Unit of the reading, such as °C."), empty=True),
    number(
        "limit_min",
        lazy("Lower limit"),
        lazy("Lower limit that was in force."),
        unit=SAID,
        kind=Kind.NUMBER,
        empty=True,
    ),
    number(
        "limit_max",
        lazy("Upper limit"),
        lazy("Upper limit that was in force."),
        unit=SAID,
        kind=Kind.NUMBER,
        empty=True,
    ),
    flag("warned", lazy("Close to the limit"), lazy("Within the limits, but beyond the warning line.")),
    text("choice", lazy("Choice"), lazy("What was chosen."), empty=True),
    text("text", lazy("Text"), lazy("What was written into a text step."), empty=True),
    text("note", lazy("Remark"), lazy("What was written to a problem or to a step that does not apply."), empty=True),
    code("cause", lazy("Cause"), lazy("Where a problem comes from."), CAUSES, empty=True),
)
EVIDENCE = (
    number("photos_due", lazy("Photos due"), lazy("Photos that the step asks for."), unit=PICTURES, rule="MT-14"),
    number("photos_valid", lazy("Photos that count"), lazy("Those that are evidence."), unit=PICTURES, rule="MT-14"),
    text(
        "no_photo_reason",
        lazy("Why no photo"),
        lazy("Reason for which none was asked for, such as occupied."),
        empty=True,
    ),
    flag("fixed", lazy("Put right on the spot"), lazy("The problem was put right at once."), rule="NC-16"),
    flag("together", lazy("Done by two"), lazy("The step was done together with a second person.")),
    instant("answered_at", lazy("Answered at"), lazy("When it was answered, by the phone's clock."), empty=True),
)

ANSWERS = DataSet(
    "answers",
    lazy("Step results"),
    lazy("One row a step of a record, as the server judged it when it came in."),
    (*OF_RECORD, IMPLEMENTER_ID, IMPLEMENTER, *STEP, *JUDGED, *EVIDENCE),
    dated="day",
)
