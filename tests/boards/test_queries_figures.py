"""Steps and shifts of a dashboard, as they are counted and named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.boards.queries_figures import BY_SHIFT, by_shift, top_steps
from app.db import atomically, run
from app.nonconformities.models import Finding
from app.organisations.rules import Scope
from app.tallies.models import DAYS
from app.tallies.queries import Asked, counts_by
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.findings import found
from tests.support.histories import SITE
from tests.support.world import filled

DAY = timedelta(days=1)
EVERYTHING = Asked(date(2026, 11, 1), NOW + 3 * DAY, SITE, Scope(None))


@pytest.fixture
def world(inside):
    make.small_world()
    return inside


def test_given_a_step_that_was_renamed_when_counted_then_it_stands_once_under_its_newest_title(world):
    make.point("p2", "0000000001", name="一层女卫生间")
    told = [("p1", "台面", "S01"), ("p2", "台面与镜面", "S01"), ("p1", "地面", "S02")]
    for number, (point, title, step) in enumerate(told):
        found(point_id=point, step_id=step, step_title=title, at=NOW - (3 - number) * DAY)

    steps = [(each.step, each.title, each.times) for each in top_steps(EVERYTHING)]

    assert steps == [("S01", "台面与镜面", 2), ("S02", "地面", 1)]


def test_given_findings_of_others_and_withdrawn_ones_when_counted_then_they_are_in_no_step(world):
    found(source="spot", at=NOW - DAY)
    withdrawn = found(step_id="S02", at=NOW - DAY)
    atomically(lambda: run(update(Finding).where(Finding.id == withdrawn).values(state="withdrawn")))

    assert top_steps(EVERYTHING) == []


def test_given_windows_of_a_round_when_counted_by_shift_then_its_sums_are_those_of_the_tallies(world):
    for number in range(4):
        filled("p1", f"W{number}", NOW - DAY + number * DAY / 12, state="late" if number == 3 else "in_window")
    make.occurrence("p1", "M1", NOW - DAY, state="missed", assignee_id="ann")
    ((_, whole),) = counts_by(DAYS, ["implementer_id"], EVERYTHING)

    lines = by_shift(EVERYTHING)

    for name in BY_SHIFT:
        assert sum(getattr(each.counts, name) for each in lines) == getattr(whole, name), name
    assert sum(each.counts.due for each in lines) >= 5
