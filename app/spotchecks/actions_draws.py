"""Promising draws by the hash of their seed, and making them: once a lot, from what is complete when it is drawn."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from hashlib import sha256
from typing import Any

from app.refusals import Conflict, NotFound
from app.spotchecks import writes
from app.spotchecks.queries_draws import NO_DRAW, DrawRow, find_draw, lots_known, sealed_seed
from app.spotchecks.queries_population import (
    Done,
    Lot,
    contested,
    due_of,
    leading,
    planned,
    population,
    risks_of,
    seen_since,
)
from app.spotchecks.rules import Entered, Kind, Method, Mode, Rhythm, Scope, period_of
from app.spotchecks.rules_draws import (
    EVEN,
    SEED_BYTES,
    Candidate,
    Ranked,
    hash_of,
    key_of,
    list_bytes,
    ranked,
)
from app.spotchecks.rules_lots import TOO_LATE_TO_SEAL, NewDraw, closes_at, why_not_drawn
from app.spotchecks.rules_sizes import Floor, floored_levels, floors, ids, size_of, top_risk
from app.spotchecks.rules_weights import Weight, weight_of
from app.web.words import lazy

NOTHING_DONE = lazy("Nothing is complete yet in this selection. Come back when the first records are in.")
FLAT = Weight(EVEN, ())
Line = tuple[Done, Ranked, Entered, dict[str, str]]


def promise(new: NewDraw, now: datetime, zone: tzinfo, by_id: str | None = None) -> str:
    """Seal a seed for a lot and keep its hash; a lot that has its draw keeps it. Raises Conflict after the period."""
    if not lots_known([new.lot]):
        if now >= closes_at(new.period, zone):
            raise Conflict(TOO_LATE_TO_SEAL, problem="too-late")
        promise_all([new], now, zone, by_id)
    return new.id


def promise_all(fresh: Iterable[NewDraw], now: datetime, zone: tzinfo, by_id: str | None = None) -> int:
    """The same for many, for the timer: what is known or over is left out. How many were promised."""
    wanted = {new.lot: new for new in fresh if now < closes_at(new.period, zone)}
    known = lots_known(wanted)
    return writes.insert_draws(_promised(new, now, zone, by_id) for lot, new in wanted.items() if lot not in known)


def _promised(new: NewDraw, now: datetime, zone: tzinfo, by_id: str | None) -> tuple[dict[str, Any], str]:
    seed = secrets.token_hex(SEED_BYTES)
    row = {
        "id": new.id, "lot": new.lot, "plan_id": new.plan_id, "kind": str(new.kind), "mode": str(new.mode),
        "method": str(new.method), "rhythm": str(new.rhythm), "scope": str(new.scope), "owner_id": new.owner_id,
        "implementer_id": new.implementer_id, "standard_code": new.standard_code, "area_id": new.area_id,
        "crew_id": new.crew_id, "from_on": new.period.from_on, "to_on": new.period.to_on,
        "closes_at": closes_at(new.period, zone), "size": new.size, "seed_hash": hash_of(seed), "committed_at": now,
        "committed_by_id": by_id,
    }  # fmt: skip
    return row, seed


def draw(draw_id: str, now: datetime, zone: tzinfo, by_id: str | None = None) -> int:
    """Draw the list of a promised lot from what is complete now and publish it with its seed; how long the list is.

    A look on site is drawn from the windows of the day instead, because a record holds for minutes only.

    Raises Conflict before its time, without a promise in time, a second time, or by hand with nothing complete.
    """
    row = find_draw(draw_id)
    if row is None:
        raise NotFound(NO_DRAW)
    why_not = why_not_drawn(row, now, now.astimezone(zone).date())
    if why_not:
        raise Conflict(why_not, problem="not-now")
    lot = lot_of(row)
    records = planned(lot) if row.mode == Mode.ONSITE else population(lot)
    if row.kind == Kind.SELF:
        led = leading()
        records = [each for each in records if each.executor_id not in led]
    if not records and by_id:
        raise Conflict(NOTHING_DONE, problem="nothing-complete")
    return _publish(row, lot, records, now, zone, by_id)


def is_whole(row: DrawRow) -> bool:
    """Over the whole bureau: its owner is the unit above all others."""
    return row.owner_path.count("/") <= 2


def lot_of(row: DrawRow) -> Lot:
    """What a draw is over; the bureau's own draws are held to no unit, a crew's to the crew."""
    free = is_whole(row) or row.crew_id is not None
    return Lot(
        row.period, None if free else row.owner_path, row.implementer_id, row.standard_code, row.area_id, row.crew_id
    )


def _publish(row: DrawRow, lot: Lot, records: Sequence[Done], now: datetime, zone: tzinfo, by_id: str | None) -> int:
    weights = _weights(row, records, now, zone)
    body = list_bytes(
        Candidate(each.key, weights[each.key].value, each.point_code, each.standard_code, each.business_on,
                  weights[each.key].text)
        for each in records
    )  # fmt: skip
    seed = sealed_seed(row.id)
    order = ranked(seed, (Candidate(each.key, weights[each.key].value) for each in records))
    drawn = order[: size_of(row.size, len(records), due_of(lot))]
    by_key = {each.key: each for each in records}
    lines: list[Line] = [(by_key[each.candidate.id], each, Entered.DRAWN, {}) for each in drawn]
    lines += [
        (by_key[each.ranked.candidate.id], each.ranked, Entered.FLOOR, {"floor": each.floor})
        for each in _floors(row, order, ids(drawn), by_key)
    ]
    lines += _contested(row, lot, seed, {line[0].key for line in lines}, now)
    items = [_item(row.id, rank, *line, weights) for rank, line in enumerate(lines, 1)]
    result = {
        "draw_id": row.id, "drawn_at": now, "drawn_by_id": by_id, "seed": seed, "population": len(records),
        "sample": len(drawn), "list_sha256": sha256(body).hexdigest(), "population_list": body,
    }  # fmt: skip
    writes.insert_result(result, items)
    return len(items)


def _weights(row: DrawRow, records: Sequence[Done], now: datetime, zone: tzinfo) -> dict[str, Weight]:
    """Even ones for a simple random draw, by risk for the other: the two are never mixed (SP-7)."""
    if row.method == Method.SIMPLE:
        return {each.key: FLAT for each in records}
    today = now.astimezone(zone).date()
    risks = risks_of(records, now, today, event=row.scope == Scope.EVENT)
    return {name: weight_of(risk) for name, risk in risks.items()}


def _floors(row: DrawRow, order: Sequence[Ranked], taken: set[str], by_key: dict[str, Done]) -> list[Floor]:
    """What SP-11 and SP-12 add to a hunt for trouble; a simple random draw stays as it was drawn."""
    if row.method == Method.SIMPLE or row.rhythm == Rhythm.IRREGULAR:
        return []
    if row.rhythm == Rhythm.DAILY:
        return top_risk(order, taken, {name: each.risk for name, each in by_key.items()})
    levels = floored_levels(row.to_on.month)
    spans = {4: Rhythm.MONTHLY, 3: Rhythm.MONTHLY, 2: Rhythm.QUARTERLY, 1: Rhythm.HALF_YEARLY}
    starts = {level: period_of(spans[level], row.to_on).from_on for level in levels}
    seen = seen_since(starts, row.to_on, period_of(Rhythm.MONTHLY, row.to_on))
    return floors(order, taken, {name: each.facts for name, each in by_key.items()}, seen, levels)


def _contested(row: DrawRow, lot: Lot, seed: str, taken: set[str], now: datetime) -> list[Line]:
    """What somebody complained about while the record held is looked at by the next list at the desk, drawn or not."""
    if row.mode != Mode.DESK or row.kind == Kind.SELF:
        return []
    return [
        (
            each,
            Ranked(Candidate(each.key, EVEN), key_of(seed, each.key, EVEN), 0),
            Entered.CONTESTED,
            {"contested": "1"},
        )
        for each in contested(lot, now)
        if each.key not in taken
    ]


def _item(
    draw_id: str, rank: int, done: Done, at: Ranked, entered: Entered, added: dict[str, str], weights: dict[str, Weight]
) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(uuid.UUID(draw_id), done.key)), "draw_id": draw_id, "occurrence_id": done.occurrence_id,
        "check_id": done.check_id, "point_id": done.point_id, "standard_code": done.standard_code,
        "implementer_id": done.implementer_id, "responsible_id": done.responsible_id, "executor_id": done.executor_id,
        "business_on": done.business_on, "rank": rank, "weight": at.candidate.weight, "key": at.key,
        "entered": str(entered), "why": dict(weights.get(done.key, FLAT).parts) | added,
    }  # fmt: skip
