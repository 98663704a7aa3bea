"""What was measured against the goals: verdicts, tables, and the report that takes them up."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bench import judge
from bench.run import PARTS, QUICK, measured

REPORT = Path(__file__).parents[2] / "docs" / "performance.md"
KNOWN = {
    "G1": {"what": "one", "must": 2.5, "aim": 1.7, "better": "lower"},
    "G10": {"what": "ten", "must": 2.0, "aim": 0.7, "better": "lower"},
    "G10b": {"what": "ten in ms", "must": 100.0, "aim": 50.0, "better": "lower"},
    "G11": {"what": "eleven", "must": 2.0, "aim": 1.5, "better": "lower"},
    "G13": {"what": "thirteen", "must": 8.0, "aim": 20.0, "better": "higher"},
}
SMALL = """# Speed

Words.

## Goals

How it was measured.

| goal | measure | must | aim | measured | | on |
|---|---|---|---|---|---|---|
| G1 | one | ≤ 2.5 | ≤ 1.7 | **2.40**  | met | 2026-01-01 |

## Dashboards

What they are.

## Front end

Made by another program | with a bar.
"""
YEARS = {
    "G10_sqlite": {"value": 0.5, "month": 0.5, "heat": 0.1},
    "G10b_sqlite": {"value": 60.0, "month": 60.0, "heat": 2.0, "log": 5.0},
    "G11_sqlite": {"value": 1.2, "month": 1.2, "heat": 1.0, "log": 3.0},
}


def test_given_the_goals_when_read_then_each_says_what_it_measures_and_its_aim_is_no_weaker_than_its_must():
    for name, goal in judge.goals().items():
        assert goal["what"] and goal["better"] in ("lower", "higher"), name
        assert judge.verdict(goal["aim"], goal) == "aim met", name
        assert judge.verdict(goal["must"], goal) in ("met", "aim met"), name


@given(some.floats(allow_nan=False), some.sampled_from(["lower", "higher"]))
def test_given_any_value_when_judged_then_only_one_on_the_right_side_of_the_must_is_met(value, better):
    goal = {"must": 10.0, "aim": 5.0 if better == "lower" else 20.0, "better": better}

    met = value <= 10.0 if better == "lower" else value >= 10.0
    aimed = value <= 5.0 if better == "lower" else value >= 20.0

    assert judge.verdict(value, goal) == ("aim met" if aimed else "met" if met else "missed")


def test_given_a_value_that_is_no_number_when_judged_then_it_is_missed():
    assert {judge.verdict(math.nan, goal) for goal in KNOWN.values()} == {"missed"}


def test_given_a_goal_of_a_database_when_judged_then_by_the_goal_it_stands_for():
    assert judge.missed({"G10_sqlite": {"value": 2.1}, "G10b_sqlite": {"value": 2.1}}, KNOWN) == ["G10_sqlite"]


def test_given_a_figure_that_differs_from_its_recount_when_judged_then_the_goal_is_missed_however_quick():
    quick = {"G1": {"value": 0.1, "cells_differing": 1.0}}

    assert judge.missed(quick, KNOWN) == ["G1"]
    assert judge.missed({"G1": {"value": 0.1, "cells_differing": 0.0}}, KNOWN) == []


def test_given_a_goal_nobody_set_when_judged_then_it_is_an_error():
    with pytest.raises(KeyError):
        judge.missed({"G99": {"value": 1.0}}, KNOWN)


def test_given_the_worst_of_many_when_told_then_only_that_one_is_named():
    assert "**60.00** (month)" in judge.row("G10b_sqlite", YEARS["G10b_sqlite"], KNOWN, "today")
    assert "**1.00** (ours 2, limit 2)" in judge.row("G1", {"value": 1.0, "ours": 2.0, "limit": 2.0}, KNOWN, "today")


def test_given_both_sizes_when_told_then_each_dashboard_has_its_times_its_growth_and_its_scan():
    assert judge.years(YEARS, "sqlite").splitlines()[2:] == [
        "| month | 50.0 | 60.0 | 1.20 | 120.0 | 0.50 |",
        "| heat | 2.0 | 2.0 | 1.00 | 20.0 | 0.10 |",
        "| log | 1.7 | 5.0 | 3.00 | — | — |",
    ]


def test_given_a_report_when_a_part_is_measured_then_its_line_is_new_and_the_rest_stands():
    made = judge.taken_up(SMALL, {"G13": {"value": 9.0}}, KNOWN, "2026-02-02")

    assert "| G13 | thirteen | ≥ 8.0 | ≥ 20.0 | **9.00**  | met | 2026-02-02 |" in made
    assert "| G1 | one | ≤ 2.5 | ≤ 1.7 | **2.40**  | met | 2026-01-01 |" in made
    assert "| G10 | ten | ≤ 2.0 | ≤ 0.7 | not yet | | |" in made
    assert made.startswith("# Speed\n\nWords.\n\n## Goals\n\nHow it was measured.\n\n| goal |")
    assert made.endswith("\n## Front end\n\nMade by another program | with a bar.\n")


def test_given_a_report_when_dashboards_are_measured_then_its_databases_stand_side_by_side():
    first = judge.taken_up(SMALL, YEARS, KNOWN, "2026-02-02")
    other = {name.replace("sqlite", "postgresql"): each for name, each in YEARS.items()}
    made = judge.taken_up(first, other, KNOWN, "2026-03-03")

    assert made.index("### sqlite, 2026-02-02") < made.index("### postgresql, 2026-03-03")
    assert made.count("| month | 50.0 | 60.0 |") == 2
    assert "| G10 |" not in made and "| G10_sqlite |" in made
    assert "What they are.\n" in made
    assert judge.taken_up(made, other, KNOWN, "2026-03-03") == made


def test_given_a_report_without_its_sections_when_taken_up_then_it_is_an_error():
    with pytest.raises(ValueError, match="no section Goals"):
        judge.taken_up("# Speed\n", {"G1": {"value": 1.0}}, KNOWN, "today")


def test_given_the_report_of_the_product_when_read_then_every_goal_has_a_line_and_nothing_changes_by_itself():
    report = REPORT.read_text("utf-8")

    assert judge.taken_up(report, {}, judge.goals(), "today") == report


def test_given_the_parts_when_asked_for_then_the_quick_ones_are_among_them():
    assert set(QUICK) < set(PARTS)
    assert measured({"two": lambda reps: {"G1": {"value": float(reps)}}}, 2) == {"G1": {"value": 2.0}}
