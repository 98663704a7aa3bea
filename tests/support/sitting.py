"""Somebody at a desk at a given hour: signs in, opens pages, sends forms; and what stands in a table afterwards."""

from app import clock
from app.db import db


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
