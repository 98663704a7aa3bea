"""Through the door of a house and back, and what is kept of whoever came."""

from urllib.parse import urlencode

from sqlalchemy import select

from app.accounts.models import Person
from app.db import rows
from tests.support.identity import CLIENT, SECRET, asked_of, returned

CLEAN = {"claim": "department", "value": "clean", "unit": "clean"}


def oidc(house, **values):
    plain = {
        "id": "office",
        "via": "oidc",
        "label": "统一认证",
        "client_id": CLIENT,
        "secret": SECRET,
        "base": house.url,
    }
    return {**plain, "units": [CLEAN], **values}


def stub(house, via, **values):
    plain = {"id": via, "via": via, "label": via, "client_id": CLIENT, "secret": SECRET, "base": house.url}
    return {**plain, "agent_id": "1000002", "old_base": house.url, **values} if via == "dingtalk" else {
        **plain, "agent_id": "1000002", **values
    }  # fmt: skip


def walk(client, house, house_id="office", wanted="/me/sessions", **changes):
    """Through the door and back, as a browser does; `changes` bends what is brought back."""
    door = client.get(f"/entrances/{house_id}/start?{urlencode({'next': wanted})}")
    assert door.status_code == 303
    asked = asked_of(door.location)
    code = "authCode" if house_id == "dingtalk" else "code"
    return client.get(returned(house_id, **{code: house.code(asked), "state": asked["state"], **changes}))


def stored(app, *columns):
    with app.app_context():
        return [tuple(row) for row in rows(select(*columns))]


def accounts(app):
    return {person_id for (person_id,) in stored(app, Person.id)}
