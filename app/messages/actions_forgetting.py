"""Messages are no records: they go when nobody needs them any more, and words of visitors with them."""

from datetime import datetime, timedelta

from app.messages.writes_outbox import forget_before

CARRIED_FOR, TOLD_FOR = timedelta(days=30), timedelta(days=180)


def forget_old(now: datetime) -> int:
    """What was carried outside a month ago, what was told half a year ago."""
    return forget_before(now - CARRIED_FOR, now - TOLD_FOR)
