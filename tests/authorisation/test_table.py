"""Authorisation as one table: every route, every role, own, foreign and absent things; what is not in it fails.

`table.txt` has a line an address and relation, a column a role. A refused write must leave the database as it was.
"""

import re
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from app.db import db
from app.web.current import Role
from tests.authorisation.world import ACTORS, NOBODY, RELATIONS, THINGS, client_of, everything, fill
from tests.support.databases import make_app

TABLE = Path(__file__).with_name("table.txt")
COLUMNS = (*ACTORS, NOBODY)
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
# Served to everybody by their hash or by the frame; the joined script has its content in its address.
OUTSIDE = ("/static/",)
# A look leaves its line here, and nothing that is asked later answers otherwise for it.
LOOKED_AT = {"audit_events"}


def read_table() -> dict[tuple[str, str, str], dict[str, int]]:
    """(method, address, relation) to the status for each actor."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        words = line.split("#")[0].split()
        if words:
            method, address, relation, *statuses = words
            assert len(statuses) == len(COLUMNS), line
            found[method, address, relation] = dict(zip(COLUMNS, map(int, statuses), strict=True))
    return found


def routes(app) -> list[tuple[str, str, str]]:
    """All (method, address, relation) that the application has; an address without arguments has one relation."""
    return sorted(
        (method, rule.rule, relation)
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith(OUTSIDE)
        for method in rule.methods - {"HEAD", "OPTIONS"}
        for relation in (RELATIONS if rule.arguments else ("own",))
    )


def filled(address: str, relation: str) -> str:
    """The address with the things of that relation in it."""
    return ARGUMENT.sub(lambda found: THINGS[found[1]][RELATIONS.index(relation)], address)


def ask(app, actor: str, route: tuple[str, str, str]):
    method, address, relation = route
    client, headers = client_of(app, actor)
    body = {"json": {}} if address.startswith("/api/") and method in ("POST", "DELETE") else {"data": {}}
    if method == "PUT":
        body = {"data": b"", "content_type": "image/jpeg"}
    # Read to its end: a streamed answer holds its request open until then.
    return client.open(filled(address, relation), method=method, headers=headers, buffered=True, **body)


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return make_app(f"sqlite:///{folder / 'none.sqlite3'}", folder)


def test_given_all_roles_when_the_actors_are_listed_then_each_role_has_one():
    assert set(ACTORS) == {role.value for role in Role}


def test_given_all_routes_when_the_table_is_read_then_each_route_and_relation_has_its_line(plain_app):
    known, wanted = set(read_table()), set(routes(plain_app))

    assert not wanted - known, "not in table.txt: " + ", ".join(" ".join(each) for each in sorted(wanted - known))
    assert not known - wanted, "no longer a route: " + ", ".join(" ".join(each) for each in sorted(known - wanted))


class World:
    """The application on a copy of the filled template; `restore` throws a changed copy away."""

    def __init__(self, database, templates, folder):
        self._where, self._count = (database, templates, folder), 0
        self._stack = ExitStack()
        self.restore()
        self._untouched = self._content = everything(self.app)

    def changed(self) -> set[str]:
        """The tables that hold something else than when this was asked last; all of it is read after a write only."""
        mark = self._mark()
        if mark == self._marked:
            return set()
        before, self._content, self._marked = self._content, everything(self.app), mark
        return {table for table, content in self._content.items() if content != before[table]}

    def restore(self):
        self.close()
        database, templates, folder = self._where
        self._count += 1
        instance = folder / str(self._count)
        url = self._stack.enter_context(templates.copy(database, "authorisation", fill, instance))
        self.app = make_app(url, instance)
        # A fault of the program is an answer of 500 here and stands in the list like any other wrong status.
        self.app.testing = False
        self._stack.callback(self._let_go)
        self._link = self._stack.enter_context(closing(self._watch(url)))
        self._marked = self._mark()
        self._content = getattr(self, "_untouched", None)

    @staticmethod
    def _watch(url):
        """A connection of its own, which both databases tell how far others have written."""
        return psycopg.connect(url, autocommit=True) if url.startswith("postgresql") else sqlite3.connect(url[10:])

    def _mark(self):
        postgresql = isinstance(self._link, psycopg.Connection)
        asked = "SELECT pg_snapshot_xmax(pg_current_snapshot())" if postgresql else "PRAGMA data_version"
        return self._link.execute(asked).fetchone()

    def close(self):
        self._stack.close()

    def _let_go(self):
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def world(database, templates, tmp_path):
    made = World(database, templates, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("actor", COLUMNS)
def test_given_the_table_when_an_actor_asks_every_address_then_each_answer_is_as_written(actor, world):
    wrong = []
    for route, expected in read_table().items():
        answer = ask(world.app, actor, route)
        if answer.status_code != expected[actor]:
            wrong.append(f"{' '.join(route)}: {answer.status_code}, in the table {expected[actor]}")
        changed = world.changed()
        if changed and is_refusal(answer, actor):
            wrong.append(f"{' '.join(route)}: refused with {answer.status_code}, yet the database changed")
        if changed - LOOKED_AT:
            world.restore()

    assert not wrong, "\n".join(wrong)


def is_refusal(answer, actor: str) -> bool:
    """A client error, or a stranger on the way to the sign-in page."""
    return 400 <= answer.status_code < 500 or (actor == NOBODY and "/login" in (answer.location or ""))
