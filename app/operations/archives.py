"""A month in one file: an SQLite database that anybody can read without us, and a look that trusts none of it."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson

from app.chain.rules_digest import key_id, next_link
from app.chain.rules_history import BUNDLE, history
from app.disk import sync_content
from app.operations.rules_archive import FORMAT, Row, entry_digest, mac_of, named_values, root_of

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE entries (seq INTEGER PRIMARY KEY, kind TEXT, key TEXT, digest BLOB, before BLOB, link BLOB);
CREATE TABLE records (seq INTEGER, "table" TEXT, part TEXT, body TEXT, PRIMARY KEY (seq, "table", part));
CREATE TABLE gone (seq INTEGER, photo TEXT, digest BLOB, PRIMARY KEY (seq, photo));
CREATE TABLE columns ("table" TEXT PRIMARY KEY, names TEXT);
CREATE TABLE photos (sha256 TEXT PRIMARY KEY, media_type TEXT, body BLOB);
"""

# Who speaks of a check by its number, and who of a correction or a proposal to void it.
_SPEAKS_OF = ("check_id", "correction_id", "voiding_id")
_SPOKEN_OF = ("corrections", "voidings")
_ODD = (sqlite3.DatabaseError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading raises when somebody put something else into the file."""


class NotAnArchive(Exception):
    """The file is none, or of a later format; the message says so."""


class NotWritten(Exception):
    """No room, no right to write; the message says it."""


class Writing:
    """Takes entry after entry; nothing counts before `finish`."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link
        # A file that was not finished is thrown away: nothing needs a journal.
        link.executescript("PRAGMA journal_mode=OFF; BEGIN;" + _TABLES)
        listed = [(name, " ".join(kept.columns)) for name, kept in history().items()]
        link.executemany("INSERT INTO columns VALUES (?, ?)", listed)

    def entry(self, entry: Any, before: bytes, rows: list[Row], gone: Mapping[str, bytes]) -> None:
        values = (entry.seq, entry.kind, entry.key, bytes(entry.digest), before, bytes(entry.link))
        self._link.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", values)
        body = [(entry.seq, row.table, row.part, orjson.dumps(row.values).decode()) for row in rows]
        self._link.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", body)
        self._link.executemany("INSERT INTO gone VALUES (?, ?, ?)", [(entry.seq, *each) for each in gone.items()])

    def photo(self, sha256: str, media_type: str, body: bytes) -> None:
        self._link.execute("INSERT OR IGNORE INTO photos VALUES (?, ?, ?)", (sha256, media_type, body))

    def finish(self, told: Mapping[str, Any], secret: bytes) -> dict[str, Any]:
        """Write what the file says of itself, sealed; gives it back."""
        entries = self._link.execute("SELECT count(*) FROM entries").fetchone()[0]
        photos = self._link.execute("SELECT count(*) FROM photos").fetchone()[0]
        root = root_of(self._link.execute("SELECT seq, link FROM entries ORDER BY seq"))
        about = {**told, "format": FORMAT, "entries": entries, "photos": photos, "root": root, "key": key_id(secret)}
        sealed = {**about, "mac": mac_of(secret, about)}
        listed = [(name, orjson.dumps(value).decode()) for name, value in sealed.items()]
        self._link.executemany("INSERT INTO about VALUES (?, ?)", listed)
        self._link.execute("COMMIT")
        return sealed


class Archive:
    """A finished file, read only."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link
        try:
            self.about = {name: orjson.loads(value) for name, value in link.execute("SELECT name, value FROM about")}
        except (sqlite3.DatabaseError, ValueError) as no:
            raise NotAnArchive("this is no archive of a month") from no
        if self.about.get("format") != FORMAT:
            raise NotAnArchive("this archive was not finished, or is of another format")

    def faults(self, secret: bytes | None) -> Iterator[str]:
        """Everything counted again: digests, links, photos, root, seal. Nothing: the file is what was sealed."""
        try:
            yield from self._entries()
            yield from self._strays()
            yield from self._photos()
            yield from self._seal(secret)
        except (*_ODD, NotAnArchive) as no:
            yield f"the file cannot be read to its end: {no}"

    def links(self) -> dict[int, bytes]:
        """The link of each entry by its number."""
        return dict(self._link.execute("SELECT seq, link FROM entries"))

    def items(self) -> list[tuple[str, str]]:
        """(table, key) of everything that has an entry here."""
        return self._link.execute("SELECT kind, key FROM entries ORDER BY seq").fetchall()

    def records(self) -> Iterator[dict[str, Any]]:
        """The checks, each with the values of its own row by name."""
        wanted = "SELECT body FROM records WHERE \"table\" = 'checks' ORDER BY seq"
        for (body,) in self._link.execute(wanted):
            yield _named(BUNDLE, body)

    def record(self, check_id: str) -> dict[str, list[dict[str, Any]]]:
        """One check with all rows that the file has of it, by table; empty when it is not here."""
        found = self._speaking_of(check_id)
        for each in [row["id"] for table in _SPOKEN_OF for row in found.get(table, ())]:
            for table, listed in self._speaking_of(each).items():
                found.setdefault(table, []).extend(listed)
        return found if BUNDLE in found else {}

    def photo(self, sha256: str) -> tuple[str, bytes] | None:
        """Media type and bytes."""
        found: tuple[str, bytes] | None = self._link.execute(
            "SELECT media_type, body FROM photos WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return found

    def _rows(self, seq: int) -> list[Row]:
        asked = self._link.execute('SELECT "table", part, body FROM records WHERE seq = ?', (seq,))
        return [Row(table, part, orjson.loads(body)) for table, part, body in asked]

    def _gone(self, seq: int) -> dict[str, bytes]:
        return dict(self._link.execute("SELECT photo, digest FROM gone WHERE seq = ?", (seq,)))

    def _speaking_of(self, number: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        asked = 'SELECT "table", body FROM records WHERE instr(body, ?) ORDER BY seq, "table", part'
        for table, body in self._link.execute(asked, (number,)):
            row = _named(table, body)
            if number in [row.get(name) for name in ("id" if table == BUNDLE else "", *_SPEAKS_OF)]:
                found.setdefault(table, []).append(row)
        return found

    def _entries(self) -> Iterator[str]:
        for seq, kind, key, digest, before, link in self._link.execute("SELECT * FROM entries ORDER BY seq"):
            try:
                same = entry_digest(kind, self._rows(seq), self._gone(seq)) == digest
                linked = next_link(before, seq, kind, key, digest) == link
            except _ODD:
                same, linked = False, True
            if not same:
                yield f"{kind} {key}: the record is not the one that was sealed"
            if not linked:
                yield f"{kind} {key}: its place in the chain does not fit"

    def _strays(self) -> Iterator[str]:
        for table in ("records", "gone"):
            asked = f"SELECT count(*) FROM {table} WHERE seq NOT IN (SELECT seq FROM entries)"  # noqa: S608  ours
            if found := self._link.execute(asked).fetchone()[0]:
                yield f"{found} rows of {table} stand under no entry"
        for table, names in self._link.execute('SELECT "table", names FROM columns'):
            if tuple(names.split()) != history()[table].columns[: len(names.split())]:
                yield f"the columns of {table} have other names"

    def _photos(self) -> Iterator[str]:
        named = self._link.execute("SELECT body FROM records WHERE \"table\" = 'photos'")
        told = [_named("photos", body) for (body,) in named]
        wanted, there = {(each["sha256"], each["media_type"]) for each in told}, set()
        for sha256, media_type, body in self._link.execute("SELECT sha256, media_type, body FROM photos"):
            there.add(sha256)
            if not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != sha256:
                yield f"photo {sha256}: the bytes are not the ones that were sealed"
            elif (sha256, media_type) not in wanted:
                yield f"photo {sha256}: no record in the file names it"
        absent = {sha256 for sha256, _ in wanted} - there - set(self.about["missing"])
        yield from (f"photo {each}: not in the file" for each in sorted(absent))

    def _seal(self, secret: bytes | None) -> Iterator[str]:
        told = {name: value for name, value in self.about.items() if name != "mac"}
        if root_of(self._link.execute("SELECT seq, link FROM entries ORDER BY seq")) != told["root"]:
            yield "the list of entries is not the one that was sealed"
        if secret is None or key_id(secret) != told["key"]:
            yield "it was sealed with a key that is not here: nothing says that the list of entries is whole"
        elif not hmac.compare_digest(mac_of(secret, told), str(self.about["mac"])):
            yield "the seal does not fit"


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Into an empty file; on the disk when all went well, nothing worth keeping when not. Raises NotWritten."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as link:
            yield Writing(link)
        sync_content(str(path))
    except (sqlite3.OperationalError, OSError) as no:
        raise NotWritten(f"the archive cannot be written: {no}") from no


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises NotAnArchive, also when the file breaks off."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as link:
            yield Archive(link)
    except sqlite3.DatabaseError as no:
        raise NotAnArchive(f"this archive cannot be read: {no}") from no


def _named(table: str, body: str) -> dict[str, Any]:
    try:
        return named_values(table, orjson.loads(body))
    except (KeyError, TypeError, ValueError) as no:
        raise NotAnArchive(f"a row of {table} in this archive cannot be read") from no
