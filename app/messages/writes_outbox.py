"""Writes of what is carried outside: queueing once a channel and key, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, insert, update

from app.db import run
from app.messages.models import Delivery, MessageChannel
from app.messages.writes import ALARMS, MESSAGES, upserting

CHANNELS = cast("Table", MessageChannel.__table__)
DELIVERIES = cast("Table", Delivery.__table__)
AT_ONCE = 200


def queue(rows: Sequence[Mapping[str, Any]]) -> None:
    """What stands under the same key at the same channel stays as it is."""
    for start in range(0, len(rows), AT_ONCE):
        part = [dict(row) for row in rows[start : start + AT_ONCE]]
        run(upserting(DELIVERIES).values(part).on_conflict_do_nothing(index_elements=["channel_id", "key"]))


def mark_spread(ids: Sequence[int], at: datetime) -> None:
    """All channels have been looked through for these messages."""
    run(update(MESSAGES).where(MESSAGES.c.id.in_(ids)).values(spread_at=at))


def settle(ids: Collection[int], state: str, at: datetime, reason: str = "") -> None:
    """Sent, failed or lapsed: nothing more is tried."""
    done = update(DELIVERIES).where(DELIVERIES.c.id.in_(sorted(ids)), DELIVERIES.c.state == "queued")
    run(done.values(state=state, done_at=at, reason=reason[:300], tries=DELIVERIES.c.tries + 1))


def count_try(ids: Collection[int], reason: str) -> None:
    """It stays queued and is tried again."""
    tried = update(DELIVERIES).where(DELIVERIES.c.id.in_(sorted(ids)), DELIVERIES.c.state == "queued")
    run(tried.values(tries=DELIVERIES.c.tries + 1, reason=reason[:300]))


def queue_again(channel_id: int, at: datetime, delivery_id: int | None = None) -> int:
    """重试: one failed delivery or all of a channel begin anew; gives back how many."""
    failed = [DELIVERIES.c.channel_id == channel_id, DELIVERIES.c.state == "failed"]
    if delivery_id is not None:
        failed.append(DELIVERIES.c.id == delivery_id)
    anew = {"state": "queued", "tries": 0, "since_at": at, "next_at": at, "done_at": None}
    return run(update(DELIVERIES).where(*failed).values(anew)).rowcount


def insert_channel(row: Mapping[str, Any]) -> int:
    """A new channel; gives back its number."""
    return int(run(insert(CHANNELS).values(dict(row)).returning(CHANNELS.c.id)).scalar_one())


def change_channel(channel_id: int, values: Mapping[str, Any]) -> bool:
    """Set columns of a channel; False when there is none."""
    return run(update(CHANNELS).where(CHANNELS.c.id == channel_id).values(dict(values))).rowcount == 1


def forget_before(carried: datetime, told: datetime) -> int:
    """What went out before the first instant, and what people were told before the second; gives back how many rows."""
    done = delete(DELIVERIES).where(DELIVERIES.c.done_at < carried)
    old = delete(MESSAGES).where(MESSAGES.c.at < told)
    past = delete(ALARMS).where(ALARMS.c.at < told)
    return sum(run(each).rowcount for each in (done, old, past))
