"""What proves that a table came over whole: the number of its rows and a digest that knows no order; pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

# What a fresh schema holds by itself.
OF_THE_SCHEMA = ("tally_marks",)
_WHOLE = 1 << 256
_JSON_MOST = (1 << 63) - 1


@dataclass(frozen=True)
class Summed:
    """Rows of a table and the sum of their digests, whichever way a database sorts them."""

    rows: int = 0
    total: int = 0

    def and_also(self, rows: Iterable[Sequence[Any]]) -> "Summed":
        """With these rows added."""
        count, total = self.rows, self.total
        for row in rows:
            count, total = count + 1, total + digest_of(row)
        return Summed(count, total % _WHOLE)


def digest_of(row: Sequence[Any]) -> int:
    """SHA-256 of a row's values, in the order of its columns, as a number."""
    written = orjson.dumps([_alike(value) for value in row], option=orjson.OPT_SORT_KEYS, default=_bytes)
    return int.from_bytes(hashlib.sha256(written).digest(), "big")


def _alike(value: Any) -> Any:
    """A whole number is one number, however a database writes it down inside JSON."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and abs(value) > _JSON_MOST:
        # Larger than JSON's own numbers: exact all the same.
        return str(value)
    if isinstance(value, dict):
        return {name: _alike(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_alike(each) for each in value]
    return value


def _bytes(value: Any) -> str:
    return bytes(value).hex()


def parents_first(rows: Sequence[dict[str, Any]], key: str, parent: str) -> list[dict[str, Any]]:
    """Rows of a table that names its own rows, each behind the one it names."""
    left = {row[key]: row for row in rows}
    ordered: list[dict[str, Any]] = []
    while left:
        ready = [row for row in left.values() if row[parent] not in left or row[parent] == row[key]]
        if not ready:
            raise ValueError(f"{parent} names in a circle")
        ordered += ready
        for row in ready:
            del left[row[key]]
    return ordered
