"""What has been kept long enough: lists made by the timer, approved by two persons, carried out, noted."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.audit.actions import note
from app.chain.actions_disposal import approve, carry_out, propose, withdraw
from app.chain.queries_disposal import disposal, disposals, items_of
from app.db import run
from app.organisations.queries import units
from app.privacy.models import RetentionChoice
from app.privacy.queries import chosen_months
from app.privacy.queries_due import behind, due_complaints, due_findings, due_photos, due_voices, open_again
from app.privacy.queries_due_looks import argued_again, due_spotchecks
from app.privacy.queries_due_matters import (
    due_contracts,
    due_inspections,
    due_meetings,
    due_repairs,
    running_again,
)
from app.privacy.queries_due_people import due_training, due_vehicles
from app.privacy.queries_retention import (
    Items,
    due_audit,
    due_checks,
    held_checks,
    kept_longer,
    kinds_waiting,
    photos_with,
    with_check,
)
from app.privacy.rules_retention import TERMS, Hold, Kind, cut_off, fault_of, months_of
from app.privacy.writes_retention import drop_after, drop_before
from app.refusals import Conflict, Invalid
from app.web.current import CurrentPerson
from app.web.words import _, lazy

CHECKS = "checks"
PHOTOS = "photos"
AUDIT = "audit_events"
RECORDS = (Kind.RECORDS, Kind.LIFTS, Kind.FOOD, Kind.PATROLS)
COUNTED = {
    Kind.FINDINGS: due_findings,
    Kind.COMPLAINTS: due_complaints,
    Kind.VOICES: due_voices,
    Kind.REPAIRS: due_repairs,
    Kind.SPOTCHECKS: due_spotchecks,
    Kind.INSPECTIONS: due_inspections,
    Kind.CONTRACTS: due_contracts,
}
ALIKE = {Kind.VEHICLES: due_vehicles, Kind.MEETINGS: due_meetings}
MOST_WAITING = 500
Photos = list[tuple[str, str, datetime]]


def choose(kind: Kind, org_id: str, months: int, reason: str, me: CurrentPerson, now: datetime) -> None:
    """Keep this kind so many months from now on; raises Invalid out of bounds or without a reason."""
    if fault := fault_of(kind, months, org_id):
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields={"months": fault})
    if not reason.strip():
        raise Invalid(lazy("Say why."), fields={"reason": lazy("Say why.")})
    row = {"kind": kind.value, "org_id": org_id, "months": months, "reason": reason.strip()[:500], "by_id": me.id}
    run(insert(RetentionChoice).values(row | {"at": now}))
    data = {"kind": kind.value, "unit": org_id, "months": months}
    note("setting.changed", by_id=me.id, about="retention", data=data)


def make_lists(now: datetime, zone: ZoneInfo) -> int:
    """A list for each kind and term whose time is over; a kind of which one waits has no second. How many records."""
    chosen, made = chosen_months(), 0
    waiting = kinds_waiting([each.id for each in disposals(open_only=True, limit=MOST_WAITING) if each.by_id is None])
    for kind in (each for each in Kind if each.value not in waiting):
        for months, org_ids in months_by_unit(kind, chosen).items():
            what, count = _due(kind, cut_off(now, months), org_ids)
            if what:
                made += _propose(kind, what, months, now, zone, count)
    return made


def stand_for(disposal_id: str, me: CurrentPerson, now: datetime) -> tuple[int | None, Photos]:
    """Approve; with the second person it is carried out at once: how many records went, and their photos."""
    approve(disposal_id, me.id, now)
    note("disposal.approved", by_id=me.id, about=disposal_id)
    found = disposal(disposal_id)
    if found is None or not found.permitted:
        return None, []
    keys: dict[str, list[str]] = defaultdict(list)
    for table, key in items_of(disposal_id):
        keys[table].append(key)
    if held := _held_now(keys):
        sentence = lazy("%(n)d of these records are held by now. Put the list aside; the timer makes another.", n=held)
        raise Conflict(sentence)
    photos, spoken_of = photos_with(keys[CHECKS], keys[PHOTOS]), behind(keys)
    drop_before(keys)
    removed = carry_out(disposal_id, now, by_id=me.id)
    drop_after(spoken_of)
    note("disposal.done", by_id=me.id, about=disposal_id, data={"records": removed, "photos": len(photos)})
    return removed, photos


def _held_now(keys: Mapping[str, list[str]]) -> int:
    return len(held_checks(keys[CHECKS])) + open_again(keys) + running_again(keys) + argued_again(keys)


def held_past(now: datetime) -> list[tuple[Hold, int, datetime, str]]:
    """Records past their time that stay: why, how many, the oldest's time and id."""
    chosen = chosen_months()
    past = [
        (kind, cut_off(now, months), org_ids)
        for kind in RECORDS
        for months, org_ids in months_by_unit(kind, chosen).items()
    ]
    return kept_longer(past)


def put_aside(disposal_id: str, me: CurrentPerson, now: datetime) -> None:
    """Nothing of this list goes."""
    withdraw(disposal_id, me.id, now)
    note("disposal.refused", by_id=me.id, about=disposal_id)


def months_by_unit(kind: Kind, chosen: Mapping[tuple[str, str], int]) -> dict[int, list[str]]:
    """Months -> the units where they hold; a kind that is kept alike everywhere has one entry."""
    if not TERMS[kind].by_unit:
        return {months_of(kind, (), chosen): []}
    found: dict[int, list[str]] = defaultdict(list)
    for unit in units():
        found[months_of(kind, tuple(unit.path.strip("/").split("/")), chosen)].append(unit.id)
    return found


def _due(kind: Kind, before: datetime, org_ids: list[str]) -> tuple[Items, int]:
    if kind in RECORDS:
        check_ids = due_checks(kind, before, org_ids)
        return [(CHECKS, each) for each in check_ids] + with_check(check_ids), len(check_ids)
    if kind in COUNTED:
        return COUNTED[kind](before, org_ids)
    if kind in ALIKE:
        return ALIKE[kind](before)
    if kind is Kind.PHOTOS:
        found = due_photos(before, org_ids)
    elif kind is Kind.TRAINING:
        found = due_training(before)
    else:
        found = [(AUDIT, str(each)) for each in due_audit(before)]
    return found, len(found)


def _propose(kind: Kind, what: Items, months: int, now: datetime, zone: ZoneInfo, count: int) -> int:
    day = cut_off(now, months).astimezone(zone).date().isoformat()
    words = {"kind": str(TERMS[kind].words), "months": months, "day": day}
    reason = _("kept long enough: %(kind)s, %(months)d months, until %(day)s (rules DS-6)", **words)
    number = propose(what, reason=reason, by_id=None, now=now)
    note("disposal.proposed", by_id=None, about=number, data={"kind": kind.value, "records": count})
    return count
