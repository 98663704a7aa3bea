"""LC-1: a new standard from the wish to the register, through its pages; what is reviewed is what is published."""

from datetime import date

import pytest

from app import clock
from app.standards.queries import edition, edition_row
from app.standards.queries_projects import project
from tests.support import projects as the
from tests.support.builders import NOW


@pytest.fixture(autouse=True)
def on_monday():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(app):
    with app.app_context():
        the.office_world()
    return app


def state_of(app):
    with app.app_context():
        return project(the.ID).state


def test_given_a_new_standard_when_all_phases_are_passed_then_the_approved_text_is_the_edition(office):
    the.as_far_as(office, "published")

    with office.app_context():
        row = edition_row("JGSW05003.02-2026")
        assert (row.status, row.effective_on, row.ended_on) == ("published", date(2026, 12, 25), None)
        assert [step.id for step in edition(row).steps] == ["S01", "S02"]
        assert edition(row).number == "JGSW05003.02-2026" and project(the.ID).edition == row.number
