"""A drawn list for the desk review, as the draw leaves it; call inside an app context."""

import uuid
from datetime import date

from sqlalchemy import select

from app.checks.models import Check
from app.db import row
from app.spotchecks.models import Draw, Item, Result
from app.spotchecks.models_review import ReviewSheet
from tests.support.builders import NOW, kept


def promised(kind="spot", mode="desk", owner_id="care", crew_id=None, **values) -> str:
    """A draw whose seed is sealed and whose list is not made."""
    draw_id, day = values.pop("id", str(uuid.uuid4())), values.pop("day", date(2026, 11, 23))
    kept(
        Draw, id=draw_id, lot=draw_id, kind=kind, mode=mode, method="simple", rhythm="daily", scope="unit",
        owner_id=owner_id, crew_id=crew_id, from_on=day, to_on=day, closes_at=NOW, size="share", seed_hash="0" * 64,
        committed_at=NOW, **values,
    )  # fmt: skip
    return draw_id


def drawn_list(*check_ids, kind="spot", mode="desk", owner_id="care", crew_id=None, **values) -> str:
    """The draw's number; its records stand in this order."""
    draw_id = promised(kind=kind, mode=mode, owner_id=owner_id, crew_id=crew_id, **values)
    kept(
        Result, draw_id=draw_id, drawn_at=NOW, seed="seed", population=107, sample=len(check_ids), list_sha256="0" * 64,
        population_list=b"",
    )  # fmt: skip
    for rank, check_id in enumerate(check_ids, 1):
        listed(draw_id, check_id, rank)
    return draw_id


def listed(draw_id, check_id, rank, **values) -> str:
    """One record on the list; gives back the number of its place there."""
    check = row(select(*Check.__table__.c).where(Check.id == check_id))
    defaults = {
        "id": item_id(draw_id, rank), "draw_id": draw_id, "occurrence_id": check.occurrence_id or rank,
        "check_id": check_id, "point_id": check.point_id, "standard_code": check.standard_code,
        "implementer_id": check.implementer_id, "responsible_id": check.responsible_id, "executor_id": check.person_id,
        "business_on": check.business_on, "rank": rank, "weight": 1.0, "key": 1.0 - rank / 100, "entered": "drawn",
        "why": {"risk": "2", "findings": "1", "unseen": "45"},
    }  # fmt: skip
    return kept(Item, **(defaults | values))


def item_id(draw_id, rank) -> str:
    """Where a record stands on the list."""
    return str(uuid.uuid5(uuid.UUID(draw_id), str(rank)))


def sheet_of(draw_id, rank, by="ivy", **values) -> str:
    """A reviewer's sheet that says that all conforms."""
    defaults = {
        "id": str(uuid.uuid4()), "item_id": item_id(draw_id, rank), "draw_id": draw_id, "nth": 1,
        "by_name": f"人员{by}", "at": NOW, "steps": [{"step": "S01", "verdict": "pass", "reason": "", "note": ""}],
    }  # fmt: skip
    return kept(ReviewSheet, by_id=by, **(defaults | values))
