"""What a visitor does on the status page: say how content they are with the handling."""

from __future__ import annotations

from datetime import datetime

from app.feedback import writes_complaints as writes
from app.feedback.queries_complaints import Case, case_behind, events_of
from app.feedback.rules_complaints import State
from app.feedback.rules_ratings import Face
from app.refusals import Conflict, Invalid, NotFound
from app.web.words import lazy

NO_SUCH_LINK = lazy("This link leads nowhere. Compare it with what you were given.")
ANSWERED = (State.ANSWERED, State.CLOSED)


def rate_handling(token: str, face: int, now: datetime) -> Case:
    """Once a case, after the answer; the same face again changes nothing."""
    case = case_behind(token)
    if case is None:
        raise NotFound(NO_SUCH_LINK)
    if face not in set(Face):
        raise Invalid(lazy("Choose a face."), fields={"face": lazy("Choose a face.")})
    if case.state not in ANSWERED:
        raise Conflict(lazy("There is no answer yet. Please come back later."))
    writes.lock_case(case.item_id)
    if rated_with(case.item_id) is None:
        writes.insert_event(case.item_id, "rated", now, None, {"face": face})
    return case


def rated_with(item_id: str) -> int | None:
    """The face that was given, or None."""
    given = [each.data.get("face") for each in events_of(item_id) if each.kind == "rated"]
    return given[0] if given else None
