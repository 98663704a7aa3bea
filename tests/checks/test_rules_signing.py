"""Second signatures."""

import pytest

from app.checks.rules_signing import Signed, covered_steps, may_release, may_sign, permitted
from app.web.current import Role
from tests.support.answers import at

UNITS = ("clean", "care")


def signed(*steps, person="lea", org="clean", role="crew_leader", author="ann"):
    return Signed("s", "c", steps, person, "Lea", author, "pin", at("08:40"), org, role)


@pytest.mark.parametrize(
    ("person", "org", "role", "may"),
    [
        ("lea", "clean", "worker", True),
        ("sue", "care", "supervisor", True),
        ("ann", "clean", "worker", False),
        ("bob", "other", "worker", False),
        ("ira", "inspect", "inspector", True),
        ("sta", "std", "standards", True),
        ("aud", "clean", "auditor", False),
        ("adm", "clean", "admin", False),
        ("ldr", "clean", "leader", False),
        ("x", None, None, False),
    ],
)
def test_given_a_signer_when_asked_then_only_somebody_else_who_has_to_do_with_it_may(person, org, role, may):
    assert may_sign(person, org, role, author_id="ann", units=UNITS) is may


def test_given_signatures_when_counted_then_only_valid_ones_cover_their_steps():
    several = [
        signed("S01", "S02"),
        signed("S03", person="ann"),
        signed("S04", org="other"),
        signed("S05", author="bob"),
    ]

    assert covered_steps(several, author_id="ann", units=UNITS) == {"S01", "S02"}
    assert covered_steps([], author_id="ann", units=UNITS) == frozenset()


@pytest.mark.parametrize("role", [*Role, None])
def test_rl_1_given_a_release_when_somebody_signs_then_it_counts_from_a_supervisor_only(role):
    assert may_release(role) is (role == "supervisor")
    assert permitted(("S11", "S12"), role, {"S12"}) == (("S11", "S12") if role == "supervisor" else ("S11",))
    assert permitted(("S11", "S12"), role, ()) == ("S11", "S12")


def test_rl_1_given_two_signatures_when_counted_then_the_release_is_covered_by_the_supervisor_who_did_not_do_the_work():
    mate, own = signed("S11", "S12"), signed("S12", person="ann", role="supervisor")
    lead = signed("S12", person="sue", org="care", role="supervisor")

    def covered(*several):
        return covered_steps(several, author_id="ann", units=UNITS, release=("S12",))

    assert covered(mate) == covered(mate, own) == {"S11"}
    assert covered(mate, lead) == {"S11", "S12"}
    assert covered(lead) == {"S12"}
