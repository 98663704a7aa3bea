"""Alembic's entry: the schema of the running application, one transaction for the whole upgrade."""

from alembic import context
from flask import current_app

from app.chain.writes_guards import put_up, take_down
from app.tallies import writes_triggers as tallying

OWN_TYPES = {"UtcDateTime": "UtcDateTime()"}
database = current_app.extensions["migrate"].db


def own_type(kind: str, item: object, autogen_context: object) -> str | bool:
    """Write our own column types by their short names in generated migrations."""
    name = OWN_TYPES.get(type(item).__name__) if kind == "type" else None
    return name or False


def run_online() -> None:
    """Upgrade inside one transaction: a migration killed at any moment leaves the old schema or the new one, whole.

    The guards of history and the triggers of the tallies are down while migrations run, which may copy a table, and
    stand again when it is over.
    """
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=own_type,
            transaction_per_migration=False,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            take_down(connection)
            tallying.take_down(connection)
            context.run_migrations()
            tallying.put_up(connection)
            put_up(connection)


run_online()
