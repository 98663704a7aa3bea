"""The public in the demo's history: ratings of every weekday, calls that bring somebody, two that stand now."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from app.accounts.queries import person_by_id
from app.db import run
from app.demo.actions_arrivals import SEED, Site
from app.demo.queries_voices import Heard, busy_points
from app.feedback.actions_calls import accept, arrive, finish, place_call
from app.feedback.actions_telling import raise_calls
from app.feedback.models import FeedbackItem, FeedbackLead
from app.feedback.queries_calls import Call, call_by_id
from app.feedback.rules_calls import NEEDS_OF, Need
from app.feedback.rules_public import Kind, NewItem, Said, Source, Visitor
from app.feedback.rules_ratings import LeadOutcome, Topic, is_lead, lead_due
from app.messages.queries_recipients import crew_leaders
from app.schedule.queries_plan import calendar
from app.web.current import CurrentPerson

WORDS = {
    5: ("很干净，谢谢", "每次来都很整洁", "保洁阿姨很热情", ""),
    4: ("挺好的", "比上个月好", "", ""),
    3: ("一般", "", ""),
    2: ("洗手液用完了没人补", "下午有异味", "垃圾桶满了", ""),
    1: ("地上有水，差点滑倒", "马桶堵了半天没人管", ""),
}
FACES = (5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 2, 1)
LOOKED = ("现场已补充洗手液", "已安排加做一次", "现场查看正常")
OPENS, CLOSES = 8, 18
RATINGS_A_DAY, CALLS_A_DAY = 14, 4


def play_voices(days: int, site: Site, now: datetime) -> int:
    """Ratings and calls of the days before now, and today until now; gives back how many were kept."""
    points = busy_points()
    chance = Random(f"{SEED}:voices")  # noqa: S311  believable, not secret
    today = now.astimezone(site.zone).date()
    made = [one for ago in range(days, -1, -1) for one in _ratings(points, today - timedelta(days=ago), chance, site)]
    kept = [one for one in made if one["at"] < now - timedelta(minutes=30)]
    if kept:
        run(insert(FeedbackItem), kept)
    leads = [lead for one in kept if (lead := _lead(one, site, chance))]
    for waiting in sorted(leads, key=lambda each: str(each["due_at"]))[-2:]:
        waiting.update(looked_at=None, looked_by_id=None, note="", outcome="")
    if leads:
        run(insert(FeedbackLead), leads)
    return len(kept) + sum(
        _calls(points, today - timedelta(days=ago), chance, site, now) for ago in range(days, -1, -1)
    )


def play_open_calls(site: Site, now: datetime) -> None:
    """One call that nobody has taken yet, and one that somebody is on the way to."""
    chance = Random(f"{SEED}:open calls")  # noqa: S311
    restrooms = [each for each in busy_points() if each.kind == "restroom"]
    for place, need, minutes in zip(restrooms, (Need.PAPER, Need.WET), (3, 6), strict=False):
        at = now - timedelta(minutes=minutes)
        call_id = place_call(_tap(place, need, chance, at), site.zone).id
        call = call_by_id(call_id)
        who = _taker(call) if call and need is Need.WET else None
        if who:
            accept(call_id, who, at + timedelta(minutes=2))
    place_call(_tap(restrooms[0], Need.PAPER, chance, now - timedelta(minutes=1)), site.zone)


def _ratings(points: Sequence[Heard], on: date, chance: Random, site: Site) -> list[dict[str, Any]]:
    """Few on a weekend; the later in the day, the less content."""
    count = RATINGS_A_DAY + chance.randrange(-4, 6) if on.weekday() < 5 else 2
    found = []
    for _each in range(count):
        place, hour = chance.choice(points), chance.uniform(OPENS, CLOSES)
        face = chance.choice(FACES) if hour < 15 else min(chance.choice(FACES), chance.choice(FACES))
        at = datetime(on.year, on.month, on.day, tzinfo=site.zone) + timedelta(hours=hour)
        found.append(_rating(place, face, at, chance))
    return found


def _rating(place: Heard, face: int, at: datetime, chance: Random) -> dict[str, Any]:
    topic = Topic.CLEAN if chance.random() < 0.5 else chance.choice([*Topic, ""])
    device = f"{chance.getrandbits(128):032x}"
    return {
        "id": _number(chance), "point_id": place.point_id, "kind": Kind.RATING, "need": "", "topic": topic,
        "face": face, "words": chance.choice(WORDS[face]), "source": Source.VISITOR, "device": device,
        "address": device[::-1], "excluded": "staff" if chance.random() < 0.03 else "", "at": at,
        "standard_code": place.standard_code, "implementer_id": place.implementer_id,
        "responsible_id": place.responsible_id,
    }  # fmt: skip


def _lead(one: dict[str, Any], site: Site, chance: Random) -> dict[str, Any] | None:
    """Looked into within the day."""
    if one["excluded"] or not is_lead(one["face"], one["words"]):
        return None
    due = lead_due(one["at"], site.zone, calendar())
    looked = one["at"] + timedelta(hours=chance.uniform(2, 22))
    return {
        "item_id": one["id"], "point_id": one["point_id"], "implementer_id": one["implementer_id"],
        "responsible_id": one["responsible_id"], "due_at": due, "looked_at": looked,
        "looked_by_id": "wk-19", "note": chance.choice(LOOKED), "outcome": chance.choice([*LeadOutcome]),
    }  # fmt: skip


def _calls(points: Sequence[Heard], on: date, chance: Random, site: Site, now: datetime) -> int:
    """Each is taken, come to and seen to by whoever was told; now and then too late, and the next one is told."""
    begun = 0
    for _each in range(chance.randrange(CALLS_A_DAY + 2) if on.weekday() < 5 else 1):
        place = chance.choice(points)
        at = datetime(on.year, on.month, on.day, tzinfo=site.zone) + timedelta(hours=chance.uniform(OPENS, 17))
        need = chance.choice(NEEDS_OF[place.kind])
        if at < now - timedelta(hours=2) and (call := _placed(place, need, chance, at, site)):
            _answer(call, chance, at)
            begun += 1
    return begun


def _placed(place: Heard, need: Need, chance: Random, at: datetime, site: Site) -> Call | None:
    call = call_by_id(place_call(_tap(place, need, chance, at), site.zone).id)
    if call and chance.random() < 0.3:
        place_call(_tap(place, need, chance, at + timedelta(minutes=1)), site.zone)
    return call


def _answer(call: Call, chance: Random, at: datetime) -> None:
    slow = chance.random() < 0.1
    takes, comes = (6, 22) if slow else (chance.uniform(0.5, 4), chance.uniform(5, 13))
    if slow or call.told_id is None:
        raise_calls(at + timedelta(minutes=5.5))
    who = _taker(call)
    if who is None:
        return
    accept(call.id, who, at + timedelta(minutes=takes))
    arrive(call.id, who, at + timedelta(minutes=comes))
    ends = at + timedelta(minutes=comes + chance.uniform(2, 9))
    finish(call.id, call.code or "", who, ends, found=chance.random() < 0.93)


def _taker(call: Call) -> CurrentPerson | None:
    """Who was told, else the leader of a crew of the unit."""
    leaders = crew_leaders(None, call.implementer_id)
    return person_by_id(call.told_id or leaders[0]) if call.told_id or leaders else None


def _tap(place: Heard, need: Need, chance: Random, at: datetime) -> NewItem:
    device = f"{chance.getrandbits(128):032x}"
    return NewItem(_number(chance), place.point_id, Said(Kind.CALL, need), Visitor(device, device[::-1]), at)


def _number(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
