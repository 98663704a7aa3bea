"""Who may do what: every deed in every state for every side, and what must hold whatever the table says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nonconformities.rules import INSPECTED, SETTLED, STANDING, FindingSource, FindingState, Severity
from app.nonconformities.rules_deeds import TABLE, Deed, Side, Subject, deeds_for, may, next_deed, sides_of
from app.organisations.rules import Scope
from app.web.current import CurrentPerson, Role

CARE, CLEAN, OTHER, BUREAU = "care", "clean", "other", "bureau"
REACH = {
    Role.WORKER: Scope(frozenset({CLEAN})),
    Role.DRIVER: Scope(frozenset({CLEAN})),
    Role.CREW_LEADER: Scope(frozenset({CLEAN})),
    Role.MANAGER: Scope(frozenset({CLEAN})),
    Role.SUPERVISOR: Scope(frozenset({CARE, CLEAN}), answering=True),
}
HOME = {Role.SUPERVISOR: CARE, **dict.fromkeys((Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.MANAGER), CLEAN)}


def someone(role, org=None, person_id=None, grants=()):
    unit = org or HOME.get(role, BUREAU)
    return CurrentPerson(person_id or f"{role}", "人", Role(role), unit, f"/{unit}/", grants=frozenset(grants))


def reach(role):
    return REACH.get(Role(role), Scope(None, answering=True))


def subject(state="to_recheck", source="check", severity="minor", **keys):
    plain = {
        "implementer_id": CLEAN, "responsible_id": CARE, "found_by_id": "finder", "rectifier_id": "ann",
        "rectifier_org_id": CLEAN,
    }  # fmt: skip
    return Subject(state=FindingState(state), source=source, severity=severity, **{**plain, **keys})


people = st.builds(
    someone,
    st.sampled_from(list(Role)),
    st.sampled_from([None, CARE, CLEAN, OTHER]),
    st.sampled_from(["ann", "finder", "x"]),
    st.sets(st.sampled_from(["recheck", "release"])),
)
findings = st.builds(
    subject,
    st.sampled_from(list(FindingState)),
    st.sampled_from(list(FindingSource)),
    st.sampled_from(list(Severity)),
    implementer_id=st.sampled_from([CARE, CLEAN]),
    rectifier_id=st.sampled_from([None, "ann", "x"]),
    rectifier_org_id=st.sampled_from([None, CARE, CLEAN]),
)


def test_given_the_table_when_read_then_every_deed_has_its_line_and_nothing_deletes():
    assert set(TABLE) == set(Deed)
    assert not [deed for deed in Deed if "delete" in deed.value or "remove" in deed.value]


def test_given_the_table_when_followed_then_every_standing_state_has_a_way_to_its_end():
    reached = {FindingState.REGISTERED, FindingState.TO_CONFIRM}
    for _ in FindingState:
        reached |= {line.to for line in TABLE.values() if line.to and reached & set(line.states)}
    ways_out = {state for line in TABLE.values() if line.to for state in line.states}

    assert reached == set(FindingState)
    # A concession ends by its date, a revision by the answer of the standards section.
    assert set(STANDING) - ways_out == {FindingState.CONCESSION, FindingState.REVISION}


def test_given_a_settled_finding_when_anybody_asks_then_only_a_remark_is_left():
    for state, role in itertools.product(SETTLED, Role):
        assert set(deeds_for(someone(role), subject(state), reach(role))) <= {Deed.COMMENT}


@given(people, findings)
def test_nc_4_given_any_person_and_finding_then_rectifier_and_their_unit_never_recheck(who, about):
    scope = reach(who.role)

    allowed = may(Deed.CLOSE, who, about, scope) or may(Deed.RETURN, who, about, scope)

    assert not (allowed and (who.id == about.rectifier_id or who.org_id == about.rectifier_org_id))
    assert not (allowed and who.org_id == about.implementer_id)


@given(people, findings)
def test_nc_4_given_what_the_group_rechecks_then_only_inspectors_and_grants_close_it(who, about):
    if about.source in INSPECTED or about.severity == Severity.CRITICAL:
        allowed = may(Deed.CLOSE, who, about, reach(who.role))
        assert not allowed or who.role is Role.INSPECTOR or "recheck" in who.grants


@given(people, findings)
def test_nc_13_given_an_appeal_then_its_finder_and_the_unit_never_decide(who, about):
    decides = may(Deed.MAINTAIN, who, about, reach(who.role)) or may(Deed.WITHDRAW, who, about, reach(who.role))

    assert not (decides and (who.id == about.found_by_id or who.org_id == about.implementer_id))


@given(people, findings)
def test_given_somebody_outside_the_scope_then_nothing_may_be_done(who, about):
    outside = Scope(frozenset({OTHER}))

    assert sides_of(who, about, outside) == frozenset()
    assert deeds_for(who, about, outside) == ()


@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        (Role.WORKER, {Deed.CONTAIN, Deed.RECTIFY, Deed.PLAN, Deed.COMMENT}),
        (Role.DRIVER, {Deed.CONTAIN, Deed.RECTIFY, Deed.PLAN, Deed.COMMENT}),
        (Role.CREW_LEADER, {Deed.CONTAIN, Deed.RECTIFY, Deed.PLAN, Deed.COMMENT, Deed.APPEAL}),
        (Role.MANAGER, {Deed.APPEAL, Deed.COMMENT}),
        (Role.SUPERVISOR, {Deed.SEND, Deed.CONTAIN, Deed.CONCEDE, Deed.ANALYSE, Deed.COMMENT}),
        (Role.INSPECTOR, {Deed.SEND, Deed.CONTAIN, Deed.CONCEDE, Deed.REVISE, Deed.FOLLOW_UP, Deed.COMMENT}),
        (Role.STANDARDS, set()),
        (Role.LEADER, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_given_a_registered_finding_when_a_role_asks_then_it_gets_what_the_contract_gives_it(role, deeds):
    about = subject("registered", rectifier_id=None, rectifier_org_id=None)

    assert set(deeds_for(someone(role), about, reach(role))) == deeds


def test_given_a_grant_to_recheck_when_held_outside_the_unit_then_it_rechecks():
    assert may(Deed.CLOSE, someone(Role.LEADER, grants={"recheck"}), subject(severity="critical"), reach(Role.LEADER))
    own = someone(Role.WORKER, grants={"recheck"})
    assert Side.INSPECTION not in sides_of(own, subject(), reach(Role.WORKER))


def test_nc_4_given_a_departments_own_work_when_its_supervisor_asks_then_the_group_rechecks_it():
    about = subject(implementer_id=CARE, rectifier_org_id=CARE)

    assert not may(Deed.CLOSE, someone(Role.SUPERVISOR), about, reach(Role.SUPERVISOR))
    assert may(Deed.CLOSE, someone(Role.INSPECTOR), about, reach(Role.INSPECTOR))


def test_nc_9_given_a_critical_finding_when_not_contained_then_containment_is_the_large_button():
    about = subject("registered", severity="critical", rectifier_id=None, rectifier_org_id=None)
    open_deeds = deeds_for(someone(Role.WORKER), about, reach(Role.WORKER))

    assert next_deed(open_deeds, about, contained=False, planned=False) is Deed.CONTAIN
    assert next_deed(open_deeds, about, contained=True, planned=False) is Deed.PLAN
    assert next_deed(open_deeds, about, contained=True, planned=True) is Deed.RECTIFY
    assert next_deed((Deed.COMMENT,), about, contained=True, planned=True) is None


def test_nc_4_given_the_department_when_it_is_outside_the_unit_then_its_supervisor_rechecks_what_is_not_critical():
    chief = someone(Role.SUPERVISOR)

    assert may(Deed.CLOSE, chief, subject(), reach(Role.SUPERVISOR))
    assert not may(Deed.CLOSE, chief, subject(severity="critical"), reach(Role.SUPERVISOR))
    assert not may(Deed.CLOSE, chief, subject(source="supervision"), reach(Role.SUPERVISOR))
    assert not may(Deed.CLOSE, someone(Role.LEADER), subject(), reach(Role.LEADER))


def test_given_a_supervisor_when_another_department_answers_or_the_unit_is_the_own_then_they_do_not_answer():
    scope = reach(Role.SUPERVISOR)
    everywhere = Scope(None, answering=True)

    assert Side.ANSWERING not in sides_of(someone(Role.SUPERVISOR), subject(responsible_id=OTHER), scope)
    assert Side.ANSWERING not in sides_of(someone(Role.SUPERVISOR, org=CLEAN), subject(), scope)
    assert Side.ANSWERING in sides_of(someone(Role.SUPERVISOR), subject(implementer_id=CARE), scope)
    assert Side.ANSWERING not in sides_of(someone(Role.SUPERVISOR), subject(), everywhere)
    assert Side.ANSWERING not in sides_of(someone(Role.INSPECTOR), subject(), scope)


def test_nc_5_given_a_concession_then_the_department_gives_its_own_and_the_group_those_of_inspections():
    chief, group = someone(Role.SUPERVISOR), someone(Role.INSPECTOR)
    own, inspected = subject("registered"), subject("to_confirm", source="supervision")

    assert may(Deed.CONCEDE, chief, own, reach(Role.SUPERVISOR))
    assert not may(Deed.CONCEDE, chief, inspected, reach(Role.SUPERVISOR))
    assert may(Deed.CONCEDE, group, inspected, reach(Role.INSPECTOR))
