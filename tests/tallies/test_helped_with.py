"""Given cells of an earlier version, when upgraded, then they say how many of each person others did (MT-25)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.db import rows
from app.organisations.rules import Scope
from app.tallies import actions
from app.tallies.actions_verify import verify
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked, reached_of
from app.tallies.queries_today import today_until
from tests.support import builders as make
from tests.support import histories
from tests.support.histories import SITE
from tests.support.migrating import to
from tests.support.world import change, filled

DAY = timedelta(days=1)


@pytest.fixture
def world(inside):
    """Ann's round of two months, the last brought together; gus did some of it, one as who had claimed it."""
    histories.world()
    for name, back, values in (
        ("W1", 40, {"by": "gus", "round_id": "r-ann"}),
        ("W2", 41, {"by": "gus"}),
        ("W3", 42, {"by": "gus", "claimed_by_id": "gus"}),
        ("W4", 2, {"by": "gus"}),
        ("W5", 0, {"by": "lea"}),
    ):
        start = make.NOW - timedelta(hours=5) - back * DAY
        filled("p1", name, start, business_on=start.date(), **{"assignee_id": "ann", **values})
    actions.fold(SITE)
    actions.close_days(make.NOW.astimezone(SITE).date())
    actions.advance(make.NOW, SITE)
    return inside


def kept():
    told = "SELECT person_id, SUM(helped_with), SUM(helped) FROM tally_people WHERE \"on\" < '9999-01-01' GROUP BY 1"
    return {row[0]: (row[1], row[2]) for row in rows(text(told)) if row[0]}


def test_mt25_given_cells_of_the_earlier_version_when_upgraded_then_others_deeds_are_told(world):
    to("0058")

    to("head")

    assert kept() == {"ann": (4, 0), "gus": (0, 3), "lea": (0, 1)}
    assert verify(SITE).first is None
    november = Asked(date(2026, 11, 1), make.NOW, SITE, Scope(None))
    assert reached_of(PEOPLE, "person_id", november) == (0, 1)
    assert today_until() is None
    assert actions.advance(make.NOW, SITE)
    assert reached_of(PEOPLE, "person_id", november) == (0, 1)


def test_mt25_given_changes_that_wait_when_upgraded_then_they_are_counted_once(world):
    number = make.occurrence("p1", "W8", make.NOW - 3 * DAY, assignee_id="ann")
    change(number, state="late", done_by_id="gus")
    again = rows(text("SELECT id FROM occurrences WHERE window_key LIKE '%/W2'"))[0][0]
    change(again, state="late", assignee_id="lea")
    to("0058")

    to("head")

    assert verify(SITE).first is None
    actions.fold(SITE)
    assert kept() == {"ann": (4, 0), "gus": (0, 4), "lea": (1, 1)}
    assert verify(SITE).first is None


def test_mt25_given_any_history_when_gone_back_and_forth_then_every_cell_agrees(inside):
    histories.world()
    for seed in (3, 4):
        histories.played(seed, 60)
        to("0057")
        to("head")
        assert verify(SITE).first is None
        actions.fold(SITE)
        assert verify(SITE).first is None
