"""Given an order for labels, when read, then paper and cells hold or the field says why not."""

import pytest

from app.labels.forms import parse_order
from app.labels.rules import STOCK_WORDS, Order, cells_fit, stock_named
from qr.stock import STOCKS


def test_given_the_papers_when_named_then_each_has_its_words_and_no_other_exists():
    assert set(STOCK_WORDS) == set(STOCKS)
    assert all(stock_named(name) is stock for name, stock in STOCKS.items())
    assert stock_named("napkin") is None


@pytest.mark.parametrize(
    ("name", "skipped", "fits"),
    [
        ("door", (), True),
        ("door", range(7), True),
        ("door", range(8), False),
        ("door", (8,), False),
        ("door", (-1,), False),
        ("small", range(23), True),
        ("sign", (), True),
        ("sign", (0,), False),
    ],
)
def test_given_used_cells_when_held_against_the_paper_then_one_must_stay_free(name, skipped, fits):
    assert cells_fit(skipped, STOCKS[name]) is fits


def test_given_nothing_sent_when_read_then_it_is_all_points_on_door_labels():
    order = parse_order({})

    assert (order.stock, order.points, order.area, order.skipped) == (STOCKS["door"], (), "", ())
    assert order.errors == {}


def test_given_a_number_and_single_cells_when_read_then_both_are_skipped():
    order = parse_order({"stock": ["small"], "skip": [" 2 "], "cell": ["5", "1"]})

    assert order.skipped == (0, 1, 5)


@pytest.mark.parametrize(
    ("sent", "points", "area"),
    [
        ({"scope": ["all"], "point": ["p1"], "area": ["a1"]}, (), ""),
        ({"scope": ["chosen"], "point": ["p1", "p2"], "area": ["a1"]}, ("p1", "p2"), ""),
        ({"scope": ["area"], "point": ["p1"], "area": ["a1"]}, (), "a1"),
    ],
)
def test_given_a_scope_when_read_then_only_its_own_fields_count(sent, points, area):
    order = parse_order(sent)

    assert (order.points, order.area, order.errors) == (points, area, {})


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"stock": ["napkin"]}, "stock"),
        ({"scope": ["chosen"]}, "points"),
        ({"skip": ["²"]}, "skip"),
        ({"skip": ["1000"]}, "skip"),
        ({"cell": ["x"]}, "skip"),
        ({"stock": ["sign"], "skip": ["1"]}, "skip"),
    ],
)
def test_given_a_field_that_does_not_hold_when_read_then_that_field_is_named(sent, field):
    assert list(parse_order(sent).errors) == [field]


def test_given_ticks_in_the_grids_of_both_papers_when_read_then_only_those_of_the_chosen_one_count():
    order = parse_order({"stock": ["door"], "skip": ["2"], "cell-door": ["4", "6"], "cell-small": ["20"]})

    assert (order.skipped, order.used_up, order.single_cells) == ((0, 1, 4, 6), 2, {4, 6})


@pytest.mark.parametrize(
    ("skipped", "used_up", "single"),
    [
        ((), 0, set()),
        ((0, 1, 2), 3, set()),
        ((3,), 0, {3}),
        ((0, 2), 1, {2}),
        (tuple(range(7)), 7, set()),
        (tuple(range(8)), 0, set(range(8))),
    ],
)
def test_given_skipped_cells_when_shown_then_the_run_from_the_first_is_told_from_single_ones(skipped, used_up, single):
    order = Order(STOCKS["door"], skipped=skipped)

    assert (order.used_up, order.single_cells) == (used_up, single)


def test_given_every_cell_ticked_when_read_then_one_must_stay_free():
    order = parse_order({"stock": ["door"], "cell-door": [str(cell) for cell in range(8)]})

    assert "skip" in order.errors
