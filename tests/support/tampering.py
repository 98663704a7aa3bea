"""Ways to change history past the program, drawn at random; each is undone after the chain was asked."""

import random
import uuid
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, text, update

from app.chain.actions_verify import verify
from app.chain.rules_digest import next_link
from app.chain.rules_history import history
from app.chain.writes_guards import take_down
from app.db import UtcDateTime, _link, atomically, db

WAYS = (
    "column", "column", "column", "column", "delete", "delete", "backdated", "swap", "tail", "entry", "seal", "hole",
    "rewritten", "backup",
)  # fmt: skip


class _Undo(Exception):
    pass


def found_after(folder, seed):
    """The outcome of a walk after tampering number `seed`, and what was done; everything is as before afterwards."""
    dice = random.Random(seed)
    seen = []

    def work():
        link = _link()
        take_down(link)
        if link.dialect.name == "sqlite":
            link.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            link.exec_driver_sql("SET LOCAL session_replication_role = replica")
        done = tamper(link, dice)
        seen.append((done, verify(folder)))
        raise _Undo

    with suppress(_Undo):
        atomically(work)
    return seen[0]


def tamper(link, dice):
    way = dice.choice(WAYS)
    return way, globals()[f"_{way}"](link, dice)


def _tables(link):
    found = (db.metadata.tables[name] for name, kept in history().items() if kept.sealed and name in db.metadata.tables)
    return [table for table in found if link.execute(select(func.count()).select_from(table)).scalar()]


def _row(link, dice, table):
    rows = link.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
    return dict(dice.choice(rows))


def _same(table, row):
    return [column == row[column.name] for column in table.primary_key.columns]


def _column(link, dice):
    table = dice.choice(_tables(link))
    row, column = _row(link, dice, table), dice.choice(list(table.columns))
    link.execute(update(table).where(*_same(table, row)).values({column.name: _other(dice, column, row[column.name])}))
    return f"{table.name}.{column.name}"


def _other(dice, column, value):  # noqa: PLR0911  a line a type
    kind = column.type.python_type if not str(column.type).startswith("JSON") else dict
    if kind is dict:
        return {"x": dice.random()} if not isinstance(value, list) else [*value, "x"]
    if isinstance(value, bool) or kind is bool:
        return not value
    if kind is bytes:
        return (value or b"") + b"x"
    if isinstance(value, datetime) or isinstance(column.type, UtcDateTime):
        return (value or datetime.fromisoformat("2026-11-23T00:00:00+00:00")) + timedelta(seconds=1)
    if kind is date:
        return (value or date(2026, 11, 23)) + timedelta(days=1)
    if kind in (int, float):
        return (value or 0) + 1
    return f"{(value or '')[:-1]}{'y' if (value or '').endswith('x') else 'x'}"


def _delete(link, dice):
    table = dice.choice(_tables(link))
    link.execute(delete(table).where(*_same(table, _row(link, dice, table))))
    return table.name


def _backdated(link, dice):
    table = db.metadata.tables[dice.choice(["checks", "check_events"])]
    if not link.execute(select(func.count()).select_from(table)).scalar():
        table = db.metadata.tables["checks"]
    row = _row(link, dice, table)
    name = history()[table.name].received
    row["id"] = str(uuid.UUID(int=dice.getrandbits(128))) if table.name == "checks" else 9_999_999
    row[name] = row[name] - timedelta(minutes=dice.randint(1, 60))
    link.execute(insert(table).values(row))
    return table.name


def _swap(link, dice):
    table = db.metadata.tables["checks"]
    one, other = (dict(row) for row in dice.sample(link.execute(select(table)).mappings().all(), 2))
    names = ("received_at", "submitted_at", "occurrence_id", "timing", "steps_pass", "person_id")
    differing = [name for name in names if one[name] != other[name]] or ["received_at"]
    name = dice.choice(differing)
    link.execute(update(table).where(table.c.id == one["id"]).values({name: other[name]}))
    link.execute(update(table).where(table.c.id == other["id"]).values({name: one[name]}))
    return name


def _tail(link, dice):
    """The last entries go, with their seals or without."""
    last = link.execute(text("SELECT max(seq) FROM chain_entries")).scalar()
    first = dice.randint(max(2, last - 5), last)
    link.execute(text("DELETE FROM chain_entries WHERE seq >= :first"), {"first": first})
    if dice.random() < 0.5:
        link.execute(text("DELETE FROM chain_seals WHERE seq >= :first"), {"first": first})
    return first


def _entry(link, dice):
    table = db.metadata.tables["chain_entries"]
    row, column = _row(link, dice, table), dice.choice(["kind", "key", "digest", "link"])
    value = _other(dice, table.c[column], row[column])
    link.execute(update(table).where(table.c.seq == row["seq"]).values({column: value}))
    return f"{row['seq']}.{column}"


def _seal(link, dice):
    table = db.metadata.tables["chain_seals"]
    row, column = _row(link, dice, table), dice.choice(["at", "link", "mac", "first_seq"])
    if dice.random() < 0.2:
        link.execute(delete(table).where(table.c.seq == row["seq"]))
        return f"{row['seq']} gone"
    link.execute(
        update(table).where(table.c.seq == row["seq"]).values({column: _other(dice, table.c[column], row[column])})
    )
    return f"{row['seq']}.{column}"


def _hole(link, dice):
    last = link.execute(text("SELECT max(seq) FROM chain_entries")).scalar()
    seq = dice.randint(1, last)
    link.execute(text("DELETE FROM chain_entries WHERE seq = :seq"), {"seq": seq})
    return seq


def _rewritten(link, dice):
    """Somebody counts the whole rest of the chain again, and has everything but the key."""
    entries = db.metadata.tables["chain_entries"]
    rows = link.execute(select(entries).order_by(entries.c.seq)).mappings().all()
    start = dice.randrange(len(rows))
    before = bytes(rows[start - 1]["link"]) if start else b"\0" * 32
    for nth, row in enumerate(rows[start:]):
        digest = dice.randbytes(32) if nth == 0 else bytes(row["digest"])
        before = next_link(before, row["seq"], row["kind"], row["key"], digest)
        link.execute(update(entries).where(entries.c.seq == row["seq"]).values(digest=digest, link=before))
        link.execute(text("UPDATE chain_seals SET link = :link WHERE seq = :seq"), {"link": before, "seq": row["seq"]})
    return start + 1


def _backup(link, dice):
    """An older copy: the newest records and everything the chain knew of them are gone together."""
    last = link.execute(text("SELECT max(seq) FROM chain_entries")).scalar()
    ends = [row[0] for row in link.execute(text("SELECT seq FROM chain_seals WHERE seq < :last"), {"last": last})]
    keep = dice.choice(ends)
    gone = link.execute(text("SELECT kind, key FROM chain_entries WHERE seq > :keep"), {"keep": keep}).all()
    for kind, key in gone:
        if kind == "checks":
            for table in ("answers", "receipts", "photos"):
                link.execute(text(f"DELETE FROM {table} WHERE check_id = :key"), {"key": key})
        column = history()[kind].key[0]
        link.execute(text(f"DELETE FROM {kind} WHERE CAST({column} AS TEXT) = :key"), {"key": key})
    link.execute(text("DELETE FROM chain_entries WHERE seq > :keep"), {"keep": keep})
    link.execute(text("DELETE FROM chain_seals WHERE seq > :keep"), {"keep": keep})
    return keep
