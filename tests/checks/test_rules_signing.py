"""Second signatures."""

import pytest

from app.checks.rules_signing import Signed, covered_steps, may_sign
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
