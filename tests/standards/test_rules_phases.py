"""LC-1: one table of deeds; four phases cannot be skipped; nobody approves their own draft."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Conflict
from app.standards.rules_phases import (
    EDITABLE,
    ENDING,
    MANDATORY,
    MOVES,
    OVER,
    PHASE_OF,
    WRITING,
    Deed,
    Kind,
    Phase,
    Project,
    Side,
    State,
    after,
    deeds,
    may_approve,
    may_draft,
    sides_of,
)
from app.web.current import CurrentPerson, Role

STRAIGHT = {
    Deed.BEGIN: State.DRAFTING,
    Deed.CONSULT: State.COMMENT,
    Deed.CONCLUDE: State.REVIEW,
    Deed.PASS: State.APPROVAL,
    Deed.APPROVE: State.APPROVED,
    Deed.PUBLISH: State.PUBLISHED,
}


def a_project(state=State.PLANNED, kind=Kind.NEW, **changes):
    values = {
        "id": "p", "kind": kind, "code": "JGSW05003.07", "title": "开水间清洁", "responsible_id": "care",
        "leader_id": "sue", "state": state, "necessity": "", "content": "", "means": "", "note": "",
        "due_on": date(2026, 12, 31), "from_edition": None, "comment_to": None, "digest": None, "approved_on": None,
        "edition": None, "made_by_id": "stan", "made_at": datetime(2026, 11, 1, tzinfo=UTC),
    }  # fmt: skip
    return Project(**(values | changes))


def somebody(person_id="x", role=Role.WORKER):
    return CurrentPerson(person_id, person_id, role, "care", "/bureau/care/")


def test_lc_1_given_a_new_standard_when_taken_straight_then_it_passes_the_four_phases_in_order():
    state, passed = State.PLANNED, []

    for deed, then in STRAIGHT.items():
        state = after(Kind.NEW, state, deed)
        assert state is then
        passed.append(PHASE_OF[state])

    assert [each for each in passed if each in MANDATORY] == list(MANDATORY)


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        (State.PLANNED, Deed.CONSULT),
        (State.PLANNED, Deed.PASS),
        (State.DRAFTING, Deed.CONCLUDE),
        (State.DRAFTING, Deed.PASS),
        (State.DRAFTING, Deed.APPROVE),
        (State.COMMENT, Deed.PASS),
        (State.COMMENT, Deed.APPROVE),
        (State.COMMENT, Deed.RECORD),
        (State.REVIEW, Deed.APPROVE),
        (State.REVIEW, Deed.PUBLISH),
        (State.REWORK, Deed.RECORD),
        (State.APPROVAL, Deed.PUBLISH),
    ],
)
@pytest.mark.parametrize("kind", sorted(WRITING))
def test_lc_1_given_a_phase_when_the_next_one_is_skipped_then_the_order_is_named(kind, state, deed):
    with pytest.raises(Conflict) as refused:
        after(kind, state, deed)

    assert "none can be skipped" in str(refused.value.sentence)


@given(kind=st.sampled_from(sorted(WRITING)), wanted=st.lists(st.sampled_from(sorted(Deed)), max_size=14))
def test_lc_1_given_any_deeds_when_a_standard_is_published_then_every_mandatory_phase_was_passed(kind, wanted):
    state, been = State.PLANNED, set()

    for deed in wanted:
        try:
            state = after(kind, state, deed)
        except Conflict:
            continue
        been.add(PHASE_OF.get(state))

    if state is State.PUBLISHED:
        assert set(MANDATORY) <= been


def test_lc_1_given_a_failed_review_when_changed_then_it_is_reviewed_again():
    back = after(Kind.REVISE, State.REVIEW, Deed.FAIL)

    assert back is State.REWORK and after(Kind.REVISE, back, Deed.RESUBMIT) is State.REVIEW


def test_lc_1_given_an_application_when_answered_then_drafting_or_back():
    applied = after(Kind.NEW, State.PLANNED, Deed.APPLY)

    assert after(Kind.NEW, applied, Deed.AGREE) is State.DRAFTING
    assert after(Kind.NEW, applied, Deed.DECLINE) is State.PLANNED


@pytest.mark.parametrize("kind", sorted(ENDING))
def test_lc_3_given_an_end_when_applied_for_then_it_is_approved_and_takes_its_day(kind):
    state = State.PLANNED

    for deed in (Deed.APPLY, Deed.APPROVE, Deed.PUBLISH):
        state = after(kind, state, deed)

    assert state is State.PUBLISHED
    assert after(kind, State.APPROVAL, Deed.RETURN) is State.PLANNED


@pytest.mark.parametrize("state", sorted(OVER))
def test_lc_1_given_a_project_that_is_over_when_anything_is_done_then_refused(state):
    for deed in Deed:
        with pytest.raises(Conflict) as refused:
            after(Kind.NEW, state, deed)
        assert "is over" in str(refused.value.sentence)


def test_lc_1_given_a_deed_done_already_when_done_again_then_the_page_is_old():
    with pytest.raises(Conflict) as refused:
        after(Kind.NEW, State.REVIEW, Deed.CONSULT)

    assert "moved on" in str(refused.value.sentence)


@pytest.mark.parametrize("state", [each for each in State if each not in (*OVER, State.APPROVED)])
def test_lc_1_given_a_running_project_when_withdrawn_then_it_ends(state):
    assert after(Kind.NEW, state, Deed.WITHDRAW) is State.WITHDRAWN


def test_lc_1_given_an_approved_standard_when_withdrawn_then_refused():
    with pytest.raises(Conflict):
        after(Kind.NEW, State.APPROVED, Deed.WITHDRAW)


def test_lc_1_given_people_when_asked_what_they_are_then_office_drafter_leadership():
    project = a_project()

    assert sides_of(somebody("o", Role.STANDARDS), project) == {Side.OFFICE}
    assert sides_of(somebody("sue", Role.SUPERVISOR), project) == {Side.DRAFTER}
    assert sides_of(somebody("stan", Role.STANDARDS), project) == {Side.OFFICE, Side.DRAFTER}
    assert sides_of(somebody("lou", Role.LEADER), project) == {Side.LEADERSHIP}
    assert sides_of(somebody("ann"), project) == frozenset()


def test_lc_1_given_a_draft_for_approval_when_each_looks_then_only_leaders_approve_and_only_the_office_records():
    project = a_project(State.APPROVAL)

    assert deeds(somebody("lou", Role.LEADER), project) == {Deed.APPROVE, Deed.RETURN}
    assert deeds(somebody("o", Role.STANDARDS), project) == {Deed.RECORD, Deed.WITHDRAW}
    assert deeds(somebody("sue", Role.SUPERVISOR), project) == frozenset()


def test_lc_1_given_a_drafter_when_the_project_is_planned_then_only_the_application_is_theirs():
    assert deeds(somebody("sue", Role.SUPERVISOR), a_project()) == {Deed.APPLY}


def test_lc_1_given_whoever_had_a_hand_in_it_when_approving_then_not_allowed():
    project = a_project(State.APPROVAL)

    assert not may_approve("sue", project, ())
    assert not may_approve("stan", project, ())
    assert not may_approve("lou", project, {"lou"})
    assert may_approve("lou", project, {"sue"})


@pytest.mark.parametrize("state", sorted(State))
def test_lc_1_given_a_state_when_the_draft_is_opened_then_it_is_open_only_while_it_is_written(state):
    project, drafter = a_project(state), somebody("sue", Role.SUPERVISOR)

    assert may_draft(project, drafter) is (state in {State.DRAFTING, State.COMMENT, State.REWORK})
    assert not may_draft(project, somebody("lou", Role.LEADER))
    assert frozenset({State.DRAFTING, State.COMMENT, State.REWORK}) == EDITABLE


def test_lc_1_given_the_table_when_read_then_each_move_belongs_to_the_phase_of_one_of_its_ends():
    for move in MOVES:
        ends = {PHASE_OF[move.before], PHASE_OF.get(move.after)}
        assert move.phase in ends or move.deed in (Deed.APPLY, Deed.DECLINE, Deed.AGREE), move


def test_lc_1_given_a_withdrawn_project_when_asked_for_its_phase_then_it_stands_at_the_start():
    assert a_project(State.WITHDRAWN).phase is Phase.RESEARCH
    assert a_project(State.COMMENT).phase is Phase.CONSULTATION


@pytest.mark.parametrize(
    ("state", "deed"), [(State.REVIEW, Deed.RESUBMIT), (State.REWORK, Deed.PASS), (State.DRAFTING, Deed.BEGIN)]
)
def test_lc_1_given_a_deed_of_this_very_phase_when_it_is_not_its_turn_then_the_page_is_old(state, deed):
    with pytest.raises(Conflict) as refused:
        after(Kind.NEW, state, deed)

    assert "moved on" in str(refused.value.sentence)
