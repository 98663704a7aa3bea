"""Where the public speaks in the demo: points that visitors pass."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app import db
from app.feedback.rules_calls import NEEDS_OF
from app.places.models import Point, PointStandard
from app.standards.models import Standard


@dataclass(frozen=True)
class Heard:
    """A point with its public standard and units."""

    point_id: str
    kind: str
    standard_code: str
    implementer_id: str
    responsible_id: str


def busy_points() -> list[Heard]:
    """Points with a public standard that anybody may know of, in code order."""
    statement = (
        select(
            Point.id, Point.kind, func.min(PointStandard.standard_code), func.min(PointStandard.implementer_id),
            func.min(PointStandard.responsible_id),
        )
        .join(PointStandard, PointStandard.point_id == Point.id)
        .join(Standard, Standard.code == PointStandard.standard_code)
        .where(Standard.public, Point.risk < 4, Point.kind.in_(list(NEEDS_OF)))
        .group_by(Point.id, Point.kind, Point.code)
        .order_by(Point.code)
    )  # fmt: skip
    return [Heard(*row) for row in db.rows(statement)]
