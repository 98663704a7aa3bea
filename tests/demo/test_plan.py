"""Given the compound in the database, when its days are planned, then the counts are those of an independent oracle."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from app import clock
from app.db import atomically
from app.demo.actions import SITE, load_compound
from app.schedule.queries_plan import ground
from app.schedule.rules_plan import plan
from app.schedule.rules_windows import WindowKind
from tests.support.rota import compound

CASES = compound().expected
COMPILED = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture
def loaded(inside):
    with clock.at(COMPILED):
        atomically(load_compound)


def test_given_the_day_it_was_compiled_when_loaded_then_every_expected_count_holds(loaded):
    for case in CASES:
        first, last = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])

        due = [each for each in plan(ground(SITE, first, last).site, first, last) if each.event_id is None]

        assert Counter(each.edition for each in due) == case["by_standard"], case["label"]
        assert len(due) == case["occurrences"], case["label"]
        assert sum(each.kind is WindowKind.HANDOVER for each in due) == case["handover_windows"], case["label"]


def test_given_the_sample_meetings_when_planned_then_each_brings_its_three_windows_to_a_round(loaded):
    day = date(2026, 11, 23)
    known = ground(SITE, day, day)

    meeting = [each for each in plan(known.site, day, day) if each.event_id == "mt-01"]

    assert {each.code for each in meeting} == {"JGSW05002.01", "JGSW05002.02", "JGSW05002.03"}
    assert {each.point_id for each in meeting} == {"pt-028"}
