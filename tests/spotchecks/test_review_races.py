"""Two at once at the desk: two reviewers on one record, one sheet sent twice, one list handed in twice."""

import uuid

import pytest

from app import clock
from app.spotchecks.models import Review
from app.spotchecks.models_review import ReviewSheet
from tests.checks.test_races import at_once
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.lists import drawn_list, item_id
from tests.support.readers import readers, signed_in
from tests.support.stored import rows_of
from tests.support.world import filled


@pytest.fixture
def world(app):
    with clock.at(NOW), app.app_context():
        make.small_world()
        readers()
        make.person("rita", "inspector", "bureau")
        app.draw = drawn_list(filled("p1", "B1", NOW - make.timedelta(hours=2)))
    return app


def poster(world, who, path, **form):
    with clock.at(NOW):
        client = signed_in(world, who)
        data = {"csrf_token": client.token("/me"), **form}

    def post():
        with clock.at(NOW):
            return client.post(path, data=data).status_code

    return post


def sheet(world, who, number):
    return poster(world, who, f"/spotchecks/items/{item_id(world.draw, 1)}/sheet", sheet=number, rest="1")


def kept(world, table):
    with world.app_context():
        return rows_of(table)


def test_given_two_reviewers_when_they_send_at_once_then_one_is_kept_and_the_other_is_told(world):
    senders = [sheet(world, who, str(uuid.uuid4())) for who in ("ivy", "rita")]

    answers = at_once(*senders)

    assert sorted(answers) == [303, 409]
    assert len(kept(world, ReviewSheet)) == 1


def test_given_one_sheet_when_it_arrives_three_times_at_once_then_it_is_kept_once(world):
    number = str(uuid.uuid4())
    senders = [sheet(world, "ivy", number) for _ in range(3)]

    answers = at_once(*senders)

    assert answers == [303, 303, 303]
    assert len(kept(world, ReviewSheet)) == 1


def test_given_one_list_when_it_is_handed_in_twice_at_once_then_there_is_one_second_opinion(world):
    sheet(world, "ivy", str(uuid.uuid4()))()
    senders = [poster(world, "ivy", f"/spotchecks/draws/{world.draw}/hand-in") for _ in range(2)]

    answers = at_once(*senders)

    assert answers == [303, 303]
    assert len(kept(world, Review)) == 1
