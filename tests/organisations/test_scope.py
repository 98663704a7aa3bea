"""Given a role and a unit, when asked what it reaches, then as the contract says."""

import pytest

from app.organisations.queries import scope_of, unit_by_id, units
from app.web.current import CurrentPerson, Role
from tests.support.builders import org, orgs

PATHS = {"care": "/bureau/care/", "clean": "/bureau/care/clean/", "other": "/bureau/other/", "bureau": "/bureau/"}


def who(role: Role, org: str) -> CurrentPerson:
    return CurrentPerson(id="x", name="x", role=role, org_id=org, org_path=PATHS[org])


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.ADMIN])
def test_given_a_bureau_wide_role_when_asked_then_everything(inside, role):
    assert scope_of(who(role, "other")).reaches("clean", "care")


@pytest.mark.parametrize("role", [Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.MANAGER])
def test_given_hands_of_a_contractor_when_asked_then_what_the_unit_implements_only(inside, role):
    orgs()
    scope = scope_of(who(role, "clean"))

    assert scope.reaches("clean", "care")
    assert not scope.reaches("other", "clean")


def test_given_a_supervisor_when_asked_then_the_subtree_as_implementer_or_responsible(inside):
    orgs()
    scope = scope_of(who(Role.SUPERVISOR, "care"))

    assert scope.reaches("clean", "other") and scope.reaches("other", "care")
    assert not scope.reaches("other", "other") and not scope.reaches("bureau", "bureau")


def test_given_a_unit_whose_id_starts_alike_when_asked_then_it_is_not_in_the_subtree(inside):
    orgs()
    org("clean2", "/bureau/care/", "contractor")

    assert not scope_of(who(Role.WORKER, "clean")).reaches("clean2", "care")


def test_given_the_tree_when_listed_then_parents_come_before_children(inside):
    orgs()

    assert [unit.id for unit in units()] == ["bureau", "care", "clean", "other"]
    assert unit_by_id("clean").path == PATHS["clean"]
    assert unit_by_id("nobody") is None
