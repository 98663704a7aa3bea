"""The steps from state to state, each noted; shared by the deeds of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.db import run
from app.inspections.models import Inspection, InspectionEvent
from app.inspections.queries import Head
from app.inspections.rules import Deed, after
from app.refusals import Conflict
from app.web.words import lazy


def note(inspection_id: str, kind: str, by_id: str, at: datetime, text: str = "") -> None:
    """Append to what was done."""
    run(insert(InspectionEvent).values(inspection_id=inspection_id, kind=kind, by_id=by_id, at=at, text=text))


def hold(head: Head) -> bool:
    """Keep others from moving the inspection on until this transaction ends; False when it has moved already."""
    here = (Inspection.id == head.id, Inspection.state == head.state)
    return run(update(Inspection).where(*here).values(state=head.state)).rowcount == 1


def move(head: Head, deed: Deed, by_id: str, at: datetime, text: str = "", **values: Any) -> None:
    """Take the inspection to its next state; raises Conflict when it does not fit or somebody was faster."""
    then = after(head.state, deed)
    here = (Inspection.id == head.id, Inspection.state == head.state)
    if run(update(Inspection).where(*here).values(state=then, **values)).rowcount != 1:
        raise Conflict(lazy("The inspection has moved on meanwhile. Open it again and look."))
    note(head.id, deed, by_id, at, text)
