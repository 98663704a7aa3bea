"""Deeds on planned exemptions (rules MT-3): a department closes a point for its own standards, and opens it again."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.refusals import Invalid, NotFound
from app.schedule.actions_rows import make_rows
from app.schedule.queries import occurrences_starting
from app.schedule.queries_closings import closable_points, closing_within, same_closings
from app.schedule.rules_states import State
from app.schedule.rules_words import CLOSING_REASONS
from app.schedule.writes import Note, insert_exemption, move_state, shorten_exemption
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Closing:
    """What is closed from when to when and why; `codes` are the standards that are not due there meanwhile."""

    point_id: str
    codes: tuple[str, ...]
    from_at: datetime
    to_at: datetime
    reason: str
    note: str = ""


def exempt_point(closing: Closing, by_id: str, at: datetime) -> int:
    """What starts at the point by these standards from now on in this time is exempt; what has started stays.

    Gives back how many rows that stand became exempt; rows made later follow. The same closing again changes nothing.
    """
    if closing.reason not in CLOSING_REASONS:
        raise Invalid(lazy("Choose a reason."), fields={"reason": lazy("Choose a reason.")})
    closing = replace(closing, from_at=max(closing.from_at, at), note=closing.note[:200])
    if closing.to_at <= closing.from_at:
        raise Invalid(lazy("The end must lie ahead."), fields={"to_at": lazy("The end must lie ahead.")})
    values = {name: value for name, value in asdict(closing).items() if name != "codes"}
    standing = same_closings(closing.point_id, closing.from_at, closing.to_at, closing.reason)
    for code in closing.codes:
        if code not in standing:
            insert_exemption({**values, "standard_code": code, "by_id": by_id, "at": at})
    note = Note("exempted", at, by_id, {"reason": closing.reason})
    due = occurrences_starting(closing.point_id, closing.codes, closing.from_at, closing.to_at)
    return len(move_state([each.id for each in due], (State.PLANNED,), State.EXEMPT, note))


def close_point(person: CurrentPerson, closing: Closing, at: datetime) -> int:
    """A department closes a point for the standards it answers for there; raises NotFound outside its reach."""
    point = closable_points(person).get(closing.point_id)
    if point is None:
        raise NotFound(lazy("There is no such point in your reach."))
    return exempt_point(replace(closing, codes=point.codes), person.id, at)


def reopen_point(person: CurrentPerson, closing_id: int, zone: ZoneInfo, at: datetime) -> bool:
    """The closing ends now and what starts later is due again; False when it was over. Raises NotFound out of reach."""
    if closing_within(person, closing_id) is None:
        raise NotFound(lazy("There is no such point in your reach."))
    ended = shorten_exemption(closing_id, at)
    if ended:
        make_rows(zone, at)
    return ended
