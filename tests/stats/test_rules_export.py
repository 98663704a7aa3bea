"""Rows of the log's file: every cell under its head, times at the site, words instead of codes."""

from app.stats.rules_export import log_head, log_rows
from tests.support.answers import at
from tests.support.logs import SITE, done, line

NOW = at("10:00")


def cells(some, now=NOW):
    """The row as {head: cell}."""
    (row,) = log_rows([some], now, SITE)
    return dict(zip(log_head(), row, strict=True))


def test_given_a_window_when_written_then_its_times_are_those_of_the_site():
    row = cells(line("08:30", 50))

    assert [row[name] for name in ("Date", "From", "To", "Until (grace)")] == [
        "2026-11-23", "2026-11-23 08:30", "2026-11-23 09:20", "2026-11-23 09:35",
    ]  # fmt: skip


def test_given_a_window_past_midnight_at_the_site_when_written_then_its_date_is_that_of_the_site():
    assert cells(line("2026-11-24T00:10:00"))["Date"] == "2026-11-24"


def test_given_a_window_when_written_then_its_place_and_standard_stand_under_their_heads():
    row = cells(line())

    heads = ("Point code", "Point", "Building", "Floor", "Standard number", "Standard", "Window", "Executing unit")
    assert [row[name] for name in heads] == [
        "01-01-WC-01", "1号楼1层男卫生间", "1号楼", "1F", "JGSW05003.01-2026", "卫生间日常保洁", "上午巡回", "保洁公司",
    ]  # fmt: skip


def test_given_a_done_window_when_written_then_who_did_it_when_and_how_stands_in_words():
    row = cells(done(via="typed", assignee="保洁一班-02", helped=True, dwell_seconds=100, receipt="R1", note="灯坏"))

    assert (row["State"], row["Done at"]) == ("On time, up to standard", "2026-11-23 08:41")
    assert (row["Done by"], row["On the round of"]) == ("保洁一班-01", "保洁一班-02")
    assert (row["Opened by"], row["Minutes on the spot"]) == ("Code typed by hand", 1.7)
    assert (row["Remark"], row["Receipt number"]) == ("灯坏", "R1")
    assert [row[name] for name in ("Helped out", "Sent later", "Short visit")] == ["yes", "", ""]


def test_given_a_window_not_done_when_written_then_what_is_not_known_is_an_empty_cell_and_never_zero_minutes():
    row = cells(line("13:00"))

    unknown = (
        "Done at",
        "Done by",
        "Why not possible",
        "Why late",
        "Minutes on the spot",
        "Opened by",
        "Receipt number",
    )
    assert [row[name] for name in unknown] == [None] * len(unknown)
    assert row["State"] == "Not due yet"
    assert cells(done(dwell_seconds=0))["Minutes on the spot"] == 0


def test_given_a_reason_when_written_then_it_is_in_words_and_an_unknown_code_stays_as_it_is():
    assert cells(line(unable_reason="locked"))["Why not possible"] == "Door locked"
    assert cells(line(unable_reason="flooded"))["Why not possible"] == "flooded"
    assert cells(done(late_reason="任务撞在一起"))["Why late"] == "任务撞在一起"


def test_given_counts_when_written_then_each_stands_under_its_own_head():
    counts = {
        "steps_pass": 5, "steps_fail": 1, "key_evidenced": 2, "key_due": 3, "photos_valid": 4, "photos_due": 6,
    }  # fmt: skip

    row = cells(done(**counts, offline=True, short_visit=True))

    heads = (
        "Steps up to standard", "Steps not up to standard", "Key steps with evidence", "Key steps due", "Valid photos",
        "Photos due",
    )  # fmt: skip
    assert [row[name] for name in heads] == list(counts.values())
    assert (row["Sent later"], row["Short visit"]) == ("yes", "yes")


def test_given_many_windows_when_written_then_each_is_a_row_in_its_order():
    rows = list(log_rows([line("13:00"), line("08:30")], NOW, SITE))

    assert [row[1] for row in rows] == ["2026-11-23 13:00", "2026-11-23 08:30"]
