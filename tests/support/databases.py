"""Databases for tests: the real migrations once into a template of each kind, then one copy a test."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.config import Settings
from app.db import db
from tests.support import known, postgres
from tests.support.client import CheckedClient

KINDS = ("sqlite", "postgresql")
# Each test has an application of its own.
known.install()
AN_HOUR_S = 3600


def make_app(url: str, instance: Path, **settings: str) -> Flask:
    """The real application on this database, as a test wants it: no timer, checked pages."""
    env = {
        "DABIAO_INSTANCE": str(instance),
        "DABIAO_DATABASE_URL": url,
        "DABIAO_PHOTO_STORE": str(instance / "photos"),
        "DABIAO_SECRET_KEY": "only-for-tests-0123456789abcdef0123",
        "DABIAO_BASE_URL": "http://localhost",
        "DABIAO_TIMER": "0",
        **settings,
    }
    instance.mkdir(parents=True, exist_ok=True)
    app = create_app(Settings.from_env(env))
    app.testing = True
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=known.STATEMENTS)
    app.test_client_class = CheckedClient
    # No thread outlives its test and its database; a test of the settling calls it or shortens the wait.
    app.extensions["code_guesses"].settle_after_s = AN_HOUR_S
    return app


class Templates:
    """Makes each template at first use; `fill` puts content behind the schema."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._server: postgres.Server | None = None
        self._made: dict[tuple[str, str], str] = {}
        self._numbers = itertools.count(1)

    def close(self) -> None:
        self._stack.close()

    @property
    def server(self) -> postgres.Server:
        if self._server is None:
            self._server = self._stack.enter_context(postgres.running())
        return self._server

    @contextmanager
    def copy(self, kind: str, content: str, fill: Callable[[Flask], None], instance: Path) -> Iterator[str]:
        """A database of its own, equal to the template, as the URL that settings take; its photos come along."""
        source = self._template(kind, content, fill)
        instance.mkdir(parents=True, exist_ok=True)
        photos = self._instance(kind, content) / "photos"
        if photos.is_dir():
            shutil.copytree(photos, instance / "photos", dirs_exist_ok=True)
        if kind == "sqlite":
            shutil.copyfile(source, instance / "test.sqlite3")
            yield f"sqlite:///{instance / 'test.sqlite3'}"
            return
        name = f"t{next(self._numbers)}"
        try:
            yield self.server.create(name, source)
        finally:
            self.server.drop(name)

    def _instance(self, kind: str, content: str) -> Path:
        return self.folder / f"{kind}-{content}"

    def _template(self, kind: str, content: str, fill: Callable[[Flask], None]) -> str:
        """The path of the SQLite file or the name of the PostgreSQL database."""
        if (kind, content) not in self._made:
            instance = self._instance(kind, content)
            instance.mkdir(parents=True, exist_ok=True)
            file, name = instance / "template.sqlite3", f"template_{content}"
            url = f"sqlite:///{file}" if kind == "sqlite" else self.server.create(name)
            _build(make_app(url, instance), fill)
            self._made[kind, content] = str(file) if kind == "sqlite" else name
        return self._made[kind, content]


def _build(app: Flask, fill: Callable[[Flask], None]) -> None:
    with app.app_context():
        upgrade()
        fill(app)
        db.session.remove()
        path = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
        db.engine.dispose()
    if path:
        with closing(sqlite3.connect(path)) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def let_go(app: Flask) -> None:
    """Close what an application holds of its database, so that the database can go."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def nothing(_app: Flask) -> None:
    """The bare schema."""
