"""SP-1 to SP-6 and SP-13: kinds, states, who may do what."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inspections.rules import (
    KINDS,
    STEPS,
    Deed,
    Kind,
    Occasion,
    State,
    Subject,
    Target,
    after,
    independent,
    may_announce,
    may_inspect,
    may_plan,
    may_run,
    may_see,
    may_sign_for_unit,
)
from app.refusals import Conflict
from app.web.current import CurrentPerson, Role

CARE = Target("care", "/bureau/care/", "section")
CLEAN = Target("clean", "/bureau/care/clean/", "contractor")


def person(role=Role.INSPECTOR, path="/bureau/", person_id="ina", **keys):
    return CurrentPerson(
        id=person_id, name="岗位", role=role, org_id=path.strip("/").split("/")[-1], org_path=path, **keys
    )


def subject(target=CARE, occasion=Occasion.HALF_YEARLY, state=State.UNDER_WAY, inspectors=("ina",)):
    return Subject(target, occasion, state, frozenset(inspectors))


def test_sp1_given_the_occasions_when_mapped_then_the_three_kinds_are_used():
    assert set(KINDS) == set(Occasion)
    assert set(KINDS.values()) == set(Kind)


@pytest.mark.parametrize(
    ("occasion", "kind"),
    [
        (Occasion.SELF, Kind.SELF),
        (Occasion.MONTHLY, Kind.SUPERVISION),
        (Occasion.HALF_YEARLY, Kind.SUPERVISION),
        (Occasion.EVENT, Kind.SPOT),
        (Occasion.SUPERIOR, Kind.SPOT),
        (Occasion.THIRD_PARTY, Kind.SPOT),
    ],
)
def test_sp2_to_sp5_given_an_occasion_when_mapped_then_its_kind_is_that_of_the_rules(occasion, kind):
    assert KINDS[occasion] is kind


@given(st.sampled_from(list(State)), st.sampled_from(list(Deed)))
def test_given_any_state_and_deed_when_done_then_it_follows_the_table_or_is_refused(state, deed):
    befores, then = STEPS[deed]

    if state in befores:
        assert after(state, deed) is then
    else:
        with pytest.raises(Conflict):
            after(state, deed)


def test_given_a_closed_inspection_when_walked_then_nothing_leads_back():
    reached, new = set(), {State.CLOSED}
    while new:
        reached |= new
        new = {STEPS[deed][1] for deed, state in itertools.product(Deed, reached) if state in STEPS[deed][0]} - reached

    assert reached == {State.CLOSED, State.ANNOUNCED}


@pytest.mark.parametrize(
    ("path", "target", "occasion", "free"),
    [
        ("/bureau/care/", CARE, Occasion.HALF_YEARLY, False),
        ("/bureau/care/", CARE, Occasion.SELF, True),
        ("/bureau/care/", CLEAN, Occasion.MONTHLY, True),
        ("/bureau/care/clean/", CLEAN, Occasion.MONTHLY, False),
        ("/bureau/care/clean/", CARE, Occasion.MUTUAL, False),
        ("/bureau/other/", CARE, Occasion.MUTUAL, True),
        ("/bureau/", CARE, Occasion.IRREGULAR, True),
    ],
)
def test_sp13_given_an_inspector_when_named_then_never_for_the_own_unit(path, target, occasion, free):
    assert independent(path, target, occasion) is free


@pytest.mark.parametrize(
    ("role", "path", "occasion", "target", "may"),
    [
        (Role.INSPECTOR, "/bureau/", Occasion.HALF_YEARLY, CARE, True),
        (Role.STANDARDS, "/bureau/", Occasion.THIRD_PARTY, CLEAN, True),
        (Role.SUPERVISOR, "/bureau/care/", Occasion.MONTHLY, CLEAN, True),
        (Role.SUPERVISOR, "/bureau/care/", Occasion.MONTHLY, CARE, False),
        (Role.SUPERVISOR, "/bureau/care/", Occasion.HALF_YEARLY, CLEAN, False),
        (Role.SUPERVISOR, "/bureau/care/", Occasion.SELF, CARE, True),
        (Role.SUPERVISOR, "/bureau/other/", Occasion.MONTHLY, CLEAN, False),
        (Role.SUPERVISOR, "/bureau/other/", Occasion.SELF, CARE, False),
        (Role.MANAGER, "/bureau/care/clean/", Occasion.SELF, CLEAN, False),
        (Role.ADMIN, "/bureau/", Occasion.HALF_YEARLY, CARE, False),
        (Role.WORKER, "/bureau/care/clean/", Occasion.SELF, CLEAN, False),
    ],
)
def test_sp3_sp4_given_a_person_when_planning_then_only_within_the_own_reach(role, path, occasion, target, may):
    assert may_plan(person(role, path), occasion, target) is may


@pytest.mark.parametrize(
    ("role", "path", "target", "state", "occasion", "may"),
    [
        (Role.LEADER, "/bureau/", CARE, State.PLANNED, Occasion.IRREGULAR, True),
        (Role.SUPERVISOR, "/bureau/care/", CARE, State.PLANNED, Occasion.HALF_YEARLY, True),
        (Role.SUPERVISOR, "/bureau/care/", CARE, State.PLANNED, Occasion.IRREGULAR, False),
        (Role.SUPERVISOR, "/bureau/care/", CARE, State.UNDER_WAY, Occasion.IRREGULAR, True),
        (Role.SUPERVISOR, "/bureau/care/", CLEAN, State.CLOSED, Occasion.MONTHLY, True),
        (Role.SUPERVISOR, "/bureau/other/", CARE, State.CLOSED, Occasion.MONTHLY, False),
        (Role.MANAGER, "/bureau/care/clean/", CLEAN, State.TO_SIGN, Occasion.MONTHLY, True),
        (Role.MANAGER, "/bureau/care/clean/", CARE, State.TO_SIGN, Occasion.HALF_YEARLY, False),
        (Role.MANAGER, "/bureau/other/x/", CLEAN, State.TO_SIGN, Occasion.MONTHLY, False),
        (Role.CREW_LEADER, "/bureau/care/clean/", CLEAN, State.CANCELLED, Occasion.MONTHLY, False),
        (Role.WORKER, "/bureau/care/clean/", CLEAN, State.CLOSED, Occasion.MONTHLY, False),
        (Role.ADMIN, "/bureau/", CARE, State.CLOSED, Occasion.HALF_YEARLY, False),
    ],
)
def test_given_a_reader_when_looking_then_a_spot_check_comes_unannounced(role, path, target, state, occasion, may):
    assert may_see(person(role, path, "someone"), subject(target, occasion, state)) is may


def test_given_a_checker_from_outside_when_looking_then_only_the_named_inspection_is_there():
    outsider = person(person_id="ext", external=True)

    assert may_see(outsider, subject(inspectors=("ext",)))
    assert may_inspect(outsider, subject(inspectors=("ext",)))
    assert not may_see(outsider, subject())
    assert not may_run(outsider, subject(inspectors=("ext",)))
    assert not may_announce(outsider)
    assert not may_plan(outsider, Occasion.HALF_YEARLY, CARE)


def test_given_the_inspected_side_when_signing_then_somebody_of_the_unit_who_did_not_inspect():
    assert may_sign_for_unit(person(Role.SUPERVISOR, "/bureau/care/", "sue"), subject())
    assert may_sign_for_unit(person(Role.MANAGER, "/bureau/care/clean/", "max"), subject(CLEAN))
    assert not may_sign_for_unit(person(Role.SUPERVISOR, "/bureau/care/", "sue"), subject(CLEAN))
    assert not may_sign_for_unit(person(Role.SUPERVISOR, "/bureau/care/", "ina"), subject())
    assert not may_sign_for_unit(person(Role.SUPERVISOR, "/bureau/other/", "tom"), subject())
    assert not may_sign_for_unit(person(Role.MANAGER, "/bureau/care/clean/", "max"), subject(CARE))
    assert not may_sign_for_unit(person(Role.WORKER, "/bureau/care/", "wes"), subject())


def test_given_an_inspection_when_run_then_by_its_inspectors_and_by_who_could_plan_it_only():
    leader = person(Role.LEADER, "/bureau/", "lee")

    assert may_run(replace(leader, id="ina"), subject()) is True
    assert may_run(leader, subject()) is False
    assert may_run(person(person_id="ian"), subject()) is True
    assert may_run(person(Role.SUPERVISOR, "/bureau/care/", "sue"), subject(CLEAN, Occasion.MONTHLY)) is True
    assert may_run(person(person_id="ina", external=True), subject()) is False


@pytest.mark.parametrize("role", list(Role))
def test_sp6_given_a_role_when_announcing_then_the_office_and_the_group_do(role):
    assert may_announce(person(role)) is (role in (Role.INSPECTOR, Role.STANDARDS))
    assert may_announce(person(role, external=True)) is False


@pytest.mark.parametrize(
    ("path", "may"), [("/bureau/care/", True), ("/bureau/care/team/", True), ("/bureau/x/", False)]
)
def test_sp2_given_a_self_check_when_planned_then_by_who_is_above_the_unit_or_within_it(path, may):
    assert may_plan(person(Role.SUPERVISOR, path), Occasion.SELF, CARE) is may
