"""Opening repair orders: one tap, one order a fault, the trade by place and words (rules NC-12, NC-18)."""

import pytest
from sqlalchemy import delete

from app.db import atomically, run
from app.refusals import NotFound, Unavailable
from app.repairs.actions import open_order
from app.repairs.models import RepairEvent, RepairOrder, RepairTrade
from app.repairs.queries import open_orders_at
from app.repairs.rules import NewOrder
from tests.support import builders as make
from tests.support.repairs import trade, trades_of_small_world
from tests.support.stored import rows_of

REPORT = "00000000-0000-4000-8000-0000000000a1"


@pytest.fixture(autouse=True)
def world(inside):
    make.small_world()
    trades_of_small_world()


def opened(**keys):
    new = NewOrder("p1", keys.pop("text", "灯不亮"), make.NOW, **keys)
    return atomically(lambda: open_order(new))


def test_nc18_given_a_fault_when_reported_then_an_order_is_open_for_the_trade_that_its_words_name():
    order = opened(by_id="ann", fault="JGSW05003.01/S10")

    [row] = rows_of(RepairOrder)
    assert (row.id, row.trade_id, row.org_id, row.state) == (order.id, "electricity", "fix", "open")
    assert (row.implementer_id, row.responsible_id, row.opened_by_id) == ("clean", "care", "ann")
    assert [each.number for each in open_orders_at("p1")] == [order.number]


def test_nc18_given_words_that_name_no_trade_when_reported_then_the_kind_of_place_decides():
    opened(text="坏了")

    [row] = rows_of(RepairOrder)
    assert row.trade_id == "water"


def test_given_the_same_fault_when_reported_again_then_it_joins_and_both_reports_are_kept():
    first = opened(by_id="ann", fault="JGSW05003.01/S10")

    second = opened(by_id="lea", fault="JGSW05003.01/S10", text="还是不亮")

    assert (second.id, second.joined) == (first.id, True)
    assert [(row.kind, row.by_id) for row in rows_of(RepairEvent)] == [("opened", "ann"), ("joined", "lea")]


def test_given_a_report_sent_twice_when_both_arrive_then_it_is_written_once():
    first = opened(id=REPORT)

    again = opened(id=REPORT)

    assert again == first
    assert len(rows_of(RepairEvent)) == 1


def test_given_a_trade_named_when_reported_then_it_goes_there():
    trade("lift", org_id="fix")

    opened(trade="lift")

    [row] = rows_of(RepairOrder)
    assert row.trade_id == "lift"


def test_given_no_such_point_when_reported_then_it_is_refused():
    with pytest.raises(NotFound):
        atomically(lambda: open_order(NewOrder("p9", "坏了", make.NOW)))

    assert rows_of(RepairOrder) == []


def test_given_no_trade_at_all_when_reported_then_the_sentence_says_whom_to_call():
    atomically(lambda: run(delete(RepairTrade)))

    with pytest.raises(Unavailable):
        opened()
