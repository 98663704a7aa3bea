"""Who tries label codes by the thousand finds none and is slowed down; honest people are not."""

import secrets
from datetime import timedelta

import pytest

from app import clock
from app.places.actions_guesses import PER_ASKER, asker_of
from qr.payload import new_code
from tests.support import builders
from tests.support.phones import cookie_and_token

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}
TRIES = int(PER_ASKER.capacity)


@pytest.fixture
def world(app):
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
        yield app


def guess(app, times):
    """The statuses of this many random codes tried from one address."""
    client = app.test_client()
    return [client.head(f"/p/{new_code()}", environ_overrides=ELSEWHERE).status_code for _ in range(times)]


def scan(app, address=None, **headers):
    return app.test_client(use_cookies=False).get(
        f"/p/{builders.CODE}", environ_overrides=address or ELSEWHERE, headers=headers
    )


def test_given_many_random_codes_when_tried_then_none_hits_and_the_rest_is_not_looked_up(world):
    statuses = guess(world, TRIES + 30)

    assert statuses == [404] * TRIES + [429] * 30


def test_given_an_address_that_guessed_too_often_when_others_scan_then_the_page_opens(world):
    guess(world, TRIES)
    cookie, _token = cookie_and_token(world, "ann")

    refused, passed, worked = scan(world), scan(world, {"REMOTE_ADDR": "203.0.113.8"}), scan(world, Cookie=cookie)

    assert (refused.status_code, passed.status_code, worked.status_code) == (429, 200, 200)
    assert refused.headers["Retry-After"]
    assert "编码" in refused.get_data(as_text=True)


def test_given_an_hour_of_rest_when_scanning_again_then_the_page_opens(world):
    guess(world, TRIES + 1)

    with clock.at(builders.NOW + timedelta(hours=1)):
        answer = scan(world)

    assert answer.status_code == 200


def test_given_a_known_code_when_opened_often_then_it_costs_nothing(world):
    levels = world.extensions["code_guesses"].levels

    statuses = {scan(world).status_code for _ in range(5)}

    assert (statuses, dict(levels)) == ({200}, {})


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8::1", "2001:db8::ffff:1"), ("2001:db8:0:0:1::", "2001:db8::2")],
)
def test_given_addresses_of_one_network_when_guessing_then_they_share_a_bucket(one, other):
    shared = asker_of(None, one)

    assert shared == asker_of(None, other)
    assert shared != asker_of(None, "2001:db8:0:1::1")
    assert asker_of("ann", one) != shared


def test_given_an_odd_address_when_counted_then_it_is_taken_as_it_is():
    assert asker_of(None, "unix:" + secrets.token_hex(100)).startswith("address/unix:")
