"""Twelve ways to cheat, from crude to careful; each act is what one person does in a shift (readings: in weeks)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from app.flags.rules import Reading
from tools.truth.honest import picture, read, reading_of, visit_of
from tools.truth.pictures import again, encoded, shot
from tools.truth.world import DAYS, START, Record, Spot, Worker, World, way_s, with_act

MORNING = START + timedelta(days=DAYS)
Act = Callable[[World, Worker], list[Record]]


def resent(world: World, worker: Worker) -> list[Record]:
    """Last week's pictures, byte for byte, for the same points; half of the phones tell when they were taken."""
    made = _with_old_pictures(world, worker, lambda data: data)
    if world.chance.random() < 0.5:
        return made
    taken = MORNING - timedelta(days=world.chance.uniform(4, 9))
    return [replace(each, photos=tuple(replace(photo, taken_at=taken) for photo in each.photos)) for each in made]


def one_for_many(world: World, worker: Worker) -> list[Record]:
    """One new picture for all points."""
    made = _paced(world, worker)
    data = encoded(shot(worker.spots[0].number, 0, world.chance))
    return [_pictured(world, each, data) for each in made]


def chair(world: World, worker: Worker) -> list[Record]:
    """Eight points ticked from a chair in five minutes."""
    at, made = MORNING, []
    for spot in world.chance.sample(world.spots, 8):
        took = world.chance.uniform(8, 25)
        visit = visit_of(world, worker, spot, at, at + timedelta(seconds=took))
        made.append(Record(replace(visit, via="list"), readings=read(world, visit, spot)))
        at += timedelta(seconds=took + world.chance.uniform(3, 12))
    return made


def colleague(world: World, worker: Worker) -> list[Record]:
    """Between the own points the round of a colleague who stayed at home, on the own phone in his name."""
    other = world.chance.choice([each for each in world.workers[:7] if each.id != worker.id])
    made = []
    for own, theirs in zip(_paced(world, worker), other.spots, strict=False):
        at = own.visit.ended + timedelta(seconds=world.chance.uniform(15, 50))
        ended = at + timedelta(seconds=world.chance.uniform(15, 45))
        extra = visit_of(
            world, replace(other, phone=worker.phone, team_phone=False, offset=worker.offset), theirs, at, ended
        )
        made += [own, Record(extra, readings=read(world, extra, theirs))]
    return made


def always_four(world: World, worker: Worker) -> list[Record]:
    """The same reading every time, for two weeks."""
    spot = _fridge(worker)
    return _readings(world, worker, spot, [float(round(spot.mean))] * 28)


def typed_list(world: World, worker: Worker) -> list[Record]:
    """Codes typed from a list at home, at a real pace."""
    return [replace(each, visit=replace(each.visit, via="typed")) for each in _paced(world, worker, more=2)]


def clock_back(world: World, worker: Worker) -> list[Record]:
    """Half a shift, then the clock two to four hours back for what was missed."""
    back = timedelta(hours=world.chance.uniform(2, 4))
    made = _paced(world, worker)
    late = []
    for each in made[3:]:
        visit = each.visit
        opened, submitted = visit.opened_at - back, visit.submitted_at - back
        late.append(
            replace(each, visit=replace(visit, opened_at=opened, submitted_at=submitted, offset=visit.offset + back))
        )
    return [*made[:3], *late]


def copied(world: World, worker: Worker) -> list[Record]:
    """The reading of the shift before, copied for two weeks."""
    spot = _fridge(worker)
    made: list[Record] = []
    for half in range(28):
        at = MORNING + timedelta(hours=12 * half)
        theirs = reading_of(spot, world.chance)
        before = Reading(f"n-{worker.id}-{half}", spot.id, "neighbour", spot.family, theirs, at - timedelta(hours=6))
        made += [replace(each, aside=(before,)) for each in _readings(world, worker, spot, [theirs], at)]
    return made


def recompressed(world: World, worker: Worker) -> list[Record]:
    """Last week's pictures with a border cut off, a little brighter, compressed anew."""
    return _with_old_pictures(world, worker, lambda data: again(data, world.chance, crop=0.03, light=0.1))


def neighbour_room(world: World, worker: Worker) -> list[Record]:
    """At each point a fresh picture of one clean room."""
    clean = worker.spots[0].number
    return [_pictured(world, each, encoded(shot(clean, 0, world.chance))) for each in _paced(world, worker)]


def invented(world: World, worker: Worker) -> list[Record]:
    """Plausible readings out of the head for a month: near the usual, with favourite last digits."""
    spot, chance = _fridge(worker), world.chance

    def thought() -> float:
        value = reading_of(spot, chance)
        favourite = chance.choice((2, 5, 8))
        return round((int(value * 10) // 10 * 10 + favourite) / 10, 1) if chance.random() < 0.45 else value

    return _readings(world, worker, spot, [thought() for _ in range(60)])


def paced(world: World, worker: Worker) -> list[Record]:
    """From home at the pace of real walking, with own old pictures mirrored and cropped by a tenth."""
    return _with_old_pictures(world, worker, lambda data: again(data, world.chance, crop=0.1, light=0.15, mirror=True))


CRUDE: tuple[Act, ...] = (resent, one_for_many, chair, colleague, always_four, typed_list, clock_back, copied)
CAREFUL: tuple[Act, ...] = (recompressed, neighbour_room, invented, paced)


def act_of(world: World, kind: Act, times: int) -> list[list[Record]]:
    """The same thing done by several people; nobody shares a team's phone, where accounts are meant to change."""
    alone = [each for each in world.workers[:7] if not each.team_phone]
    return [[with_act(each, kind.__name__) for each in kind(world, who)] for who in world.chance.sample(alone, times)]


def _paced(world: World, worker: Worker, more: int = 0) -> list[Record]:
    """One round as somebody does it who is there, or knows how long it takes."""
    spots = (*worker.spots, *[each for each in world.spots if each not in worker.spots][:more])
    at, made = MORNING, []
    for number, spot in enumerate(spots):
        ended = at + timedelta(seconds=spot.work_s * world.chance.uniform(0.7, 1.3) + spot.floor_s)
        visit = visit_of(world, replace(worker, hands=1), spot, at, ended)
        made.append(Record(visit, readings=read(world, visit, spot)))
        follows = spots[(number + 1) % len(spots)]
        at = ended + timedelta(seconds=way_s(spot, follows) * world.chance.uniform(0.8, 1.6))
    return made


def _with_old_pictures(world: World, worker: Worker, change: Callable[[bytes], bytes]) -> list[Record]:
    old = {
        each.point: each.photo for record in world.records for each in record.photos if each.person == worker.id
    } or {each.point: each.photo for record in world.records for each in record.photos}
    made = []
    for record in _paced(world, worker):
        photo = old.get(record.visit.point, next(iter(old.values())))
        made.append(_pictured(world, record, change(world.bytes[photo])))
    return made


def _pictured(world: World, record: Record, data: bytes) -> Record:
    spot = next(each for each in world.spots if each.id == record.visit.point)
    return replace(record, photos=(picture(world, record.visit, spot, data, "file", None),))


def _fridge(worker: Worker) -> Spot:
    return next(each for each in worker.spots if each.family == "fridge")


def _readings(world: World, worker: Worker, spot: Spot, values: list[float], at: datetime = MORNING) -> list[Record]:
    made = []
    for number, value in enumerate(values):
        opened = at + timedelta(hours=12 * number)
        ended = opened + timedelta(seconds=spot.work_s + spot.floor_s)
        visit = visit_of(world, worker, spot, opened, ended)
        made.append(Record(visit, readings=read(world, visit, spot, value)))
    return made
