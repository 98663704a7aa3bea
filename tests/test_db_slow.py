"""Slow statements stand in the log by their text, quick ones do not; values never do."""

import logging

import pytest
from sqlalchemy import bindparam, create_engine, text

from app.db_prepared import Prepared, execute
from app.db_slow import watch

SLOW = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < :most) SELECT count(*) FROM c"


@pytest.fixture
def link():
    engine = create_engine("sqlite://")
    watch(engine, 20)
    with engine.connect() as link:
        yield link
    engine.dispose()


def test_given_a_slow_statement_when_it_ends_then_its_text_is_told_and_no_value(link, caplog):
    with caplog.at_level(logging.WARNING, "dabiao.slow"):
        link.execute(text("SELECT 1"))
        assert caplog.records == []
        link.execute(text(SLOW), {"most": 1_234_567})

    (line,) = caplog.messages
    assert "WITH RECURSIVE" in line
    assert "1234567" not in line


def test_given_a_prepared_statement_when_it_is_slow_then_it_is_told_too(link, caplog):
    with caplog.at_level(logging.WARNING, "dabiao.slow"):
        execute(link, Prepared(text(SLOW).bindparams(bindparam("most"))), {"most": 1_234_567})

    assert len(caplog.messages) == 1


def test_given_zero_when_watched_then_nothing_is_hooked(caplog):
    engine = create_engine("sqlite://")
    watch(engine, 0)

    with caplog.at_level(logging.WARNING, "dabiao.slow"), engine.connect() as link:
        link.execute(text(SLOW), {"most": 1_234_567})

    assert caplog.messages == []
    engine.dispose()
