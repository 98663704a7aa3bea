"""Design gaps of the rota by name (rules MT-17), and years whose official list of days off is not loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import db
from app.places.queries_facts import codes_where, points_that_say
from app.schedule.models import Handover
from app.schedule.queries_plan import edition_plans, handovers, listed_days
from app.schedule.rules_gaps import OPEN_ON_HOLIDAY, design_gap, uncovered_handovers, uncovered_points
from app.schedule.rules_gaps import Handover as HandoverPlan
from app.schedule.rules_plan import EditionPlan, PointPlan, point_facts

OPEN = OPEN_ON_HOLIDAY.rpartition(".")[2]


@dataclass(frozen=True)
class Gaps:
    """Names of handovers and points that nothing covers; `unlisted_year` has no official list of days off."""

    handovers: Sequence[str]
    points: Sequence[str]
    unlisted_year: int | None

    @property
    def count(self) -> int:
        """MT-17: must be 0."""
        return design_gap(self.handovers, self.points)


def design_gaps(day: date) -> Gaps:
    """The whole site's, as the rota stands on a day."""
    return _gaps(edition_plans(), day, handovers(), None)


def gaps_with(code: str, editions: Sequence[EditionPlan], day: date) -> Gaps:
    """Those that a standard has a part in, if these were the editions."""
    named = [each for each in handovers() if any(reference.startswith(f"{code}/") for reference in each.covered_by)]
    return _gaps(editions, day, named, code)


def _gaps(editions: Sequence[EditionPlan], day: date, meeting: Sequence[HandoverPlan], code: str | None) -> Gaps:
    open_ones, codes = points_that_say(OPEN), codes_where(OPEN)
    points = [
        PointPlan(ident, tuple(codes.get(ident, ())), point_facts(attrs))
        for ident, _name, attrs in open_ones
        if code is None or code in codes.get(ident, ())
    ]
    bare = set(uncovered_points(points, editions, day))
    meetings = select(Handover.name).where(Handover.id.in_(uncovered_handovers(meeting, editions, day)))
    return Gaps(
        handovers=[row.name for row in db.rows(meetings.order_by(Handover.id))],
        points=[name for ident, name, _attrs in open_ones if ident in bare],
        unlisted_year=None if listed_days(day.year) else day.year,
    )
