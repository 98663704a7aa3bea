"""What a point asks of its records, and the secret behind it; only for those who set it."""

from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.places.models import Point
from app.places.rules_proof import Asks


@dataclass(frozen=True, slots=True)
class PointProof:
    """`secret` is None until something asks for one."""

    asks: Asks | None
    secret: str | None


def proof_of_point(point_id: str) -> PointProof:
    found = db.row(select(Point.asks, Point.secret).where(Point.id == point_id))
    return PointProof(Asks(found.asks) if found and found.asks else None, found.secret if found else None)
