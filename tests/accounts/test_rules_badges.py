from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.queries import token_key
from app.accounts.rules import Target
from app.accounts.rules_badges import (
    BADGE_WORDS,
    CODE_LIFE,
    MOST_STRANGE_TRIES,
    TEAM_IDLE,
    Badge,
    BadgeState,
    may_issue,
    number_of,
)
from app.accounts.rules_limits import badge_buckets
from app.web.current import CurrentPerson, Role
from qr.token import new_token
from tests.support.house import ROOT

NOW = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
HANDS = (Role.WORKER, Role.DRIVER, Role.CREW_LEADER)


def badge(**changed):
    values = {
        "id": 1, "person_id": "ann", "number": "K7Q-2MX", "issued_at": NOW, "code_until": NOW + CODE_LIFE,
        "activated_at": None, "strange_tries": 0,
    }  # fmt: skip
    return Badge(**(values | changed))


def actor(role, crew_id="c1", org_path="/bureau/care/"):
    return CurrentPerson(id="lea", name="某人", role=role, org_id="care", org_path=org_path, crew_id=crew_id)


def target(role=Role.WORKER, person_id="ann", crew_id="c1", path="/bureau/care/clean/", *, active=True):
    return Target(person_id, role, path, crew_id, active)


@pytest.mark.parametrize(
    ("changed", "after", "state"),
    [
        ({}, timedelta(), BadgeState.WAITING),
        ({}, CODE_LIFE - timedelta(seconds=1), BadgeState.WAITING),
        ({}, CODE_LIFE, BadgeState.LAPSED),
        ({"activated_at": NOW}, CODE_LIFE * 9, BadgeState.IN_USE),
        ({"activated_at": NOW, "strange_tries": MOST_STRANGE_TRIES - 1}, timedelta(), BadgeState.IN_USE),
        ({"activated_at": NOW, "strange_tries": MOST_STRANGE_TRIES}, timedelta(), BadgeState.GUESSED),
        ({"strange_tries": MOST_STRANGE_TRIES}, timedelta(), BadgeState.GUESSED),
    ],
)
def test_given_a_badge_when_its_state_is_asked_then_the_worst_counts(changed, after, state):
    assert badge(**changed).state_at(NOW + after) is state


def test_given_all_states_when_shown_then_each_has_its_words():
    assert set(BADGE_WORDS) == set(BadgeState)


@pytest.mark.parametrize("role", list(Role))
def test_given_an_administrator_when_issuing_then_for_hands_only(role):
    assert may_issue(actor(Role.ADMIN, None, "/bureau/"), target(role, crew_id=None)) is (role in HANDS)


@pytest.mark.parametrize("role", [each for each in Role if each not in (Role.ADMIN, Role.SUPERVISOR, Role.CREW_LEADER)])
def test_given_any_other_role_when_issuing_then_for_nobody(role):
    assert not any(may_issue(actor(role), target(each)) for each in HANDS)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        (target(), True),
        (target(Role.DRIVER), True),
        (target(Role.CREW_LEADER), False),
        (target(Role.CREW_LEADER, "lea"), True),
        (target(Role.SUPERVISOR, "lea"), False),
        (target(crew_id="c2"), False),
        (target(crew_id=None), False),
        (target(active=False), False),
    ],
)
def test_given_a_crew_leader_when_issuing_then_for_the_own_crew_and_not_the_own_rank(given, allowed):
    assert may_issue(actor(Role.CREW_LEADER), given) is allowed


def test_given_a_crew_leader_without_a_crew_when_issuing_then_for_nobody():
    assert not may_issue(actor(Role.CREW_LEADER, None), target(crew_id=None))


@pytest.mark.parametrize(("path", "allowed"), [("/bureau/care/", True), ("/bureau/care/x/", True), ("/bureau/", False)])
def test_given_a_supervisor_when_issuing_then_for_the_own_units(path, allowed):
    assert may_issue(actor(Role.SUPERVISOR), target(Role.CREW_LEADER, path=path)) is allowed


def test_given_tokens_when_named_then_names_are_short_differ_and_come_from_the_hash():
    keys = [token_key(new_token()) for _ in range(200)]

    names = {number_of(key) for key in keys}

    assert len(names) == 200
    assert all(len(name) == 7 and name[3] == "-" for name in names)
    assert number_of("0" * 64) == "000-000"
    assert number_of("ffffffff" + "0" * 56) == number_of("ffffffff" + "1" * 56) == "ZZZ-ZZZ"


def test_given_a_try_when_counted_then_a_known_phone_has_a_bucket_of_its_own():
    strange, known = badge_buckets("7", "10.0.0.1", None), badge_buckets("7", "10.0.0.1", "ab")

    assert set(strange) == {"badge/one/7", "badge/address/10.0.0.1", "badge/all"}
    assert set(known) == {"badge/device/ab/7"}
    assert max(len(key) for key in badge_buckets("f" * 32, "2001:db8:0:0:0:0:0:1%eth0", "a" * 16)) <= 120


def test_given_a_team_phone_when_nobody_touches_it_then_phone_and_server_count_the_same_time():
    script = (ROOT / "app/static/js/person.js").read_text("utf-8")

    assert f"export const IDLE = {TEAM_IDLE // timedelta(milliseconds=1)};" in script
