"""Badges as pure rules: their states, who issues them to whom, their printed number."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import Target
from app.accounts.rules_badges import CARRIERS, CODE_LIFE, MOST_STRANGE_TRIES, Badge, BadgeState, may_issue, number_of
from app.web.current import CurrentPerson, Role
from tests.support.answers import at

ISSUED = at("08:00")
FRESH = Badge(1, "ann", "K7Q-2MX", ISSUED, ISSUED + CODE_LIFE, None, 0)


def actor(role, *, person_id="lea", crew_id="c1", org_path="/bureau/care/"):
    return CurrentPerson(id=person_id, name="某人", role=role, org_id="care", org_path=org_path, crew_id=crew_id)


def target(role=Role.WORKER, *, person_id="ann", crew_id="c1", org_path="/bureau/care/clean/", active=True):
    return Target(person_id, role, org_path, crew_id, active)


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), BadgeState.WAITING),
        (timedelta(hours=72) - timedelta(seconds=1), BadgeState.WAITING),
        (timedelta(hours=72), BadgeState.LAPSED),
    ],
)
def test_given_a_badge_not_yet_activated_when_time_passes_then_its_code_lapses_after_three_days(after, state):
    assert FRESH.state_at(ISSUED + after) is state


def test_given_an_activated_badge_when_its_code_would_have_lapsed_then_it_stays_in_use():
    used = replace(FRESH, activated_at=ISSUED)

    assert used.state_at(ISSUED + timedelta(days=400)) is BadgeState.IN_USE


@pytest.mark.parametrize("activated_at", [None, ISSUED])
def test_given_wrong_pins_on_strange_phones_when_they_are_too_many_then_it_counts_as_guessed_at(activated_at):
    tried = replace(FRESH, activated_at=activated_at, strange_tries=MOST_STRANGE_TRIES)
    once_less = replace(tried, strange_tries=MOST_STRANGE_TRIES - 1)

    assert tried.state_at(ISSUED) is BadgeState.GUESSED
    assert once_less.state_at(ISSUED) is not BadgeState.GUESSED


@pytest.mark.parametrize("role", Role)
def test_given_an_admin_when_issuing_then_those_who_work_by_hand_get_badges_and_nobody_else(role):
    assert may_issue(actor(Role.ADMIN), target(role)) is (role in CARRIERS)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SUPERVISOR, Role.CREW_LEADER])
def test_given_somebody_who_left_when_issuing_then_there_is_no_badge(role):
    assert may_issue(actor(role), target()) is True
    assert may_issue(actor(role), target(active=False)) is False


@pytest.mark.parametrize("role", [each for each in Role if each not in (Role.ADMIN, Role.SUPERVISOR, Role.CREW_LEADER)])
def test_given_anybody_else_when_issuing_then_it_is_refused(role):
    assert may_issue(actor(role), target()) is False


def test_given_a_supervisor_when_issuing_then_the_own_unit_and_those_below_are_within_reach():
    supervisor = actor(Role.SUPERVISOR)

    assert may_issue(supervisor, target(org_path="/bureau/care/", crew_id=None)) is True
    assert may_issue(supervisor, target(org_path="/bureau/care/clean/")) is True
    assert may_issue(supervisor, target(org_path="/bureau/other/")) is False
    assert may_issue(supervisor, target(org_path="/bureau/")) is False


def test_given_a_crew_leader_when_issuing_then_only_the_own_crew_is_within_reach():
    leader = actor(Role.CREW_LEADER)

    assert may_issue(leader, target(crew_id="c1")) is True
    assert may_issue(leader, target(crew_id="c2")) is False
    assert may_issue(leader, target(crew_id=None)) is False
    assert may_issue(actor(Role.CREW_LEADER, crew_id=None), target(crew_id=None)) is False


def test_given_a_crew_leader_when_issuing_to_leaders_then_only_to_the_own_person():
    leader = actor(Role.CREW_LEADER)

    assert may_issue(leader, target(Role.CREW_LEADER, person_id="lea")) is True
    assert may_issue(leader, target(Role.CREW_LEADER, person_id="ben")) is False
    assert may_issue(leader, target(Role.CREW_LEADER, person_id="lea", crew_id="c2")) is False


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("00000000" + "f" * 56, "000-000"),
        ("00000001" + "0" * 56, "100-000"),
        ("00000020" + "0" * 56, "010-000"),
        ("02000000" + "0" * 56, "000-001"),
        ("0000001f" + "0" * 56, "Z00-000"),
    ],
)
def test_given_a_key_when_named_then_its_first_bits_stand_there_in_groups_of_five(key, number):
    assert number_of(key) == number


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_given_any_key_when_named_then_the_number_has_no_letter_that_looks_like_another(key):
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}", number_of(key))
