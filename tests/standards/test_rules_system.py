"""LC-9: statistics by item and state; the structure chart hangs every box on its own parent."""

from itertools import pairwise

import pytest

from app.standards.rules_numbers import FUNCTIONS, ITEMS
from app.standards.rules_system import LINE_HIGH, Member, chart, counts

MEMBERS = [
    Member("JGSW05003.01", "effective"),
    Member("JGSW05003.02", "effective"),
    Member("JGSW05003.06", "abolished"),
    Member("JGSW05000", "effective"),
    Member("JGSW01001", "trial"),
    Member("nonsense", "effective"),
]


def by_key():
    return {each.key: each for each in counts(MEMBERS)}


def test_lc_9_given_standards_when_counted_then_by_item_and_state():
    found = by_key()

    assert found["05003"].by_status == {"effective": 2, "abolished": 1} and found["05003"].total == 3
    assert found["05000"].total == 1 and found["01001"].by_status == {"trial": 1}
    assert sum(each.total for each in found.values()) == 5


def test_lc_9_given_functions_when_counted_then_those_without_items_stand_alone():
    keys = list(by_key())

    assert keys == sorted(keys) and set(ITEMS) <= set(keys)
    assert "05" not in keys and "01" not in keys and {"02", "03", "04", "06"} <= set(keys)


def test_lc_9_given_the_chart_when_drawn_then_every_box_has_its_place_and_parent():
    drawn = chart("机关事务管理局", MEMBERS)
    levels = {level: [box for box in drawn.boxes if box.level == level] for level in (0, 1, 2)}

    assert len(levels[0]) == 1 and levels[0][0].parent is None
    assert len(levels[1]) == len(FUNCTIONS) and len(levels[2]) == len(ITEMS) + 1
    root = levels[0][0]
    assert {box.parent for box in levels[1]} == {(root.x + root.width, root.middle)}
    arms = {(box.x + box.width, box.middle) for box in levels[1]}
    assert all(box.parent in arms for box in levels[2])


@pytest.mark.parametrize("level", [1, 2])
def test_lc_9_given_the_chart_when_drawn_then_boxes_of_a_column_do_not_touch(level):
    drawn = chart("局", MEMBERS)
    tops = sorted(box.y for box in drawn.boxes if box.level == level)

    assert all(later - earlier >= LINE_HIGH for earlier, later in pairwise(tops))
    assert tops[0] >= 0 and tops[-1] + LINE_HIGH <= drawn.height


def test_lc_9_given_a_function_when_drawn_then_its_sum_stands_in_its_box():
    notes = {box.note for box in chart("局", MEMBERS).boxes if box.level == 1}

    assert "05  (4)" in notes and "01  (1)" in notes and "06  (0)" in notes


def test_lc_9_given_the_chart_when_drawn_then_each_item_hangs_on_its_own_function_and_says_how_many_it_has():
    drawn = chart("局", MEMBERS)
    functions = {box.note[:2]: box for box in drawn.boxes if box.level == 1}
    items = [box for box in drawn.boxes if box.level == 2]

    assert {box.note for box in items} >= {"05003  (3)", "05000  (1)", "05001  (0)", "01001  (1)"}
    for box in items:
        function = functions[box.note[:2]]
        assert box.parent == (function.x + function.width, function.middle)


def test_lc_9_given_the_chart_when_drawn_then_a_parent_stands_in_the_middle_of_what_hangs_on_it():
    drawn = chart("局", MEMBERS)
    [root] = [box for box in drawn.boxes if box.level == 0]
    functions = [box for box in drawn.boxes if box.level == 1]

    assert abs(root.middle - drawn.height / 2) <= 1
    for function in functions:
        hung = [box.y for box in drawn.boxes if box.level == 2 and box.note[:2] == function.note[:2]]
        assert not hung or abs(function.y - (min(hung) + max(hung)) / 2) <= 1


def test_lc_9_given_the_chart_when_drawn_then_its_columns_follow_each_other_within_the_paper():
    drawn = chart("局", MEMBERS)
    places = {(box.level, box.x, box.x + box.width) for box in drawn.boxes}

    assert places == {(0, 20, 200), (1, 250, 510), (2, 570, 980)}
    assert drawn.width == 1000
    assert min(box.y for box in drawn.boxes if box.level == 2) == 8
