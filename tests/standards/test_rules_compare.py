"""Given two editions, when compared, then each step that came, went, moved or changed is named with what changed."""

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.standards.rules_compare import Change, changed_steps, changes
from app.standards.rules_compare_sheet import comparison_bytes
from tests.support.builders import NOW
from tests.support.standards import edition, step_document


def steps(*ids, **keys):
    return [step_document(each, **keys.get(each, {})) for each in ids]


def compared(old, new):
    return [(each.step_id, each.change.value) for each in changes(edition(*old), edition(*new))]


def test_given_the_same_steps_when_compared_then_nothing_changed():
    assert compared(steps("S01", "S02"), steps("S01", "S02")) == [("S01", "same"), ("S02", "same")]
    assert changed_steps(edition(*steps("S01")), edition(*steps("S01"))) == ()


def test_given_steps_that_came_and_went_when_compared_then_both_stand_at_their_places():
    found = compared(steps("S01", "S02", "S03"), steps("S01", "S04", "S03"))

    assert found == [("S01", "same"), ("S02", "removed"), ("S04", "added"), ("S03", "same")]


@pytest.mark.parametrize(
    ("order", "moved"),
    [("132", {"2", "3"}), ("312", {"3"}), ("231", {"1"}), ("321", {"1", "2", "3"})],
)
def test_given_another_order_when_compared_then_as_few_as_can_be_have_moved(order, moved):
    found = changes(edition(*steps("1", "2", "3")), edition(*steps(*order)))

    names = {each.step_id for each in found if each.change is Change.MOVED}
    assert names < moved or (names == moved and len(moved) == 1)
    assert len(names) == {"132": 1, "312": 1, "231": 1, "321": 2}[order]


@pytest.mark.parametrize(
    ("keys", "field", "before", "after"),
    [
        ({"title": "新"}, "title", "步骤S01", "新"),
        ({"requirement": "新"}, "requirement", "按要求完成。", "新"),
        ({"max": 6}, "limits", "1 – 5 ℃", "1 – 6 ℃"),
        ({"min": None}, "limits", "1 – 5 ℃", "≤ 5 ℃"),
        ({"max_from": "top"}, "limits", "1 – 5 ℃", "1 – 5 ℃ [top]"),
        ({"warn": {"max": 4}}, "warn", "", "≤ 4 ℃"),
        ({"safety": "防滑"}, "safety", "", "防滑"),
        ({"key": True}, "key", "", "Key point"),
        ({"dual_sign": True}, "dual_sign", "", "needs two"),
        (
            {"applies_when": {"fact": "steps.S02.result", "eq": "fail"}},
            "applies_when",
            "",
            "S02 步骤S02 result is failed",
        ),
    ],
)
def test_given_a_step_that_changed_when_compared_then_the_field_is_named_with_both_words(keys, field, before, after):
    own = {"evidence": "number", "unit": "℃", "min": 1, "max": 5}
    old = edition(*steps("S01", "S02", S01=own))
    new = edition(*steps("S01", "S02", S01=own | keys))

    found = changes(old, new)[0]

    assert found.change is Change.CHANGED
    assert [(each.name, each.before, each.after) for each in found.fields] == [(field, before, after)]
    assert changed_steps(old, new) == ("S01",)


@pytest.mark.parametrize(
    "keys", [{"severity": "major"}, {"limit_basis": "x"}, {"reference_photo": "a" * 64}, {"cause_default": "supply"}]
)
def test_given_the_office_s_words_when_they_change_then_nobody_has_to_learn_anew(keys):
    old, new = edition(*steps("S01")), edition(*steps("S01", S01=keys))

    assert changes(old, new)[0].change is Change.CHANGED
    assert changed_steps(old, new) == ()


def test_given_new_and_moved_steps_when_asked_what_to_learn_then_only_the_new_ones_are():
    old = edition(*steps("S01", "S02", "S03"))
    new = edition(*steps("S03", "S01", "S04"))

    assert changed_steps(old, new) == ("S04",)


def test_given_answers_when_compared_then_those_that_fail_are_marked():
    own = {"evidence": "choice", "choices": ["好", "坏"], "pass_choices": ["好"]}
    found = changes(edition(*steps("S01", S01=own)), edition(*steps("S01", S01=own | {"pass_choices": ["好", "坏"]})))

    assert [(each.before, each.after) for each in found[0].fields] == [("好、坏 ✗", "好、坏")]


def test_given_a_comparison_when_written_as_a_workbook_then_hostile_words_stay_words():
    old = edition(*steps("S01", "S02", "S03"))
    new = edition(*steps("S01", "S03", "S04", S01={"requirement": "=1+1"}, S04={"title": "@x"}))

    sheet = load_workbook(BytesIO(comparison_bytes(old, new, changes(old, new), NOW))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]

    assert [row[0] for row in rows][:2] == ["S01", "S02"]
    assert rows[0][5:] == ["Requirement", "按要求完成。", "=1+1"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any(row[1] == "@x" for row in rows)


@pytest.mark.parametrize(
    ("was", "becomes", "field", "before", "after"),
    [
        ({"limit_basis": "内控"}, {"limit_basis": None}, "limit_basis", "内控", ""),
        ({"safety": "防滑"}, {"safety": None}, "safety", "防滑", ""),
        ({"evidence": "photo", "photo_min": 2}, {"evidence": "photo", "photo_min": 3}, "photo_min", "2", "3"),
        ({"reference_photo": "a" * 64}, {"reference_photo": "b" * 64}, "reference_photo", "a" * 64, "b" * 64),
        ({}, {"evidence_class": "交接单"}, "evidence", "Tick", "Tick（交接单）"),
        ({"min": 1, "evidence": "number"}, {"min": 2, "evidence": "number"}, "limits", "≥ 1", "≥ 2"),
        ({"min_from": "a", "max_from": "b"}, {"min_from": "a"}, "limits", "[a、b]", "[a]"),
        ({"warn": {"min": 3, "max": None}}, {"warn": None}, "warn", "≥ 3", ""),
        ({"dual_sign": True}, {"dual_sign": True, "release": True}, "dual_sign", "needs two", "signed by a supervisor"),
    ],
)
def test_given_one_thing_of_a_step_when_it_changed_then_both_words_stand_there(was, becomes, field, before, after):
    [found] = changes(edition(*steps("S01", S01=was)), edition(*steps("S01", S01=becomes)))

    assert [(each.name, each.before, each.after) for each in found.fields] == [(field, before, after)]


def test_given_a_change_of_the_office_s_and_of_the_worker_s_words_when_asked_then_the_step_is_to_be_learnt():
    new = edition(*steps("S01", S01={"severity": "major", "requirement": "新"}))

    assert changed_steps(edition(*steps("S01")), new) == ("S01",)


def test_given_a_new_step_when_compared_then_all_it_says_stands_there_but_its_title():
    new = edition(*steps("S01", "S02", S02={"safety": "防滑", "photo_min": 2, "evidence": "photo"}))

    added = changes(edition(*steps("S01")), new)[1]

    assert (added.change, added.before_place, added.after_place) == (Change.ADDED, None, 2)
    assert [(each.name, each.before, each.after) for each in added.fields] == [
        ("requirement", "", "按要求完成。"), ("evidence", "", "Photo"), ("safety", "", "防滑"), ("photo_min", "", "2"),
        ("severity", "", "Minor"), ("cause_default", "", "Work"),
    ]  # fmt: skip


def test_given_steps_when_compared_then_their_places_count_from_one():
    found = changes(edition(*steps("S01", "S02", "S03")), edition(*steps("S03", "S01")))

    assert {each.step_id: (each.before_place, each.after_place) for each in found} == {
        "S01": (1, 2), "S02": (2, None), "S03": (3, 1),
    }  # fmt: skip


@given(st.permutations("123456"))
def test_given_any_order_when_compared_then_no_fewer_steps_could_have_moved(order):
    found = changes(edition(*steps(*"123456")), edition(*steps(*order)))

    longest = max(size for size in range(7) if any(list(some) == sorted(some) for some in combinations(order, size)))
    assert sum(each.change is Change.MOVED for each in found) == 6 - longest
    assert all(each.change in (Change.MOVED, Change.SAME) for each in found)
