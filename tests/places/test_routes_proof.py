"""What a point asks of its records, set on its page by those whose point it is."""

import pytest

from app.audit.models import AuditEvent
from app.db import atomically
from app.places.models import Point
from app.places.rules_proof import Asks, tag_value
from app.places.writes import set_proof
from tests.support import builders as make
from tests.support.phones import cookie_and_token
from tests.support.stored import rows_of

SECRET = "0f" * 16


@pytest.fixture
def office(app):
    """Somebody's browser, a post with its token, and what the point then asks."""
    with app.app_context():
        make.small_world()

    def browser(person):
        client = app.test_client()
        cookie, token = cookie_and_token(app, person)
        client.set_cookie(*cookie.split("=", 1))
        return client, lambda **form: client.post("/points/p1/proof", data={"csrf_token": token, **form})

    return browser


def point(app):
    with app.app_context():
        [found] = rows_of(Point)
        return found.asks, found.secret


def settings_noted(app):
    with app.app_context():
        return [row.data for row in rows_of(AuditEvent) if row.kind == "setting.changed"]


def test_given_a_supervisor_when_a_word_is_asked_for_then_its_sheet_can_be_printed_and_it_is_noted_once(app, office):
    client, post = office("sue")

    statuses = [post(asks="word").status_code, post(asks="word").status_code]

    asks, secret = point(app)
    assert (statuses, asks, len(secret)) == ([303, 303], "word", 32)
    assert settings_noted(app) == [{"asks": "word", "before": "", "renewed": True}]
    assert client.get("/points/p1/words").status_code == 200
    assert secret not in client.get("/points/p1").text


def test_given_a_tag_when_asked_for_then_the_page_shows_its_address_until_a_new_secret_is_made(app, office):
    client, post = office("sue")
    post(asks="tag")
    first = point(app)[1]
    assert f"/p/{make.CODE}?t={tag_value(first)}" in client.get("/points/p1").text

    post(asks="tag", renew="1")

    second = point(app)[1]
    assert second != first
    assert f"?t={tag_value(second)}" in client.get("/points/p1").text
    assert client.get("/points/p1/words").status_code == 404


def test_given_a_secret_when_something_else_is_asked_for_then_it_is_kept_for_later(app, office):
    with app.app_context():
        atomically(lambda: set_proof("p1", Asks.WORD, SECRET))
    _client, post = office("sue")

    post(asks="live")
    assert point(app) == ("live", SECRET)
    post(asks="")
    assert point(app) == (None, SECRET)
    post(asks="tag")
    assert point(app) == ("tag", SECRET)


def test_given_no_choice_of_ours_when_posted_then_it_is_refused_and_nothing_changes(app, office):
    assert office("sue")[1](asks="face").status_code == 422
    assert (point(app), settings_noted(app)) == ((None, None), [])


@pytest.mark.parametrize(("person", "status"), [("ann", 403), ("lea", 403)])
def test_given_somebody_else_when_posted_then_it_is_refused(app, office, person, status):
    assert office(person)[1](asks="live").status_code == status
    assert point(app) == (None, None)
