"""The page of badges: print, take back, team phones; who may do that to whom."""

import re

import pytest
from sqlalchemy import text

from app.accounts.queries_badges import badge_of
from app.accounts.queries_people import events_of
from app.db import rows
from tests.support import builders
from tests.support.badges import PIN, activated, print_for, printed


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
        builders.person("dan", "driver", "clean", crew_id="c1")
        builders.person("len", "crew_leader", "clean", crew_id="c1")
        builders.person("zoe", "worker", "clean", crew_id="c9")
    return app


def test_given_a_crew_leader_when_badges_are_printed_then_the_file_has_cards_and_codes_and_both_count(world, tmp_path):
    client = world.test_client()
    client.sign_in("lea")

    answer = print_for(client, "ann", "dan")

    tokens, codes = printed(answer.data, tmp_path)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-store",
    )
    assert [re.fullmatch(r"HTTP://LOCALHOST/B/[0-9A-Z]{20}", each) is not None for each in tokens] == [True, True]
    assert len(set(codes)) == 2
    with world.app_context():
        assert {badge_of(who).activated_at for who in ("ann", "dan")} == {None}
        assert [event.kind for event in events_of("ann")] == ["badge_issued"]


def test_given_a_badge_when_printed_again_then_the_old_one_opens_nothing_more(world, tmp_path):
    client = world.test_client()
    client.sign_in("lea")
    old = activated(world, client, "ann", tmp_path)
    phone = world.test_client()
    phone.send(f"/b/{old}", {"pin": PIN})

    print_for(client, "ann")

    assert phone.get("/me").status_code == 303
    assert phone.send(f"/b/{old}", {"pin": PIN}).status_code == 422
    with world.app_context():
        kinds = [event.kind for event in events_of("ann")]
        assert kinds[:2] == ["badge_issued", "badge_revoked"]
        assert badge_of("ann").activated_at is None


@pytest.mark.parametrize(
    ("who", "person", "status"),
    [
        ("lea", "ann", 200),
        ("lea", "dan", 200),
        ("lea", "lea", 200),
        ("lea", "len", 403),
        ("lea", "bob", 404),
        ("lea", "zoe", 404),
        ("lea", "sue", 404),
        ("lea", "nobody", 404),
        ("sue", "ann", 200),
        ("sue", "len", 200),
        ("sue", "zoe", 200),
        ("sue", "bob", 404),
        ("sue", "sue", 403),
        ("adm", "bob", 200),
        ("adm", "sue", 403),
        ("adm", "adm", 403),
        ("ann", "ann", 403),
    ],
)
def test_given_somebody_when_printing_for_somebody_then_role_and_reach_decide(who, person, status, world):
    client = world.test_client()
    client.sign_in(who)

    answer = client.send("/badges/cards.pdf", {"person": [person]}, page="/me/secrets")

    assert answer.status_code == status
    with world.app_context():
        assert (badge_of(person) is not None) is (status == 200)


def test_given_one_out_of_reach_among_others_when_printing_then_nobody_gets_a_badge(world):
    client = world.test_client()
    client.sign_in("lea")

    assert print_for(client, "ann", "bob").status_code == 404
    with world.app_context():
        assert badge_of("ann") is None


@pytest.mark.parametrize("people", [[], [f"x{number}" for number in range(101)]])
def test_given_nobody_or_too_many_when_printing_then_a_sentence_says_so(people, world):
    client = world.test_client()
    client.sign_in("lea")

    answer = print_for(client, *people)

    assert answer.status_code == 422
    assert "勾选" in answer.get_data(as_text=True)


def test_given_a_name_that_cannot_be_printed_when_printing_then_old_badges_stay(world, tmp_path):
    client = world.test_client()
    client.sign_in("lea")
    with world.app_context():
        builders.person("odd", "worker", "clean", crew_id="c1", name="\U0001f468王")
    activated(world, client, "ann", tmp_path)

    answer = print_for(client, "ann", "odd")

    assert answer.status_code == 422
    assert "U+1F468" in answer.get_data(as_text=True)
    with world.app_context():
        assert badge_of("ann").activated_at


@pytest.mark.parametrize(("who", "status"), [("lea", 303), ("sue", 303), ("adm", 303), ("ann", 403)])
def test_given_a_badge_when_taken_back_then_it_and_what_it_opened_end_at_once(who, status, world, tmp_path):
    leader, client, phone, other = (world.test_client() for _ in range(4))
    leader.sign_in("lea")
    token = activated(world, leader, "ann", tmp_path)
    phone.send(f"/b/{token}", {"pin": PIN})
    other.sign_in("ann")
    client.sign_in(who)

    answer = client.send("/badges/ann/revoke", {"reason": "lost"}, page="/me/secrets")
    again = client.send("/badges/ann/revoke", {"reason": "lost"}, page="/me/secrets")

    assert (answer.status_code, again.status_code) == (status, status)
    assert phone.get("/me").status_code == (303 if status == 303 else 200)
    assert other.get("/me").status_code == 200
    with world.app_context():
        assert (badge_of("ann") is None) is (status == 303)
        assert [event.kind for event in events_of("ann")].count("badge_revoked") == (status == 303)


@pytest.mark.parametrize(("who", "person", "status"), [("lea", "bob", 404), ("lea", "len", 403), ("sue", "bob", 404)])
def test_given_a_badge_out_of_reach_when_taken_back_then_it_stays(who, person, status, world):
    admin, client = world.test_client(), world.test_client()
    admin.sign_in("adm")
    print_for(admin, person)
    client.sign_in(who)

    assert client.send(f"/badges/{person}/revoke", page="/badges").status_code == status
    with world.app_context():
        assert badge_of(person)


def test_given_the_own_badge_when_reported_lost_then_it_ends_and_the_session_it_opened(world, tmp_path):
    leader, phone = world.test_client(), world.test_client()
    leader.sign_in("lea")
    token = activated(world, leader, "ann", tmp_path)
    phone.send(f"/b/{token}", {"pin": PIN})

    phone.send("/me/badge/revoke", page="/me/secrets")

    assert phone.get("/me").status_code == 303
    with world.app_context():
        assert badge_of("ann") is None


@pytest.mark.parametrize("deed", ["disable", "promote"])
def test_given_a_badge_when_its_carrier_may_carry_none_any_more_then_it_ends(deed, world, tmp_path):
    leader, admin, phone = (world.test_client() for _ in range(3))
    leader.sign_in("lea")
    admin.sign_in("adm")
    token = activated(world, leader, "ann", tmp_path)
    phone.send(f"/b/{token}", {"pin": PIN})

    if deed == "disable":
        admin.send("/people/ann/disable", page="/people/ann")
        admin.send("/people/ann/enable", page="/people/ann")
    else:
        form = {"name": "人员ann", "role": "supervisor", "org_id": "clean", "crew_id": "", "shift_id": ""}
        admin.send("/people/ann", form, page="/people/ann")

    assert phone.get("/me").status_code == 303
    assert phone.send(f"/b/{token}", {"pin": PIN}).status_code == 422


def test_given_the_page_when_opened_then_it_lists_own_hands_with_their_state(world, tmp_path):
    client = world.test_client()
    client.sign_in("lea")
    activated(world, client, "ann", tmp_path)
    print_for(client, "dan")

    page = client.get("/badges").get_data(as_text=True)

    assert re.findall(r'name="person" value="(\w+)"', page) == ["ann", "dan", "lea"]
    assert page.count("使用中") == 1
    assert page.count("待激活") == 1
    assert page.count("没有工牌") == 1


@pytest.mark.parametrize(("who", "status"), [("lea", 303), ("sue", 303), ("adm", 303), ("ann", 403)])
def test_given_a_phone_when_made_a_team_phone_then_it_signs_out_and_asks_for_badges(who, status, world):
    client = world.test_client()
    client.sign_in(who)

    answer = client.send("/team-phone", {"name": " 一班  1号机 "}, page="/me/secrets")

    assert answer.status_code == status
    if status == 303:
        page = client.get("/login").get_data(as_text=True)
        assert client.get("/me").status_code == 303
        assert "一班 1号机" in page
        assert 'href="/p"' in page
        with world.app_context():
            assert events_of(who)[0].kind == "team_phone_set"
    else:
        assert client.get("/me").status_code == 200


@pytest.mark.parametrize("name", ["长" * 31, "一\u202e班"])
def test_given_an_odd_name_when_a_team_phone_is_made_then_nothing_changes(name, world):
    client = world.test_client()
    client.sign_in("lea")

    answer = client.send("/team-phone", {"name": name}, page="/badges")

    assert answer.status_code == 422
    assert client.get_cookie("dabiao_team") is None
    assert client.get("/badges").status_code == 200


def test_given_a_team_phone_when_ended_then_sessions_are_as_long_as_anywhere(world):
    client = world.test_client()
    client.sign_in("lea")
    client.send("/team-phone", page="/badges")
    client.sign_in("lea")

    answer = client.send("/team-phone/end", page="/badges")

    assert answer.status_code == 303
    assert client.get_cookie("dabiao_team") is None
    client.sign_in("ann")
    with world.app_context():
        assert rows(text("select idle_until from sign_ins where person_id = 'ann'"))[0][0] is None


def test_given_a_forged_cookie_when_signing_in_then_the_phone_is_no_team_phone(world):
    client = world.test_client()
    client.set_cookie("dabiao_team", '"一班"')

    assert "刷卡" not in client.get("/login").get_data(as_text=True)
