"""Who tries label codes by the thousand finds none and is slowed down; honest people are not."""

import secrets
import time
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.accounts.queries import levels_of
from app.db import db
from app.places.actions_guesses import PER_ASKER, Guesses, asker_of
from app.refusals import TooMany
from qr.payload import new_code
from tests.support import builders
from tests.support.databases import make_app
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
    guesses = world.extensions["code_guesses"]

    statuses = {scan(world).status_code for _ in range(5)}

    assert (statuses, dict(guesses.levels), guesses.spent) == ({200}, {}, {})


@pytest.fixture
def another_worker(world):
    """The same database served by a process that has seen nobody yet."""
    made = make_app(world.config["SQLALCHEMY_DATABASE_URI"], Path(world.extensions["settings"].photo_store).parent)
    yield made
    with made.app_context():
        db.engine.dispose()


def settle(app):
    with app.app_context():
        app.extensions["code_guesses"].settle()


def test_given_two_workers_when_one_has_counted_then_the_other_knows_after_its_first_miss(world, another_worker):
    other = another_worker
    guess(world, TRIES)
    settle(world)

    first = guess(other, 1)
    settle(other)

    assert (first, guess(other, 2), scan(other).status_code) == ([404], [429, 429], 429)


def test_given_a_restart_when_the_count_was_settled_then_it_goes_on_where_it_was(world, another_worker):
    guess(world, TRIES - 10)
    settle(world)

    guess(another_worker, 1)
    settle(another_worker)

    assert guess(another_worker, 12) == [404] * 9 + [429] * 3


def test_given_misses_while_settling_when_done_then_none_is_forgotten(world):
    guess(world, 50)
    settle(world)
    guess(world, 20)
    settle(world)

    assert levels(world) == {"code/address/203.0.113.7": TRIES - 70}


def levels(app):
    with app.app_context():
        return {key: level.tokens for key, level in levels_of(["code/address/203.0.113.7"]).items()}


def eventually(holds, seconds=20):
    ends = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < ends:
        time.sleep(0.1)
    return held


def test_given_misses_when_a_moment_has_passed_then_they_are_counted_by_themselves(world):
    world.extensions["code_guesses"].settle_after_s = 0.05

    guess(world, 3)

    assert eventually(lambda: levels(world) == {"code/address/203.0.113.7": TRIES - 3})


def test_given_the_database_away_when_settling_then_this_worker_goes_on_counting(tmp_path):
    lonely = make_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path)
    guesses = lonely.extensions["code_guesses"]
    for _ in range(TRIES):
        guesses.missed("address/203.0.113.7", builders.NOW)

    guesses._settle_later()

    with pytest.raises(TooMany):
        guesses.may_ask("address/203.0.113.7", builders.NOW)


def test_given_many_askers_when_the_memory_is_full_then_the_oldest_gives_way(tmp_path):
    guesses = Guesses(make_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path), most=2)

    for asker in "abc":
        guesses.missed(asker, builders.NOW)

    assert list(guesses.levels) == ["b", "c"]


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
