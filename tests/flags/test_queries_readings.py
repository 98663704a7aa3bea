"""Which readings the rules are given: the point's, the person's own, and colleagues' where last digits count."""

from datetime import timedelta

import pytest

from app.checks.models import Answer
from app.flags import queries_readings
from app.flags.queries_readings import Read, readings_for
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.world import check_row

STEP = {"position": 1, "applicable": True, "result": "pass", "key": False, "photos_due": 0, "photos_valid": 0}


@pytest.fixture
def dials(inside, monkeypatch):
    """Two dials of one house and one of another; forty readings of one's own are three here."""
    make.small_world()
    make.point("p2", "9H83JHK10S")
    make.point("p3", "0000000001")
    monkeypatch.setattr(queries_readings, "DEFAULTS", queries_readings.DEFAULTS.__class__(least_digits=3))
    return inside


def read(point, value, by="ann", before=0, step="S01", **columns):
    """A record with one reading; gives back its id."""
    check_id = check_row(point, NOW - timedelta(minutes=before), None, by=by)
    make.kept(Answer, check_id=check_id, step_id=step, value=value, **(STEP | columns))
    return check_id


def seen(check_id):
    return readings_for(Read(check_id, "p1", "JGSW05003.01", "ann", "clean", NOW + timedelta(hours=1)))


def test_given_few_readings_of_ones_own_when_read_then_colleagues_at_other_points_are_not_asked_for(dials):
    read("p2", 5.0, by="lea", before=30)
    mine = read("p2", 4.0, before=20)
    here = read("p1", 4.5, by="lea", before=10)
    this = read("p1", 4.2)

    found = [(each.check, each.value, each.digits) for each in seen(this)]

    assert found == [(mine, 4.0, 1), (here, 4.5, 1), (this, 4.2, 1)]


def test_given_enough_of_ones_own_when_read_then_colleagues_at_other_points_of_the_unit_come_too_oldest_first(dials):
    there = read("p2", 5.25, by="lea", before=30)
    mine = [read("p2", 4.0, before=20 - n) for n in range(2)]
    other_step = read("p3", 9.0, by="lea", before=10, step="S02")
    this = read("p1", 4.2)

    found = seen(this)

    assert [each.check for each in found] == [there, *mine, this]
    assert {each.digits for each in found} == {2}
    assert other_step not in {each.check for each in found}


def test_given_enough_colleagues_at_the_point_when_read_then_nobody_else_is_asked_for(dials, monkeypatch):
    monkeypatch.setattr(queries_readings, "ENOUGH", 2)
    there = read("p2", 5.0, by="lea", before=30)
    for n in range(2):
        read("p1", 4.0, by="lea", before=20 - n)
        read("p1", 4.0, before=10 - n)
    this = read("p1", 4.2)

    assert there not in {each.check for each in seen(this)}


def test_given_a_record_without_a_reading_or_one_worked_out_when_read_then_there_is_nothing_to_compare(dials):
    assert seen(check_row("p1", NOW, None)) == ()
    assert seen(read("p1", 4.0, inputs={"a": 1})) == ()
