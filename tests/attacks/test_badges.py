"""Attacks on badges: guessing numbers, PINs and codes, replay, planted sessions, foreign ways, foreign pages."""

import statistics
import time
from datetime import timedelta

import pytest

from app import clock
from app.accounts.queries_badges import badge_of
from app.accounts.queries_people import events_of
from app.accounts.rules_badges import MOST_STRANGE_TRIES
from qr.token import new_token
from tests.support import builders
from tests.support.badges import PIN, activated, badge_for

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def world(app):
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
        yield app


@pytest.fixture
def leader(world):
    client = world.test_client()
    client.sign_in("lea")
    return client


def tries(client, token, pins, **kwargs):
    return [client.send(f"/b/{token}", {"pin": pin}, **kwargs).status_code for pin in pins]


def test_given_a_thief_with_the_card_when_guessing_pins_then_few_tries_are_given_and_the_owners_phone_goes_on(
    world, leader, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    owner, thief = world.test_client(), world.test_client()
    tries(owner, token, [PIN])
    owner.send("/logout", page="/me")

    statuses = tries(thief, token, [f"{number:04}" for number in range(8)])

    assert statuses == [422] * 6 + [429] * 2
    assert tries(thief, token, [PIN]) == [429]
    assert tries(owner, token, [PIN]) == [303]


def test_given_the_number_spelt_in_other_ways_when_guessing_then_it_is_one_bucket(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    thief = world.test_client()
    spellings = [token, token.lower(), f"{token[:5]}-{token[5:]}", f"{token[:9]} {token[9:]}"]

    statuses = [thief.send(f"/b/{spelling}", {"pin": "0000"}, page="/login").status_code for spelling in spellings * 2]

    assert statuses == [422] * 6 + [429] * 2


def test_given_a_patient_thief_when_all_strange_tries_are_used_then_the_card_opens_on_known_phones_only(
    world, leader, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    owner = world.test_client()
    tries(owner, token, [PIN])
    owner.send("/logout", page="/me")
    asked = 0
    for hour in range(1, 8):
        with clock.at(builders.NOW + timedelta(hours=hour)):
            statuses = tries(world.test_client(), token, ["0000"] * 6, environ_overrides=ELSEWHERE)
            asked += statuses.count(422)

    with clock.at(builders.NOW + timedelta(days=9)):
        refused, opened = tries(world.test_client(), token, [PIN]), tries(owner, token, [PIN])

    assert asked == MOST_STRANGE_TRIES
    assert (refused, opened) == ([429], [303])
    with world.app_context():
        assert [event.kind for event in events_of("ann")].count("badge_guessed") == 1
    assert "有人试过 PIN" in leader.get("/badges").get_data(as_text=True)


def test_given_wrong_tries_when_the_owner_then_signs_in_on_a_new_phone_then_they_are_forgotten(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    tries(world.test_client(), token, ["0000"] * 3)

    tries(world.test_client(), token, [PIN])

    with world.app_context():
        assert badge_of("ann").strange_tries == 0


def test_given_a_thief_with_a_new_card_when_guessing_codes_then_few_tries_are_given(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    thief = world.test_client()
    wrong = [f"{(int(code) + number) % 1_000_000:06}" for number in range(1, 8)]

    statuses = [
        thief.send(f"/b/{token}", {"code": each, "pin": PIN, "again": PIN}).status_code for each in [*wrong, code]
    ]

    assert statuses == [422] * 6 + [429] * 2


def test_given_a_code_that_was_used_when_replayed_then_it_sets_no_pin(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    world.test_client().send(f"/b/{token}", {"code": code, "pin": PIN, "again": PIN})
    thief = world.test_client()

    replay = thief.send(f"/b/{token}", {"code": code, "pin": "907050", "again": "907050"})

    assert replay.status_code == 422
    assert tries(world.test_client(), token, [PIN]) == [303]


def test_given_the_code_of_one_badge_when_used_with_another_then_it_is_wrong(world, leader, tmp_path):
    with world.app_context():
        builders.person("abe", "worker", "clean", crew_id="c1")
    (ann, code), (_abe, other) = (badge_for(leader, who, tmp_path) for who in ("ann", "abe"))

    answer = world.test_client().send(f"/b/{ann}", {"code": other, "pin": PIN, "again": PIN})

    assert (code != other, answer.status_code) == (True, 422)


def test_given_random_numbers_when_tried_then_none_opens_and_the_address_is_slowed_down(world, leader, tmp_path):
    activated(world, leader, "ann", tmp_path)
    client = world.test_client()
    token = client.token()

    def guess():
        given = {"csrf_token": token, "pin": PIN}
        return client.post(f"/b/{new_token()}", data=given, environ_overrides=ELSEWHERE).status_code

    statuses = [guess() for _ in range(64)]

    assert statuses == [422] * 60 + [429] * 4
    assert client.post(
        "/login", data={"csrf_token": token, "account": "ann", "password": builders.PASSWORD}
    ).status_code


def test_given_a_session_planted_before_when_a_badge_signs_in_then_neither_it_nor_its_token_counts(
    world, leader, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    victim, planter = world.test_client(), world.test_client()
    csrf = victim.token(f"/b/{token}")
    planter.set_cookie("dabiao", victim.get_cookie("dabiao").value)

    tries(victim, token, [PIN])

    assert planter.get("/api/v1/session").status_code == 401
    assert victim.post("/preferences", data={"csrf_token": csrf, "locale": "en"}).status_code == 403
    assert victim.get("/api/v1/session").json["person"]["id"] == "ann"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
)
def test_given_a_foreign_way_when_a_badge_signs_in_then_the_own_start_page_opens(wanted, world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.get("/login", query_string={"next": wanted})

    answer = phone.send(f"/b/{token}", {"pin": PIN, "next": wanted, "wanted": wanted})

    assert answer.status_code == 303
    assert "evil" not in answer.location
    assert answer.location.startswith("/")


@pytest.mark.parametrize(
    "address", ["/b/{token}", "/badges/cards.pdf", "/badges/ann/revoke", "/team-phone", "/me/badge/revoke"]
)
def test_given_no_token_or_a_foreign_page_when_sent_then_nothing_happens(address, world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    form = {"pin": PIN, "person": "ann", "csrf_token": leader.token("/badges")}
    address = address.format(token=token)

    bare = leader.post(address, data={"pin": PIN, "person": "ann"})
    foreign = leader.post(address, data=form, headers={"Origin": "https://evil.example"})

    assert (bare.status_code, foreign.status_code) == (403, 403)
    with world.app_context():
        assert badge_of("ann").activated_at
    assert leader.get_cookie("dabiao_team") is None


def test_given_hostile_words_in_the_address_when_scanned_then_they_are_no_markup_and_no_error(world):
    client = world.test_client()

    for word in ("<script>alert(1)</script>", "'; drop table badges; --", "%00", "7" * 3000, "\u202e" * 20, "{{7*7}}"):
        answer = client.get(f"/b/{word}")
        assert answer.status_code in (200, 404, 422), word
        assert "<script>alert" not in answer.get_data(as_text=True)
    assert "%7B%7B7%2A7%7D%7D" in answer.get_data(as_text=True)


def test_given_known_and_unknown_numbers_when_timed_then_a_try_takes_as_long(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    client = world.test_client()
    given = {"csrf_token": client.token(), "pin": "0000"}
    spent = {True: [], False: []}
    for hours in range(2 * (MOST_STRANGE_TRIES - 1)):
        known = hours % 2 == 0
        with clock.at(builders.NOW + timedelta(hours=hours)):
            begun = time.thread_time()
            client.post(f"/b/{token if known else new_token()}", data=given)
            spent[known].append(time.thread_time() - begun)

    fast, slow = sorted(statistics.median(each) for each in spent.values())

    assert slow < fast * 1.25
