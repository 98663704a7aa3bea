"""Reads of plans and draws: what was promised, what was drawn, and the list behind it, as far as a person reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app import db
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.models import Area
from app.refusals import NotFound
from app.spotchecks.models import Draw, Item, Result, Review, SealedSeed
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from app.spotchecks.rules import Entered, Kind, Method, Mode, Period, Rhythm
from app.spotchecks.rules_draws import Published
from app.standards.models import Standard
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

MOST_DRAWS = 60
NO_DRAW = lazy("There is no such draw, or it belongs to another unit.")
_Owner, _Doer = aliased(Organisation), aliased(Organisation)


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A draw with the names of what it is over; the result's columns are None until it is drawn."""

    id: str
    lot: str
    plan_id: str | None
    kind: str
    mode: str
    method: str
    rhythm: str
    scope: str
    owner_id: str
    implementer_id: str | None
    standard_code: str | None
    area_id: str | None
    crew_id: str | None
    from_on: date
    to_on: date
    closes_at: datetime
    size: str
    seed_hash: str
    committed_at: datetime
    owner: str
    owner_path: str
    implementer: str | None
    standard: str | None
    area: str | None
    drawn_at: datetime | None
    population: int | None
    sample: int | None
    list_sha256: str | None

    @property
    def period(self) -> Period:
        """The business dates that it covers."""
        return Period(self.from_on, self.to_on)

    @property
    def is_even(self) -> bool:
        """A simple random draw."""
        return self.method == Method.SIMPLE


_FIELDS = list(DrawRow.__dataclass_fields__)
_OWN = tuple(getattr(Draw, name) for name in _FIELDS[: _FIELDS.index("owner")])
_NAMES = (_Owner.name, _Owner.path, _Doer.name, Standard.title, Area.name)
_RESULT = (Result.drawn_at, Result.population, Result.sample, Result.list_sha256)
_COLUMNS: tuple[Any, ...] = (*_OWN, *_NAMES, *_RESULT)
_DRAWS = (
    select(*_COLUMNS)
    .join(_Owner, _Owner.id == Draw.owner_id)
    .outerjoin(_Doer, _Doer.id == Draw.implementer_id)
    .outerjoin(Standard, Standard.code == Draw.standard_code)
    .outerjoin(Area, Area.id == Draw.area_id)
    .outerjoin(Result, Result.draw_id == Draw.id)
)


def find_draw(draw_id: str) -> DrawRow | None:
    """A draw, whoever asks: the caller has to do the scoping."""
    row = db.row(_DRAWS.where(Draw.id == draw_id.lower()))
    return DrawRow(*row) if row else None


def draw_of_lot(lot: str) -> DrawRow | None:
    """The one draw of a lot."""
    row = db.row(_DRAWS.where(Draw.lot == lot))
    return DrawRow(*row) if row else None


def draw_by_id(draw_id: str, person: CurrentPerson) -> DrawRow:
    """A draw that the person reaches: of an own unit, over an own unit, of the own crew. Raises NotFound."""
    row = db.row(_DRAWS.where(Draw.id == draw_id.lower(), *_reached(person)))
    if row is None:
        raise NotFound(NO_DRAW)
    return DrawRow(*row)


def draws_of(person: CurrentPerson, *, drawn: bool) -> list[DrawRow]:
    """Drawn ones, newest first, or promised ones, the next to close first; crews' own lists are for their leaders."""
    statement = _DRAWS.where(*_reached(person))
    if person.role is not Role.CREW_LEADER:
        statement = statement.where(Draw.kind != Kind.SELF)
    if drawn:
        ordered = statement.where(Result.draw_id.is_not(None)).order_by(Result.drawn_at.desc(), Draw.lot)
    else:
        ordered = statement.where(Result.draw_id.is_(None)).order_by(Draw.closes_at, Draw.lot)
    return [DrawRow(*row) for row in db.rows(ordered.limit(MOST_DRAWS))]


def _reached(person: CurrentPerson) -> list[ColumnElement[bool]]:
    if person.role is Role.CREW_LEADER:
        return [Draw.kind == Kind.SELF, Draw.crew_id == person.crew_id]
    scope = scope_of(person)
    if scope.units is None:
        return []
    return [or_(Draw.owner_id.in_(scope.units), Draw.implementer_id.in_(scope.units))]


def closed_undrawn(now: datetime, today: date) -> list[str]:
    """Draws whose period is over and that wait to be drawn; daily lists are drawn by hand only.

    On site the windows of a day are drawn as soon as it begins, before any of them is done.
    """
    over = and_(Draw.closes_at <= now, Draw.rhythm != Rhythm.DAILY)
    begun = and_(Draw.mode == Mode.ONSITE, Draw.from_on <= today, Draw.closes_at > now)
    statement = select(Draw.id).outerjoin(Result, Result.draw_id == Draw.id).where(Result.draw_id.is_(None))
    statement = statement.where(or_(over, begun))
    return [row.id for row in db.rows(statement.order_by(Draw.closes_at, Draw.lot))]


def lots_known(lots: Iterable[str]) -> frozenset[str]:
    """Which of these lots have a draw already."""
    return frozenset(row.lot for row in db.rows(select(Draw.lot).where(Draw.lot.in_(list(lots)))))


def sealed_seed(draw_id: str) -> str:
    """The seed, for the draw itself and nobody else."""
    return str(db.scalar(select(SealedSeed.seed).where(SealedSeed.draw_id == draw_id)))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A record on the list and whether somebody gave an opinion already."""

    id: str
    occurrence_id: int
    check_id: str
    rank: int
    weight: float
    key: float
    entered: str
    why: Mapping[str, str]
    outcome: str | None


def items_of(draw_id: str) -> list[ItemRow]:
    """The fixed list in order. One query."""
    statement = (
        select(
            Item.id, Item.occurrence_id, Item.check_id, Item.rank, Item.weight, Item.key, Item.entered, Item.why,
            Review.outcome,
        )
        .outerjoin(Review, Review.item_id == Item.id)
        .where(Item.draw_id == draw_id)
        .order_by(Item.rank)
    )  # fmt: skip
    return [ItemRow(*row) for row in db.rows(statement)]


def progress_of(draw_ids: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Draw -> (records on its list, looked at, and of those handed in). One query."""
    standing = select(ReviewSheet.item_id).where(ReviewSheet.id.not_in(select(SheetUndo.sheet_id)))
    looked = case((or_(Review.id.is_not(None), Item.id.in_(standing)), 1), else_=0)
    statement = (
        select(Item.draw_id, func.count(Item.id), func.sum(looked), func.count(Review.id))
        .outerjoin(Review, Review.item_id == Item.id)
        .where(Item.draw_id.in_(draw_ids))
        .group_by(Item.draw_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in db.rows(statement)}


def published(draw: DrawRow) -> Published:
    """Everything a replay needs, as it was published. Raises NotFound before the draw."""
    found = db.row(select(Result).where(Result.draw_id == draw.id))
    if found is None:
        raise NotFound(lazy("This has not been drawn yet; nothing is made known before."))
    drawn = {str(each.occurrence_id): each.key for each in items_of(draw.id) if each.entered == Entered.DRAWN}
    return Published(
        seed=found.seed,
        seed_hash=draw.seed_hash,
        list_sha256=found.list_sha256,
        body=found.population_list,
        population=found.population,
        sample=found.sample,
        even=draw.is_even,
        drawn=drawn,
    )
