"""What the office does with channels: add, change, try out, try again. Addresses and secrets are sealed at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.actions import note
from app.messages.queries_channels import sealed_channels
from app.messages.queries_choices import choice_of
from app.messages.queries_outbox import Channel, channel_by_id
from app.messages.rules_addresses import target_of
from app.messages.rules_channels import MANNERS
from app.messages.rules_spread import contact_of
from app.messages.rules_words import Kind
from app.messages.secrets import USE, Opened, seal, unseal
from app.messages.writes_outbox import change_channel, insert_channel, queue, queue_again
from app.refusals import Conflict, NotFound
from app.web import sealing
from app.web.current import CurrentPerson
from app.web.sealing import Keys
from app.web.words import lazy


@dataclass(frozen=True, repr=False)
class Sheet:
    """What the office has filled in; an empty address or secret leaves what is kept."""

    plain: Mapping[str, Any]
    address: str
    secret: str


def add_channel(who: CurrentPerson, sheet: Sheet, keys: Keys, now: datetime) -> int:
    """A new channel; gives back its number."""
    opened = Opened(sheet.address, sheet.secret)
    made = {"created_at": now, "fails": 0, "reason": "", "posts": []}
    number = insert_channel({**sheet.plain, **_sealed(opened, keys), **_signed(who, now), **made})
    note("setting.changed", by_id=who.id, about=f"channel {number}")
    return number


def edit_channel(channel_id: int, who: CurrentPerson, sheet: Sheet, keys: Keys, now: datetime) -> None:
    """What is filled in counts for all that waits; a rest after failures ends. Raises NotFound, Conflict."""
    kept = unseal(channel_named(channel_id).sealed, keys)
    if kept is None and not sheet.address:
        raise Conflict(lazy("The key of the installation has changed: fill in address and secret anew."))
    opened = Opened(sheet.address or (kept.address if kept else ""), sheet.secret or (kept.secret if kept else ""))
    plain = {name: value for name, value in sheet.plain.items() if name != "kind"}
    change_channel(channel_id, {**plain, **_sealed(opened, keys), **_signed(who, now), "wait_until": None})
    note("setting.changed", by_id=who.id, about=f"channel {channel_id}")


def try_out(channel_id: int, who: CurrentPerson, now: datetime) -> None:
    """A trial goes to the group, the machine, or the person who asks. Raises Conflict when it cannot reach them."""
    channel = channel_named(channel_id)
    personal = MANNERS[channel.via].contact is not None
    if personal and not contact_of(channel.via, choice_of(who.id), channel.id, urgent=True):
        raise Conflict(lazy("This channel does not know you. Fill in your number or account under “What reaches me”."))
    row = {"kind": Kind.TEST, "params": {"channel": channel.name, "person": who.name}, "link": "/messages/channels"}
    times = dict.fromkeys(("at", "since_at", "next_at"), now)
    # One a minute: tapping twice asks once.
    key = f"trial/{channel.id}/{now:%Y-%m-%dT%H:%M}"
    to = {"person_id": who.id if personal else None, "people": [] if personal else [who.id]}
    queue([{**row, **times, **to, "channel_id": channel.id, "key": key, "urgent": False}])
    change_channel(channel.id, {"wait_until": None})


def try_again(channel_id: int, now: datetime, delivery_id: int | None = None) -> int:
    """重试: one that failed, or all of them; gives back how many. Asking again finds none."""
    channel = channel_named(channel_id)
    count = queue_again(channel.id, now, delivery_id)
    change_channel(channel.id, {"wait_until": None})
    return count


def reseal_channels(keys: Keys) -> int:
    """Seal what an older key has sealed with the newest; gives back how many."""
    fresh = ((number, sealing.reseal(sealed, USE, keys)) for number, sealed in sealed_channels())
    return sum(change_channel(number, {"sealed": sealed}) for number, sealed in fresh if sealed)


def channel_named(channel_id: int) -> Channel:
    """Raises NotFound."""
    channel = channel_by_id(channel_id)
    if channel is None:
        raise NotFound(lazy("There is no such channel."))
    return channel


def _sealed(opened: Opened, keys: Keys) -> dict[str, str]:
    # The form has let only addresses through that can be read; hosts are named there, not here.
    host = opened.address.split("/")[2].rpartition("@")[2]
    target = target_of(opened.address, (host.lower(),))
    return {"sealed": seal(opened, keys), "host": target.shown if target else host[:260]}


def _signed(who: CurrentPerson, now: datetime) -> dict[str, Any]:
    return {"changed_at": now, "changed_by_id": who.id}
