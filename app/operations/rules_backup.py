"""What a backup is: a folder a run with database, list of photos and manifest; the photos lie in one pool.

The manifest is written last: a folder without one is a run that did not end.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

FORMAT = 1
MANIFEST, PLACES, POOL = "manifest.json", "places.txt", "photos"
DATABASE_FILES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_NAME = re.compile(r"\d{8}T\d{6}Z")


class BadManifest(Exception):
    """The file is not the manifest of a backup that this version can bring back; the message says what it is."""


@dataclass(frozen=True)
class Manifest:
    """What a run kept: `revision` of the schema, `rows` by table, SHA-256 of the database file, photos in number."""

    made_at: str
    dialect: str
    revision: str
    database_sha256: str
    database_bytes: int
    photos: int
    rows: dict[str, int]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def plain(self) -> dict[str, Any]:
        """As it is written."""
        return asdict(self)


def read_manifest(plain: Any) -> Manifest:
    """Raises BadManifest."""
    if not isinstance(plain, Mapping) or plain.get("format") != FORMAT:
        raise BadManifest(f"no manifest of format {FORMAT}")
    try:
        found = Manifest(**plain)
    except TypeError as why:
        raise BadManifest("the manifest misses fields or has unknown ones") from why
    if found.dialect not in DATABASE_FILES:
        raise BadManifest(f"unknown kind of database {found.dialect!r}")
    return found


def folder_name(at: datetime) -> str:
    """Sorts by time: 20261121T224500Z."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def made_at(name: str) -> datetime | None:
    """The time in a folder's name, or None where it is not one of ours."""
    return datetime.strptime(name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if _NAME.fullmatch(name) else None


def outdated(names: Iterable[str], now: datetime, keep: timedelta) -> list[str]:
    """Runs older than `keep`, oldest first; the newest run always stays, and foreign folders are not looked at."""
    ours = sorted(name for name in names if made_at(name))
    return [name for name in ours[:-1] if (at := made_at(name)) and at < now - keep]
