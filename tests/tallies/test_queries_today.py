"""Windows of today that are over stand in cells: read from there, moved on by the timer, begun anew each day."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from app.db import atomically, db, rows, run, scalar
from app.organisations.rules import Scope
from app.tallies import actions
from app.tallies.actions_verify import verify
from app.tallies.models import DAYS, TODAY
from app.tallies.queries import Asked, counts_by, counts_by_day
from app.tallies.queries_months import counts_by_month
from app.tallies.queries_today import anything_over, today_until
from tests.support import builders as make
from tests.support import histories
from tests.support.builders import NOW
from tests.support.histories import SITE
from tests.support.world import change

FIRST = NOW.astimezone(SITE).date().replace(day=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(inside):
    histories.world()
    return inside


def window(name, ended_ago, state="missed"):
    """One of today whose grace ended so long before NOW."""
    end = NOW - ended_ago
    ends = {"end_at": end, "grace_end_at": end, "expire_at": end + 3 * HOUR}
    return make.occurrence("p1", name, end - HOUR, state=state, business_on=NOW.astimezone(SITE).date(), **ends)


def missed(now=NOW):
    """In the month's sums, by day, and by month: always the same."""
    asked = Asked(FIRST, now, SITE, Scope(None))
    sums = sum(counts.missed for _keys, counts in counts_by(DAYS, [], asked))
    assert sums == sum(each[2].missed for each in counts_by_day(asked))
    assert all(at is None or at.astimezone(SITE).date().year == FIRST.year for _on, at, *_ in read_by_day(asked))
    assert sums == sum(counts.missed for counts in counts_by_month(DAYS, asked).values())
    return sums


def read_by_day(asked):
    return [(None, each[0] if hasattr(each[0], "hour") else None) for each in counts_by_day(asked)]


def spoil():
    """One more missed in the cells of today, so that a read from them is told from a count of the windows."""
    atomically(lambda: run(text("UPDATE tally_days SET missed = missed + 100 WHERE \"on\" = '9999-12-30'")))


def test_given_windows_of_today_when_they_are_advanced_then_they_are_read_from_cells_and_newer_ones_are_counted(world):
    window("A", 2 * HOUR)
    assert actions.advance(NOW - HOUR, SITE)
    window("B", timedelta(minutes=10))

    assert missed() == 2
    spoil()
    assert missed() == 102


def test_given_cells_of_today_when_asked_about_a_moment_before_their_mark_then_they_are_not_read(world):
    window("A", 2 * HOUR)
    window("B", timedelta(minutes=10))
    actions.advance(NOW, SITE)
    spoil()

    assert missed(NOW - HOUR) == 1
    assert missed(NOW) == 102


def test_given_a_window_in_the_cells_of_today_when_it_changes_then_figures_follow_before_and_after_the_fold(world):
    number = window("A", 2 * HOUR)
    window("B", 3 * HOUR)
    actions.fold(SITE)
    actions.advance(NOW, SITE)
    change(number, state="late", done_by_id="ann")

    assert missed() == 1
    actions.fold(SITE)
    assert missed() == 1
    assert verify(SITE).first is None


def test_given_the_next_day_when_it_is_read_then_yesterdays_cells_are_not_and_when_advanced_they_are_gone(world):
    window("A", 2 * HOUR)
    actions.advance(NOW, SITE)
    spoil()
    tomorrow = NOW + timedelta(days=1)

    assert missed(tomorrow) == 1
    make.occurrence("p1", "T", tomorrow - 3 * HOUR, state="missed", business_on=tomorrow.date(),
                    end_at=tomorrow - HOUR, grace_end_at=tomorrow - HOUR, expire_at=tomorrow + HOUR)  # fmt: skip
    actions.advance(tomorrow, SITE)

    assert missed(tomorrow) == 2
    assert verify(SITE).first is None


def test_given_a_rebuild_when_it_is_over_then_windows_of_today_are_counted_until_they_are_advanced_again(world):
    window("A", 2 * HOUR)
    actions.advance(NOW, SITE)
    spoil()

    actions.rebuild(SITE)

    assert (today_until(), missed()) == (None, 1)
    actions.advance(NOW, SITE)
    assert (today_until(), missed()) == (NOW, 1)


def test_given_a_cell_of_today_that_was_changed_when_recounted_then_it_is_named(world):
    window("A", 2 * HOUR)
    actions.advance(NOW, SITE)
    assert verify(SITE).first is None
    spoil()

    assert verify(SITE).differing == 1


def test_given_a_clock_that_was_set_back_when_advanced_then_no_window_that_is_still_open_is_counted(world):
    window("A", 2 * HOUR)
    window("B", timedelta(minutes=10))
    actions.advance(NOW, SITE)
    window("C", 90 * timedelta(minutes=1))
    earlier = NOW - HOUR

    atomically(lambda: actions._advance(earlier, SITE))  # the timer waits until the clock has caught up

    assert (missed(earlier), missed(NOW), today_until()) == (2, 3, earlier)
    assert verify(SITE).first is None


def test_given_nothing_new_when_the_timer_looks_then_nothing_is_written(world):
    assert not anything_over(NOW)
    assert not actions.advance(NOW, SITE)
    window("A", 2 * HOUR)
    assert anything_over(NOW)

    assert actions.advance(NOW, SITE)

    assert not anything_over(NOW)
    assert not actions.advance(NOW, SITE)
    assert scalar(text("SELECT count(*) FROM tally_marks")) == 1
    assert [str(each[0]) for each in rows(text('SELECT DISTINCT "on" FROM tally_misses ORDER BY "on" DESC'))] == [
        str(TODAY), str(NOW.astimezone(SITE).date()),
    ]  # fmt: skip


def test_given_a_reader_of_one_unit_when_the_month_is_read_then_no_index_is_used_that_goes_through_its_years(world):
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL plans by what is in the tables, not by the shape of a question
    seen = []
    event.listen(db.engine, "before_cursor_execute", noting := lambda *said: seen.append(said[2:4]))
    counts_by(DAYS, [], Asked(FIRST, NOW, SITE, Scope(frozenset({"clean"}))))
    event.remove(db.engine, "before_cursor_execute", noting)
    statement, values = next(each for each in seen if "occurrences" in each[0])
    plan = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]

    windows = [each for each in plan if "SEARCH occurrences" in each]
    assert windows and all("grace_end_at>" in each for each in windows), plan
