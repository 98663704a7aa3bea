"""The vehicles of the demo: their trips, fuel, one service, one emergency written up, one reading put right."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import SEED, Site
from app.demo.pictures import Subject, drawn
from app.demo.queries_vehicles import Sent, history_since, odometers, sent_before
from app.demo.rules_odometers import NIGHT_CAR, NIGHT_KM, Odometers, night_trip
from app.photos.actions import keep
from app.photos.rules import KeptPhoto, Upload
from app.places.queries import point_by_id
from app.refusals import Refusal
from app.schedule.actions_settle import settle_states
from app.vehicles.actions_notes import Deed, fuel, service
from app.vehicles.actions_odometer import decide, propose
from app.vehicles.actions_override import back_fill, override
from app.vehicles.actions_state import rebuild
from app.vehicles.actions_trips import come_back, depart
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_entries import open_trips
from app.vehicles.rules import Vehicle
from app.vehicles.rules_wishes import Departure, Filling, Noted, Reason, Return
from app.vehicles.writes import keep_attrs
from app.web.current import CurrentPerson

HEAD, TECHNICIAN, NIGHT_DRIVER = "wk-21", "wk-10", "wk-08"
LEADER, SERVICED, THIRSTY, MISTYPED = "wk-70", "pt-059", "pt-058", "pt-060"
ROUTES = ("市政务中心往返", "开发区调研往返", "火车站接送", "市档案馆往返", "两个区县走访")
YUAN = {"L": 7.86, "kWh": 0.92}
A_MINUTE = timedelta(minutes=1)
Timed = tuple[datetime, Callable[[], object]]


class _Play:
    """What the deeds share: the site, the vehicles, what odometers showed, and fresh numbers from a seed."""

    def __init__(self, site: Site, now: datetime) -> None:
        self.site, self.now = site, now
        self.shown: Odometers = odometers(now, site.zone)
        self.vehicles = {each.point_id: each for each in all_vehicles()}
        self.last = {each: vehicle.first_km for each, vehicle in self.vehicles.items()}
        self.chance = Random(f"{SEED}:vehicles")  # noqa: S311  believable, not secret

    def id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def km(self, point_id: str, at: datetime) -> int:
        return self.shown.at(point_id, self.last[point_id], at)

    def deed(self, who: str, at: datetime, photos: tuple[KeptPhoto, ...] = ()) -> Deed:
        return Deed(_person(who), at, self.site.zone, photos)

    def photo(self, point_id: str, who: str, at: datetime) -> KeptPhoto:
        local, photo_id = at.astimezone(self.site.zone), self.id()
        body = drawn(Subject("vehicle", self.vehicles[point_id].name, "里程表", f"{local:%Y-%m-%d %H:%M}", photo_id))
        upload, most = Upload(photo_id, body, who), self.site.max_photo_bytes
        return keep(self.site.store, upload, max_bytes=most, now=at, day=local.date())[0]


def play_vehicles(site: Site, now: datetime) -> None:
    """Through the real actions, in the order of time; what a rule refuses did not happen."""
    play, since = _Play(site, now), history_since()
    if since is None:
        return
    for point_id in play.vehicles:
        _file(play, point_id, since)
    # The files have changed under them.
    play.vehicles = {each.point_id: each for each in all_vehicles()}
    for _at, deed in sorted(_deeds(play, since), key=lambda each: each[0]):
        with suppress(Refusal):
            deed()
    for vehicle in play.vehicles.values():
        rebuild(vehicle, HEAD, now, site.zone)
    settle_states(now)


def _file(play: _Play, point_id: str, since: datetime) -> None:
    """The vehicle came into the house with the history: from then on its monthly inspections count."""
    point = point_by_id(point_id)
    if point is None:
        raise LookupError(point_id)
    first_day = since.astimezone(play.site.zone).date().isoformat()
    fresh = {"file_odometer_km": play.km(point_id, since), "known_since": first_day}
    keep_attrs(point_id, {**point.attrs, "vehicle": {**(point.attrs.get("vehicle") or {}), **fresh}})


def _deeds(play: _Play, since: datetime) -> list[Timed]:
    trips = [trip for trip in sent_before(play.now) if trip.point_id in play.vehicles]
    deeds = [deed for number, trip in enumerate(trips) for deed in _trip(play, trip, number)]
    for point_id in sorted({trip.point_id for trip in trips}):
        over = [trip for trip in trips if trip.point_id == point_id and trip.ends_at < play.now]
        deeds += _fills(play, point_id, over)
    at = play.now - timedelta(days=6)
    if at > since:
        deeds.append((at, lambda: _service(play, at)))
    night = night_trip(play.now, since, play.site.zone)
    return deeds + (_night(play, *night) if night else [])


def _trip(play: _Play, trip: Sent, number: int) -> list[Timed]:
    """Out and back by the order; where the check before it was missed the vehicle stayed in."""
    vehicle, who = play.vehicles[trip.point_id], trip.driver_id
    out = Departure(
        play.id(), play.km(trip.point_id, trip.starts_at), sure=False, event_id=trip.id,
        number=f"PC-{trip.starts_at:%m%d}-{number + 1:02}", purpose="", route="", urgent=False,
    )  # fmt: skip
    back_id, back_km, route = play.id(), play.km(trip.point_id, trip.ends_at), ROUTES[number % len(ROUTES)]
    deeds: list[Timed] = [(trip.starts_at, lambda: depart(vehicle, out, play.deed(who, trip.starts_at)))]
    if trip.ends_at <= play.now:
        deeds.append((trip.ends_at, lambda: _back(vehicle, back_id, back_km, route, play.deed(who, trip.ends_at))))
    return deeds


def _back(vehicle: Vehicle, entry_id: str, km: int, route: str, deed: Deed) -> None:
    running = open_trips([vehicle.point_id]).get(vehicle.point_id)
    if running and running.driver_id == deed.who.id:
        come_back(vehicle, Return(entry_id, running.id, km, sure=False, route=route), deed)


def _fills(play: _Play, point_id: str, trips: list[Sent]) -> list[Timed]:
    """Full after the first trip and after every second one since; one vehicle takes a fifth more than its quota."""
    vehicle = play.vehicles[point_id]
    deeds: list[Timed] = []
    for place, (before, trip) in enumerate(zip([None, *trips[::2]], trips[::2], strict=False)):
        at, km = trip.ends_at + 12 * A_MINUTE, play.km(point_id, trip.ends_at)
        gone = km - play.km(point_id, before.ends_at) if before else 300
        share = 1.2 if point_id == THIRSTY else play.chance.uniform(0.93, 1.05)
        quantity = round(gone * (vehicle.quota or 10) / 100 * share, 2)
        form = Filling(play.id(), km, False, quantity, round(quantity * YUAN[vehicle.unit], 2), True)
        if at < play.now and quantity > 0:
            deeds += _filled(play, vehicle, form, trip.driver_id, at, mistyped=point_id == MISTYPED and place == 0)
    return deeds


def _filled(play: _Play, vehicle: Vehicle, form: Filling, who: str, at: datetime, *, mistyped: bool) -> list[Timed]:
    """Once the last digit was read wrong; the driver says so with a photo, and the crew leader agrees."""
    if not mistyped:
        return [(at, lambda: fuel(vehicle, form, play.deed(who, at)))]
    wrong, later = replace(form, km=form.km + 6), at + 20 * A_MINUTE
    again = Reason(play.id(), form.id, "末位看错，以照片为准", form.km)
    agreed = Reason(play.id(), again.id, "")
    return [
        (at, lambda: fuel(vehicle, wrong, play.deed(who, at))),
        (later, lambda: propose(vehicle, again, play.deed(who, later, (play.photo(vehicle.point_id, who, later),)))),
        (later + A_MINUTE * 15, lambda: decide(vehicle, agreed, play.deed(LEADER, later + A_MINUTE * 15), agree=True)),
    ]


def _service(play: _Play, at: datetime) -> None:
    form = Noted(play.id(), play.km(SERVICED, at), sure=False, text="定点维修点：更换齿轮油、空调滤芯，四轮换位")
    service(play.vehicles[SERVICED], form, play.deed(TECHNICIAN, at))


def _night(play: _Play, out: datetime, back: datetime) -> list[Timed]:
    """At night nobody had checked the bus: the head let it go, and wrote it up in the morning (EV-11)."""
    vehicle, given = play.vehicles[NIGHT_CAR], Reason(play.id(), "", "夜间突发疾病人员送医，来不及做出车前检查")
    end = play.km(NIGHT_CAR, back)
    off = Departure(
        play.id(), end - NIGHT_KM, sure=False, event_id="", number="", purpose="应急送医", route="", urgent=False
    )
    written = Reason(
        play.id(), given.id, "值班室23时通知，车队长电话同意；送市人民医院后返回，车况正常，派车单次日补开"
    )
    back_id = play.id()
    return [
        (out - 4 * A_MINUTE, lambda: override(vehicle, given, play.deed(HEAD, out - 4 * A_MINUTE))),
        (out, lambda: depart(vehicle, off, play.deed(NIGHT_DRIVER, out))),
        (back, lambda: _back(vehicle, back_id, end, "市人民医院", play.deed(NIGHT_DRIVER, back))),
        (back + 9 * 60 * A_MINUTE, lambda: back_fill(vehicle, written, play.deed(HEAD, back + 9 * 60 * A_MINUTE))),
    ]


def _person(person_id: str) -> CurrentPerson:
    found = person_by_id(person_id)
    if found is None:
        raise LookupError(person_id)
    return found
