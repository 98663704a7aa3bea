"""An item of the calendar was done, or the mark is taken back: a row more, nothing is changed; nothing commits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import insert

from app.db import run
from app.halfyear.models import HalfyearMark
from app.halfyear.queries_calendar import mark_is_kept, marks_of, newest_at
from app.halfyear.rules_calendar import Wish, period_named
from app.refusals import Conflict, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_ITEM = lazy("There is no such item in the calendar.")
NOT_MARKED = lazy("This item is not marked as done.")
AHEAD = lazy("This item has not begun yet.")
TICK = timedelta(microseconds=1)


def mark(item: str, period: str, wish: Wish, who: CurrentPerson, now: datetime, today: date) -> bool:
    """False when this very mark is kept already; raises NotFound for an unknown item, Conflict for one not begun."""
    found = period_named(item, period)
    if found is None:
        raise NotFound(NO_ITEM)
    if mark_is_kept(wish.id):
        return False
    if today < found.first:
        raise Conflict(AHEAD)
    if not wish.done and (item, period) not in marks_of(found.first.year):
        raise Conflict(NOT_MARKED)
    said = {"done": wish.done, "on": wish.on, "note": wish.note, "link": wish.link}
    whose = {"by_id": who.id, "by_name": who.name, "at": _after(newest_at(item, period), now)}
    run(insert(HalfyearMark).values(id=wish.id, item=item, period=period, **said, **whose))
    return True


def _after(newest: datetime | None, now: datetime) -> datetime:
    """Strictly later than the mark before: the newest one counts, so two of one instant must not tie."""
    return now if newest is None else max(now, newest + TICK)
