"""Disposal: two different persons permit that records are removed; digest and reason stay, the chain goes on."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, text

from app.chain.models import Disposal, DisposalApproval, DisposalEnd, DisposalItem
from app.chain.queries_disposal import CARRIED, DisposalRow, disposal, items_of
from app.chain.queries_rows import ANSWERS, PHOTOS, RECEIPTS, dialect, digests, key_sql
from app.chain.rules_history import BUNDLE, history
from app.db import db, run
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.web.words import lazy

AT_ONCE = 500


def propose(what: Sequence[tuple[str, str]], *, reason: str, by_id: str | None, now: datetime) -> str:
    """Name records (table, key) for removal; gives back the number of the disposal.

    The proposer is the first of the two persons; `by_id` None is the timer, then two persons have to approve. Names
    that are not there are left out. Raises Invalid without a reason, with a table that is no history, or with nothing.
    """
    if not reason.strip():
        raise Invalid(lazy("Say why these records are removed."))
    found = _digests(what)
    if not found:
        raise Invalid(lazy("There is no such record to remove."))
    number = str(uuid.uuid4())
    run(insert(Disposal).values(id=number, reason=reason.strip(), by_id=by_id, at=now))
    items = [{"disposal_id": number, "kind": kind, "key": key, "digest": sha} for (kind, key), sha in found.items()]
    for start in range(0, len(items), AT_ONCE):
        run(insert(DisposalItem), items[start : start + AT_ONCE])
    if by_id:
        _stand_for(number, by_id, now)
    return number


def approve(disposal_id: str, by_id: str, now: datetime) -> bool:
    """Another person stands for it; False when this person did already. Raises NotFound, Conflict."""
    found = _open(disposal_id)
    if by_id in found.approved_by:
        if found.by_id == by_id:
            raise Forbidden(lazy("A second person has to approve what you proposed."))
        return False
    _stand_for(disposal_id, by_id, now)
    return True


def withdraw(disposal_id: str, by_id: str, now: datetime) -> None:
    """Nothing is removed; the proposal stays readable. Raises NotFound, Conflict."""
    _open(disposal_id)
    _end(disposal_id, "withdrawn", by_id, 0, now)


def carry_out(disposal_id: str, now: datetime, *, by_id: str | None = None) -> int:
    """Remove the rows, if two persons stand for it; gives back how many records went. Raises NotFound, Conflict."""
    if not _open(disposal_id).permitted:
        raise Conflict(lazy("Two different persons have to approve a disposal."))
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in items_of(disposal_id):
        by_kind[kind].append(key)
    removed = 0
    # What others point to goes last.
    pointing_first = [table.name for table in reversed(db.metadata.sorted_tables)]
    for kind in sorted(by_kind, key=lambda name: (name == BUNDLE, pointing_first.index(name))):
        removed += _remove(kind, by_kind[kind])
    _end(disposal_id, CARRIED, by_id, removed, now)
    return removed


def _remove(kind: str, keys: Sequence[str]) -> int:
    if kind == BUNDLE:
        for table in (ANSWERS, RECEIPTS, PHOTOS, "check_states"):
            _delete(table, "check_id", keys)
    kept = history()[kind]
    return _delete(kind, key_sql(kept), keys)


def _delete(table: str, named: str, keys: Sequence[str]) -> int:
    """By one statement a key where the database is asked through its guard, which looks at each row anyway."""
    if dialect() == "postgresql":
        asked = text("SELECT history_dispose(:table, :named, :keys)")
        return int(run(asked, {"table": table, "named": named, "keys": list(keys)}).scalar() or 0)
    done = 0
    for start in range(0, len(keys), AT_ONCE):
        part = {f"k{n}": key for n, key in enumerate(keys[start : start + AT_ONCE])}
        marks = ", ".join(f":{name}" for name in part)
        done += run(text(f"DELETE FROM {table} WHERE {named} IN ({marks})"), part).rowcount  # noqa: S608  own names
    return done


def _digests(what: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in dict.fromkeys(what):
        listed = history().get(kind)
        if listed is None or not listed.stands_alone:
            raise Invalid(lazy("There is no such record to remove."))
        by_kind[kind].append(key)
    found = {}
    for kind, keys in by_kind.items():
        for start in range(0, len(keys), AT_ONCE):
            there = digests(kind, keys[start : start + AT_ONCE])
            found.update({(kind, key): each.digest.hex() for key, each in there.items()})
    return found


def _stand_for(disposal_id: str, by_id: str, now: datetime) -> None:
    run(insert(DisposalApproval).values(disposal_id=disposal_id, person_id=by_id, at=now))


def _open(disposal_id: str) -> DisposalRow:
    found = disposal(disposal_id)
    if found is None:
        raise NotFound(lazy("There is no such disposal."))
    if found.outcome is not None:
        raise Conflict(lazy("This disposal has ended already."))
    return found


def _end(disposal_id: str, outcome: str, by_id: str | None, removed: int, now: datetime) -> None:
    run(insert(DisposalEnd).values(disposal_id=disposal_id, outcome=outcome, by_id=by_id, removed=removed, at=now))
