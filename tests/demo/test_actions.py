"""Given the demo compound, when it is loaded, then everything it names is there, once, in an empty database only."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from app.db import atomically, rows, scalar
from app.demo.actions import load_compound
from app.demo.queries import is_demo, is_empty
from app.places.models import LabelCode, Point, PointStandard
from app.refusals import Conflict
from app.schedule.models import Crew, Occurrence, Round
from app.standards.models import Standard
from app.standards.queries import edition, edition_rows
from qr.payload import check


def count(table) -> int:
    return scalar(select(func.count()).select_from(table))


def test_given_the_compound_when_loaded_then_the_promised_numbers_stand(inside_demo):
    found = {table.__tablename__: count(table) for table in (Point, Person, Round)}
    steps = [len(edition(row).steps) for row in edition_rows()]

    assert found == {"points": 62, "people": 76, "rounds": 67}
    assert sum(steps) == 201 and sum(map(bool, steps)) == 20
    assert is_demo() and not is_empty()


def test_given_a_loaded_database_when_loaded_again_then_refused_and_nothing_doubles(inside_demo):
    with pytest.raises(Conflict):
        atomically(load_compound)

    assert count(Person) == 76


def test_given_labels_when_read_then_each_point_has_one_with_a_right_check_character(inside_demo):
    codes = [row.code for row in rows(select(LabelCode.code))]

    assert len(set(codes)) == 62 and all(check(code) for code in codes)


def test_given_rounds_when_followed_then_people_points_and_standards_exist(inside_demo):
    people = {row.id: row for row in rows(select(Person.id, Person.role, Person.crew_id))}
    points = {row.id for row in rows(select(Point.id))}
    standards = {row.code for row in rows(select(Standard.code))}

    for each in rows(select(Round.person_id, Round.points, Round.windows)):
        assert each.person_id in people and set(each.points) <= points
        assert {window.split("/")[0] for window in each.windows} <= standards
    assert {row.standard_code for row in rows(select(PointStandard.standard_code))} <= standards


def test_given_hands_when_looked_up_then_each_has_a_crew_and_each_crew_a_leader(inside_demo):
    people = rows(select(Person.role, Person.crew_id).where(Person.role.in_(("worker", "driver", "crew_leader"))))
    led = {row.crew_id for row in people if row.role == "crew_leader"}

    assert all(row.crew_id for row in people)
    assert {row.crew_id for row in people} == led == {row.id for row in rows(select(Crew.id))}


def test_given_the_load_when_done_then_windows_stand_for_today_and_at_least_eight_days_ahead(inside_demo):
    days = [row.business_on for row in rows(select(Occurrence.business_on).distinct().order_by(Occurrence.business_on))]

    assert (days[-1] - days[0]).days >= 8
    assert not scalar(
        select(func.count()).select_from(Occurrence).where(Occurrence.round_id.is_(None), Occurrence.event_id.is_(None))
    )


def test_given_the_register_when_read_then_it_shows_every_stage_of_a_standard(inside_demo):
    assert {row.status for row in edition_rows()} == {
        "effective", "trial", "published", "comment", "superseded", "abolished",
    }  # fmt: skip


def test_given_dates_that_count_from_loading_when_loaded_then_they_lie_ahead(inside_demo):
    attrs = [row.attrs for row in rows(select(Point.attrs))]

    assert not [name for each in attrs for name in (*each, *each.get("vehicle", {})) if "from_load" in name]
    assert {"next_inspection", "register_no"} <= set(next(each for each in attrs if "register_no" in each))
