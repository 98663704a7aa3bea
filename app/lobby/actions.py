"""Deeds on boards in lobbies: open one for a building, close it; its address is written down nowhere but there."""

from __future__ import annotations

from sqlalchemy import update

from app import db
from app.audit.actions import note
from app.lobby.queries import House, house_by_id
from app.lobby.rules import fresh_key
from app.places.models import Building
from app.refusals import NotFound
from app.web.words import lazy


def open_board(building_id: str, by_id: str) -> None:
    """Give the building a board; one that stands keeps its address. Raises NotFound."""
    house = _house(building_id)
    if house.key is None:
        db.run(update(Building).where(Building.id == house.id).values(board_key=fresh_key()))
        note("setting.changed", by_id=by_id, about=f"board {house.name}", data={"open": True})


def close_board(building_id: str, by_id: str) -> None:
    """From now on the address leads nowhere; a second time changes nothing. Raises NotFound."""
    house = _house(building_id)
    if house.key is not None:
        db.run(update(Building).where(Building.id == house.id).values(board_key=None))
        note("setting.changed", by_id=by_id, about=f"board {house.name}", data={"open": False})


def _house(building_id: str) -> House:
    house = house_by_id(building_id)
    if house is None:
        raise NotFound(lazy("There is no such building."))
    return house
