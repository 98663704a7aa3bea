"""Shortages (缺货): noted at a place, joined while open, ticked when delivered. Never commits."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from app import db
from app.refusals import Invalid
from app.repairs.models import Shortage
from app.repairs.queries_shortages import shortages_within
from app.repairs.rules import open_key
from app.web.current import CurrentPerson
from app.web.words import lazy

MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing where, by whose word; `fault` names it so that it is noted once."""

    point_id: str
    fault: str
    text: str
    implementer_id: str
    responsible_id: str
    by_id: str | None
    at: datetime
    check_id: str | None = None
    finding_id: str | None = None


def note_shortage(missing: Missing) -> None:
    """Put it on the pick list; the same at the same place counts up and says the newest words."""
    key = open_key(missing.point_id, "supply", missing.fault)
    joined = update(Shortage).where(Shortage.open_key == key)
    if db.run(joined.values(times=Shortage.times + 1, text=missing.text[:MOST_TEXT])).rowcount:
        return
    row = {
        "id": str(uuid.uuid4()),
        "point_id": missing.point_id,
        "implementer_id": missing.implementer_id,
        "responsible_id": missing.responsible_id,
        "open_key": key,
        "text": missing.text[:MOST_TEXT],
        "times": 1,
        "finding_id": missing.finding_id,
        "check_id": missing.check_id,
        "noted_at": missing.at,
        "noted_by_id": missing.by_id,
    }
    db.run(insert(Shortage), row)


def deliver(who: CurrentPerson, ids: Collection[str], at: datetime) -> int:
    """Tick as delivered; what was ticked before stays as it was. Raises Invalid when nothing is chosen."""
    within = [each.id for each in shortages_within(who) if each.id in ids]
    if not ids:
        sentence = lazy("Tick what was delivered.")
        raise Invalid(sentence, fields={"delivered": sentence})
    delivered = update(Shortage).where(Shortage.id.in_(within), Shortage.delivered_at.is_(None))
    return db.run(delivered.values(delivered_at=at, delivered_by_id=who.id, open_key=None)).rowcount
