"""Pages of repair orders: the five questions for every step, and what each role sees (rules NC-18)."""

import io
from datetime import timedelta

import pytest

from app import clock
from app.messages.models import Message
from app.photos.models import Photo
from app.repairs.models import RepairEvent, RepairOrder, RepairTrade, Shortage
from tests.support import builders as make
from tests.support import sitting
from tests.support.pictures import jpeg
from tests.support.repairs import order, shortage, trades_of_small_world
from tests.support.stored import rows_of, tables

NOW = make.NOW + timedelta(minutes=12)


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        make.person("tom", "supervisor", "other")
        make.person("std", "standards", "bureau")
        make.person("adm", "admin", "bureau")
        trades_of_small_world()
    return app


@pytest.fixture
def order_id(site):
    with site.app_context():
        return order()


def signed_in(app, person_id):
    return sitting.signed_in(app, person_id, NOW)


def send(client, path, data=None, now=NOW, **kwargs):
    with clock.at(now):
        return client.send(path, data, page="/me", **kwargs)


def page(client, path):
    with clock.at(NOW):
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def one(app):
    with app.app_context():
        [found] = rows_of(RepairOrder)
    return found


def counts(app):
    with app.app_context():
        return tables()


def photo():
    return {"photos": (io.BytesIO(jpeg(seed=7)), "a.jpg"), "text": "换了灯管"}


def on_the_spot(site, order_id):
    client = signed_in(site, "eli")
    send(client, f"/repairs/{order_id}/accept")
    send(client, f"/repairs/{order_id}/arrive", {"via": "scan"})
    return client


def test_nc18_given_an_order_when_accepted_arrived_and_repaired_then_the_times_stand_and_the_reporter_is_told(
    site, order_id
):
    client = on_the_spot(site, order_id)

    answer = send(client, f"/repairs/{order_id}/repair", photo(), content_type="multipart/form-data")

    assert answer.status_code == 303
    row = one(site)
    assert (row.state, row.accepted_by_id, row.repaired_by_id, row.open_key) == ("repaired", "eli", "eli", None)
    assert row.accepted_at == row.arrived_at == row.repaired_at == NOW
    with site.app_context():
        assert [(each.kind, each.data) for each in rows_of(RepairEvent)][1] == ("arrived", {"via": "scan"})
        [kept] = rows_of(Photo)
        assert (kept.check_id, kept.implementer_id, kept.responsible_id) == (order_id, "fix", "care")
    assert "换了灯管" in page(client, f"/repairs/{order_id}")


def test_given_somebody_on_the_way_when_another_accepts_then_he_is_told_to_look_again(site, order_id):
    send(signed_in(site, "eli"), f"/repairs/{order_id}/accept")

    answer = send(signed_in(site, "guy"), f"/repairs/{order_id}/accept")

    assert answer.status_code == 409
    assert one(site).accepted_by_id == "eli"


@pytest.mark.parametrize("step", ["accept", "arrive", "repair", "decline"])
def test_given_a_step_sent_twice_when_both_arrive_then_it_counts_once(site, order_id, step):
    client = signed_in(site, "eli")
    before = {"accept": (), "arrive": ("accept",)}.get(step, ("accept", "arrive"))
    for each in before:
        send(client, f"/repairs/{order_id}/{each}")
    given = lambda: photo() if step == "repair" else {"text": "没坏"}  # noqa: E731  a file is read once

    answers = [send(client, f"/repairs/{order_id}/{step}", given()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with site.app_context():
        assert len(rows_of(RepairEvent)) == len(before) + 1


@pytest.mark.parametrize("step", ["accept", "arrive", "repair", "decline", "hand"])
@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("sue", 303), ("bob", 404), ("tom", 404), ("std", 403)])
def test_given_a_step_when_others_send_it_then_only_the_trade_and_who_is_above_may(site, order_id, step, who, status):
    on_the_spot(site, order_id)
    client, before = signed_in(site, who), one(site)

    answer = send(client, f"/repairs/{order_id}/{step}", {**photo(), "trade": "water"})

    # The supervisor above the unit may take part; what is behind the order already is not done again.
    assert answer.status_code == status or (who == "sue" and step == "accept" and answer.status_code == 409)
    if status != 303:
        assert one(site) == before


@pytest.mark.parametrize(
    ("step", "data", "word"),
    [("repair", {"text": "好了"}, "照片"), ("decline", {"text": " "}, "无需"), ("hand", {"trade": "none"}, "工种")],
)
def test_given_bad_input_when_sent_then_a_sentence_says_what_is_missing_and_nothing_changes(
    site, order_id, step, data, word
):
    client = on_the_spot(site, order_id)
    before, row = counts(site), one(site)

    answer = send(client, f"/repairs/{order_id}/{step}", data)

    assert answer.status_code == 422
    assert word in answer.get_data(as_text=True)
    assert (counts(site), one(site)) == (before, row)


def test_given_an_order_nobody_came_for_when_repaired_then_it_is_refused(site, order_id):
    answer = send(signed_in(site, "eli"), f"/repairs/{order_id}/repair", photo())

    assert answer.status_code == 409
    assert one(site).state == "open"


def test_given_a_place_without_photos_when_repaired_then_words_do(app):
    with app.app_context():
        make.small_world()
        trades_of_small_world()
        make.point("p7", "0000000007", photo_allowed=False)
        order_id = order("p7")
    client = on_the_spot(app, order_id)

    refused = send(client, f"/repairs/{order_id}/repair", photo())
    done = send(client, f"/repairs/{order_id}/repair", {"text": "换了灯管"})

    assert (refused.status_code, done.status_code) == (422, 303)


def test_given_a_file_that_is_no_photo_when_repaired_then_it_is_refused_and_nothing_changes(site, order_id):
    client = on_the_spot(site, order_id)

    answer = send(client, f"/repairs/{order_id}/repair", {"photos": (io.BytesIO(b"<svg/>"), "a.jpg")})

    assert answer.status_code == 415
    assert one(site).state == "arrived"


def test_given_a_wrong_trade_when_handed_over_then_the_other_trade_begins_and_the_clock_goes_on(site, order_id):
    client = on_the_spot(site, order_id)

    answer = send(client, f"/repairs/{order_id}/hand", {"trade": "water"})

    row = one(site)
    assert answer.status_code == 303
    assert (row.trade_id, row.state, row.accepted_at, row.opened_at) == ("water", "open", None, make.NOW)


def test_nc18_given_a_repair_that_did_not_hold_when_the_reporter_says_so_then_it_is_open_again(site, order_id):
    fixer = on_the_spot(site, order_id)
    send(fixer, f"/repairs/{order_id}/repair", photo())

    answer = send(signed_in(site, "ann"), f"/repairs/{order_id}/reopen", {"text": "又不亮了"})

    row = one(site)
    assert answer.status_code == 303
    assert (row.state, row.reopened, row.repaired_at, row.opened_at) == ("open", 1, None, make.NOW)


@pytest.mark.parametrize(
    ("who", "text", "now", "status"),
    [
        ("eli", "没好", NOW, 403),
        ("bob", "没好", NOW, 404),
        ("ann", "  ", NOW, 422),
        ("ann", "没好", NOW + timedelta(days=8), 409),
    ],
)
def test_given_a_repaired_order_when_it_may_not_be_opened_again_then_it_stays_repaired(
    site, order_id, who, text, now, status
):
    send(on_the_spot(site, order_id), f"/repairs/{order_id}/repair", photo())
    before = one(site)
    client = signed_in(site, who)

    answer = send(client, f"/repairs/{order_id}/reopen", {"text": text}, now)

    assert answer.status_code == status
    assert one(site) == before


def test_given_orders_when_the_list_is_opened_then_the_trade_sees_its_oldest_first_with_one_next_button(site):
    with site.app_context():
        older = order(opened_at=make.NOW - timedelta(hours=2), text="插座松")
        order(text="灯不亮")
        order(trade_id="water", text="漏水", opened_at=make.NOW - timedelta(hours=3))
    text = page(signed_in(site, "eli"), "/repairs")

    assert text.index("漏水") < text.index("插座松") < text.index("灯不亮")
    assert text.count("接单</button>") == 1
    assert f"/repairs/{older}" in text


def test_given_an_order_of_another_unit_when_a_stranger_looks_then_it_is_not_there(site, order_id):
    client = signed_in(site, "bob")

    with clock.at(NOW):
        assert client.get(f"/repairs/{order_id}").status_code == 404
    assert "灯不亮" not in page(client, "/repairs?view=all")


def test_given_a_report_when_its_reporter_looks_then_it_stands_in_the_own_list(site, order_id):
    assert "灯不亮" in page(signed_in(site, "ann"), "/repairs")


def test_given_shortages_when_ticked_then_they_leave_the_list_and_again_changes_nothing(site):
    with site.app_context():
        chosen = shortage()
        shortage(text="没有洗手液")
    client = signed_in(site, "lea")
    assert "没有洗手液" in page(client, "/repairs/shortages")

    answers = [send(client, "/repairs/shortages", {"delivered": chosen}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with site.app_context():
        assert [(row.id == chosen, row.delivered_by_id) for row in rows_of(Shortage) if row.delivered_at] == [
            (True, "lea")
        ]


@pytest.mark.parametrize(("who", "status"), [("std", 403), ("bob", 303)])
def test_given_shortages_when_others_tick_then_nothing_changes(site, who, status):
    with site.app_context():
        chosen = shortage()

    answer = send(signed_in(site, who), "/repairs/shortages", {"delivered": chosen})

    assert answer.status_code == status
    with site.app_context():
        assert [row.delivered_at for row in rows_of(Shortage)] == [None]


def test_given_nothing_ticked_when_sent_then_a_sentence_asks_for_a_tick(site):
    answer = send(signed_in(site, "lea"), "/repairs/shortages")

    assert answer.status_code == 422
    assert "勾选" in answer.get_data(as_text=True)


def test_nc18_given_finished_orders_when_the_times_are_opened_then_each_figure_leads_to_its_orders(site):
    with site.app_context():
        for minutes in (10, 20, 60):
            at = make.NOW + timedelta(minutes=minutes)
            order(state="repaired", open_key=None, accepted_at=at, arrived_at=at, repaired_at=at)
        order(trade_id="water", text="漏水")
    client = signed_in(site, "sue")

    text = page(client, "/repairs/times")

    assert "20 分钟" in text
    assert "九成在 1 小时 0 分 内" in text
    behind = page(client, "/repairs/times/orders?half=2026-2&trade=electricity&phase=repaired")
    assert behind.count('class="whole"') == 3
    assert "漏水" not in behind


def test_given_a_half_year_that_is_none_when_asked_then_this_one_is_shown(site):
    assert "2026年下半年" in page(signed_in(site, "sue"), "/repairs/times?half=20²6-3")


TRADE = {"id": "roof", "name": "屋面", "org_id": "fix", "point_kinds": ["parking"], "words": "漏雨 屋顶"}


def trades_of(app):
    with app.app_context():
        return {row.id: row for row in rows_of(RepairTrade)}


def test_given_a_new_trade_when_kept_twice_then_it_is_on_duty_once(site):
    client = signed_in(site, "std")

    answers = [send(client, "/repairs/trades", TRADE) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    kept = trades_of(site)["roof"]
    assert (kept.org_id, kept.point_kinds, kept.words) == ("fix", ["parking"], ["漏雨", "屋顶"])
    assert "漏雨" in page(client, "/repairs/trades")


@pytest.mark.parametrize(("who", "status"), [("eli", 403), ("sue", 403), ("ann", 403)])
def test_given_a_trade_when_others_change_it_then_it_is_refused(site, who, status):
    assert send(signed_in(site, who), "/repairs/trades", TRADE).status_code == status
    assert "roof" not in trades_of(site)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Roof!"},
        {"name": ""},
        {"org_id": "nowhere"},
        {"org_id": ""},
        {"person_id": "ann"},
        {"crew_id": "c1"},
        {"point_kinds": [], "words": ""},
        {"words": " ".join(f"词{number}" for number in range(50))},
    ],
)
def test_given_bad_input_when_a_trade_is_kept_then_a_sentence_says_so_and_nothing_changes(site, wrong):
    before = trades_of(site)

    answer = send(signed_in(site, "std"), "/repairs/trades", TRADE | wrong)

    assert answer.status_code == 422
    assert trades_of(site) == before


def test_given_a_person_on_duty_when_a_fault_is_handed_to_the_trade_then_that_person_alone_is_told(site, order_id):
    send(signed_in(site, "std"), "/repairs/trades", {**TRADE, "person_id": "guy"})
    client = on_the_spot(site, order_id)

    send(client, f"/repairs/{order_id}/hand", {"trade": "roof"})

    with site.app_context():
        assert {row.person_id for row in rows_of(Message)} == {"guy"}


def test_nc18_given_an_open_order_when_a_visitor_scans_then_the_page_says_reported_without_the_staffs_words(site):
    with site.app_context():
        order(text="灯不亮，张工说下周来", state="accepted")

    text = page(site.test_client(), f"/p/{make.CODE}")

    assert "已报修" in text and "电工" in text and "已接单" in text
    assert "张工" not in text and "/repairs/" not in text


def test_nc18_given_the_trade_when_it_scans_the_label_then_the_way_to_its_order_stands_there(site, order_id):
    text = page(signed_in(site, "eli"), f"/p/{make.CODE}")

    assert f"/repairs/{order_id}?via=scan" in text


def test_given_the_trade_when_its_day_is_opened_then_the_orders_are_counted(site, order_id):
    assert order_id
    assert 'href="/repairs"' in page(signed_in(site, "eli"), "/")
    assert "报修单" not in page(signed_in(site, "bob"), "/").split("</header>")[1].split("<nav")[0]
