"""Places and telephone numbers as pages write them."""

import pytest

from app.checks.rules import Mark, Status
from app.pages.rules_words import MARKS, dialable, short_place, where


@pytest.mark.parametrize(
    ("building", "short"),
    [("1号楼（综合办公楼）", "1号楼"), ("Building 1 (main)", "Building 1"), ("室外区域", "室外区域")],
)
def test_given_a_building_when_written_short_then_what_stands_in_brackets_goes(building, short):
    assert short_place(building) == short


def test_given_a_floor_when_written_then_it_stands_behind_the_building():
    assert where("1号楼（综合办公楼）", "3F") == "1号楼 · 3F"
    assert where("1号楼", "B1", " ") == "1号楼 B1"


def test_given_the_outdoors_when_written_then_there_is_no_floor():
    assert where("室外区域", "G") == "室外区域"
    assert where("室外区域", "") == "室外区域"


@pytest.mark.parametrize(
    ("printed", "dialled"), [("分机8207", "8207"), ("+86 10 1234-5678", "+861012345678"), ("", "")]
)
def test_given_a_printed_number_when_dialled_then_only_what_a_telephone_knows_is_left(printed, dialled):
    assert dialable(printed) == dialled


def test_given_every_mark_and_status_of_a_receipt_when_written_then_each_has_a_word():
    assert {*map(str, Mark), *map(str, Status)} - set(MARKS) == {"received"}
