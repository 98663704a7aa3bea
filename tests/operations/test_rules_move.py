"""Digests of tables that know no order, and rows that name rows of their own table."""

from datetime import UTC, datetime

import pytest

from app.operations.rules_move import Summed, digest_of, parents_first

ROWS = [(1, "甲", None), (2, "乙", b"\x00\xff"), (2, "乙", b"\x00\xff")]


def test_given_rows_when_summed_in_any_order_and_portion_then_the_same_comes_out():
    whole = Summed().and_also(ROWS)

    assert Summed().and_also(ROWS[2:]).and_also(reversed(ROWS[:2])) == whole
    assert whole.rows == 3
    assert Summed().and_also(ROWS[:2]) != whole
    assert Summed().and_also([*ROWS[:2], ROWS[0]]) != whole


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([{"a": 1, "b": [2.0]}], [{"b": [2], "a": 1.0}], True),
        ([1.5], [1.5], True),
        ([1.5], [1.25], False),
        (["1"], [1], False),
        ([None], [""], False),
        ([None], [0], False),
        ([b"\x01"], [memoryview(b"\x01")], True),
        ([True], [False], False),
        ([10**30], [10**30], True),
        ([10**30], [10**30 + 1], False),
        ([datetime(2026, 1, 1, tzinfo=UTC)], [datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)], False),
        (["a", "b"], ["b", "a"], False),
    ],
)
def test_given_two_rows_when_digested_then_only_what_means_the_same_is_the_same(one, other, alike):
    assert (digest_of(one) == digest_of(other)) is alike


def test_given_rows_that_name_each_other_when_put_in_order_then_whoever_is_named_comes_first():
    rows = [{"id": "c", "up": "b"}, {"id": "b", "up": "a"}, {"id": "a", "up": None}, {"id": "d", "up": "d"}]

    ordered = [row["id"] for row in parents_first(rows, "id", "up")]

    assert sorted(ordered) == ["a", "b", "c", "d"]
    assert ordered.index("a") < ordered.index("b") < ordered.index("c")
    with pytest.raises(ValueError, match="circle"):
        parents_first([{"id": 1, "up": 2}, {"id": 2, "up": 1}], "id", "up")
