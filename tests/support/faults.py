"""What is wrong with a draft: parts of a document that hold, to be spoilt, and the sentences at a place."""

from app.standards.rules_document import faults_of
from tests.support.standards import edition_document, step_document

WINDOW = {
    "id": "A1", "start": "08:00", "end": "09:00", "end_day_offset": 0, "grace_before_min": 10, "grace_after_min": 15,
    "profile": "full", "kind": "regular", "expected_minutes": 20, "label_zh": "早",
}  # fmt: skip
TRIGGER = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}


def reading(**keys):
    return step_document("S01", "number", **({"unit": "℃", "min": 1, "max": 5} | keys))


def choice(**keys):
    return step_document("S01", "choice", **({"choices": ["好", "坏"], "pass_choices": ["好"]} | keys))


def schedule(**keys):
    return {
        "id": "A", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": "20261123", "day_types": ["workday"],
        "roll": "none", "applies_when": None, "windows": [WINDOW],
    } | keys  # fmt: skip


def at(where, *steps, **keys):
    """The sentences at a place of a document with these steps."""
    document = edition_document(*steps, **keys)
    return [str(fault.sentence) for fault in faults_of(document) if fault.where == where]
