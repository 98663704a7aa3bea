"""Rows of files: the log and the month, as wide as their heads."""

from app.stats.rules import Counts
from app.stats.rules_export import log_head, log_rows
from app.stats.rules_measures import MEASURES, OF_PLACES, SCORED
from app.stats.rules_month import TableLine
from app.stats.rules_tables import columns_of, day_rows, measure_head, measure_rows, table_head, table_rows
from app.stats.rules_trend import Day
from tests.support.answers import at
from tests.support.logs import SITE, done, line

COUNTS = Counts(due=40, in_window=30, in_grace=5, late=2, missed=3, reported=4)


def test_given_places_and_people_when_columns_are_chosen_then_only_places_show_how_they_are():
    assert columns_of("point") == columns_of("standard") == OF_PLACES
    assert columns_of("unit") == columns_of("person") == SCORED


def test_given_measures_when_written_then_each_is_a_row_and_an_empty_rate_is_an_empty_cell(app):
    with app.test_request_context():
        rows = list(measure_rows(COUNTS))

        assert len(rows) == len(MEASURES)
        assert all(len(row) == len(measure_head()) for row in rows)
    assert rows[0][0] == "MT-10"
    assert rows[0][2:] == [35, 40, 87.5]
    assert rows[5][2:] == [0, 0, None]


def test_given_a_line_when_written_then_outcomes_and_measures_stand_under_their_heads(app):
    with app.test_request_context():
        head = table_head("unit")
        row = next(table_rows("unit", [TableLine("clean", "保洁公司", "合同", COUNTS)]))

    assert len(row) == len(head)
    assert row[:9] == ["保洁公司", "合同", 44, 35, 2, 4, 3, 0, 0]
    assert row[9:12] == [35, 40, 87.5]


def test_given_days_when_written_then_each_is_named_by_its_date(app):
    with app.test_request_context():
        rows = list(day_rows([Day(at("08:00").date(), "workday", COUNTS)]))

    assert rows[0][:3] == ["2026-11-23", "workday", 44]


def test_given_a_done_window_when_written_then_times_are_those_of_the_site(app):
    some = done(
        late_reason="任务撞在一起", receipt="R1", dwell_seconds=90, helped=True, unable_reason="locked", steps_pass=5,
        steps_fail=1, key_evidenced=2, key_due=3, photos_valid=1, photos_due=2, note="灯坏",
    )  # fmt: skip
    with app.test_request_context():
        head = log_head()
        row, bare = log_rows([some, line("13:00")], at("10:00"), SITE)

    assert len(row) == len(bare) == len(head)
    assert row[:4] == ["2026-11-23", "2026-11-23 08:30", "2026-11-23 09:20", "2026-11-23 09:35"]
    assert row[4:11] == [
        "01-01-WC-01", "1号楼1层男卫生间", "1号楼", "1F", "JGSW05003.01-2026", "卫生间日常保洁", "上午巡回",
    ]  # fmt: skip
    assert row[12:16] == ["2026-11-23 08:41", "保洁一班-01", "保洁一班-01", "保洁公司"]
    assert row[16] == "门锁"
    assert row[17:20] == ["任务撞在一起", 1.5, "扫码"]
    assert row[20:23] == ["是", "", ""]
    assert row[23:] == [5, 1, 2, 3, 1, 2, "灯坏", "R1"]
    assert bare[12] is None
    assert bare[16:20] == [None, None, None, None]
