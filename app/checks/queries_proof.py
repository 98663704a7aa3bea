"""How much of what somebody sent was taken on the spot."""

from datetime import datetime

from sqlalchemy import case, func, select

from app import db
from app.checks.models import Check
from app.photos.rules_proof import Proof


def own_proof(person_id: str, since: datetime) -> Proof:
    """Of the records with pictures since then, how many are 现场拍摄. One query on the person's own index."""
    live = func.sum(case((Check.photos_live >= Check.photos_asked, 1), else_=0))
    own = (Check.person_id == person_id, Check.received_at >= since, Check.photos_asked > 0)
    found = db.row(select(live, func.count()).where(*own))
    return Proof(found[0] or 0, found[1]) if found else Proof()
