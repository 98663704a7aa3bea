"""The role of the running program on PostgreSQL: it adds to history and can neither change it nor the schema."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.chain.queries_roles import role_statements
from app.db import db
from app.refusals import Invalid
from tests.support import builders as make
from tests.support.history import STEPS, checked


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checks SET note = 'x'",
        "DELETE FROM answers",
        "TRUNCATE check_events",
        "DROP TABLE chain_entries",
        "ALTER TABLE checks DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_given_the_programs_role_when_it_would_change_history_or_schema_then_postgresql_refuses(inside, statement):
    if db.engine.dialect.name != "postgresql":
        assert role_statements.__doc__
        return
    make.small_world(*STEPS)
    checked(inside)
    with db.engine.begin() as link:
        for each in role_statements("dabiao_app"):
            link.exec_driver_sql(each)

    with db.engine.connect() as link:
        link.execute(text("SET ROLE dabiao_app"))
        assert link.execute(text("SELECT count(*) FROM checks")).scalar() == 1
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            link.execute(text(statement))


def test_given_a_name_that_is_no_role_when_asked_then_it_is_refused(inside):
    with pytest.raises(Invalid):
        role_statements("x; DROP TABLE checks")
