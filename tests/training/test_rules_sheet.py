"""The ledger of training as a workbook (rules TR-8)."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from app.training.rules_sheet import ledger_head, ledger_rows, workbook
from tests.support.sheets import cells_of, looks_of, made_at

MADE = datetime(2026, 11, 23, 1, 30)


@dataclass
class Line:
    on: date = date(2026, 11, 20)
    kind: str = "drill"
    way: str = "mentoring"
    title: str = "消防演练"
    edition: str | None = "JGSW05006.01-2026"
    org_name: str = "保洁班"
    place: str = "食堂"
    led_by: str = "班长"
    expected: int = 12
    present: int = 11
    minutes: int = 45
    note: str = "补训一人"
    by_name: str | None = "班长"


def test_given_entries_when_written_down_then_each_stands_under_its_head():
    known, bare = ledger_rows([Line(), Line(edition=None, by_name=None)])

    assert dict(zip(ledger_head(), known, strict=True)) == {
        "Date": "2026-11-20", "What it was": "Drill", "Form": "Mentoring", "Title": "消防演练",
        "Standard number": "JGSW05006.01-2026", "Unit": "保洁班", "Place": "食堂", "Led by": "班长",
        "People expected": 12, "People present": 11, "Minutes": 45, "Remark": "补训一人", "Entered by": "班长",
    }  # fmt: skip
    assert (bare[4], bare[-1]) == ("", "")


def test_given_a_workbook_when_it_is_opened_then_its_head_stays_in_sight_and_its_rows_stand_below():
    body = workbook("长" * 32, ("甲", "乙"), [("一", 2), ("三", 4)], MADE)

    assert cells_of(body) == [("甲", "乙"), ("一", 2), ("三", 4)]
    assert looks_of(body) == {"长" * 31: ("A2", [(1, 2)], (True, "thin"))}
    assert made_at(body) == MADE


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", "http://x"])
def test_given_a_text_that_a_spreadsheet_would_run_when_written_then_it_stays_a_text(hostile):
    assert cells_of(workbook("单", ("甲",), [(hostile,)], MADE)) == [("甲",), (hostile,)]
