"""Look through the channels for every new message and queue what each has to carry, once a channel and key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.messages.queries_outbox import Channel, News, channels, news, unit_paths
from app.messages.rules_channels import MANNERS
from app.messages.rules_choices import leaves_at
from app.messages.rules_spread import carries, contact_of
from app.messages.writes_outbox import mark_spread, queue


def spread(zone: ZoneInfo, now: datetime) -> int:
    """Gives back how many messages were looked at; called again and again until it is none."""
    fresh = news()
    if not fresh:
        return 0
    standing = channels()
    if standing:
        paths = unit_paths()
        for channel in standing:
            queue(list(_rows(channel, fresh, [paths[each] for each in channel.unit_ids if each in paths], zone, now)))
    mark_spread([each.id for each in fresh], now)
    return len(fresh)


def _rows(
    channel: Channel, fresh: list[News], paths: list[str], zone: ZoneInfo, now: datetime
) -> list[Mapping[str, Any]]:
    # A unit that was taken away narrows to nothing, not to everything.
    if channel.unit_ids and not paths:
        return []
    found: dict[str, dict[str, Any]] = {}
    for each in fresh:
        if not carries(channel.kinds, paths, each.kind, each.org_path):
            continue
        if MANNERS[channel.via].contact is None:
            row = found.setdefault(each.key, _row(channel, each, each.key, zone, now))
            row["people"] = [*row["people"], each.person_id]
        elif contact_of(channel.via, each.choice, channel.id, urgent=each.urgent):
            key = f"{each.key}|{each.person_id}"
            found[key] = _row(channel, each, key, zone, now) | {"person_id": each.person_id}
    return list(found.values())


def _row(channel: Channel, each: News, key: str, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    personal = MANNERS[channel.via].contact is not None
    quiet = (each.choice.quiet_from, each.choice.quiet_to) if personal else channel.quiet
    return {
        "channel_id": channel.id,
        "key": key,
        "kind": each.kind,
        "params": dict(each.params),
        "link": each.link,
        "urgent": each.urgent,
        "person_id": None,
        "people": [],
        "at": each.at,
        "since_at": leaves_at(now, zone, quiet, each.kind, urgent=each.urgent),
        "next_at": leaves_at(now, zone, quiet, each.kind, urgent=each.urgent),
    }
