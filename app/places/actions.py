"""Deeds on the label codes of points."""

from datetime import datetime

from app.places.queries import current_codes, point_by_label
from app.places.rules import old_code_ends
from app.places.writes import close_code, insert_code, note_labels, supersede_code
from app.refusals import Conflict, Invalid, NotFound
from app.web.words import lazy

REASON_LENGTH = 200


def replace_code(point_id: str, fresh: str, reason: str, by_id: str, now: datetime) -> str:
    """A new label with the code `fresh` for the point; the old one stays valid for 30 days or until its successor's first check.

    Raises Invalid without a reason, Conflict when somebody replaced the label meanwhile.
    """
    reason = _needed(reason)
    old = current_codes([point_id]).get(point_id)
    insert_code(fresh, point_id, now)
    if old and not supersede_code(old, fresh, old_code_ends(now)):
        raise Conflict(lazy("Somebody else replaced this label just now. Look at the page again."))
    common = {"point_id": point_id, "by_id": by_id, "at": now, "reason": reason}
    events = [{"code": fresh, "kind": "issued", "data": {"instead_of": old}} | common]
    note_labels(events + ([{"code": old, "kind": "replaced", "data": {"by": fresh}} | common] if old else []))
    return fresh


def withdraw_code(code: str, reason: str, by_id: str, now: datetime) -> str:
    """The code opens nothing any more; gives back its point. Raises NotFound, Invalid without a reason, Conflict when done before."""
    found = point_by_label(code)
    if found is None:
        raise NotFound(lazy("There is no label with this code."))
    reason = _needed(reason)
    if not close_code(code, now, reason):
        raise Conflict(lazy("This label was withdrawn before."))
    event = {"code": code, "point_id": found.point.id, "kind": "withdrawn", "by_id": by_id, "at": now}
    note_labels([event | {"reason": reason, "data": None}])
    return found.point.id


def note_printed(codes: dict[str, str], stock: str, by_id: str, now: datetime) -> None:
    """Who printed which labels: `codes` maps point to code."""
    note_labels(
        [
            {
                "code": code,
                "point_id": point,
                "kind": "printed",
                "by_id": by_id,
                "at": now,
                "reason": "",
                "data": {"stock": stock},
            }
            for point, code in codes.items()
        ]
    )


def _needed(reason: str) -> str:
    reason = " ".join(reason.split())[:REASON_LENGTH]
    if not reason:
        sentence = lazy("Say why, so that the next person understands.")
        raise Invalid(sentence, fields={"reason": sentence})
    return reason
