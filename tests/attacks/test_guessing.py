"""Who tries label codes by the thousand finds none and is slowed down; honest people are not."""

import secrets
from datetime import timedelta

import pytest

from app import clock
from app.places.actions_guesses import PER_ASKER, asker_of
from qr.payload import new_code
from tests.attacks.world import OWN_CODE, client_of
from tests.support.builders import NOW

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def test_given_many_random_codes_when_tried_then_none_hits_and_most_are_not_looked_up(world):
    client = world.test_client()
    client.inspecting = False

    statuses = [client.head(f"/p/{new_code()}", environ_overrides=ELSEWHERE).status_code for _ in range(500)]

    assert set(statuses) == {404, 429}
    assert statuses.count(404) == PER_ASKER.capacity


def test_given_an_address_that_guessed_too_often_when_anybody_else_scans_then_the_page_opens(world):
    guesser, passer_by = world.test_client(), world.test_client()
    worker, _headers = client_of(world, "worker")
    guesser.inspecting = False
    for _ in range(int(PER_ASKER.capacity)):
        guesser.get(f"/P/{new_code()}", environ_overrides=ELSEWHERE)

    refused = guesser.get(f"/p/{OWN_CODE}", environ_overrides=ELSEWHERE)
    passed = passer_by.get(f"/p/{OWN_CODE}", environ_overrides={"REMOTE_ADDR": "203.0.113.8"})
    worked = worker.get(f"/p/{OWN_CODE}", environ_overrides=ELSEWHERE)

    assert (refused.status_code, passed.status_code, worked.status_code) == (429, 200, 200)
    assert refused.headers["Retry-After"]
    assert "编码" in refused.get_data(as_text=True)


def test_given_an_hour_of_rest_when_scanning_again_then_the_page_opens(world):
    client = world.test_client()
    client.inspecting = False
    for _ in range(int(PER_ASKER.capacity) + 1):
        client.get(f"/p/{new_code()}", environ_overrides=ELSEWHERE)

    with clock.at(NOW + timedelta(hours=1)):
        answer = client.get(f"/p/{OWN_CODE}", environ_overrides=ELSEWHERE)

    assert answer.status_code == 200


def test_given_a_known_code_when_opened_often_then_it_costs_nothing(world):
    client = world.test_client()
    client.inspecting = False

    statuses = {client.head(f"/p/{OWN_CODE}", environ_overrides=ELSEWHERE).status_code for _ in range(150)}

    assert statuses == {200}


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
