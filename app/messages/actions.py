"""Tell people something, once a person and key, in the caller's transaction; what is urgent sounds in the duty room."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.messages.queries import listeners
from app.messages.rules_words import Kind
from app.messages.writes import end_alarms, insert_alarm, insert_messages


def tell(  # noqa: PLR0913  what a message is made of, named one by one by every room
    kind: Kind,
    people: Collection[str],
    params: Mapping[str, str],
    link: str,
    *,
    at: datetime,
    key: str,
    urgent: bool = False,
    sounds: bool = False,
    unit_id: str | None = None,
) -> int:
    """Tell these people; gives back how many had not been told under this key.

    `params` fill the sentence of the kind (rules_words) in the reader's language; `link` is an own path. Whoever has
    muted the kind is left out unless it is urgent. Urgent things, and those that only `sounds` names, stand on the
    duty-room screen too, once a key, for the duty room, those told and the supervisors of `unit_id`, until taken or
    `over`.
    """
    said = {"kind": kind, "params": {name: str(value) for name, value in params.items()}, "link": link, "key": key}
    if urgent or sounds:
        insert_alarm({**said, "unit_id": unit_id, "at": at})
    rows = [{**said, "person_id": each, "urgent": urgent, "at": at} for each in listeners(people, kind, urgent=urgent)]
    return len(insert_messages(rows)) if rows else 0


def over(key: str, at: datetime) -> bool:
    """The urgent thing told under this key needs nobody any more: it leaves the duty-room screen."""
    return end_alarms(key, at) > 0


def all_over(prefix: str, at: datetime) -> int:
    """The same for all keys that begin so; gives back how many still stood."""
    return end_alarms(prefix, at, beginning=True)
