"""Guards of history inside the database: triggers that refuse to change or remove a row.

A removal is permitted where a disposal names the record, two different persons approved, and it has not ended. The
guards are taken down before migrations and put up again after them, in the migrations' own transaction.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from app.chain.rules_history import BUNDLE, Kept, history

REFUSED = "history is not changed"
_PERMIT = (
    "EXISTS (SELECT 1 FROM disposal_items i WHERE ({named}) "
    "AND (SELECT count(DISTINCT a.person_id) FROM disposal_approvals a WHERE a.disposal_id = i.disposal_id) >= 2 "
    "AND NOT EXISTS (SELECT 1 FROM disposal_ends e WHERE e.disposal_id = i.disposal_id))"
)
# What the application's own role may ask for: it has no right to delete, the guards of the rows decide.
_DISPOSE = (
    "CREATE OR REPLACE FUNCTION history_dispose(place text, named text, keys text[]) RETURNS bigint "
    "LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ DECLARE gone bigint; BEGIN "
    "IF place <> 'check_states' "
    "AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'history_' || place || '_delete') "
    "THEN RAISE EXCEPTION 'no table of history: %', place; END IF; "
    "IF named !~ '^[a-z_A-Z0-9(){} |/'']+$' THEN RAISE EXCEPTION 'no key: %', named; END IF; "
    "EXECUTE format('DELETE FROM %I WHERE ' || named || ' = ANY($1)', place) USING keys; "
    "GET DIAGNOSTICS gone = ROW_COUNT; RETURN gone; END $$"
)
_REFUSE = (
    f"CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSED}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


def put_up(link: Connection) -> int:
    """Every guard of every table of history that is there; gives back how many tables have them."""
    there = set(inspect(link).get_table_names())
    guarded = [kept for name, kept in history().items() if name in there]
    if "disposal_items" not in there:
        return 0
    take_down(link)
    postgres = link.dialect.name == "postgresql"
    if postgres:
        link.exec_driver_sql(_REFUSE.replace("%", "%%"))
        link.exec_driver_sql(_DISPOSE.replace("%", "%%"))
    for kept in guarded:
        for statement in _postgres(kept) if postgres else _sqlite(kept):
            link.exec_driver_sql(statement.replace("%", "%%") if postgres else statement)
    return len(guarded)


def take_down(link: Connection) -> None:
    """No guards any more: for migrations only."""
    if link.dialect.name == "postgresql":
        found = link.execute(
            text("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE :like"),
            {"like": "history\\_%"},
        ).all()
        for name, table in found:
            link.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        return
    for name in guards(link):
        link.exec_driver_sql(f"DROP TRIGGER {name}")


def guards(link: Connection) -> set[str]:
    """The names of the guards that stand."""
    listed = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'history%'"
        if link.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history%'"
    )
    return {row[0] for row in link.execute(text(listed))}


def wanted(tables: Iterable[str], dialect: str) -> set[str]:
    """The names of the guards that should stand on these tables."""
    deeds = ("update", "delete", "truncate") if dialect == "postgresql" else ("update", "delete")
    return {f"history_{name}_{deed}" for name in tables if name in history() for deed in deeds}


def key_of(kept: Kept, row: str) -> str:
    """The key of a row as one text, in SQL of both databases."""
    return " || '/' || ".join(f"CAST({row}{column} AS TEXT)" for column in kept.key)


def _permit(kept: Kept) -> str:
    named = f"i.kind = '{kept.name}' AND i.key = {key_of(kept, 'OLD.')}"
    if kept.part_of == BUNDLE or kept.name == "photos":
        named = f"({named}) OR (i.kind = '{BUNDLE}' AND i.key = OLD.check_id)"
    return _PERMIT.format(named=named)


def _sqlite(kept: Kept) -> Iterator[str]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}: {kept.name}')"
    yield f"CREATE TRIGGER history_{kept.name}_update BEFORE UPDATE ON {kept.name} BEGIN {refuse}; END"
    when = f"WHEN NOT {_permit(kept)} " if kept.sealed else ""
    yield f"CREATE TRIGGER history_{kept.name}_delete BEFORE DELETE ON {kept.name} {when}BEGIN {refuse}; END"


def _postgres(kept: Kept) -> Iterator[str]:
    refuse = "EXECUTE FUNCTION history_refuse()"
    each, name = f"ON {kept.name} FOR EACH ROW", f"history_{kept.name}"
    yield f"CREATE TRIGGER {name}_update BEFORE UPDATE {each} {refuse}"
    yield f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {kept.name} {refuse}"
    if not kept.sealed:
        yield f"CREATE TRIGGER {name}_delete BEFORE DELETE {each} {refuse}"
        return
    # A WHEN of PostgreSQL takes no subquery: the function of the table asks for the permit.
    yield (
        f"CREATE OR REPLACE FUNCTION {name}_permit() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_permit(kept)} THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{REFUSED}: {kept.name}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield f"CREATE TRIGGER {name}_delete BEFORE DELETE {each} EXECUTE FUNCTION {name}_permit()"
