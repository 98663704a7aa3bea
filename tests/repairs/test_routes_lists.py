"""The list of orders page by page; an order that wanders between trades. On both databases."""

from datetime import timedelta

import pytest

from app import clock
from app.messages.models import Message
from tests.support import builders as make
from tests.support.repairs import order, trades_of_small_world
from tests.support.stored import rows_of

NOW = make.NOW + timedelta(minutes=12)


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        trades_of_small_world()
    return app


def signed_in(app, who):
    client = app.test_client()
    client.sign_in(who)
    return client


def shown(client, query):
    answer = client.get(f"/repairs?{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_given_more_orders_than_a_page_when_walked_through_then_each_stands_on_one_page(site):
    with site.app_context():
        for number in range(53):
            order(opened_at=NOW - timedelta(minutes=number), text=f"灯不亮{number:02}号")
        order(opened_by_id="bob", text="不是我报的")
    client = signed_in(site, "ann")

    first, second = shown(client, "view=mine"), shown(client, "view=mine&page=2")

    assert "灯不亮52号" in first and "灯不亮03号" in first and "灯不亮02号" not in first
    assert "灯不亮02号" in second and "灯不亮00号" in second and "灯不亮03号" not in second
    assert "第 2 / 2 页" in second or "2 / 2" in second
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in second and 'rel="next"' not in second
    assert "不是我报的" not in first + second
    assert "灯不亮00号" in shown(client, "view=mine&page=999")


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²"])
def test_given_a_page_that_is_no_number_when_asked_then_the_list_answers(site, page):
    with site.app_context():
        order()

    assert "灯不亮" in shown(signed_in(site, "sue"), f"view=all&page={page}")


def test_given_an_order_handed_to_another_trade_and_back_when_told_then_each_turn_tells_once(site):
    with site.app_context():
        order_id = order()
    eli = signed_in(site, "eli")

    for trade in ("water", "water", "electricity", "water"):
        with clock.at(NOW):
            assert eli.send(f"/repairs/{order_id}/hand", {"trade": trade}, page="/me").status_code == 303

    with site.app_context():
        told = [row.person_id for row in rows_of(Message) if row.kind == "repair"]
    assert told.count("eli") == 3
