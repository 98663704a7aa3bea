"""Ratings at the desk: what counts, by topic, unit and point; low ratings are looked into (rules SA-7 to SA-11)."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.accounts.queries import person_by_id
from app.feedback.models import FeedbackEvent, FeedbackLead
from app.feedback.queries_ratings import leads_within, ratings_within
from app.feedback.rules_ratings import Face
from tests.support import builders as a
from tests.support.counting import queries_counted
from tests.support.voices import call, lead, rating

SINCE, UNTIL = a.NOW - timedelta(days=30), a.NOW + timedelta(days=1)
FOREIGN = {"point_id": "p2", "implementer_id": "other", "responsible_id": "other"}
LOOKED = {"outcome": "seen_to", "note": "已补上"}


@pytest.fixture
def world(app):
    """Sue's restroom, and one of another department."""
    with app.app_context():
        a.small_world()
        a.point("p2", "000000000H", name="二层女卫生间")
        a.person("oli", "supervisor", "other")
    with clock.at(a.NOW):
        yield app


def seen(world, who="sue"):
    with world.app_context():
        return ratings_within(person_by_id(who), SINCE, UNTIL)


def the_lead(world):
    with world.app_context():
        return db.row(select(FeedbackLead.__table__))


def test_sa_7_given_ratings_when_read_then_those_that_count_within_reach_and_time(world):
    with world.app_context():
        for face, topic in ((5, "clean"), (3, "clean"), (1, "manner"), (4, "")):
            rating(face=face, topic=topic)
        rating(face=1, excluded="staff")
        rating(face=1, excluded="own_unit")
        rating(face=1, at=SINCE - timedelta(seconds=1))
        rating(face=1, at=UNTIL)
        rating(face=2, **FOREIGN)

    ratings = seen(world)

    assert (ratings.rated.n, ratings.rated.satisfied, ratings.rated.strictly, ratings.left_out) == (4, 3, 2, 2)
    assert [(group.key, group.rated.n, group.rated.satisfied) for group in ratings.topics] == [
        ("manner", 1, 0), ("clean", 2, 2), ("", 1, 1),
    ]  # fmt: skip
    assert [(group.key, group.rated.n) for group in ratings.units] == [("clean", 4)]
    assert [(group.key, group.rated.faces[Face.FAIR]) for group in ratings.points] == [("p1", 1)]
    assert seen(world, "oli").rated.n == 1


def test_given_thousands_of_ratings_when_read_then_as_many_statements_as_for_one(world):
    with world.app_context():
        rating(words="好")
        with queries_counted() as few:
            ratings_within(person_by_id("sue"), SINCE, UNTIL)
        for _each in range(30):
            rating(words="好")
        with queries_counted() as many:
            ratings_within(person_by_id("sue"), SINCE, UNTIL)

    assert len(few) == len(many)


def test_sa_11_given_a_low_rating_with_words_when_looked_into_then_once_and_by_whom(world):
    with world.app_context():
        item = lead()
    client = world.test_client()
    client.sign_in("sue")

    answers = [client.send(f"/feedback/leads/{item}/looked", LOOKED, page="/feedback") for _each in range(2)]

    found = the_lead(world)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (found.looked_by_id, found.outcome, found.note, found.looked_at) == ("sue", "seen_to", "已补上", a.NOW)
    with world.app_context():
        assert [row.kind for row in db.rows(select(FeedbackEvent.__table__))] == ["looked"]
    assert "已补上" in client.get("/feedback").get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "fields", "status"),
    [
        ("sue", {"outcome": "forgotten"}, 422),
        ("sue", {}, 422),
        ("sue", {"outcome": "told", "note": "长" * 501}, 422),
        ("oli", LOOKED, 404),
        ("ann", LOOKED, 403),
        ("lea", LOOKED, 403),
    ],
)
def test_given_a_lead_when_strangers_or_nonsense_come_then_refused_and_it_waits(world, who, fields, status):
    with world.app_context():
        item = lead()
    client = world.test_client()
    client.sign_in(who)

    answer = client.send(f"/feedback/leads/{item}/looked", fields, page="/me")

    assert answer.status_code == status
    assert the_lead(world).looked_at is None


def test_given_no_such_lead_when_looked_into_then_not_found(world):
    client = world.test_client()
    client.sign_in("sue")

    assert client.send(f"/feedback/leads/{uuid.uuid4()}/looked", LOOKED, page="/me").status_code == 404


def test_given_leads_when_listed_then_the_first_due_first_and_the_looked_into_last(world):
    with world.app_context():
        late, soon = lead(), lead()
        db.atomically(
            lambda: db.run(FeedbackLead.__table__.update().where(FeedbackLead.item_id == soon).values(due_at=a.NOW))
        )
        done = lead()
        db.atomically(
            lambda: db.run(
                FeedbackLead.__table__.update()
                .where(FeedbackLead.item_id == done)
                .values(looked_at=a.NOW, outcome="told")
            )
        )
        listed = [each.id for each in leads_within(person_by_id("sue"), a.NOW)]

    assert listed == [soon, late, done]


def test_given_the_page_of_voices_when_a_supervisor_opens_it_then_calls_with_clocks_and_rates_beside_n(world):
    with world.app_context():
        call(first_at=a.NOW - timedelta(minutes=20), due_at=a.NOW - timedelta(minutes=5))
        call(need="wet", state="done", ended_at=a.NOW, arrived_at=a.NOW, accepted_by_id="ann")
        for face in (5, 4, 2):
            rating(face=face, words="有水" if face == 2 else "", at=a.NOW - timedelta(minutes=9))
    client = world.test_client()
    client.sign_in("sue")

    page = client.get("/feedback").get_data(as_text=True)

    assert "已超时5分钟" in page
    assert re.search(r"66\.7%", page)
    assert "样本不足" in page
    assert "3次评价" in page
