from datetime import date

import pytest

from app.accounts.rules import (
    Reach,
    Target,
    grants_in_force,
    may_set_pin,
    password_fault,
    pin_fault,
    reach_of,
)
from app.web.current import CurrentPerson, Role


def someone(role, crew_id="c1", org_path="/bureau/care/clean/"):
    return CurrentPerson(id="x", name="某人", role=role, org_id="clean", org_path=org_path, crew_id=crew_id)


def target(role=Role.WORKER, crew_id="c1", *, active=True):
    return Target("ann", role, "/bureau/care/clean/", crew_id, active)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_given_admin_or_auditor_when_asked_for_the_reach_then_it_is_everybody(role):
    assert reach_of(someone(role)) == Reach(everybody=True)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER])
def test_given_supervisor_or_manager_when_asked_for_the_reach_then_it_is_the_subtree(role):
    assert reach_of(someone(role)) == Reach(org_path="/bureau/care/clean/")


def test_given_a_crew_leader_when_asked_for_the_reach_then_it_is_the_crew():
    assert reach_of(someone(Role.CREW_LEADER)) == Reach(crew_id="c1")
    assert reach_of(someone(Role.CREW_LEADER, crew_id=None)) == Reach()


@pytest.mark.parametrize("role", [Role.WORKER, Role.DRIVER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER])
def test_given_anybody_else_when_asked_for_the_reach_then_it_is_nobody(role):
    assert reach_of(someone(role)) == Reach()


@pytest.mark.parametrize(
    ("reach", "org_path", "crew_id", "held"),
    [
        (Reach(everybody=True), "/anything/", None, True),
        (Reach(org_path="/b/care/"), "/b/care/clean/", None, True),
        (Reach(org_path="/b/care/"), "/b/care/", "c1", True),
        (Reach(org_path="/b/care/"), "/b/", None, False),
        (Reach(org_path="/b/care/"), "/b/careless/", None, False),
        (Reach(crew_id="c1"), "/b/", "c1", True),
        (Reach(crew_id="c1"), "/b/", "c2", False),
        (Reach(crew_id="c1"), "/b/", None, False),
        (Reach(), "/b/", "c1", False),
        (Reach(), "", None, False),
    ],
)
def test_given_a_reach_when_an_account_is_held_against_it_then_only_inside_counts(reach, org_path, crew_id, held):
    assert reach.holds(org_path, crew_id) is held


@pytest.mark.parametrize(
    ("actor", "whom", "may"),
    [
        (someone(Role.ADMIN, crew_id=None), target(Role.LEADER, None, active=False), True),
        (someone(Role.CREW_LEADER), target(), True),
        (someone(Role.CREW_LEADER), target(Role.DRIVER), True),
        (someone(Role.CREW_LEADER), target(Role.CREW_LEADER), True),
        (someone(Role.CREW_LEADER), target(Role.SUPERVISOR), False),
        (someone(Role.CREW_LEADER), target(crew_id="c2"), False),
        (someone(Role.CREW_LEADER), target(active=False), False),
        (someone(Role.CREW_LEADER, crew_id=None), target(crew_id=None), False),
        (someone(Role.SUPERVISOR), target(), False),
        (someone(Role.WORKER), target(), False),
    ],
)
def test_given_an_actor_when_a_pin_is_to_be_set_then_own_crew_or_admin_only(actor, whom, may):
    assert may_set_pin(actor, whom) is may


@pytest.mark.parametrize("password", ["ten-chars!", "四个词连在一起就好记了吧", "x1y2z3" * 33 + "ab"])
def test_given_a_good_password_when_judged_then_there_is_no_fault(password):
    assert password_fault(password, "ann", "安娜") is None


@pytest.mark.parametrize(
    "password",
    [
        "short-pw!",
        "ab1" * 67,
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "ANNEANNEANNE",
        "12anne3456",
        "保洁一班的第一个人甲乙",
    ],
)
def test_given_a_weak_password_when_judged_then_a_sentence_says_so(password):
    assert password_fault(password, "anne", "保洁一班的第一个人甲乙") is not None


def test_given_the_own_id_three_times_when_judged_then_it_is_weak():
    assert password_fault("bertbertbert", "bert", "贝特") is not None


def test_given_the_own_id_between_other_marks_than_digits_when_judged_then_it_is_taken():
    assert password_fault("2026bert2026", "bert", "贝特") is not None
    assert password_fault("~2026bert~2026", "bert", "贝特") is None


def test_given_the_length_when_at_its_limits_then_ten_and_two_hundred_are_taken():
    assert password_fault("abcdefghij", "ann", "安娜") is None
    assert password_fault("abcd" * 50, "ann", "安娜") is None
    assert password_fault("abcd" * 50 + "e", "ann", "安娜") is not None


@pytest.mark.parametrize("pin", ["2468", "0070", "9081", "24680", "908173"])
def test_given_a_good_pin_when_judged_then_there_is_no_fault(pin):
    assert pin_fault(pin) is None


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "246",
        "2468013",
        "24a8",
        "1234",
        "4321",
        "7777",
        "２４６８",
        "-123",
        "1122",
        "345678",
        "987654",
        "8901",
        "00000",
    ],
)
def test_given_a_bad_pin_when_judged_then_a_sentence_says_so(pin):
    assert pin_fault(pin) is not None


def test_given_dated_grants_when_a_day_is_asked_then_both_ends_count():
    grants = [("recheck", date(2026, 11, 1), date(2026, 11, 30)), ("release", date(2026, 11, 10), None)]

    assert grants_in_force(grants, date(2026, 10, 31)) == frozenset()
    assert grants_in_force(grants, date(2026, 11, 1)) == {"recheck"}
    assert grants_in_force(grants, date(2026, 11, 30)) == {"recheck", "release"}
    assert grants_in_force(grants, date(2026, 12, 1)) == {"release"}
