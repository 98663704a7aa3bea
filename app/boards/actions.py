"""Deeds on saved views: save, rename, make the start of figures, delete; each only on the person's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, update

from app import db
from app.boards.models import SavedView
from app.boards.queries_views import View, views_of
from app.boards.rules_views import addressed, has_room, named
from app.refusals import Conflict, NotFound
from app.web.words import lazy


def save_view(person_id: str, name: str, path: str, now: datetime) -> None:
    """Keep an address under a name; a name that stands already gets the new address, so a repeat changes nothing."""
    name, path = named(name), addressed(path)
    known = views_of(person_id)
    same = next((each for each in known if each.name == name), None)
    if same is not None:
        db.run(update(SavedView).where(SavedView.id == same.id).values(path=path))
        return
    has_room(len(known))
    db.run(insert(SavedView).values(person_id=person_id, name=name, path=path, is_start=False, at=now))


def rename_view(person_id: str, view_id: int, name: str) -> None:
    """Give a view another name."""
    name = named(name)
    known = views_of(person_id)
    mine = _own(known, view_id)
    if any(each.name == name and each.id != mine.id for each in known):
        raise Conflict(lazy("Another of your views has this name already."))
    db.run(update(SavedView).where(SavedView.id == mine.id).values(name=name))


def start_with(person_id: str, view_id: int, *, wanted: bool) -> None:
    """Make it the start of the person's figures instead of any other, or no longer."""
    mine = _own(views_of(person_id), view_id)
    # In one statement: of two such requests at once the later one stands whole.
    chosen = SavedView.id == mine.id if wanted else False
    db.run(update(SavedView).where(SavedView.person_id == person_id).values(is_start=chosen))


def delete_view(person_id: str, view_id: int) -> None:
    """Gone; deleting it again finds nothing and does no harm."""
    db.run(delete(SavedView).where(SavedView.id == view_id, SavedView.person_id == person_id))


def _own(known: list[View], view_id: int) -> View:
    mine = next((each for each in known if each.id == view_id), None)
    if mine is None:
        raise NotFound(lazy("There is no such view among yours."))
    return mine
