"""Column types that both databases keep alike: instants, big keys, JSON."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _as_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    at = value if value.tzinfo is UTC else value.astimezone(UTC)
    if not at.microsecond:
        return at.isoformat(" ", "microseconds")[:26]
    # From between its quotes and without its zone; three times as fast as the way that takes a separator.
    return orjson.dumps(at)[1:27].decode().replace("T", " ")


def _as_instant(text: str | None) -> datetime | None:
    # The zone as text: `replace` of it afterwards takes six times as long, and every read has instants.
    return None if text is None else datetime.fromisoformat(f"{text}Z")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; kept as UTC, given back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """SQLite's own text is written by the standard library; the general way takes three times as long."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _as_instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
