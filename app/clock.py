"""The only caller of the system clock; everything else asks here or takes `now` as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The instant, aware and in UTC."""
    return _moved.get() or datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The local date at the site."""
    return now().astimezone(zone).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant inside the block: demo history is made through the real actions."""
    token = _moved.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
