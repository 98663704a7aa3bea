"""How an engine is made: what drivers are told, and what each SQLite connection is set to."""

from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Engine

# A log four times as long as SQLite's default is copied back less often: pages that every check touches go once.
PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000", "foreign_keys=ON", "temp_store=MEMORY",
    "cache_size=-16000",
)  # fmt: skip


def engine_options(url: str) -> dict[str, Any]:
    """What Flask-SQLAlchemy hands to create_engine for this database."""
    common: dict[str, Any] = {
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
    }
    if url.startswith("sqlite"):
        return common | {"connect_args": {"timeout": 20, "check_same_thread": False}}
    return common | {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
