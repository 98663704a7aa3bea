"""Rows of the month's file, as wide as their heads: outcomes, measures, days."""

from app.stats.rules import Counts
from app.stats.rules_measures import FINER, MEASURES, OF_PLACES, SCORED
from app.stats.rules_month import TableLine
from app.stats.rules_tables import columns_of, day_rows, measure_head, measure_rows, table_head, table_rows
from app.stats.rules_trend import Day
from tests.support.answers import at

COUNTS = Counts(due=40, in_window=30, in_grace=5, late=2, missed=3, reported=4, unknown=1, waiting=6)
OUTCOMES = [
    "On time", "Made up late", "Could not be done", "Missed", "Not yet synced", "May still be made up",
]  # fmt: skip


def cells(by, line):
    """The row of a table as {head: cell}."""
    (row,) = table_rows(by, [line])
    return dict(zip(table_head(by), row, strict=True))


def test_given_places_and_people_when_columns_are_chosen_then_only_places_show_how_they_are():
    assert columns_of("point") == columns_of("standard") == OF_PLACES
    assert columns_of("unit") == columns_of("person") == SCORED


def test_given_measures_when_written_then_each_is_a_row_and_an_empty_rate_is_an_empty_cell():
    rows = [dict(zip(measure_head(), row, strict=True)) for row in measure_rows(COUNTS)]

    assert [row["Rule"] for row in rows] == [measure.id for measure in (*MEASURES, *FINER)]
    assert all(row["How it is counted"] for row in rows)
    assert "of all windows due" in rows[0].pop("How it is counted")
    assert rows[0] == {"Rule": "MT-10", "Measure": "On-time rate", "Reached": 35, "Out of": 40, "Rate in %": 87.5}
    assert list(rows[5].values())[2:5] == [0, 0, None]


def test_given_thirds_when_written_then_the_rate_is_in_percent_with_four_decimals():
    (row, *_others) = measure_rows(Counts(due=3, in_window=1))

    assert row[-2] == 33.3333


def test_given_a_unit_when_written_then_outcomes_and_measures_stand_under_their_heads():
    row = cells("unit", TableLine("clean", "保洁公司", "合同", COUNTS))

    assert list(row.values())[:3] == ["保洁公司", "合同", 44]
    assert [row[name] for name in OUTCOMES] == [35, 2, 4, 3, 1, 6]
    assert [row[f"On-time rate: {part}"] for part in ("reached", "out of", "%")] == [35, 40, 87.5]
    assert [row[f"Completion rate: {part}"] for part in ("reached", "out of", "%")] == [37, 40, 92.5]


def test_given_a_unit_and_a_place_when_written_then_only_the_place_shows_how_it_is():
    line = TableLine("p1", "男卫生间", "01-01-WC-01", Counts(due=1, in_window=1, steps_pass=9, steps_fail=1))

    assert cells("point", line)["Step conformity: %"] == 90
    assert "Step conformity: %" not in cells("unit", line)


def test_given_days_when_written_then_each_is_named_by_its_date_in_the_columns_of_units():
    rows = list(day_rows([Day(at("08:00").date(), "workday", COUNTS)]))

    assert rows[0][:3] == ["2026-11-23", "Workday", 44]
    assert len(rows[0]) == len(table_head("unit")) != len(table_head("point"))
