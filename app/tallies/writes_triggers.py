"""Triggers that note every change of an occurrence's counts, in the transaction that makes it.

No path can forget them: a check, a late one, the timer, a verdict, a new plan. They are taken down before migrations
and put up again after them, like the guards of history: copying a table is no change.
"""

from collections.abc import Iterator

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from app.tallies.models import COPIED

_TABLES = {"occurrences", "tally_deltas"}
NAMES = ("tally_insert", "tally_update", "tally_delete")
_INTO = f"INSERT INTO tally_deltas (sign, {', '.join(COPIED)}) VALUES "  # noqa: S608  names of our own columns


def put_up(link: Connection) -> bool:
    """The three triggers; False where the schema is older than they are."""
    take_down(link)
    if not set(inspect(link).get_table_names()) >= _TABLES:
        return False
    if not {column["name"] for column in inspect(link).get_columns("occurrences")} >= set(COPIED):
        return False
    for statement in _postgres() if link.dialect.name == "postgresql" else _sqlite():
        link.exec_driver_sql(statement)
    return True


def take_down(link: Connection) -> None:
    """No triggers any more: for migrations and for copies only; changes made meanwhile need a rebuild."""
    for name in standing(link):
        on = " ON occurrences" if link.dialect.name == "postgresql" else ""
        link.exec_driver_sql(f"DROP TRIGGER {name}{on}")


def standing(link: Connection) -> list[str]:
    """The names of the triggers that stand."""
    listed = (
        "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgparentid = 0 AND c.relname = 'occurrences' "
        "AND c.relnamespace = current_schema()::regnamespace AND tgname LIKE 'tally%'"
        if link.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'tally%'"
    )
    return [row[0] for row in link.execute(text(listed)) if row[0] in NAMES]


def _row(sign: int, which: str) -> str:
    return f"({sign}, {', '.join(f'{which}.{name}' for name in COPIED)})"


def _changed(apart: str) -> str:
    return " OR ".join(f"OLD.{name} {apart} NEW.{name}" for name in COPIED)


def _sqlite() -> Iterator[str]:
    insert, update, delete = NAMES
    was, now = _row(-1, "OLD"), _row(1, "NEW")
    yield f"CREATE TRIGGER {insert} AFTER INSERT ON occurrences BEGIN {_INTO}{now}; END"
    yield (
        f"CREATE TRIGGER {update} AFTER UPDATE OF {', '.join(COPIED)} ON occurrences "
        f"WHEN {_changed('IS NOT')} BEGIN {_INTO}{was}, {now}; END"
    )
    yield f"CREATE TRIGGER {delete} AFTER DELETE ON occurrences BEGIN {_INTO}{was}; END"


def _postgres() -> Iterator[str]:
    insert, update, delete = NAMES
    was, now = _row(-1, "OLD"), _row(1, "NEW")
    body = (
        f"BEGIN IF TG_OP = 'INSERT' THEN {_INTO}{now}; ELSIF TG_OP = 'DELETE' THEN {_INTO}{was}; "
        f"ELSE {_INTO}{was}, {now}; END IF; RETURN NULL; END"
    )
    yield f"CREATE OR REPLACE FUNCTION tally_note() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    each = "FOR EACH ROW"
    yield f"CREATE TRIGGER {insert} AFTER INSERT ON occurrences {each} EXECUTE FUNCTION tally_note()"
    yield (
        f"CREATE TRIGGER {update} AFTER UPDATE OF {', '.join(COPIED)} ON occurrences {each} "
        f"WHEN ({_changed('IS DISTINCT FROM')}) EXECUTE FUNCTION tally_note()"
    )
    yield f"CREATE TRIGGER {delete} AFTER DELETE ON occurrences {each} EXECUTE FUNCTION tally_note()"
