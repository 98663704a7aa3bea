"""The job that looks at new records: in batches behind the requests, the same however often it is begun again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.db import atomically
from app.flags.queries_look import Record, Ways, look_of, ways
from app.flags.queries_new import all_seen_until, records_of, to_look_at, with_late_pictures
from app.flags.queries_pictures import not_yet_kept, rows_of_pieces
from app.flags.queries_thresholds import limits_of
from app.flags.rules import Finding, FlagKind
from app.flags.rules_found import found
from app.flags.rules_hearing import LATE
from app.flags.rules_limits import Thresholds
from app.flags.rules_words import WEIGHTS
from app.flags.writes import insert_flags, insert_looks, keep_pieces, set_mark
from app.messages.actions import tell
from app.messages.rules_words import Kind

AT_ONCE = 40
MOST_A_RUN = 2000
# What a picture says once it is decoded; its bytes and times were looked at before.
PICTURES = (FlagKind.PICTURE_ALIKE,)


def look_at_new(now: datetime) -> int:
    """Look at what has come in, oldest first; gives back how many.

    Called outside a transaction: each batch has its own. Reads happen before the lock is taken, so that nobody who
    sends a record waits for the rules.
    """
    _look_at_late_pictures(now)
    count, map_of = 0, None
    while count < MOST_A_RUN and (batch := to_look_at(now, AT_ONCE)):
        map_of = map_of or ways()
        look_at(batch, map_of, now)
        count += len(batch)
    if count:
        atomically(lambda: set_mark(all_seen_until(now)))
    return count


def _look_at_late_pictures(now: datetime) -> None:
    """Records whose pictures were decoded after their look: into the index too, and asked about them alone."""
    late, until = with_late_pictures(now)
    for first in range(0, len(late), AT_ONCE):
        look_at(records_of(late[first : first + AT_ONCE]), ways(), now, PICTURES)
    atomically(lambda: set_mark(until, LATE))


def look_at(batch: Sequence[Record], map_of: Ways, now: datetime, kinds: Collection[FlagKind] = tuple(FlagKind)) -> int:
    """Index the pictures of these records, hold each against the rules, keep what stands out; how many flags."""
    kept = not_yet_kept(each.id for each in batch)
    atomically(lambda: keep_pieces(rows_of_pieces({bits for bits, _ in kept}), kept))
    limits = limits_of(each.responsible_id for each in batch)
    flags = {each.id: _flags_of(each, map_of, limits[each.responsible_id], now, kinds) for each in batch}
    atomically(lambda: _keep(batch, flags, now))
    return sum(map(len, flags.values()))


def flag_id(check_id: str, kind: str, subject: str) -> str:
    """The same thing about the same record has the same id."""
    return str(uuid5(NAMESPACE_URL, f"dabiao:flag:{check_id}:{kind}:{subject}"))


def _flags_of(
    record: Record, map_of: Ways, limits: Thresholds, now: datetime, kinds: Collection[FlagKind]
) -> list[dict[str, Any]]:
    seen = found(look_of(record, map_of), limits)
    return [_row(record, each, limits, now) for each in seen if each.kind in kinds]


def _row(record: Record, finding: Finding, limits: Thresholds, now: datetime) -> dict[str, Any]:
    return {
        "id": flag_id(record.id, finding.kind, finding.subject),
        "check_id": record.id,
        "kind": finding.kind.value,
        "subject": finding.subject,
        "person_id": record.person_id,
        "point_id": record.point_id,
        "standard_code": record.standard_code,
        "implementer_id": record.implementer_id,
        "responsible_id": record.responsible_id,
        "business_on": record.business_on,
        "at": now,
        "weight": WEIGHTS[finding.kind],
        "numbers": dict(finding.numbers),
        "compared": list(finding.compared_with),
        "thresholds": asdict(limits),
    }


def _keep(batch: Sequence[Record], flags: Mapping[str, list[dict[str, Any]]], now: datetime) -> None:
    insert_flags([flag for each in flags.values() for flag in each])
    insert_looks([{"check_id": each.id, "flags": len(flags[each.id]), "at": now} for each in batch])
    for record in batch:
        if flags[record.id]:
            _tell(record, now)


def _tell(record: Record, now: datetime) -> None:
    """The author, once a record: a question, so that the answer comes before any judgement."""
    link = f"/checks/{record.id}#flags"
    params = {"point": record.point}
    tell(Kind.FLAG_ASKED, [record.person_id], params, link, at=now, key=f"flags:{record.id}")
