"""The trades in the demo's history: on duty from the start, they come for what checks and visitors report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy import insert

from app.accounts.queries import person_by_id
from app.db import run
from app.demo.actions_arrivals import SEED, Site
from app.demo.compound import content
from app.demo.pictures import Subject, drawn
from app.demo.queries_history import hands_by_unit
from app.demo.queries_repairs import OpenRepair, open_repairs, open_shortages
from app.nonconformities.rules import OpenFinding
from app.photos.actions import keep
from app.photos.rules import KeptPhoto, Upload
from app.repairs.actions_moves import Deed, accept, arrive, repair
from app.repairs.actions_shortages import deliver
from app.repairs.models import RepairTrade
from app.repairs.queries import states_of_findings
from app.repairs.rules import OrderState
from app.web.current import CurrentPerson

DONE = {
    "electricity": "检修线路，试用正常",
    "water": "更换密封圈，不再渗漏",
    "lift": "调整后试运行正常",
    "vehicle": "已检修并试车",
    "general": "已修复，使用正常",
}
NEVER_YET = 0.12
NIGHT_ENDS = 7


def put_trades() -> None:
    """Who is on duty for what, before anything is reported."""
    names = ("id", "name", "name_en", "point_kinds", "words")
    rows = [
        {
            **{name: each[name] for name in names},
            "org_id": each["org"],
            "crew_id": each["crew"],
            "person_id": each.get("person"),
            "position": place,
        }
        for place, each in enumerate(content("trades"), 1)
    ]
    run(insert(RepairTrade), rows)


def play_repairs(site: Site, until: datetime) -> None:
    """What was due of the trades up to this hour: each step at its own time, some of it still out."""
    for each in open_repairs():
        _go_on(each, site, until)
    for missing in open_shortages():
        chance = Random(f"{SEED}:shortage:{missing.noted_at}")  # noqa: S311  believable, not secret
        at = missing.noted_at + timedelta(hours=chance.uniform(1, 20))
        leader = _of_unit(missing.implementer_id, chance)
        if at < until and leader and chance.random() > NEVER_YET:
            deliver(leader, [missing.id], at)


def mended_of(known: Sequence[OpenFinding]) -> frozenset[str]:
    """Known findings whose repair order is done."""
    states = states_of_findings([each.id for each in known]) if known else {}
    return frozenset(finding for finding, state in states.items() if state == OrderState.REPAIRED)


def _go_on(order: OpenRepair, site: Site, until: datetime) -> None:
    chance = Random(f"{SEED}:repair:{order.point_id}:{order.since}")  # noqa: S311
    who = person_by_id(order.duty_id) if order.duty_id else _of_unit(order.org_id, chance)
    begun = order.since.astimezone(site.zone)
    wait = timedelta(hours=max(0, NIGHT_ENDS - begun.hour)) if order.trade_id != "electricity" else timedelta()
    accepted = order.since + wait + timedelta(minutes=chance.uniform(2, 22))
    arrived = accepted + timedelta(minutes=chance.uniform(6, 75))
    done = arrived + timedelta(minutes=chance.choice((12, 25, 40, 90, 400, 1500)) * chance.uniform(0.7, 1.4))
    if who is None or chance.random() < NEVER_YET / 2:
        return
    # Two faults of one check begin at the same moment: the order itself keeps their photos apart.
    seed = str(uuid5(UUID(order.id), str(order.since)))
    if order.state == "open" and accepted < until:
        accept(order.id, Deed(who, accepted))
    if order.state in ("open", "accepted") and arrived < until:
        arrive(order.id, Deed(who, arrived, scanned=chance.random() < 0.6))
    if done < until:
        photos = [_photo(order, who, seed, site, done)] if order.photo_allowed else []
        repair(order.id, Deed(who, done, DONE.get(order.trade_id, DONE["general"]), photos))


def _photo(order: OpenRepair, who: CurrentPerson, seed: str, site: Site, at: datetime) -> KeptPhoto:
    stamp = at.astimezone(site.zone).strftime("%Y-%m-%d %H:%M")
    body = drawn(Subject(order.kind, order.point, "维修后", stamp, seed))
    day = at.astimezone(site.zone).date()
    return keep(site.store, Upload(seed, body, who.id), max_bytes=site.max_photo_bytes, now=at, day=day)[0]


def _of_unit(org_id: str, chance: Random) -> CurrentPerson | None:
    people = hands_by_unit()
    ids = people.get(org_id) or people.get("ctr-mep") or []
    return person_by_id(chance.choice(ids)) if ids else None
