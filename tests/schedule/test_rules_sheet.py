"""Rows as an Excel sheet: texts stay texts, numbers numbers, the head stays in sight."""

from datetime import datetime

from app.schedule.rules_sheet import sheet_bytes
from tests.support.sheets import cells_of, looks_of, made_at, opened

MADE = datetime(2026, 11, 23, 1, 30)


def test_given_rows_when_written_then_the_head_stands_above_and_nothing_becomes_a_formula():
    rows = [("=1+1", 3, None, 0.5), ("@x", None, "+1", 0)]

    body = sheet_bytes("长" * 32, ("甲", "乙", "丙", "丁"), rows, MADE)

    assert cells_of(body) == [("甲", "乙", "丙", "丁"), ("=1+1", 3, None, 0.5), ("@x", None, "+1", 0)]
    assert looks_of(body) == {"长" * 31: ("A2", [(1, 4)], (True, "thin"))}
    assert made_at(body) == MADE


def test_given_rows_when_written_then_only_the_head_is_bold():
    sheet = opened(sheet_bytes("表", ("甲",), [("一",)], MADE))

    assert [bool(sheet[cell].font.bold) for cell in ("A1", "A2")] == [True, False]
