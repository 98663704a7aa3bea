"""Who is told of an inspection: those named, the unit when it begins, waits for its signature and is announced."""

from collections.abc import Iterable
from datetime import datetime

from app.inspections.queries import Head
from app.inspections.queries_people import heads_of
from app.messages.actions import tell
from app.messages.rules_words import Kind


def tell_inspectors(head: Head, people: Iterable[str], at: datetime) -> None:
    """They are named for this day."""
    _tell(Kind.INSPECTION, head, people, at, "named", day=head.on.isoformat())


def tell_begun(head: Head, at: datetime) -> None:
    """The unit learns of a spot check when it begins, not before."""
    _tell(Kind.INSPECTED, head, heads_of(head.unit_id), at, "begun")


def tell_to_sign(head: Head, at: datetime) -> None:
    """The unit may sign; after a correction it is told anew."""
    _tell(Kind.INSPECTION_SIGN, head, heads_of(head.unit_id), at, f"sign:{at.isoformat()}")


def tell_announced(head: Head, at: datetime) -> None:
    """The unit reads what everybody reads."""
    _tell(Kind.INSPECTION_TOLD, head, heads_of(head.unit_id), at, "told")


def _tell(kind: Kind, head: Head, people: Iterable[str], at: datetime, what: str, **params: str) -> None:
    outside = {each.id for each in head.members if each.external_of}
    link = f"/inspections/announcements/{head.id}" if kind is Kind.INSPECTION_TOLD else f"/inspections/{head.id}"
    said = {"unit": head.unit_name, "number": head.number, **params}
    tell(kind, sorted(set(people) - outside), said, link, at=at, key=f"inspection:{head.id}:{what}")
