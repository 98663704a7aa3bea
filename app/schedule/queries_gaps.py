"""Design gaps of the rota by name (rules MT-17), and years whose official list of days off is not loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import db
from app.places.queries import all_standards_here, points_within
from app.schedule.models import Handover
from app.schedule.queries_plan import EVERYWHERE, edition_plans, handovers, listed_days
from app.schedule.rules_gaps import uncovered_handovers, uncovered_points
from app.schedule.rules_plan import PointPlan, point_facts


@dataclass(frozen=True)
class Gaps:
    """Names of handovers and points that nothing covers; `unlisted_year` has no official list of days off."""

    handovers: Sequence[str]
    points: Sequence[str]
    unlisted_year: int | None

    @property
    def count(self) -> int:
        """MT-17: must be 0."""
        return len(self.handovers) + len(self.points)


def design_gaps(day: date) -> Gaps:
    """The whole site's, as the rota stands on a day."""
    editions = edition_plans()
    codes: dict[str, list[str]] = {}
    for here in all_standards_here():
        codes.setdefault(here.point_id, []).append(here.standard_code)
    placed = points_within(EVERYWHERE)
    points = [PointPlan(point.id, tuple(codes.get(point.id, ())), point_facts(point.attrs)) for point in placed]
    bare = set(uncovered_points(points, editions, day))
    meetings = select(Handover.name).where(Handover.id.in_(uncovered_handovers(handovers(), editions, day)))
    return Gaps(
        handovers=[row.name for row in db.rows(meetings.order_by(Handover.id))],
        points=[point.name for point in placed if point.id in bare],
        unlisted_year=None if listed_days(day.year) else day.year,
    )
