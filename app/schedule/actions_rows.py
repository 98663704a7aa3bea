"""Deed: make the rows ahead follow the plan. Two at once make a row once; a row whose start has passed stays."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.days import ONE_DAY
from app.schedule.queries_plan import Ground, ground
from app.schedule.queries_rows import PLANNED_FIELDS, Key, Standing, standing_rows
from app.schedule.rules_plan import Planned, plan
from app.schedule.rules_rounds import assignee_on, round_of
from app.schedule.rules_states import State
from app.schedule.writes import Note, add_notes, change_planned, insert_rows, move_state, set_columns
from app.standards.queries import edition, edition_rows
from app.standards.rules import Edition
from app.standards.rules_due import due_counts
from app.standards.rules_facts import facts_of

DAYS_AHEAD = 9


@dataclass(frozen=True)
class Made:
    """How many rows are new, follow a change, or are no longer due."""

    new: int = 0
    changed: int = 0
    gone: int = 0


def make_rows(zone: ZoneInfo, now: datetime, *, days: int = DAYS_AHEAD, since: datetime | None = None) -> Made:
    """Rows for every window that starts after `since` (default now) up to `days` local days ahead.

    `since` in the past makes the rows of a history; rows that stand follow changes only while their start is ahead.
    """
    since = since or now
    first, last = since.astimezone(zone).date() - ONE_DAY, now.astimezone(zone).date() + days * ONE_DAY
    standing = standing_rows(first, last, now)
    wanted = _wanted(zone, first, last)
    missing = [row for key, row in wanted.items() if key not in standing and row["start_at"] > since]
    insert_rows(missing)
    changed = _follow(wanted, standing, now)
    gone = _drop(wanted, standing, now)
    return Made(len(missing), changed, gone)


def follow_events(event_ids: Collection[str], point_ids: Collection[str], zone: ZoneInfo, now: datetime) -> Made:
    """The rows of these points follow at once, because these events came, moved or were cancelled.

    A window of such an event that has opened already is made, and one that stands unopened is moved there, as long as
    it can still be kept; where it no longer can, it is void. Rows whose start has passed keep their values.
    """
    today = now.astimezone(zone).date()
    first, last = today - ONE_DAY, today + DAYS_AHEAD * ONE_DAY
    standing = standing_rows(first, last, now, point_ids)
    wanted = _wanted(zone, first, last, point_ids)
    missing = [
        row
        for key, row in wanted.items()
        if key not in standing and (row["start_at"] > now or (row["event_id"] in event_ids and _may_keep(row, now)))
    ]
    insert_rows(missing)
    alive = {key: row for key, row in wanted.items() if row["event_id"] is None or _may_keep(row, now)}
    changed = _follow(alive, standing, now, _may_keep) + _lengthen(alive, standing, event_ids, now)
    return Made(len(missing), changed, _drop(alive, standing, now))


def _wanted(
    zone: ZoneInfo, first: date, last: date, point_ids: Collection[str] | None = None
) -> dict[Key, dict[str, Any]]:
    known = ground(zone, first, last)
    site = known.site
    if point_ids is not None:
        site = replace(site, points=[point for point in site.points if point.id in point_ids])
    texts = {row.number: edition(row) for row in edition_rows()}
    return {
        (each.point_id, each.code, each.window_key): _row(each, known, texts[each.edition])
        for each in plan(site, first, last)
        if (each.point_id, each.code) in known.here
    }


def _is_ahead(row: Mapping[str, Any], now: datetime) -> bool:
    return bool(row["start_at"] > now)


def _may_keep(row: Mapping[str, Any], now: datetime) -> bool:
    """Somebody moved the event just now, so its window may have opened as long as it has not closed."""
    return _is_ahead(row, now) or (row["event_id"] is not None and bool(row["grace_end_at"] > now))


def _follow(
    wanted: Mapping[Key, Mapping[str, Any]],
    standing: Mapping[Key, Standing],
    now: datetime,
    takes: Callable[[Mapping[str, Any], datetime], bool] = _is_ahead,
) -> int:
    """Rows take the plan's new values, unless the new start would lie behind: nobody could have kept that window."""
    changes = {
        stands.id: {name: wanted[key][name] for name in (*PLANNED_FIELDS, "state")}
        for key, stands in standing.items()
        if stands.follows and key in wanted and _differs(wanted[key], stands)
        if takes(wanted[key], now)
    }
    change_planned(changes, now)
    add_notes(changes, Note("replanned", now))
    return len(changes)


def _lengthen(
    wanted: Mapping[Key, Mapping[str, Any]], standing: Mapping[Key, Standing], event_ids: Collection[str], now: datetime
) -> int:
    """Who is at work until the end of an event gets the time that the event takes longer; nobody loses any."""
    longer = [
        (stands, wanted[key])
        for key, stands in standing.items()
        if key in wanted and not stands.follows and stands.state is State.PLANNED
        if wanted[key]["event_id"] in event_ids and now < stands.planned["grace_end_at"]
        if wanted[key]["start_at"] == stands.planned["start_at"] and wanted[key]["end_at"] > stands.planned["end_at"]
    ]
    for stands, row in longer:
        set_columns(stands.id, {name: row[name] for name in ("end_at", "grace_end_at", "expire_at")})
        said = {"was": stands.planned["end_at"].isoformat(), "end": row["end_at"].isoformat()}
        add_notes([stands.id], Note("extended", now, data=said))
    return len(longer)


def _drop(wanted: Iterable[Key], standing: Mapping[Key, Standing], now: datetime) -> int:
    """A cancelled event, a retired point, a changed holiday list: what has not started is void (rules 2.1)."""
    due = set(wanted)
    gone = [
        stands.id
        for key, stands in standing.items()
        if key not in due and stands.follows and stands.state is not State.VOID
    ]
    return len(move_state(gone, (State.PLANNED, State.EXEMPT), State.VOID, Note("void", now)))


def _differs(row: Mapping[str, Any], stands: Standing) -> bool:
    if row["state"] != stands.state:
        return True
    return any(row[name] != stands.planned[name] for name in PLANNED_FIELDS)


def _row(planned: Planned, known: Ground, text: Edition) -> dict[str, Any]:
    owner = round_of(known.rounds, planned.point_id, planned.reference)
    here, span = known.here[planned.point_id, planned.code], planned.span
    closed = any(closure.covers(planned.point_id, planned.code, span.start_at) for closure in known.closures)
    return {
        "point_id": planned.point_id,
        "standard_code": planned.code,
        "edition": planned.edition,
        "window_key": planned.window_key,
        "business_on": span.business_on,
        "day_type": str(planned.day_type),
        "profile": planned.profile,
        "kind": str(planned.kind),
        "label": planned.label[:60],
        "open_at": span.opens_at,
        "start_at": span.start_at,
        "end_at": span.end_at,
        "grace_end_at": span.grace_end_at,
        "expire_at": planned.expire_at,
        "expected_minutes": planned.expected_minutes or text.expected_minutes,
        "implementer_id": here.implementer_id,
        "responsible_id": here.responsible_id,
        "round_id": owner.id if owner else None,
        "assignee_id": assignee_on(owner, span.business_on, known.covers, known.absences) if owner else None,
        "event_id": planned.event_id,
        "facts": dict(planned.facts) or None,
        "state": str(State.EXEMPT if closed else State.PLANNED),
        **_counts(planned, known, text),
    }


def _counts(planned: Planned, known: Ground, text: Edition) -> dict[str, Any]:
    point = known.points[planned.point_id]
    facts = facts_of(
        on=planned.span.business_on,
        day_type=str(planned.day_type),
        profile=planned.profile,
        window_key=planned.window_key,
        kind=str(planned.kind),
        attrs=point.attrs,
    )
    due = due_counts(text, {**facts, **planned.facts}, photo_allowed=point.photo_allowed)
    return {"key_due": due.key_due, "photos_due": due.photos_due, "dual_due": due.dual_due}
