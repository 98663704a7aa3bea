"""Drawn lists of the demo: made through the real actions, the same for the same day, and never twice."""

from datetime import timedelta

import pytest

from app import clock
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.actions_lists import play_lists
from app.spotchecks.models import Draw, Item, Result, Review
from app.spotchecks.models_review import ReviewSheet
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.stored import rows_of
from tests.support.world import filled

DAY = timedelta(days=1)


@pytest.fixture
def world(inside):
    """Ann's work of yesterday and of this morning."""
    with clock.at(NOW):
        make.small_world()
        for back, window in ((1, "B1"), (1, "B2"), (0, "B3")):
            start, on = NOW - back * DAY - timedelta(hours=2), NOW.date() - back * DAY
            filled("p1", window, start, business_on=on)
        yield inside


def play(app):
    site = Site(app.extensions["settings"].zone, app.extensions["photo_store"], 1_000_000)
    atomically(lambda: play_lists(1, site, NOW))


def test_given_two_days_of_work_when_played_then_yesterdays_lists_are_handed_in_and_todays_are_half_done(world):
    play(world)

    days = {each.id: each.from_on for each in rows_of(Draw)}
    drawn = {each.id: days[each.draw_id] for each in rows_of(Item)}
    today = NOW.date()
    assert {days[each.draw_id] for each in rows_of(Result)} == {today, today - DAY}
    assert {drawn[each.item_id] for each in rows_of(Review)} == {today - DAY}
    assert today in {drawn[each.item_id] for each in rows_of(ReviewSheet)}


def test_given_lists_that_are_played_when_played_again_then_nothing_is_added(world):
    play(world)
    before = [len(rows_of(table)) for table in (Draw, Result, Item, ReviewSheet, Review)]

    play(world)

    assert [len(rows_of(table)) for table in (Draw, Result, Item, ReviewSheet, Review)] == before
