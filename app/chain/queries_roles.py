"""What the role of the running program may do on PostgreSQL: add to history, never change it, never the schema."""

import re

from sqlalchemy import inspect, text

from app.chain.rules_history import history
from app.db import db, scalar
from app.refusals import Invalid
from app.web.words import lazy

NAME = re.compile(r"^[a-z_][a-z0-9_]{0,40}$")
_FOLLOWS = ("alembic_version",)


def role_statements(role: str) -> list[str]:
    """The statements in order; the role is made without a password when it is not there. Raises Invalid."""
    if not NAME.match(role):
        raise Invalid(lazy("The name of a role has small letters, digits and _, and begins with a letter."))
    there = bool(scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}))
    tables = sorted(inspect(db.engine).get_table_names())
    free = [name for name in tables if name not in history() and name not in _FOLLOWS]
    guarded = [name for name in tables if name in history()]
    statements = [] if there else [f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"]
    return [
        *statements,
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"GRANT SELECT ON {', '.join(tables)} TO {role}",
        f"GRANT INSERT, UPDATE, DELETE ON {', '.join(free)} TO {role}",
        f"GRANT INSERT ON {', '.join(guarded)} TO {role}",
        f"GRANT EXECUTE ON FUNCTION history_dispose(text, text, text[]) TO {role}",
    ]
