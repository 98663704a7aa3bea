"""The office says which trade comes for what and who is on duty for it. Never commits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, update

from app import db
from app.audit.actions import note
from app.refusals import Invalid
from app.repairs.models import RepairTrade
from app.repairs.queries import trades
from app.repairs.queries_trades import crew_in, person_in, unit_exists
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class TradeWish:
    """A trade as the office wants it."""

    id: str
    name: str
    name_en: str
    org_id: str
    crew_id: str | None
    person_id: str | None
    point_kinds: tuple[str, ...]
    words: tuple[str, ...]


def keep_trade(wish: TradeWish, who: CurrentPerson) -> bool:
    """New or changed; True when it is new. Raises Invalid when the crew or person is not of the unit."""
    if not unit_exists(wish.org_id):
        sentence = lazy("Choose a unit.")
        raise Invalid(sentence, fields={"org_id": sentence})
    if wish.crew_id and not crew_in(wish.crew_id, wish.org_id):
        sentence = lazy("This crew does not belong to the unit.")
        raise Invalid(sentence, fields={"crew_id": sentence})
    if wish.person_id and not person_in(wish.person_id, wish.org_id):
        sentence = lazy("This person does not belong to the unit.")
        raise Invalid(sentence, fields={"person_id": sentence})
    known = [trade.id for trade in trades()]
    values = {
        "name": wish.name,
        "name_en": wish.name_en,
        "org_id": wish.org_id,
        "crew_id": wish.crew_id,
        "person_id": wish.person_id,
        "point_kinds": list(wish.point_kinds),
        "words": list(wish.words),
    }
    data = {name: values[name] for name in ("org_id", "crew_id", "person_id")}
    note("setting.changed", by_id=who.id, by_name=who.name, about=f"trade {wish.id}", data=data)
    if wish.id in known:
        db.run(update(RepairTrade).where(RepairTrade.id == wish.id).values(values))
        return False
    db.run(insert(RepairTrade), {"id": wish.id, "position": len(known) + 1, **values})
    return True
