"""How an engine is made: what drivers are told, and what each SQLite connection is set to."""

import sqlite3
from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.engine import Engine

# A log four times as long as SQLite's default is copied back less often: pages that every check touches go once.
# NORMAL leaves the sync of a commit to app/db_sqlite.py, which does it for everybody who waits at once.
PRAGMAS = (
    "journal_mode=WAL", "synchronous=NORMAL", "wal_autocheckpoint=4000", "foreign_keys=ON", "temp_store=MEMORY",
    "cache_size=-16000",
)  # fmt: skip

# Who waits longer for what others hold is told to come again: phones give up after half a minute.
LOCK_WAIT_S = 10
# A server that is away without a word (cable, host) is noticed within half a minute, not within hours.
POSTGRESQL = {
    "options": f"-c lock_timeout={LOCK_WAIT_S}s",
    "connect_timeout": LOCK_WAIT_S,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# The driver asks a value of any type but int, float and str how it wants to be kept, and words an error for each that
# has no answer: most of what a record leaves open. One that is registered is given over at once, as what it is.
_NOTHING: dict[None, None] = {}
sqlite3.register_adapter(type(None), _NOTHING.get)
sqlite3.register_adapter(bool, int)
sqlite3.register_adapter(bytes, bytes)


def engine_options(url: str) -> dict[str, Any]:
    """What Flask-SQLAlchemy hands to create_engine for this database."""
    common: dict[str, Any] = {
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
    }
    if url.startswith("sqlite"):
        # No limit: a connection stays with its thread (app/db.py), so a thread too many would wait for ever.
        return common | {"pool_size": 0, "connect_args": {"timeout": LOCK_WAIT_S, "check_same_thread": False}}
    pool = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "pool_timeout": LOCK_WAIT_S}
    return common | pool | {"connect_args": POSTGRESQL}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
