"""Counts the statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    """The statements sent inside the block, in order."""
    made: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        made.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(Engine, "before_cursor_execute", note)
