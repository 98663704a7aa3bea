"""Tables of the month: folding into lines, worst first."""

from app.stats.rules import Counts
from app.stats.rules_month import TableLine, folded, ordered


def line(name, on_time, due, **keys):
    return TableLine(name, name, "", Counts(due=due, in_window=on_time), **keys)


def test_given_items_of_two_units_when_folded_then_each_unit_is_a_line_with_its_sum():
    items = [("a", Counts(due=2, in_window=2)), ("b", Counts(due=1)), ("a", Counts(due=3, in_window=1))]

    lines = folded(items, lambda one: one[0], lambda one, n: TableLine(one[0], one[0], "", n), lambda one: one[1])

    assert [(each.key, each.counts.on_time, each.counts.due) for each in lines] == [("b", 0, 1), ("a", 3, 5)]


def test_given_lines_when_ordered_then_the_worst_leads_and_the_empty_ones_end_by_name():
    lines = [line("d", 0, 0), line("c", 0, 0), line("a", 10, 10), line("b", 1, 2), line("e", 50, 100)]

    assert [each.key for each in ordered(lines)] == ["e", "b", "a", "c", "d"]
