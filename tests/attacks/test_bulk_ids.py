"""Lists of ids with a foreign one among the own: it does nothing for the foreign one, and never a half of it unseen."""

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import Badge
from app.db import rows
from app.repairs.models import Shortage
from tests.support import builders
from tests.support.repairs import shortage, trades_of_small_world


@pytest.fixture
def world(app):
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
            builders.point("p9", "000000000H", name="别家的卫生间")
        yield app


def signed_in(app, person):
    client = app.test_client()
    client.sign_in(person)
    return client


def test_given_a_foreign_person_among_own_ones_when_badges_are_printed_then_none_is(world):
    client = signed_in(world, "lea")

    answer = client.send("/badges/cards.pdf", {"person": ["ann", "bob"]}, page="/badges")

    assert answer.status_code == 404
    with world.app_context():
        assert rows(select(Badge.id)) == []


def test_given_a_person_above_among_own_ones_when_badges_are_printed_then_none_is(world):
    client = signed_in(world, "lea")

    answer = client.send("/badges/cards.pdf", {"person": ["ann", "sue"]}, page="/badges")

    assert answer.status_code in (403, 404)
    with world.app_context():
        assert rows(select(Badge.id)) == []


def test_given_a_foreign_shortage_among_own_ones_when_ticked_then_only_the_own_is_delivered(world):
    with world.app_context():
        trades_of_small_world()
        own = shortage()
        foreign = shortage("p9", text="别家没有纸", implementer_id="other", responsible_id="other")
    client = signed_in(world, "ann")

    client.send("/repairs/shortages", {"delivered": [own, foreign]}, page="/repairs/shortages")

    with world.app_context():
        found = dict(tuple(row) for row in rows(select(Shortage.id, Shortage.delivered_by_id)))
    assert found == {own: "ann", foreign: None}
