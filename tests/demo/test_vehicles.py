"""The vehicles of the demo: 4,550 and 4,690 km since the service warn, 5,020 km keep one in; odometers end as filed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock, db
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.actions_vehicles import play_vehicles
from app.demo.rules_odometers import NIGHT_DAYS, Odometers, Way, night_trip, way_of
from app.places.models import Point
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_standing import board
from app.vehicles.rules_standing import Block, Near
from tests.support import builders as make

SITE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


def test_vh8_given_the_demo_when_the_board_is_made_then_two_warn_and_one_stays_in_for_its_service(demo_app):
    settings = demo_app.extensions["settings"]
    site, now = Site(settings.zone, demo_app.extensions["photo_store"], settings.max_photo_bytes), clock.now()
    with demo_app.app_context():
        # Records of earlier months at other points: no vehicle was in the house then, none owes an inspection.
        place = db.scalar(select(Point.id).where(Point.kind == "restroom").limit(1))
        before = now - timedelta(days=200)
        make.occurrence(place, "B1", before, business_on=before.date(), implementer_id="ctr-clean", state="missed")
        atomically(lambda: play_vehicles(site, now))
        found = {each.vehicle.plate: each for each in board(all_vehicles(), now, settings.zone)}

    since = {plate: each.since_km for plate, each in found.items()}
    assert (since["示A·T0004"], since["示A·T0006"], since["示A·T0007"]) == (4550, 4690, 5020)
    assert {plate for plate, each in found.items() if Near.SERVICE in each.warnings} == {"示A·T0004", "示A·T0006"}
    assert {plate: each.blocks for plate, each in found.items() if each.blocks} == {"示A·T0007": (Block.SERVICE,)}


def test_given_trips_behind_when_an_odometer_is_asked_for_then_what_came_after_is_not_in_it_yet():
    shown = Odometers({"car": [Way(NOW - timedelta(days=2), 30), Way(NOW, 12)]})

    assert shown.at("car", 1000, NOW) == 1000
    assert shown.at("car", 1000, NOW - timedelta(seconds=1)) == 988
    assert shown.at("car", 1000, NOW - timedelta(days=3)) == 958
    assert shown.at("other", 1000, NOW) == 1000
    assert way_of("dp-1") == way_of("dp-1")


def test_given_a_short_history_when_the_night_is_asked_for_then_there_is_none():
    out, back = night_trip(NOW, NOW - timedelta(days=8), SITE)

    assert (out.astimezone(SITE).date(), back - out) == (
        (NOW - timedelta(days=NIGHT_DAYS)).date(),
        timedelta(minutes=80),
    )
    assert night_trip(NOW, NOW - timedelta(days=2), SITE) is None
