"""The public's voice in the demo's history: complaints on their way, some closed, praise, trips called back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from app.accounts.queries import person_by_id
from app.db import run
from app.demo.actions_history import SEED, Site
from app.demo.compound import content
from app.demo.queries_complaints import Done, done_between
from app.demo.queries_history import supervisors
from app.feedback import actions_complaints as deeds
from app.feedback.actions_cases import NewCase, Opened, open_case
from app.feedback.actions_complaints import Hand
from app.feedback.actions_desk import keep_trip
from app.feedback.actions_judging import classify, rule_on_record
from app.feedback.actions_status import rate_handling
from app.feedback.actions_tending import tend_cases
from app.feedback.queries_desk import TRIP, trips_to_call_back
from app.feedback.rules_complaints import Class, Voice
from app.feedback.writes_complaints import insert_item
from app.organisations.queries import scope_of
from app.schedule.models import ScheduleEvent
from app.vehicles.writes import insert_trip
from app.web.current import CurrentPerson

DESK, JUDGE, SECOND = "wk-69", "wk-22", "wk-23"
VEHICLES = ("pt-055", "pt-056", "pt-057", "pt-058", "pt-059")
PURPOSES = ("市内公务", "调研", "会议接送")
PASSENGERS = ("准时，开车平稳。", "司机很客气。", "", "车内干净。")
DRIVER, WAITED = "wk-08", (4, 9, 3, 41, 12)
"""Who drove the trips behind, and how many minutes passengers waited."""
A_MINUTE = timedelta(minutes=1)
FEW = 4


@dataclass(frozen=True)
class _Office:
    """Who handles, who decides from outside, who answers."""

    desk: CurrentPerson
    judge: CurrentPerson
    second: CurrentPerson
    answers: CurrentPerson


def play_complaints(days: int, site: Site, secret: str, now: datetime) -> None:
    """Each told of a record that was done; its deeds follow at believable times, never later than now."""
    for number, told in enumerate(content("complaints")):
        about = _about(told, number, site, now) if told["back"] < days else None
        if about:
            _play(settled(told), number, about, site, secret, now)
    _ask_passengers(site, now)
    tend_cases(now, site.zone)


def settled(told: Mapping[str, Any]) -> dict[str, Any]:
    """A story that closes also rules on its record: the day decides which that is, and whether it is contested."""
    return {"record": "refuted", **told} if told.get("close") else dict(told)


def _about(told: dict[str, Any], number: int, site: Site, now: datetime) -> Done | None:
    day = now.astimezone(site.zone).date() - timedelta(days=told["back"])
    first, end = (datetime.combine(day, time(hour), site.zone) for hour in (7, 15))
    if not told["back"]:
        first, end = now - timedelta(hours=14), now - timedelta(minutes=told["minutes"])
    found = done_between(first, end, told["at"])
    return found[Random(f"{SEED}:voice:{number}").randrange(len(found))] if found else None  # noqa: S311


def _play(told: dict[str, Any], number: int, about: Done, site: Site, secret: str, now: datetime) -> None:
    at = about.at + told["after"] * A_MINUTE if told["back"] else now - told["minutes"] * A_MINUTE
    office = _office(about)
    item_id = str(UUID(int=Random(f"{SEED}:voice-id:{number}").getrandbits(128), version=4))  # noqa: S311
    opened = _say(told, item_id, about, at, office.desk, secret, site)
    _handle(told, item_id, about, at, office, site)
    if told.get("face"):
        rate_handling(opened.token, told["face"], at + timedelta(days=2))


def _say(
    told: dict[str, Any], item_id: str, about: Done, at: datetime, desk: CurrentPerson, secret: str, site: Site
) -> Opened:
    by_desk = told.get("source") == "desk"
    by_id = desk.id if by_desk else None
    insert_item(
        {
            "id": item_id, "point_id": about.point_id, "kind": told["kind"], "words": told["words"],
            "topic": told["topic"], "source": "desk_phone" if by_desk else "visitor", "by_id": by_id, "at": at,
            "standard_code": about.standard_code, "implementer_id": about.implementer_id,
            "responsible_id": about.responsible_id,
        }
    )  # fmt: skip
    units = (about.implementer_id, about.responsible_id)
    new = NewCase(item_id, Voice(told["kind"]), about.point_id, *units, at, told["contact"], told["name"], by_id=by_id)
    return open_case(new, secret=secret, zone=site.zone)


def _handle(told: dict[str, Any], item_id: str, about: Done, at: datetime, office: _Office, site: Site) -> None:
    """What the story tells, each deed so many minutes after it was said."""
    zone, desk, answers = site.zone, office.desk, office.answers
    deed_of: tuple[tuple[str, int, CurrentPerson, Callable[[Hand], object]], ...] = (
        ("pass", 90, desk, lambda hand: deeds.pass_on(hand, about.person_id)),
        ("reply", 35, desk, lambda hand: deeds.reply(hand, told["reply"])),
        ("class", 55, office.judge, lambda hand: classify(hand, told["class"], "", zone)),
        ("note", 150, answers, lambda hand: deeds.note(hand, told["note"])),
        ("downgrade", 200, answers, lambda hand: classify(hand, Class.COMMUNICATIVE, told["downgrade"], zone)),
        ("record", 240, office.second, lambda hand: _rule(hand, told["record"])),
        ("answer", 300, answers, lambda hand: deeds.answer(hand, told["answer"])),
        ("call_back", 1500, desk, lambda hand: deeds.call_back(hand, told["call_back"], "")),
        ("close", 1530, desk, lambda hand: deeds.close(hand, zone)),
    )
    for name, minutes, who, deed in deed_of:
        if told.get(name):
            deed(Hand(item_id, who, at + minutes * A_MINUTE))


def _rule(hand: Hand, verdict: str) -> None:
    """Where the record was too old to be contested, there is nothing to settle."""
    from_now = deeds.taken(hand)
    if from_now and from_now.contest:
        rule_on_record(hand, verdict, "")


def _office(about: Done) -> _Office:
    desk, judge, second = (_person(each) for each in (DESK, JUDGE, SECOND))
    units = {each: scope_of(_person(each)).units or frozenset() for each in supervisors()}
    answers = next((each for each, reached in units.items() if about.responsible_id in reached), DESK)
    return _Office(desk, judge, second, _person(answers))


def _ask_passengers(site: Site, now: datetime) -> None:
    """Trips of the days behind; the desk has asked about all but the last ones. A short history has too few of them."""
    for number, vehicle in enumerate(VEHICLES if len(trips_to_call_back(now)) < FEW else ()):
        ends_at = now - timedelta(hours=6 + 20 * number)
        facts = {"dispatch.purpose": PURPOSES[number % len(PURPOSES)]}
        times = {"starts_at": ends_at - timedelta(hours=2), "ends_at": ends_at}
        row = {"id": f"dp-behind-{number}", "kind": TRIP, "point_id": vehicle, "facts": facts, **times}
        run(insert(ScheduleEvent), row)
        _driven(row, number)
    for trip in trips_to_call_back(now - timedelta(days=1)):
        chance = Random(f"{SEED}:trip:{trip.id}")  # noqa: S311
        keep_trip(trip.id, chance.choice((5, 5, 4, 4, 3)), chance.choice(PASSENGERS), _person(DESK), now, site.zone)


def _driven(order: Mapping[str, Any], number: int) -> None:
    """Somebody drove by it; one vehicle came late."""
    started_at = order["starts_at"] + WAITED[number % len(WAITED)] * A_MINUTE
    name = str(UUID(int=Random(f"{SEED}:{order['id']}").getrandbits(128), version=4))  # noqa: S311
    insert_trip(
        id=name, point_id=order["point_id"], driver_id=DRIVER, event_id=order["id"], urgent=False,
        purpose=order["facts"]["dispatch.purpose"], started_at=started_at, returned_at=order["ends_at"],
    )  # fmt: skip


def _person(person_id: str) -> CurrentPerson:
    found = person_by_id(person_id)
    if found is None:
        raise LookupError(person_id)
    return found
