"""Whose point, which edition, which profile."""

import pytest

from app.checks.rules_meeting import code_of, may_work, profiles_of, standard_number, window_of_edition
from app.web.current import CurrentPerson, Role
from tests.support.standards import edition

SCHEDULES = [
    {"id": "A", "windows": [{"id": "A1", "profile": "full"}, {"id": "A2", "profile": "round"}]},
    {"id": "E", "trigger": {"profile": "urgent"}},
    {"id": "X", "windows": None, "trigger": None},
]


@pytest.mark.parametrize("text", ["JGSW05003.01-2026", "JGSW05003.01—2026", " JGSW05003.01 – 2026 "])
def test_given_a_number_with_any_dash_when_read_then_it_is_the_stored_spelling(text):
    assert standard_number(text) == "JGSW05003.01-2026"
    assert code_of(standard_number(text)) == "JGSW05003.01"


@pytest.mark.parametrize(
    ("role", "implementer", "may"),
    [
        (Role.WORKER, "/bureau/care/clean/", True),
        (Role.WORKER, "/bureau/care/clean/crew/", True),
        (Role.CREW_LEADER, "/bureau/care/clean/crew/", True),
        (Role.DRIVER, "/bureau/care/", False),
        (Role.WORKER, "/bureau/other/", False),
        (Role.WORKER, None, False),
        (Role.SUPERVISOR, "/bureau/care/clean/", True),
        (Role.SUPERVISOR, "/bureau/care/clean/crew/", False),
        (Role.MANAGER, "/bureau/care/clean/", False),
        (Role.ADMIN, "/bureau/care/clean/", False),
    ],
)
def test_given_a_person_when_asked_whether_they_work_here_then_unit_and_role_decide(role, implementer, may):
    who = CurrentPerson("ann", "Ann", role, "clean", "/bureau/care/clean/")

    assert may_work(who, implementer) is may


def test_given_schedules_when_asked_then_every_profile_is_named_once_with_full_first():
    assert profiles_of(edition(schedules=SCHEDULES)) == ("full", "round", "urgent")
    assert profiles_of(edition()) == ("full",)


@pytest.mark.parametrize(
    ("key", "could_be"),
    [
        ("2026-11-23/A/A2", True),
        ("2026-11-23/A/A9", False),
        ("2026-11-23/B/A1", False),
        ("2026-13-23/A/A1", False),
        ("2026-11-23/E/e:mt-01", True),
        ("2026-11-23/X/A1", False),
        ("2026-11-23/A", False),
        ("x2026-11-23/A/A1", False),
        ("", False),
    ],
)
def test_given_a_key_without_a_row_when_asked_then_the_edition_says_whether_it_could_be_one(key, could_be):
    assert window_of_edition(edition(schedules=SCHEDULES), key) is could_be
