"""Reads of the desk review: a drawn list with what was said of it so far, one record, earlier pictures of the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app import db
from app.organisations.models import Organisation
from app.photos.models import Photo, Picture
from app.photos.rules import Part
from app.places.models import Building, Point
from app.spotchecks.models import Draw, Item, Result, Review
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from app.spotchecks.rules import Executed
from app.spotchecks.rules_review import Opinion, Sheet
from app.standards.models import Standard

EARLIER_EACH = 3


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list that has been drawn: whose it is, and how many were drawn of how many."""

    draw_id: str
    kind: str
    mode: str
    method: str
    scope: str
    crew_id: str | None
    from_on: date
    to_on: date
    owner_path: str
    owner: str
    population: int
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record on the list with the words of its place."""

    id: str
    draw_id: str
    check_id: str
    occurrence_id: int
    standard_code: str
    implementer_id: str
    responsible_id: str
    executor_id: str
    rank: int
    entered: str
    why: Mapping[str, str]
    point_id: str
    point: str
    floor: str
    risk: int
    building: str
    standard: str
    business_on: date

    @property
    def executed(self) -> Executed:
        """For the rule of independence."""
        return Executed(self.executor_id, self.implementer_id, self.responsible_id)


@dataclass(frozen=True, slots=True)
class EarlierPicture:
    """How the same step looked at the same place before."""

    step_id: str
    sha256: str
    at: datetime


_HEAD = (
    select(
        Draw.id, Draw.kind, Draw.mode, Draw.method, Draw.scope, Draw.crew_id, Draw.from_on, Draw.to_on,
        Organisation.path, Organisation.name, Result.population, Result.drawn_at,
    )
    .join(Result, Result.draw_id == Draw.id)
    .join(Organisation, Organisation.id == Draw.owner_id)
)  # fmt: skip
_ITEM = (
    select(
        Item.id, Item.draw_id, Item.check_id, Item.occurrence_id, Item.standard_code, Item.implementer_id,
        Item.responsible_id, Item.executor_id, Item.rank, Item.entered, Item.why, Point.id, Point.name, Point.floor,
        Point.risk, Building.name, Standard.title, Item.business_on,
    )
    .join(Point, Point.id == Item.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Item.standard_code)
)  # fmt: skip
_SHEET = (
    select(
        ReviewSheet.id, ReviewSheet.item_id, ReviewSheet.draw_id, ReviewSheet.nth, ReviewSheet.by_id,
        ReviewSheet.by_name, ReviewSheet.began_at, ReviewSheet.at, SheetUndo.sheet_id, Review.id, ReviewSheet.steps,
    )
    .outerjoin(SheetUndo, SheetUndo.sheet_id == ReviewSheet.id)
    .outerjoin(Review, Review.id == ReviewSheet.id)
    .order_by(ReviewSheet.at, ReviewSheet.nth)
)  # fmt: skip


def list_head(draw_id: str) -> ListHead | None:
    """The list, once it is drawn."""
    found = db.row(_HEAD.where(Draw.id == draw_id))
    return ListHead(*found) if found else None


def drawn_of(draw_id: str) -> list[Drawn]:
    """The records of a list in the order of the draw."""
    return [Drawn(*row) for row in db.rows(_ITEM.where(Item.draw_id == draw_id).order_by(Item.rank, Item.id))]


def drawn_by_id(item_id: str) -> Drawn | None:
    """One record of a list."""
    found = db.row(_ITEM.where(Item.id == item_id))
    return Drawn(*found) if found else None


def sheets_of_draw(draw_id: str) -> list[Sheet]:
    """Every sheet of a list by time."""
    return _sheets(db.rows(_SHEET.where(ReviewSheet.draw_id == draw_id)))


def sheets_of_item(item_id: str) -> list[Sheet]:
    """Every sheet of a record by time."""
    return _sheets(db.rows(_SHEET.where(ReviewSheet.item_id == item_id)))


def sheet_by_id(sheet_id: str) -> Sheet | None:
    """One sheet."""
    return next(iter(_sheets(db.rows(_SHEET.where(ReviewSheet.id == sheet_id)))), None)


def reviewed_of(draw_id: str) -> dict[str, str]:
    """Record on the list to who has handed in their opinion of it."""
    found = db.rows(
        select(Review.item_id, Review.by_name).join(Item, Item.id == Review.item_id).where(Item.draw_id == draw_id)
    )
    return {row.item_id: row.by_name for row in found}


def lists_left(before: datetime) -> list[tuple[str, str]]:
    """(list, reviewer) of sheets that stand since before an instant and were not handed in."""
    statement = (
        select(ReviewSheet.draw_id, ReviewSheet.by_id)
        .outerjoin(SheetUndo, SheetUndo.sheet_id == ReviewSheet.id)
        .outerjoin(Review, Review.item_id == ReviewSheet.item_id)
        .where(ReviewSheet.at < before, SheetUndo.sheet_id.is_(None), Review.id.is_(None))
        .distinct()
    )
    return [(row.draw_id, row.by_id) for row in db.rows(statement)]


def earlier_pictures(
    point_id: str, standard_code: str, steps: Sequence[str], before: datetime
) -> dict[str, list[EarlierPicture]]:
    """Step to its last pictures at this place before an instant, newest first. One query, none without steps."""
    if not steps:
        return {}
    nth = func.row_number().over(partition_by=Photo.step_id, order_by=Photo.received_at.desc()).label("nth")
    newest = (
        select(Photo.step_id, Photo.sha256, Photo.received_at, nth)
        .join(Picture, Picture.sha256 == Photo.sha256)
        .where(
            Photo.point_id == point_id, Photo.standard_code == standard_code, Photo.step_id.in_(steps),
            Photo.part == Part.EVIDENCE, Photo.received_at < before, Picture.state == "ready",
        )
        .subquery()
    )  # fmt: skip
    found: dict[str, list[EarlierPicture]] = {}
    statement = select(newest.c.step_id, newest.c.sha256, newest.c.received_at)
    for row in db.rows(statement.where(newest.c.nth <= EARLIER_EACH).order_by(newest.c.received_at.desc())):
        found.setdefault(row.step_id, []).append(EarlierPicture(*row))
    return found


def pictures_of(check_id: str, limit: int) -> list[str]:
    """Hashes of a record's pictures, to be fetched before they are needed."""
    statement = (
        select(Photo.sha256)
        .join(Picture, Picture.sha256 == Photo.sha256)
        .where(Photo.check_id == check_id, Picture.state == "ready", Photo.media_type.startswith("image/"))
        .order_by(Photo.received_at)
    )
    return [row.sha256 for row in db.rows(statement.limit(limit))]


def _sheets(found: Iterable[db.AnyRow]) -> list[Sheet]:
    return [_sheet(row) for row in found]


def _opinions(steps: Iterable[Mapping[str, str]]) -> tuple[Opinion, ...]:
    return tuple(Opinion(each["step"], each["verdict"], each["reason"], each["note"]) for each in steps)


def _sheet(row: db.AnyRow) -> Sheet:
    undone, handed_in = row[8] is not None, row[9] is not None
    return Sheet(*row[:8], undone, handed_in, _opinions(row[10]))  # type: ignore[call-arg]
