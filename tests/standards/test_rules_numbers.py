"""LC-4, LC-5: prefix, function, item, part, year; numbered on; a number that was given is not given again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_numbers import FUNCTIONS, ITEMS, Number, next_item, next_part, numbered, read


@pytest.mark.parametrize(
    "text",
    ["JGSW05003.01-2026", "JGSW05003.01—2026", "JGSW05003.01 – 2026", "JGSW/05003.01-2026", " JGSW05003.01-2026 "],
)
def test_lc_4_given_a_number_in_any_writing_when_read_then_it_is_the_same(text):
    found = read(text)

    assert found == Number("JGSW", "05", "003", "01", 2026)
    assert (found.code, found.text) == ("JGSW05003.01", "JGSW05003.01-2026")


def test_lc_4_given_an_item_without_part_or_year_when_read_then_both_are_left_out():
    found = read("JGSW05000")

    assert found == Number("JGSW", "05", "000") and found.text == found.code == "JGSW05000"


@pytest.mark.parametrize(
    "text",
    ["", "JGSW05003.01-26", "JGSW00003-2026", "JGSW07003-2026", "JGSW05003.00-2026", "jgsw05003-2026", "J05003-2026",
     "JGSW05003.1-2026", "JGSW05003.01-2026x", "ABCDEFGHI05003"],
)  # fmt: skip
def test_lc_4_given_something_else_when_read_then_it_is_no_number(text):
    assert read(text) is None


@given(
    st.sampled_from(sorted(FUNCTIONS)), st.integers(0, 999), st.one_of(st.none(), st.integers(1, 99)),
    st.integers(1000, 9999),
)  # fmt: skip
def test_lc_4_given_any_number_when_written_and_read_then_it_comes_back(function, item, part, year):
    number = Number("JGSW", function, f"{item:03}", f"{part:02}" if part else None, year)

    assert read(number.text) == number and read(number.code).year is None


def test_lc_3_given_a_revision_when_numbered_then_only_the_year_differs():
    assert numbered("JGSW05004.01", 2026) == "JGSW05004.01-2026"
    assert read(numbered("JGSW05004.01", 2026)).code == read(numbered("JGSW05004.01", 2023)).code


def test_lc_5_given_parts_when_the_next_is_asked_for_then_it_follows_the_highest_even_an_abolished_one():
    used = {"JGSW05003.01", "JGSW05003.06", "JGSW05004.09", "ABC05003.20", "JGSW05003"}

    assert next_part(used, "JGSW", "05", "003") == "JGSW05003.07"
    assert next_part(used, "JGSW", "05", "009") == "JGSW05009.01"
    assert next_part(used, "ABC", "05", "003") == "ABC05003.21"


def test_lc_5_given_ninety_nine_parts_when_another_is_asked_for_then_none():
    assert next_part({"JGSW05003.98"}, "JGSW", "05", "003") == "JGSW05003.99"
    assert next_part({"JGSW05003.99"}, "JGSW", "05", "003") is None


def test_lc_4_given_the_named_items_when_the_next_is_asked_for_then_it_is_numbered_on():
    assert max(ITEMS) == "05010"
    assert next_item(set(), "JGSW", "05") == "JGSW05011"
    assert next_item({"JGSW05011.01", "JGSW05017-2026"}, "JGSW", "05") == "JGSW05018"
    assert next_item(set(), "JGSW", "02") == "JGSW02000"


def test_lc_4_given_all_items_taken_when_another_is_asked_for_then_none():
    assert next_item({"JGSW05998"}, "JGSW", "05") == "JGSW05999"
    assert next_item({"JGSW05999"}, "JGSW", "05") is None


@given(st.sets(st.integers(1, 98)))
def test_lc_5_given_any_parts_when_the_next_is_given_then_it_was_never_used(parts):
    used = {f"JGSW05003.{part:02}" for part in parts}

    assert next_part(used, "JGSW", "05", "003") not in used


def test_lc_5_given_only_the_whole_item_when_its_first_part_is_asked_for_then_it_is_the_first():
    assert next_part({"JGSW05009", "JGSW05009-2026"}, "JGSW", "05", "009") == "JGSW05009.01"
