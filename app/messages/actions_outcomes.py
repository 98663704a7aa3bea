"""What a post or its lack does to its deliveries and its channel, in one transaction; the office hears of failures."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.messages.actions import tell
from app.messages.queries_outbox import Channel, Waiting, channel_by_id, given_up
from app.messages.queries_recipients import with_role
from app.messages.rules_outcomes import GIVEN_UP_AFTER, TOLD_AFTER, Outcome, Verdict, is_given_up, recent, wait_after
from app.messages.rules_words import Kind
from app.messages.writes_outbox import change_channel, count_try, settle
from app.web.current import Role


def keep_outcome(
    channel: Channel, carried: Sequence[Waiting], outcome: Outcome, now: datetime, zone: ZoneInfo, dice: float
) -> Channel:
    """Gives back the channel as it stands now; `dice` in [0, 1) spreads the wait."""
    ids = [each.id for each in carried]
    posts = [*recent(channel.posts, now.timestamp()), now.timestamp()]
    if outcome.verdict is Verdict.SENT:
        settle(ids, "sent", now)
        return _changed(channel, posts=posts, sent_at=now, fails=0, failing_since=None, wait_until=None, reason="")
    since = channel.failing_since or now
    if outcome.verdict is Verdict.FAILED:
        settle(ids, "failed", now, outcome.reason)
        _tell_office(channel, outcome.reason, now, zone)
        return _changed(channel, posts=posts, failing_since=since, reason=outcome.reason)
    hopeless = {each.id for each in carried if is_given_up(each.since_at, each.tries + 1, now)}
    settle(hopeless, "failed", now, outcome.reason)
    count_try(set(ids) - hopeless, outcome.reason)
    if hopeless or now - since >= TOLD_AFTER:
        _tell_office(channel, outcome.reason, now, zone)
    fails = channel.fails + 1
    rest = now + wait_after(fails, dice)
    return _changed(channel, posts=posts, fails=fails, failing_since=since, wait_until=rest, reason=outcome.reason)


def let_lapse(now: datetime, zone: ZoneInfo, late: Collection[int] = ()) -> None:
    """What came too late to be worth it, and what has been tried for a day, is tried no more."""
    if late:
        settle(late, "lapsed", now)
    by_channel: dict[int, list[int]] = {}
    for delivery_id, channel_id in given_up(now - GIVEN_UP_AFTER):
        by_channel.setdefault(channel_id, []).append(delivery_id)
    for channel_id, ids in by_channel.items():
        channel = channel_by_id(channel_id)
        reason = (channel.reason if channel else "") or "day"
        settle(ids, "failed", now, reason)
        if channel:
            _tell_office(channel, reason, now, zone)


def _changed(channel: Channel, **values: object) -> Channel:
    change_channel(channel.id, values)
    return replace(channel, **values)  # type: ignore[arg-type]


def _tell_office(channel: Channel, reason: str, now: datetime, zone: ZoneInfo) -> None:
    """Once a channel and day."""
    params = {"channel": channel.name, "fault": reason.partition(":")[0]}
    key = f"channel/{channel.id}/{now.astimezone(zone):%Y-%m-%d}"
    tell(Kind.CHANNEL_FAILED, with_role(Role.ADMIN), params, "/messages/channels", at=now, key=key)
