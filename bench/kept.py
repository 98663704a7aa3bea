"""Databases of many rows, made once and kept in bench/out: the product's schema, filled from bench/years.py.

    python -m bench.kept 1000000 10000000 [--databases sqlite,postgresql]

A folder is named by its generator and by the columns that it fills. Later migrations run on what is kept, so that a new
index needs no new rows. A note beside each database says which steps are whole: one that was cut off is made again, and
the steps before it stand.
"""

import argparse
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
from flask import Flask
from flask_migrate import upgrade

from app import clock
from app.checks.models import Check, CheckState, Receipt
from app.db import db
from app.nonconformities.models import Finding
from app.photos.models import Photo, Picture
from app.schedule.models import Occurrence
from app.tallies import actions as tallies
from app.tallies.models import TALLIES
from bench import years
from bench.kept_rows import keep_raw, load_postgres, load_sqlite, say
from bench.postgres import Kept
from bench.small_rows import fill_small, small_rows
from bench.years_columns import TABLES
from bench.years_shape import NOW
from tests.support.databases import make_app

OUT = Path(__file__).parent / "out"
KINDS = ("sqlite", "postgresql")
MODELS = (Occurrence, Check, Receipt, CheckState, Finding, Photo, Picture)


def key() -> str:
    """Names what the rows follow from: the statements, the small rows, DuckDB's hash, the columns that are filled."""
    parts = [years.facts_text(*next(years.months()), 1), *map(years.select, TABLES), repr(small_rows())]
    parts += [f"{model.__tablename__}: {sorted(model.__table__.columns.keys())}" for model in MODELS]
    said = " ".join("\n".join([*parts, duckdb.__version__]).split())
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def is_kept(kind: str, windows: int) -> bool:
    """Whether all of it is there; a database that was cut off while it was made is not."""
    folder = OUT / f"years-{key()}"
    return "rebuild_s" in _note(folder / f"{kind}-{windows}.json") and raw(windows).is_file()


@contextmanager
def kept(kind: str, windows: int) -> Iterator[tuple[Flask, int | None]]:
    """The application on the kept database, in its context, and PostgreSQL's process; what is missing is made first."""
    folder = OUT / f"years-{key()}"
    folder.mkdir(parents=True, exist_ok=True)
    with _server(kind, folder) as server:
        name = f"w{windows}"
        url = server.url(name) if server else f"sqlite:///{folder / name}.sqlite3"
        app = make_app(url, folder / "instance")
        with app.app_context():
            for step in _steps(app, server, folder / f"{kind}-{windows}.json", url, windows):
                step()
            try:
                yield app, server.pid if server else None
            finally:
                db.session.remove()
                db.engine.dispose()


@contextmanager
def _server(kind: str, folder: Path) -> Iterator[Kept | None]:
    if kind == "sqlite":
        yield None
        return
    with Kept(folder / "pg") as server:
        yield server


def raw(windows: int) -> Path:
    """The file of DuckDB with the same windows."""
    return OUT / f"years-{key()}" / f"raw-{windows}.duckdb"


def _steps(app: Flask, server: Kept | None, note: Path, url: str, windows: int) -> Iterator[Callable[[], object]]:
    """What is still to be done, in turn; the note tells it, and is written when a step is whole."""
    if "load_s" not in _note(note):
        yield lambda: _noted(note, "load_s", lambda: _load(app, server, url, windows))
    yield upgrade
    if "rebuild_s" not in _note(note):
        yield lambda: _noted(note, "rebuild_s", lambda: _count(app))
    if not raw(windows).is_file():
        yield lambda: keep_raw(raw(windows), windows)
    yield lambda: _as_the_timer(app)


def _note(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _noted(file: Path, name: str, step: Callable[[], object]) -> None:
    """Do it, and note how many seconds it took: under another name first, so that no half of a note is ever read."""
    began = time.monotonic()
    step()
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(_note(file) | {name: round(time.monotonic() - began)}), "utf-8")
    fresh.rename(file)
    say(f"{file.stem}: {_note(file)}")


def _load(app: Flask, server: Kept | None, url: str, windows: int) -> None:
    """Every row, in a database that was empty."""
    if server:
        server.create_anew(f"w{windows}")
    else:
        file = Path(url.removeprefix("sqlite:///"))
        for each in (file, *file.parent.glob(f"{file.name}-*")):
            each.unlink(missing_ok=True)
    # In a thread of its own: a connection stays with its thread, and SQLite lets nobody else change how it journals.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(_begin, app).result()
    db.engine.dispose()
    (load_postgres if server else load_sqlite)(url, windows)


def _count(app: Flask) -> None:
    """The tallies of all windows, by the product's own recount."""
    zone = app.extensions["settings"].zone
    with clock.at(NOW):
        tallies.close_days(clock.today(zone))
        tallies.rebuild(zone)
    db.session.remove()


def _as_the_timer(app: Flask) -> None:
    """The timer of the program was there a minute ago, and PostgreSQL's own, which is switched off here, as well."""
    zone = app.extensions["settings"].zone
    with clock.at(NOW):
        tallies.fold(zone)
        tallies.advance(NOW - timedelta(minutes=1), zone)
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
            link.exec_driver_sql(f"VACUUM ANALYZE {', '.join(each.name for each in TALLIES)}")


def _begin(app: Flask) -> None:
    with app.app_context():
        upgrade()
        fill_small()
        db.session.remove()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("windows", type=int, nargs="+")
    parser.add_argument("--databases", default=",".join(KINDS))
    options = parser.parse_args()
    os.nice(10)
    for kind in options.databases.split(","):
        for windows in options.windows:
            with kept(kind, windows):
                say(f"{kind} {windows} is there")


if __name__ == "__main__":
    main()
