"""The demo compound against counts that an independent oracle made, and its rounds against the whole plan."""

from collections import Counter
from datetime import date

import pytest

from app.schedule.rules_gaps import uncovered_handovers, uncovered_points
from app.schedule.rules_plan import plan
from app.schedule.rules_rounds import round_of
from app.schedule.rules_windows import WindowKind, window_reference
from tests.support.rota import compound

CASES = compound().expected


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_given_the_compound_when_days_are_planned_then_the_counts_are_those_of_the_oracle(case):
    first, last = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])

    due = [each for each in plan(compound().site, first, last) if each.event_id is None]

    assert Counter(each.edition for each in due) == case["by_standard"]
    assert len(due) == case["occurrences"]
    assert sum(each.kind is WindowKind.HANDOVER for each in due) == case["handover_windows"]


def test_given_half_a_year_when_windows_are_matched_to_rounds_then_each_belongs_to_exactly_one():
    due = [each for each in plan(compound().site, date(2026, 7, 1), date(2026, 12, 31)) if each.event_id is None]

    owners = Counter(sum(round_.owns(each.point_id, each.reference) for round_ in compound().rounds) for each in due)

    assert owners == {1: len(due)}


def test_given_an_event_when_its_windows_are_matched_then_the_round_names_the_schedule_without_a_window():
    due = [each for each in plan(compound().site, date(2026, 11, 23), date(2026, 11, 23)) if each.event_id == "mt-01"]

    owner = {round_of(compound().rounds, each.point_id, each.reference).id for each in due}

    assert [each.window_key for each in due] == [
        "2026-11-23/A/e:mt-01",
        "2026-11-23/A/e:mt-01",
        "2026-11-23/A/e:mt-01",
    ]
    assert {each.code for each in due} == {"JGSW05002.01", "JGSW05002.02", "JGSW05002.03"}
    assert owner == {"rd-huiwu-1"}
    assert {window_reference(each.code, each.window_key) for each in due} == {each.reference for each in due}


def test_given_the_compound_when_its_rota_is_examined_then_it_has_no_design_gap():
    site = compound().site

    handovers = uncovered_handovers(compound().handovers, site.editions, date(2026, 11, 23))
    points = uncovered_points(site.points, site.editions, date(2026, 11, 23))

    assert handovers == []
    assert points == []
