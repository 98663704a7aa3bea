"""A driver, a keeper and a head at a vehicle's page: signed in, sending deeds, looking at what was kept."""

import io
from datetime import timedelta

from app import clock
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.pictures import jpeg
from tests.support.sitting import signed_in
from tests.support.stored import rows_of, tables
from tests.support.vehicles import CAR

NOW = make.NOW
A_MINUTE = timedelta(minutes=1)
DAN_DRIVES = "/vehicles/v1"


def send(client, deed, data, now=NOW, point=CAR, **kwargs):
    with clock.at(now):
        return client.send(f"/vehicles/{point}/{deed}", data, page="/me", **kwargs)


def page(client, path=DAN_DRIVES, now=NOW):
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def found(app, table):
    with app.app_context():
        return rows_of(table)


def counts(app):
    with app.app_context():
        return tables()


def checked(app, **keys):
    with app.app_context():
        return cars.checked(**keys)


def photo(seed=7):
    return {"photos": (io.BytesIO(jpeg(seed=seed)), "a.jpg")}


def out(app, **keys):
    """Dan is out with the car."""
    checked(app)
    client = signed_in(app, "dan")
    assert send(client, "depart", cars.departure(**keys)).status_code == 303
    return client


def text(answer):
    return answer.get_data(as_text=True)
