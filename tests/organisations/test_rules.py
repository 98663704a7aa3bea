import pytest

from app.organisations.rules import Scope, roots_of
from app.web.current import CurrentPerson, Role


def someone(role):
    return CurrentPerson(id="x", name="某人", role=role, org_id="care", org_path="/bureau/care/")


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.ADMIN])
def test_given_a_role_of_the_bureau_when_asked_for_its_root_then_it_is_everything(role):
    assert roots_of(someone(role)) == (None, True)


@pytest.mark.parametrize("role", [Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.MANAGER])
def test_given_a_role_of_a_unit_when_asked_for_its_root_then_it_is_the_unit_without_answering(role):
    assert roots_of(someone(role)) == ("/bureau/care/", False)


def test_given_a_supervisor_when_asked_for_the_root_then_responsibility_counts_too():
    assert roots_of(someone(Role.SUPERVISOR)) == ("/bureau/care/", True)


@pytest.mark.parametrize(
    ("scope", "implementer", "responsible", "reached"),
    [
        (Scope(None), "any", "other", True),
        (Scope(frozenset({"clean"})), "clean", "care", True),
        (Scope(frozenset({"care"})), "clean", "care", False),
        (Scope(frozenset({"care"}), answering=True), "clean", "care", True),
        (Scope(frozenset({"care"}), answering=True), "clean", "other", False),
        (Scope(frozenset()), "clean", "care", False),
    ],
)
def test_given_a_scope_when_a_record_is_held_against_it_then_units_decide(scope, implementer, responsible, reached):
    assert scope.reaches(implementer, responsible) is reached
