"""What acceptance sampling judges: the simple random draws within reach, what their records were found to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select

from app import db
from app.spotchecks.models import Item, Review, ReviewState, ReviewStep
from app.spotchecks.queries_draws import DrawRow, draws_of
from app.spotchecks.rules import Entered, Kind, Method
from app.spotchecks.rules_hearing import State
from app.spotchecks.rules_review import Verdict as Found
from app.web.current import CurrentPerson


@dataclass(frozen=True, slots=True)
class Looked:
    """A record of a sample: whether any step failed and whether a key step did; None while nobody has looked."""

    failed: bool | None
    key_failed: bool | None


@dataclass(frozen=True, slots=True)
class Lot:
    """A draw and its sample in the order drawn."""

    draw: DrawRow
    sample: Sequence[Looked]

    @property
    def series(self) -> tuple[str, str | None, str | None, str]:
        """Lots of one kind of work follow each other: whose, done by whom, which standard, looked at how."""
        return self.draw.owner_id, self.draw.implementer_id, self.draw.standard_code, self.draw.mode


def lots_of(person: CurrentPerson) -> list[Lot]:
    """The simple random draws within reach, newest first. Two queries."""
    drawn = [
        each
        for each in draws_of(person, drawn=True)
        if each.method == Method.SIMPLE and each.kind != Kind.SELF and each.population
    ]
    samples = _samples([each.id for each in drawn])
    return [Lot(each, samples.get(each.id, [])) for each in drawn]


def _samples(draw_ids: Iterable[str]) -> Mapping[str, list[Looked]]:
    """A verdict that was withdrawn after its hearing counts as none against the record."""
    wanted = list(draw_ids)
    if not wanted:
        return {}
    stands = or_(ReviewState.state.is_(None), ReviewState.state != State.WITHDRAWN)
    fails = and_(ReviewStep.verdict == Found.FAILS, stands)
    statement = (
        select(
            Item.draw_id,
            func.max(Review.id),
            func.max(case((fails, 1), else_=0)),
            func.max(case((and_(fails, ReviewStep.key), 1), else_=0)),
        )
        .outerjoin(Review, Review.item_id == Item.id)
        .outerjoin(ReviewState, ReviewState.review_id == Review.id)
        .outerjoin(ReviewStep, ReviewStep.review_id == Review.id)
        .where(Item.draw_id.in_(wanted), Item.entered == Entered.DRAWN)
        .group_by(Item.draw_id, Item.id, Item.rank)
        .order_by(Item.draw_id, Item.rank)
    )
    found: dict[str, list[Looked]] = {}
    for row in db.rows(statement):
        looked = Looked(bool(row[2]), bool(row[3])) if row[1] else Looked(None, None)
        found.setdefault(row[0], []).append(looked)
    return found
