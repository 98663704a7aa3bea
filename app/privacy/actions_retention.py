"""What has been kept long enough: lists made by the timer, approved by two persons, carried out, noted."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert

from app.audit.actions import note
from app.chain.actions_disposal import approve, carry_out, propose, withdraw
from app.chain.queries_disposal import disposal, disposals, items_of
from app.db import run
from app.flags.models import FlagLook
from app.organisations.queries import units
from app.privacy.models import RetentionChoice
from app.privacy.queries import chosen_months
from app.privacy.queries_retention import due_audit, due_checks, held_checks, photos_with, with_check
from app.privacy.rules_retention import TERMS, Kind, cut_off, fault_of, months_of
from app.refusals import Conflict, Invalid
from app.web.current import CurrentPerson
from app.web.words import _, lazy

CHECKS = "checks"
AUDIT = "audit_events"
Photos = list[tuple[str, str, datetime]]


def choose(kind: Kind, org_id: str, months: int, reason: str, me: CurrentPerson, now: datetime) -> None:
    """Keep this kind so many months from now on; raises Invalid out of bounds or without a reason."""
    if fault := fault_of(kind, months):
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields={"months": fault})
    if not reason.strip():
        raise Invalid(lazy("Say why."), fields={"reason": lazy("Say why.")})
    row = {"kind": kind.value, "org_id": org_id, "months": months, "reason": reason.strip()[:500], "by_id": me.id}
    run(insert(RetentionChoice).values(row | {"at": now}))
    data = {"kind": kind.value, "unit": org_id, "months": months}
    note("setting.changed", by_id=me.id, about="retention", data=data)


def make_lists(now: datetime, zone: ZoneInfo) -> int:
    """A list for each kind and term whose time is over; while one waits, no second is made. How many records."""
    if any(each.by_id is None for each in disposals(open_only=True)):
        return 0
    chosen, found = chosen_months(), 0
    for kind in (Kind.RECORDS, Kind.LIFTS, Kind.FOOD):
        for months, org_ids in _by_months(kind, chosen).items():
            check_ids = due_checks(kind, cut_off(now, months), org_ids)
            if check_ids:
                what = [(CHECKS, each) for each in check_ids] + with_check(check_ids)
                found += _propose(kind, what, months, now, zone, len(check_ids))
    months = months_of(Kind.AUDIT, (), chosen)
    lines = [(AUDIT, str(each)) for each in due_audit(cut_off(now, months))]
    return found + (_propose(Kind.AUDIT, lines, months, now, zone, len(lines)) if lines else 0)


def stand_for(disposal_id: str, me: CurrentPerson, now: datetime) -> tuple[int | None, Photos]:
    """Approve; with the second person it is carried out at once: how many records went, and their photos."""
    approve(disposal_id, me.id, now)
    note("disposal.approved", by_id=me.id, about=disposal_id)
    found = disposal(disposal_id)
    if found is None or not found.permitted:
        return None, []
    check_ids = [key for kind, key in items_of(disposal_id) if kind == CHECKS]
    if held := held_checks(check_ids):
        sentence = lazy(
            "%(n)d of these records are held by now. Put the list aside; the timer makes another.", n=len(held)
        )
        raise Conflict(sentence)
    photos = photos_with(check_ids)
    run(delete(FlagLook).where(FlagLook.check_id.in_(check_ids)))
    removed = carry_out(disposal_id, now, by_id=me.id)
    note("disposal.done", by_id=me.id, about=disposal_id, data={"records": removed, "photos": len(photos)})
    return removed, photos


def put_aside(disposal_id: str, me: CurrentPerson, now: datetime) -> None:
    """Nothing of this list goes."""
    withdraw(disposal_id, me.id, now)
    note("disposal.refused", by_id=me.id, about=disposal_id)


def _by_months(kind: Kind, chosen: Mapping[tuple[str, str], int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for unit in units():
        found[months_of(kind, tuple(unit.path.strip("/").split("/")), chosen)].append(unit.id)
    return found


def _propose(kind: Kind, what: list[tuple[str, str]], months: int, now: datetime, zone: ZoneInfo, count: int) -> int:
    day = cut_off(now, months).astimezone(zone).date().isoformat()
    words = {"kind": str(TERMS[kind].words), "months": months, "day": day}
    reason = _("kept long enough: %(kind)s, %(months)d months, until %(day)s (rules DS-6)", **words)
    number = propose(what, reason=reason, by_id=None, now=now)
    note("disposal.proposed", by_id=None, about=number, data={"kind": kind.value, "records": count})
    return count
