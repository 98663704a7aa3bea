"""What a backup reads of a database that stands still: the places of its photos, its rows by table, its schema."""

from collections.abc import Iterator

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import Connection

from app.db import db
from app.photos.models import Picture
from app.photos.rules import State

AT_ONCE = 2_000


def places_in(link: Connection) -> Iterator[str]:
    """Where the kept bytes lie, in order; what could not be read when it came is not worth a place."""
    found = select(Picture.place).where(Picture.state != State.FAILED).order_by(Picture.place)
    yield from link.execution_options(yield_per=AT_ONCE).execute(found).scalars()


def rows_by_table(link: Connection) -> dict[str, int]:
    """The number of rows of every table of the schema that is there."""
    there = set(inspect(link).get_table_names())
    tables = [table for table in db.metadata.sorted_tables if table.name in there]
    return {table.name: link.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def revision_of(link: Connection) -> str:
    """The newest migration that was applied; "" in an empty database."""
    if "alembic_version" not in inspect(link).get_table_names():
        return ""
    return str(link.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def anything_in(link: Connection) -> bool:
    """Somebody has put something here: units are the first thing that every site has."""
    there = "organisations" in inspect(link).get_table_names()
    return there and link.execute(text("SELECT 1 FROM organisations LIMIT 1")).first() is not None
