"""When a lease binds: held by somebody, or done a short while ago, by a clock that can be put back."""

from datetime import datetime, timedelta

# More than servers' clocks differ: an instant further ahead was written before the clock was put back.
AHEAD = timedelta(minutes=1)


def is_free(
    until_at: datetime, done_at: datetime | None, now: datetime, *, every: timedelta, hold: timedelta
) -> bool:  # fmt: skip
    """Nobody holds it and its time has come; what lies ahead by more than a hold binds nobody."""
    held = now < until_at <= now + hold + AHEAD
    done = done_at is not None and now - every < done_at <= now + AHEAD
    return not held and not done
