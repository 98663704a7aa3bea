"""Slow down whoever tries codes: each unknown code costs a token of the one who asked.

Kept in this process and not in the database, so that an unknown code takes no longer than a known one; a server of
several processes gives as many buckets. Known codes cost nothing, and a signed-in person has a bucket of the own,
so that a stranger behind the same address cannot keep staff from their work.
"""

import ipaddress
from collections import OrderedDict
from datetime import datetime
from threading import Lock

from app.accounts.rules_limits import Level, Limit, tokens_now
from app.refusals import TooMany
from app.web.words import lazy

# A whole building behind one address may mistype; ten thousand guesses among 2^45 codes would take a week.
PER_ASKER = Limit(capacity=120, per_hour=60)
MOST_ASKERS = 10_000
IPV6_NETWORK_BITS = 64


class Guesses:
    """The buckets of those who asked last; the oldest one gives way."""

    def __init__(self, limit: Limit = PER_ASKER, most: int = MOST_ASKERS) -> None:
        self.limit, self.most = limit, most
        self.levels: OrderedDict[str, Level] = OrderedDict()
        self.lock = Lock()

    def may_ask(self, asker: str, now: datetime) -> None:
        """Raises TooMany when this asker has used up the tries; look before the code is looked up."""
        if tokens_now(self.levels.get(asker), self.limit, now) < 1:
            raise TooMany(lazy("Too many wrong codes. Please wait a few minutes, or sign in."))

    def missed(self, asker: str, now: datetime) -> None:
        """The code led nowhere."""
        with self.lock:
            left = tokens_now(self.levels.pop(asker, None), self.limit, now) - 1
            self.levels[asker] = Level(max(left, 0), now)
            if len(self.levels) > self.most:
                self.levels.popitem(last=False)


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
