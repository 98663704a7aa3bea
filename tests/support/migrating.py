"""A database of an earlier version with records in it, and what can be compared of a schema and its rows."""

import random
import time
from uuid import uuid4

from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text

from app import clock
from app.config_values import database_url as _database_url
from app.db import db
from tests.support import builders, pictures
from tests.support.calls import Caller, photo_step

# Before rotas, vehicles, contractors, the chain of digests and the guards of history.
EARLIER = "0024"
CHECKS = 12
NOTICED_S = 60


def to(revision):
    """Back to an earlier version, or on to "head"; a read that is still open would hold the tables fast."""
    db.session.remove()
    (upgrade if revision == "head" else downgrade)(revision=revision)
    db.session.remove()


def earlier_version(app):
    """Content for a template: the small world with checks and photos, brought back to an earlier schema."""
    photo_step(app)
    phone = Caller(app)
    with clock.at(builders.NOW):
        for number in range(CHECKS):
            photo_id = uuid4()
            assert phone.put(pictures.jpeg(seed=number), photo_id).status_code == 201
            assert phone.submit([photo_id]).status_code == 201
    downgrade(revision=EARLIER)


def shape(url):
    """Every table with columns, indexes, triggers and number of rows, and the version that the database says it has."""
    engine = create_engine(_database_url(url))
    try:
        with engine.connect() as link:
            _alone(link)
            told = inspect(link)
            tables = {
                name: (
                    sorted((each["name"], str(each["type"]), each["nullable"]) for each in told.get_columns(name)),
                    sorted(str(each["name"]) for each in told.get_indexes(name)),
                    link.scalar(text(f'select count(*) from "{name}"')),
                )
                for name in sorted(told.get_table_names())
            }
            version = link.scalars(text("select version_num from alembic_version")).all()
            return version, tables, sorted(link.scalars(text(TRIGGERS[link.dialect.name])))
    finally:
        engine.dispose()


TRIGGERS = {
    "sqlite": "select name from sqlite_master where type = 'trigger'",
    "postgresql": "select tgname || ' on ' || tgrelid::regclass from pg_trigger where not tgisinternal",
}


def rows_of(found):
    """Numbers of rows by table."""
    return {name: count for name, (_columns, _indexes, count) in found[1].items()}


def _alone(link):
    """PostgreSQL notices after a moment that who spoke to it was killed.

    Each look is a transaction of its own: within one, the list of who is connected stays as it was seen first.
    """
    if link.dialect.name == "postgresql":
        others = text(
            "select array_agg(query) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        until = time.monotonic() + NOTICED_S
        while found := link.scalar(others):
            assert time.monotonic() < until, f"still connected after {NOTICED_S} s: {found}"
            link.rollback()
            time.sleep(0.01)


def moments(seed, seconds):
    """Random moments within so many seconds and a little more."""
    chance = random.Random(seed)
    while True:
        yield chance.random() * seconds * 1.1
