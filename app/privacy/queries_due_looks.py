"""What else has been kept long enough: draws of spot checks with all that was looked at, and looks on site."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.db import rows
from app.nonconformities.models import Finding
from app.privacy.queries_due import keys_of, photos_of
from app.privacy.queries_retention import Items
from app.spotchecks.models import (
    Draw,
    Item,
    Result,
    Review,
    ReviewEvent,
    ReviewState,
    ReviewStep,
    SealedSeed,
)
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from app.spotchecks.rules_hearing import State

MOST_DRAWS = 100
MOST_LOOKS = 200
_ARGUED = [state.value for state in (State.OPEN, State.HEARD, State.APPEALED)]


def due_spotchecks(before: datetime, units: Sequence[str]) -> tuple[Items, int]:
    """Draws that closed before, and looks on site from before, on which nobody argues any more; how many of both."""
    draws, looks = _draws(before, units), _looks(before, units)
    items = [each.id for each in rows(select(Item.id).where(Item.draw_id.in_(draws)))] if draws else []
    reviews = looks + [each.id for each in rows(select(Review.id).where(Review.item_id.in_(items)))]
    sheets = [each.id for each in rows(select(ReviewSheet.id).where(ReviewSheet.item_id.in_(items)))]
    found: Items = [(Draw.__tablename__, each) for each in draws] + [(Item.__tablename__, each) for each in items]
    found += [(Review.__tablename__, each) for each in reviews] + [(ReviewSheet.__tablename__, each) for each in sheets]
    for table in (SealedSeed, Result):
        found += keys_of(table, table.draw_id, table.draw_id, draws)
    found += keys_of(SheetUndo, SheetUndo.sheet_id, SheetUndo.sheet_id, sheets)
    found += keys_of(ReviewEvent, ReviewEvent.id, ReviewEvent.review_id, reviews)
    steps = select(ReviewStep.review_id, ReviewStep.step_id).where(ReviewStep.review_id.in_(reviews))
    found += [(ReviewStep.__tablename__, f"{each.review_id}/{each.step_id}") for each in rows(steps)]
    return found + photos_of(reviews), len(draws) + len(looks)


def argued_again(keys: Mapping[str, Sequence[str]]) -> int:
    """How many of the looks on a list are argued about by now: asked once more before anything goes."""
    named = keys.get("spotcheck_reviews", ())
    return len(rows(select(Review.id).where(Review.id.in_(named), _argued()))) if named else 0


def _draws(before: datetime, units: Sequence[str]) -> list[str]:
    about = and_(Item.draw_id == Draw.id, Review.item_id == Item.id, or_(Review.at >= before, _argued()))
    looked = exists().where(about).correlate(Draw)
    written = exists().where(ReviewSheet.draw_id == Draw.id, ReviewSheet.at >= before).correlate(Draw)
    over = (Draw.owner_id.in_(units), Draw.closes_at < before, ~looked, ~written)
    return [each.id for each in rows(select(Draw.id).where(*over).order_by(Draw.closes_at).limit(MOST_DRAWS))]


def _looks(before: datetime, units: Sequence[str]) -> list[str]:
    """On site a look needs no draw; it goes by the section that answers for the work."""
    over = (Review.item_id.is_(None), Review.responsible_id.in_(units), Review.at < before, ~_argued())
    return [each.id for each in rows(select(Review.id).where(*over).order_by(Review.at).limit(MOST_LOOKS))]


def _argued() -> ColumnElement[bool]:
    """The person is not heard, an appeal runs, or the finding that followed is open."""
    state = and_(ReviewState.review_id == Review.id, ReviewState.state.in_(_ARGUED))
    finding = and_(
        ReviewState.review_id == Review.id, Finding.id == ReviewState.finding_id, Finding.closed_at.is_(None)
    )
    return or_(exists().where(state).correlate(Review), exists().where(finding).correlate(Review))
