"""Words of learning."""

from collections.abc import Mapping
from typing import cast

from app.checks.rules_words import RESULTS
from app.feedback.rules_public import KIND_WORDS
from app.feedback.rules_ratings import FACE_WORDS
from app.learning.rules import Standing
from app.learning.rules_records import Kind, What
from app.nonconformities.rules_words import STATES
from app.spotchecks.rules_words import STATES as REVIEWED
from app.web.words import lazy

STANDING = {
    Standing.NEW: lazy("Not answered yet"),
    Standing.TAKEN: lazy("Taken up"),
    Standing.ANSWERED: lazy("Answered"),
    Standing.DECLINED: lazy("Not taken up"),
    Standing.WRITTEN: lazy("Written into the standard"),
}
STANDING_CHIP = {
    Standing.NEW: "due", Standing.TAKEN: "info", Standing.ANSWERED: "mute", Standing.DECLINED: "mute",
    Standing.WRITTEN: "ok",
}  # fmt: skip
DEED = {
    Standing.TAKEN: lazy("Take up"),
    Standing.ANSWERED: lazy("Answer"),
    Standing.DECLINED: lazy("Decline with this reason"),
}
WHAT = {
    What.DUE: lazy("Due"),
    What.DONE: lazy("Done"),
    What.ON_TIME: lazy("On time"),
    What.MISSED: lazy("Missed"),
    What.REPORTED: lazy("Reported as not possible"),
    What.ANSWERS: lazy("Answers to this step"),
    What.FAILS: lazy("Fails of this step"),
    What.SKIPS: lazy("Does not apply"),
    What.NOTES: lazy("Comments at steps"),
    What.REMARKS: lazy("Remarks on records"),
    What.FINDINGS: lazy("Findings"),
    What.CONCESSIONS: lazy("Concessions"),
    What.REVIEWS: lazy("Spot checks that saw it otherwise"),
    What.APPEALS: lazy("Appeals against findings"),
    What.CONTESTED: lazy("Records contested by a complaint"),
    What.COMPLAINTS: lazy("Complaints and questions"),
    What.RATINGS: lazy("Ratings"),
    What.LOW_RATINGS: lazy("Low ratings"),
}
KIND = {
    Kind.SUGGESTION: lazy("Suggestion"),
    Kind.PROPOSAL: lazy("Proposal to revise"),
    Kind.STEP: lazy("Figure of a step"),
    Kind.FINDING: lazy("Finding"),
    Kind.CONCESSION: lazy("Concession"),
    Kind.REVIEW: lazy("Spot check"),
    Kind.APPEAL: lazy("Appeal"),
    Kind.CONTESTED: lazy("Contested record"),
}
WINDOW = {
    "in_window": lazy("On time"),
    "in_grace": lazy("On time, within grace"),
    "late": lazy("Made up late"),
    "missed": lazy("Missed"),
    "unable": lazy("Reported as not possible"),
    "exempt": lazy("Reported as not possible"),
    "unknown": lazy("Not yet known"),
    "planned": lazy("Not yet known"),
}
OUTCOME = {"done": lazy("Done"), "unable": lazy("Reported as not possible")}
_OF_WINDOWS = (What.DUE, What.DONE, What.ON_TIME, What.MISSED, What.REPORTED)
_FACES = {str(int(face)): word for face, word in FACE_WORDS.items()}
# The states of other rooms are their own codes.
_FOUND, _SEEN, _SAID = (cast("Mapping[str, object]", each) for each in (STATES, REVIEWED, KIND_WORDS))
STATE: Mapping[What, Mapping[str, object]] = {
    **dict.fromkeys(_OF_WINDOWS, WINDOW),
    **dict.fromkeys((What.ANSWERS, What.FAILS, What.SKIPS, What.NOTES), RESULTS),
    What.REMARKS: OUTCOME,
    **dict.fromkeys((What.FINDINGS, What.CONCESSIONS, What.APPEALS), _FOUND),
    What.REVIEWS: _SEEN,
    **dict.fromkeys((What.CONTESTED, What.COMPLAINTS), _SAID),
    **dict.fromkeys((What.RATINGS, What.LOW_RATINGS), _FACES),
}
