"""Given windows that an earlier version counted for the round, when upgraded, then their claimers have them (GR-9)."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import and_, case, delete, func, insert, select, text

from app.db import atomically, rows, run
from app.schedule.rules_states import DONE
from app.stats.queries_month import own_figures, own_help
from app.tallies import actions, queries_cells, queries_source
from app.tallies.actions_verify import verify
from app.tallies.models import TallyDelta
from tests.support import builders as make
from tests.support import histories
from tests.support.histories import SITE
from tests.support.migrating import to
from tests.support.world import change, filled

DAY, NOVEMBER = timedelta(days=1), date(2026, 11, 1)
DELTAS = TallyDelta.__table__


@pytest.fixture
def folded_as_before(monkeypatch):
    """A fold by the rule of the earlier version: what is done is the round's, whoever had claimed it."""

    def person_of(source):
        by_round = func.coalesce(source.assignee_id, source.done_by_id)
        return case((source.state.in_(DONE), by_round), else_=func.coalesce(source.claimed_by_id, source.assignee_id))

    def was_helped(source):
        return and_(source.state.in_(DONE), source.done_by_id != source.assignee_id)

    def fold():
        with monkeypatch.context() as patched:
            patched.setattr(queries_source, "person_of", person_of)
            patched.setattr(queries_cells, "was_helped", was_helped)
            actions.fold(SITE)

    return fold


def on_time():
    """Person -> (windows on time, help for others) by the cells alone."""
    told = "SELECT person_id, SUM(in_window), SUM(helped) FROM tally_people WHERE \"on\" < '9999-01-01' GROUP BY 1"
    return {row[0]: (row[1], row[2]) for row in rows(text(told)) if row[1] or row[2]}


def windows():
    """Ann's round: done by ann, by gus who had claimed it, by gus who only helped, by gus for lea; one of nobody's."""
    for name, back, values in (
        ("W1", 2, {}),
        ("W2", 2, {"by": "gus", "claimed_by_id": "gus"}),
        ("W3", 3, {"by": "gus"}),
        ("W4", 3, {"by": "gus", "claimed_by_id": "lea"}),
        ("W5", 4, {"by": "gus", "claimed_by_id": "gus", "assignee_id": None}),
    ):
        filled("p1", name, make.NOW - back * DAY, **{"assignee_id": "ann", **values})


BEFORE = {"ann": (4, 0), "gus": (1, 3)}
SINCE = {"ann": (3, 0), "gus": (2, 2)}


@contextmanager
def a_column_of_later():
    """What this version's fold writes, and the schema of the earlier one has no place for."""
    column = "COLUMN helped_with"
    assert rows(text("SELECT * FROM tally_people"))  # SQLite notices by a read that the column is gone
    atomically(lambda: run(text(f"ALTER TABLE tally_people ADD {column} INTEGER NOT NULL DEFAULT 0")))
    yield
    atomically(lambda: run(text(f"ALTER TABLE tally_people DROP {column}")))


def gone_back():
    """The schema of the earlier version, with the changes noted as that version would have left them."""
    kept = [row._asdict() for row in rows(select(DELTAS))]
    to("0057")
    atomically(lambda: run(delete(DELTAS)))
    for each in kept:
        atomically(lambda: run(insert(DELTAS).values(each)))  # noqa: B023


def test_gr9_given_cells_of_the_earlier_version_when_upgraded_then_claimers_have_what_they_did(
    inside, folded_as_before
):
    histories.world()
    windows()
    folded_as_before()
    assert on_time() == BEFORE
    gone_back()

    to("head")

    assert (own_figures("gus", NOVEMBER, make.NOW, SITE).on_time, own_help("gus", NOVEMBER, make.NOW, SITE)) == (2, 2)
    actions.fold(SITE)
    assert on_time() == SINCE
    assert verify(SITE).first is None


def test_gr9_given_changes_that_wait_when_upgraded_then_they_are_counted_once(inside, folded_as_before):
    histories.world()
    waiting, again = (make.occurrence("p1", name, make.NOW - DAY, assignee_id="ann") for name in ("W8", "W9"))
    done = {"state": "in_window", "done_by_id": "gus", "claimed_by_id": "gus"}
    change(again, **done)
    folded_as_before()
    change(waiting, **done)
    change(again, steps_pass=3)
    gone_back()

    to("head")

    assert verify(SITE).first is None
    actions.fold(SITE)
    assert on_time() == {"gus": (2, 0)}
    assert verify(SITE).first is None


def test_gr9_given_cells_of_this_version_when_gone_back_and_forth_then_both_read_them_their_way(
    inside, folded_as_before
):
    histories.world()
    windows()
    actions.fold(SITE)
    change(make.occurrence("p1", "W7", make.NOW - DAY, assignee_id="ann", claimed_by_id="gus"), steps_pass=1)

    to("0057")
    to("head")
    assert verify(SITE).first is None
    to("0057")
    with a_column_of_later():
        folded_as_before()
    assert on_time() == BEFORE
    to("head")

    actions.fold(SITE)
    assert on_time() == SINCE
    assert verify(SITE).first is None
