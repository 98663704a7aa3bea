"""Deeds on the label codes of points."""

from collections.abc import Mapping
from datetime import datetime

from app.audit.actions import note
from app.places.queries import current_codes, point_by_label
from app.places.rules import old_code_ends
from app.places.writes import close_code, end_older_codes, insert_code, note_labels, supersede_code
from app.refusals import Conflict, Invalid, NotFound
from app.web.words import lazy

REASON_LENGTH = 200


def replace_code(point_id: str, old: str, fresh: str, reason: str, by_id: str, now: datetime) -> str:
    """A new label for the point; the old one stays valid for 30 days or until its successor's first check.

    `old` is the code that the person saw as current, empty for none: the same form sent twice makes one label.
    Raises Invalid without a reason, Conflict when the label was replaced meanwhile. Of two who issue a point's first
    code at once the unique key stops one, whose second run then sees the other's.
    """
    reason = _needed(reason)
    if current_codes([point_id]).get(point_id, "") != old:
        raise _replaced_before()
    if old and not supersede_code(old, fresh, old_code_ends(now)):
        raise _replaced_before()
    insert_code(fresh, point_id, now)
    common = {"point_id": point_id, "by_id": by_id, "at": now, "reason": reason}
    events = [{"code": fresh, "kind": "issued", "data": {"instead_of": old or None}} | common]
    if old:
        note("label.replaced", by_id=by_id, about=old, data={"by": fresh, "point": point_id})
    note_labels(events + ([{"code": old, "kind": "replaced", "data": {"by": fresh}} | common] if old else []))
    return fresh


def withdraw_code(code: str, reason: str, by_id: str, now: datetime) -> str:
    """The code opens nothing any more; gives back its point.

    Raises NotFound, Invalid without a reason, Conflict when done before.
    """
    found = point_by_label(code)
    if found is None:
        raise NotFound(lazy("There is no label with this code."))
    reason = _needed(reason)
    if not close_code(code, now, reason):
        raise Conflict(lazy("This label was withdrawn before."))
    event = {"code": code, "point_id": found.point.id, "kind": "withdrawn", "by_id": by_id, "at": now}
    note_labels([event | {"reason": reason, "data": None}])
    note("label.withdrawn", by_id=by_id, about=code, data={"point": found.point.id, "reason": reason[:120]})
    return found.point.id


def end_older_labels(point_id: str, code: str, by_id: str, at: datetime) -> None:
    """The first check through a new label ends those before it (contract, Label codes)."""
    common = {"point_id": point_id, "kind": "ended", "by_id": by_id, "at": at, "reason": "", "data": {"used": code}}
    note_labels([{"code": older} | common for older in end_older_codes(point_id, code, at)])


def note_printed(codes: Mapping[str, str], stock: str, by_id: str, now: datetime) -> None:
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


def _replaced_before() -> Conflict:
    return Conflict(lazy("This label was replaced before. Look at the page again."))


def _needed(reason: str) -> str:
    reason = " ".join(reason.split())[:REASON_LENGTH]
    if not reason:
        sentence = lazy("Say why, so that the next person understands.")
        raise Invalid(sentence, fields={"reason": sentence})
    return reason
