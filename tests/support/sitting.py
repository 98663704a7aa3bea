"""Somebody at a desk at a given hour: signs in, opens pages, sends forms; and what stands in a table afterwards."""

import uuid

from app import clock
from app.accounts.models import SignIn
from app.accounts.queries import token_key
from app.db import db
from tests.support.builders import NOW, kept


def signed_in(app, person_id, now=NOW):
    """A client with a session of its own, which lives at that hour; the sign-in page is tried elsewhere."""
    with app.app_context():
        token = str(uuid.uuid4())
        kept(SignIn, id=token_key(token), person_id=person_id, started_at=now, seen_at=now)
    client = app.test_client()
    client.lives_at = now
    with client.session_transaction() as opened:
        opened.update({"_user_id": token, "_fresh": True, "seen": 4_000_000_000})
    return client


def signed_in_at(now, app, person_id):
    """A client with the person's session."""
    client = app.test_client()
    with clock.at(now):
        client.sign_in(person_id)
    return client


def sent_at(now, client, path, data):
    """A form as a page of the product sends it."""
    with clock.at(now):
        return client.send(path, data, page="/me")


def page_at(now, client, path):
    """The text of a page that opens."""
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def stored(app, table, *names):
    """The named columns of all rows."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(db.select(*(table.c[name] for name in names))).all()]
