"""Whatever is sent: a stored check is always complete (contract 5)."""

import uuid

from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks.models import Answer, Check
from app.refusals import Refusal
from app.standards.rules import Evidence
from tests.support import builders as make
from tests.support.records import record
from tests.support.standards import edition, step_document
from tests.support.stored import rows_of

STEPS = [
    step_document("S01", min_seconds=1),
    step_document("S02", "number", min=0, max=8, min_seconds=1),
    step_document("S03", "choice", choices=["好", "坏"], pass_choices=["好"]),
    step_document("S04", "text", applies_when={"fact": "steps.S01.result", "eq": "fail"}),
    step_document("S05", dual_sign=True, applies_when={"fact": "steps.S02.value", "gt": 5}),
]
MAYBE = st.none() | st.text(max_size=3) | st.integers(-3, 12) | st.booleans()
FIELDS = {
    "result": st.sampled_from(["pass", "fail", "not_applicable", None, "x"]),
    "value": st.none() | st.integers(-3, 12) | st.floats(-3, 12) | st.just("7"),
    "choice": st.sampled_from(["好", "坏", "别的", None]),
    "text": st.none() | st.just("无") | st.just(" "),
    "note": st.none() | st.just("注"),
    "cause": st.sampled_from(["work", "supply", None, "luck"]),
    "fixed": st.booleans(),
}
SENT = st.lists(
    st.fixed_dictionaries({"step": st.sampled_from([step["id"] for step in STEPS])}, optional=FIELDS), max_size=6
)


@settings(max_examples=60)
@given(
    SENT, st.dictionaries(st.sampled_from(["via", "note", "facts", "photos", "outcome", "window"]), MAYBE, max_size=2)
)
def test_given_any_answers_when_sent_then_only_a_complete_check_is_stored(inside, answers, changed):
    if not rows_of(make.Standard):
        make.small_world(*STEPS)
    check_id = str(uuid.uuid4())

    try:
        record(inside, make.submission(check_id, **{"answers": answers, **changed}))
    except Refusal:
        assert check_id not in {row.id for row in rows_of(Check)}
        return

    check = next(row for row in rows_of(Check) if row.id == check_id)
    rows = {row.step_id: row for row in rows_of(Answer) if row.check_id == check_id}
    if check.outcome == "done":
        assert all(complete(step, rows) for step in edition(*STEPS).steps)


def complete(step, rows):
    """Said again in plain words, sharing no code with the rules."""
    answer = rows.get(step.id)
    due = {
        "S04": rows["S01"].result == "fail",
        "S05": rows["S02"].value is not None and rows["S02"].value > 5,
    }.get(step.id, True)
    if not due:
        return answer is None or not answer.applicable
    if answer.result == "not_applicable":
        return bool(answer.note)
    if step.evidence is Evidence.NUMBER:
        return answer.value is not None and (answer.result == "pass") == (0 <= answer.value <= 8)
    if step.evidence is Evidence.CHOICE:
        return (answer.result == "pass") == (answer.choice == "好")
    if step.evidence is Evidence.TEXT and not (answer.text or "").strip():
        return False
    return answer.result == "pass" or bool(answer.cause and answer.note)
