"""Honest days: work first and tick afterwards, several points in one go, partners, shared phones, late syncing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from app.flags.rules import PhotoSeen, Reading, Visit
from tools.truth.pictures import FREE, MOUNTED, STEADY, bits_of, encoded, shot
from tools.truth.world import DAYS, START, Record, Spot, Worker, World, way_s

# One record in so many has pictures drawn and hashed: drawing is what takes the time.
DRAWN = 4
HANDS = (FREE,) * 6 + (STEADY,) * 3 + (MOUNTED,)


def live(world: World) -> None:
    """Everybody's shifts of the fortnight; each record as it reaches the server."""
    for day in range(DAYS):
        off = _on_one_phone(world, day) if world.chance.random() < 0.03 else ()
        for worker in world.workers:
            if worker.id not in off and world.chance.random() < 0.85:
                world.records += shift(world, _of_the_day(world, worker), day)


def _on_one_phone(world: World, day: int) -> tuple[str, ...]:
    """Two go together because one phone is empty: each signs in for the own points, on the same phone."""
    one, other = world.workers[2], world.workers[3]
    spots = sorted({each.id: each for each in (*one.spots, *other.spots)}.values(), key=lambda each: each.number)
    made = shift(world, replace(one, spots=tuple(spots), hands=2, hands_known=False), day)
    own = {each.id for each in one.spots}
    for record in made:
        mine = record.visit.point in own
        world.records.append(record if mine else _by(record, other.id))
    return one.id, other.id


def _by(record: Record, person: str) -> Record:
    return replace(
        record,
        visit=replace(record.visit, person=person),
        photos=tuple(replace(each, person=person) for each in record.photos),
        readings=tuple(replace(each, person=person) for each in record.readings),
    )


def shift(world: World, worker: Worker, day: int) -> list[Record]:
    """Two rounds over the worker's points, several in one go or one by one."""
    chance = world.chance
    sync = _Sync(chance, worker)
    at = START + timedelta(days=day, hours=_begins(worker, chance), seconds=chance.uniform(0, 1800))
    made: list[Record] = []
    for _ in range(2):
        spots = list(worker.spots)
        while spots:
            here = _in_one_go(spots, chance)
            del spots[: len(here)]
            at, records = _stop(world, worker, here, at)
            made += records
            if spots:
                at += timedelta(seconds=_walked_s(world, here[-1], spots[0]))
        at += timedelta(seconds=chance.uniform(1200, 7200))
    return [replace(each, visit=sync.sent(each.visit)) for each in made]


def _begins(worker: Worker, chance: Random) -> int:
    """Nobody waits for the team's phone: one takes it in the morning, the other after noon."""
    if worker.team_phone:
        return 7 if worker.id == "w6" else 0
    return 14 if worker.night else chance.choice((0, 6))


def visit_of(
    world: World, worker: Worker, spot: Spot, opened: datetime, ended: datetime, photo_before_s: float = 0
) -> Visit:
    """A visit on true times; the phone shows its own."""
    dwell = (ended - opened).total_seconds() + photo_before_s
    typed = worker.camera_broken or spot.id in world.broken_labels or world.chance.random() < 0.004
    return Visit(
        check=world.next_id(),
        point=spot.id,
        person=worker.id,
        opened_at=opened - worker.offset,
        submitted_at=ended - worker.offset,
        received_at=ended + timedelta(seconds=1),
        dwell_seconds=int(dwell),
        floor_seconds=spot.floor_s,
        offset=worker.offset,
        hands=worker.hands if worker.hands_known else 1,
        phone=worker.phone,
        team_phone=worker.team_phone,
        via="typed" if typed else world.chance.choice(("scan", "scan", "scan", "list")),
    )


def picture(world: World, visit: Visit, spot: Spot, data: bytes, source: str, taken: datetime | None) -> PhotoSeen:
    """The bytes as the server knows them."""
    world.bytes[f"ph-{visit.check}"] = data
    return PhotoSeen(
        photo=f"ph-{visit.check}",
        check=visit.check,
        point=spot.id,
        person=visit.person,
        sha256=sha256(data).hexdigest(),
        bits=bits_of(data),
        sent_at=visit.ended,
        source=source,
        taken_at=taken,
    )


def read(world: World, visit: Visit, spot: Spot, value: float | None = None) -> tuple[Reading, ...]:
    """What the instrument of the point shows, or the value given."""
    if not spot.family:
        return ()
    shown = reading_of(spot, world.chance) if value is None else value
    return (Reading(visit.check, spot.id, visit.person, spot.family, shown, visit.ended),)


def readings_before(world: World, days: int = 35) -> list[Reading]:
    """What was read in the weeks before: each point twice a day by those who go there."""
    made = []
    for spot in world.spots:
        those = [each for each in world.workers if spot in each.spots and not each.night]
        for half in range(days * 2 if spot.family and those else 0):
            at = START - timedelta(days=days) + timedelta(hours=12 * half + 1)
            who = world.chance.choice(those).id
            made.append(Reading(f"old-{spot.id}-{half}", spot.id, who, spot.family, reading_of(spot, world.chance), at))
    return made


def reading_of(spot: Spot, chance: Random) -> float:
    """A fridge wavers, a dial is read to half degrees, a gauge stands still for weeks."""
    match spot.family:
        case "fridge":
            return round(chance.gauss(spot.mean, 0.5), 1)
        case "dial":
            return round(chance.gauss(spot.mean, 0.7) * 2) / 2
        case _:
            return round(spot.mean, 1) if chance.random() < 0.97 else round(spot.mean + 0.1, 1)


def _in_one_go(spots: list[Spot], chance: Random) -> list[Spot]:
    """One point mostly, sometimes up to three on a floor; one time in fifty all over the building."""
    many = chance.choices((1, 2, 3), (0.75, 0.17, 0.08))[0]
    near = [each for each in spots[:many] if (each.building, each.floor) == (spots[0].building, spots[0].floor)]
    return spots[:many] if chance.random() < 0.02 else near


def _walked_s(world: World, one: Spot, other: Spot) -> float:
    """The rota counts generously: doors may lie side by side, one floor up is half a minute, some people dawdle."""
    if one.building == other.building and one.floor == other.floor:
        return world.chance.uniform(6, 120)
    return way_s(one, other) * world.chance.uniform(0.3, 1.8)


def _stop(world: World, worker: Worker, here: list[Spot], at: datetime) -> tuple[datetime, list[Record]]:
    """Works at one or several points, then ticks them, or ticks while working."""
    chance = world.chance
    made: list[Record] = []
    first = len(here) > 1 or chance.random() < 0.5
    begun = at
    if first:
        for spot in here:
            at += timedelta(seconds=spot.work_s * worker.quick * chance.uniform(0.6, 1.4) / worker.hands)
    for place, spot in enumerate(here):
        least = spot.floor_s * (0.45 if first and worker.files else 0.9) * worker.quick / worker.hands
        work = 0 if first else spot.work_s * worker.quick * chance.uniform(0.6, 1.4) / worker.hands
        opened, at = at, at + timedelta(seconds=max(5.0, least * chance.uniform(0.8, 2.5)) + work)
        visit = visit_of(world, worker, spot, opened, at)
        # The last of several is scanned on the spot, the others are ticked from the list.
        visit = replace(visit, via="list") if place < len(here) - 1 and visit.via == "scan" else visit
        made.append(Record(visit, _photos(world, worker, visit, spot, begun), read(world, visit, spot)))
        at += timedelta(seconds=chance.uniform(5, 25))
    return at, made


def _photos(world: World, worker: Worker, visit: Visit, spot: Spot, begun: datetime) -> tuple[PhotoSeen, ...]:
    chance = world.chance
    if chance.randrange(DRAWN):
        return ()
    data = encoded(shot(spot.number, 0, chance, chance.choice(HANDS)), chance.randint(70, 88))
    if not worker.files:
        return (picture(world, visit, spot, data, "live", visit.submitted_at),)
    # Taken while working, sometimes before a break, a few hours before; WeChat drops the date of half of them.
    before_s = chance.expovariate(1 / 7200 if chance.random() < 0.02 else 1 / 600)
    taken = begun - worker.offset - timedelta(seconds=before_s)
    return (picture(world, visit, spot, data, "file", taken if chance.random() < 0.5 else None),)


def _of_the_day(world: World, worker: Worker) -> Worker:
    """A cover with more points, a borrowed phone, a clock put right or lost with the battery, a broken camera."""
    chance = world.chance
    if chance.random() < 0.05 and not worker.night:
        other = chance.choice(world.workers[:7])
        worker = replace(worker, spots=tuple(dict.fromkeys((*worker.spots, *other.spots))), quick=worker.quick * 0.8)
    if chance.random() < 0.01:
        worker = replace(worker, phone=f"phone-borrowed-{worker.id}")
    if chance.random() < 0.001:
        worker = replace(worker, camera_broken=True)
    if chance.random() < 0.01:
        worker = replace(worker, offset=timedelta(0))
    return worker


class _Sync:
    """A phone sends at once, after a while, or all at the end of the shift."""

    def __init__(self, chance: Random, worker: Worker) -> None:
        self.chance, self.worker = chance, worker
        self.behind = timedelta(hours=chance.uniform(2, 9)) if chance.random() < worker.offline * 0.3 else None

    def sent(self, visit: Visit) -> Visit:
        """With the time of its receipt."""
        ended = visit.submitted_at + visit.offset
        if self.behind:
            return replace(visit, received_at=ended + self.behind)
        late = self.chance.random() < self.worker.offline
        return replace(visit, received_at=ended + timedelta(seconds=self.chance.uniform(30, 5400) if late else 1))
