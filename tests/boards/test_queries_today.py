"""What was missed today is found among today's windows, however many years there are."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app import clock
from app.boards.queries_today import today_of
from app.db import db
from app.organisations.rules import Scope
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.histories import SITE
from tests.support.world import change

HOUR = timedelta(hours=1)


@pytest.fixture
def world(inside):
    with clock.at(NOW):
        make.small_world()
        number = make.occurrence("p1", "T1", NOW - 2 * HOUR, state="missed")
        change(number, expire_at=NOW - HOUR)
        yield inside


def test_given_a_missed_window_when_todays_are_read_then_all_that_was_ever_missed_is_not_gone_through(world):
    seen = []
    event.listen(db.engine, "before_cursor_execute", noting := lambda *said: seen.append(said[2:4]))
    today = today_of(Scope(None), NOW, SITE)
    event.remove(db.engine, "before_cursor_execute", noting)

    assert (today.missed, len(today.missed_lines)) == (1, 1)
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL plans by what is in the tables, not by the shape of a question
    statement, values = next(each for each in seen if each[0].startswith("SELECT occurrences.id"))
    plan = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any("occurrences" in each for each in plan)
    assert all("expire_at>" in each for each in plan if "state" in each), plan
