"""Slow down whoever tries codes: each unknown code costs a token of the one who asked.

The buckets stand in the database and hold across workers and restarts; each worker keeps those of the last askers
and settles what they spent a moment after the answer. So neither a known nor an unknown code waits for the database
to count it. Known codes cost nothing, and a signed-in person has a bucket of the own, so that a stranger behind the
same address cannot keep staff from their work.
"""

import ipaddress
import logging
from collections import OrderedDict
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock, Timer
from typing import Any, Protocol

from app.accounts.actions_limits import charge
from app.accounts.rules_limits import Level, Limit, tokens_now
from app.db import atomically
from app.refusals import TooMany
from app.web.words import lazy

log = logging.getLogger(__name__)
# A whole building behind one address may mistype; ten thousand guesses among 2^45 codes would take a week.
PER_ASKER = Limit(capacity=120, per_hour=60)
MOST_ASKERS = 10_000
SETTLE_AFTER_S = 1.0
IPV6_NETWORK_BITS = 64


class Host(Protocol):
    """What settling needs of the application."""

    def app_context(self) -> AbstractContextManager[Any]:
        """The context in which the database answers."""


class Guesses:
    """The buckets of those who asked this worker last, the oldest one giving way; `spent` waits to be settled."""

    def __init__(self, host: Host, limit: Limit = PER_ASKER, most: int = MOST_ASKERS) -> None:
        self.host, self.limit, self.most = host, limit, most
        self.levels: OrderedDict[str, Level] = OrderedDict()
        self.spent: dict[str, int] = {}
        self.settle_after_s = SETTLE_AFTER_S
        self.lock = Lock()

    def may_ask(self, asker: str, now: datetime) -> None:
        """Raises TooMany when this asker has used up the tries; look before the code is looked up."""
        if tokens_now(self.levels.get(asker), self.limit, now) < 1:
            raise TooMany(lazy("Too many wrong codes. Please wait a few minutes, or sign in."))

    def missed(self, asker: str, now: datetime) -> None:
        """The code led nowhere."""
        with self.lock:
            self._know(asker, Level(tokens_now(self.levels.get(asker), self.limit, now) - 1, now))
            waiting = bool(self.spent)
            self.spent[asker] = self.spent.get(asker, 0) + 1
        if not waiting:
            later = Timer(self.settle_after_s, self._settle_later)
            later.daemon = True
            later.start()

    def settle(self) -> None:
        """Charge what was spent since the last time, and learn what other workers have charged."""
        with self.lock:
            spent, self.spent = self.spent, {}
            at = max((self.levels[asker].filled_at for asker in spent if asker in self.levels), default=None)
        if at is None:
            return
        charged = atomically(lambda: charge({_key(asker): count for asker, count in spent.items()}, self.limit, at))
        with self.lock:
            for asker in spent:
                self._know(asker, charged[_key(asker)], less=self.spent.get(asker, 0))

    def _know(self, asker: str, level: Level, *, less: int = 0) -> None:
        self.levels[asker] = Level(level.tokens - less, level.filled_at)
        self.levels.move_to_end(asker)
        if len(self.levels) > self.most:
            self.levels.popitem(last=False)

    def _settle_later(self) -> None:
        try:
            with self.host.app_context():
                self.settle()
        except Exception as why:  # noqa: BLE001  # the database is away: this worker's own count holds meanwhile
            log.warning("wrong codes were not counted: %s", why)


def asker_of(person_id: str | None, address: str) -> str:
    """The person, else the address; an IPv6 network counts as one, for its owner has all of its addresses."""
    if person_id:
        return f"person/{person_id}"
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"address/{address[:60]}"
    if isinstance(parsed, ipaddress.IPv6Address):
        return f"address/{ipaddress.IPv6Network((parsed, IPV6_NETWORK_BITS), strict=False)}"
    return f"address/{parsed}"


def _key(asker: str) -> str:
    return f"code/{asker}"
