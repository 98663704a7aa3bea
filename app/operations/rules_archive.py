"""An archive proves itself: which digests, links and seal a month's file has to hold (rules DS-1, DS-6)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from dateutil.relativedelta import relativedelta

from app.chain.rules_digest import bundle_digest, conversions, row_digest
from app.chain.rules_history import BUNDLE, Kept, history

FORMAT = 1
KEPT_OPEN_MONTHS = 2
"""Appeals and addenda of a month last into the second one after it; nothing younger is archived."""


@dataclass(frozen=True)
class Month:
    """A month of the site's own clock, from its first instant to the first one after it."""

    name: str
    first: datetime
    after: datetime


@dataclass(frozen=True)
class Row:
    """A row as the archive keeps it: of which table, its part of the entry, its values in the order of the list."""

    table: str
    part: str
    values: Sequence[Any]


def month_named(text: str, zone: ZoneInfo, now: datetime) -> Month:
    """Raises ValueError with a sentence for anything but a month that is long over, such as 2024-01."""
    try:
        first = datetime.strptime(text, "%Y-%m").replace(tzinfo=zone)
    except ValueError as no:
        raise ValueError("a month is written as 2024-01") from no
    if first + relativedelta(months=1 + KEPT_OPEN_MONTHS) > now:
        raise ValueError(f"{text} is not over for {KEPT_OPEN_MONTHS} months: appeals and addenda may still come")
    after = first + relativedelta(months=1)
    return Month(f"{first:%Y-%m}", first.astimezone(UTC), after.astimezone(UTC))


def packed(kept: Kept, row: Sequence[Any], database: str) -> list[Any]:
    """The values as JSON can keep them, equal on both databases; bytes in full as base64."""
    values = list(row)
    for place, convert in conversions(kept, database):
        if values[place] is not None and kept.kinds[place] != "x":
            values[place] = convert(values[place])
    return [base64.b64encode(each).decode() if isinstance(each, bytes | memoryview) else each for each in values]


def digest_of(kept: Kept, values: Sequence[Any]) -> bytes:
    """The digest that the chain has of a row, counted from what the archive keeps of it."""
    hidden = [(place, _sha_of_base64) for place, kind in enumerate(kept.kinds) if kind == "x"]
    return row_digest(kept, values, hidden)


def entry_digest(kind: str, rows: Sequence[Row], disposed: Mapping[str, bytes]) -> bytes:
    """The digest of an entry; a photo that was disposed of earlier stands by the digest that stayed of it.

    Raises ValueError when anything but its own row stands under an entry of one row.
    """
    if kind != BUNDLE:
        (row,) = rows
        if (row.table, row.part) != (kind, "") or disposed:
            raise ValueError("rows of another entry")
        return digest_of(history()[kind], row.values)
    parts: list[tuple[str, str, bytes | None]] = [
        (row.table, row.part, digest_of(history()[row.table], row.values)) for row in rows
    ]
    parts += [("photos", photo, digest) for photo, digest in disposed.items()]
    return bundle_digest(parts)


def root_of(entries: Iterable[tuple[int, bytes]]) -> str:
    """One SHA-256 over all entries of the file, in their order in the chain: number and link."""
    found = hashlib.sha256()
    for seq, link in entries:
        found.update(b"%d " % seq + link)
    return found.hexdigest()


def mac_of(secret: bytes, told: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over what the file says of itself: made by who has the key of the chain."""
    return hmac.new(secret, b"dabiao archive\n" + orjson.dumps(told, option=orjson.OPT_SORT_KEYS), "sha256").hexdigest()


def named_values(table: str, values: Sequence[Any]) -> dict[str, Any]:
    """A row with the names of its columns; columns that came later than the archive are absent."""
    return dict(zip(history()[table].columns, values, strict=False))


def _sha_of_base64(text: str) -> str:
    return hashlib.sha256(base64.b64decode(text)).hexdigest()
