"""Inserts and guarded updates of rotas, absences and the minutes of the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.schedule.models import Round
from app.schedule.models_rota import Absence, Rota, RotaChange, Walk
from app.schedule.rules_rota import RoundPlan

ROTAS, CHANGES = cast("Table", Rota.__table__), cast("Table", RotaChange.__table__)
ROUNDS, ABSENCES = cast("Table", Round.__table__), cast("Table", Absence.__table__)
WALKS = cast("Table", Walk.__table__)


@dataclass(frozen=True)
class Deed:
    """Who did something to a rota, and when."""

    by_id: str
    at: datetime


def insert_draft(rota_id: str, org_id: str, rounds: Sequence[RoundPlan], deed: Deed) -> bool:
    """A rota in work; False when the unit has one already."""
    values = {
        "id": rota_id,
        "org_id": org_id,
        "state": "draft",
        "revision": 1,
        "rounds": told(rounds),
        "made_by_id": deed.by_id,
        "made_at": deed.at,
    }
    new = _insert(ROTAS).values(values).on_conflict_do_nothing().returning(ROTAS.c.id)
    return run(new).first() is not None


def change_draft(rota_id: str, revision: int, rounds: Sequence[RoundPlan]) -> bool:
    """The draft takes this text if it still has that revision."""
    mine = (ROTAS.c.id == rota_id, ROTAS.c.revision == revision, ROTAS.c.state == "draft")
    return run(update(ROTAS).where(*mine).values(rounds=told(rounds), revision=revision + 1)).rowcount == 1


def close_draft(rota_id: str, revision: int, state: str, deed: Deed) -> bool:
    """The draft becomes published or dropped and is never changed again."""
    mine = (ROTAS.c.id == rota_id, ROTAS.c.revision == revision, ROTAS.c.state == "draft")
    closing = update(ROTAS).where(*mine).values(state=state, closed_by_id=deed.by_id, closed_at=deed.at)
    return run(closing).rowcount == 1


def insert_change(
    rota_id: str, kind: str, deed: Deed, round_id: str | None = None, data: Mapping[str, Any] | None = None
) -> None:
    """A line of history."""
    line = {"rota_id": rota_id, "kind": kind, "round_id": round_id, "by_id": deed.by_id, "at": deed.at, "data": data}
    run(insert(CHANGES).values(line))


def put_rounds(org_id: str, rounds: Iterable[RoundPlan], plans: Mapping[str, Any]) -> None:
    """The unit's rounds are these from now on; those left out rest. `plans` holds staggered starts by round."""
    run(update(ROUNDS).where(ROUNDS.c.org_id == org_id, ROUNDS.c.active).values(active=False))
    for each in rounds:
        values = {**_told(each), "plan": plans.get(each.id), "active": True}
        kept = {name: value for name, value in values.items() if name not in ("id", "org_id")}
        run(_insert(ROUNDS).values(values).on_conflict_do_update(index_elements=["id"], set_=kept))


def insert_absence(row: Mapping[str, Any]) -> bool:
    """Somebody is away; False when this absence stands already."""
    new = _insert(ABSENCES).values(dict(row)).on_conflict_do_nothing(index_elements=["id"]).returning(ABSENCES.c.id)
    return run(new).first() is not None


def end_absence(absence_id: str, deed: Deed) -> bool:
    """The absence is taken back; False when it was before."""
    standing = (ABSENCES.c.id == absence_id, ABSENCES.c.ended_at.is_(None))
    return run(update(ABSENCES).where(*standing).values(ended_at=deed.at, ended_by_id=deed.by_id)).rowcount == 1


def insert_walk(row: Mapping[str, Any]) -> None:
    """New minutes of the way."""
    run(insert(WALKS).values(dict(row)))


def told(rounds: Iterable[RoundPlan]) -> list[dict[str, Any]]:
    """Rounds as a rota keeps them."""
    return [_told(each) for each in rounds]


def _told(each: RoundPlan) -> dict[str, Any]:
    return {**asdict(each), "points": list(each.points), "windows": list(each.windows)}


def _insert(table: Table) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
