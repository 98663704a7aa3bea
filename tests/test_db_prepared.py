"""Given a statement prepared once, when it runs on either database, then it gives what the usual way gives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from app import db
from app.accounts.models import AccountEvent, Bucket, Grant
from app.db import Prepared, atomically, run, write
from tests.support.counting import queries_counted

AT = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
BUCKETS, EVENTS = Bucket.__table__, AccountEvent.__table__
NEW_BUCKET = Prepared(insert(BUCKETS), ("key", "tokens", "filled_at"))
BY_KEY = select(BUCKETS.c.key, BUCKETS.c.tokens, BUCKETS.c.filled_at).where(BUCKETS.c.key == bindparam("key"))
BY_KEYS = (
    select(BUCKETS.c.key, BUCKETS.c.filled_at)
    .where(BUCKETS.c.key.in_(bindparam("keys", expanding=True)), BUCKETS.c.tokens > bindparam("least"))
    .order_by(BUCKETS.c.key)
    .limit(20)
)


def bucket(key: str, tokens: float = 1.0) -> dict[str, object]:
    return {"key": key, "tokens": tokens, "filled_at": AT + timedelta(seconds=tokens)}


def buckets(*keys: str) -> None:
    atomically(lambda: write(NEW_BUCKET, [bucket(key, number) for number, key in enumerate(keys, 1)]))


def test_given_a_select_when_prepared_then_rows_names_and_instants_are_the_same(inside):
    buckets("a", "b")

    fast, usual = db.row(Prepared(BY_KEY), {"key": "b"}), db.row(BY_KEY, {"key": "b"})

    assert (tuple(fast), fast._fields) == (tuple(usual), usual._fields)
    assert fast.filled_at == AT + timedelta(seconds=2)


@pytest.mark.parametrize("wanted", [[], ["a"], ["c", "a"], ["a", "b", "c", "nobody"]])
def test_given_lists_of_any_length_when_prepared_once_then_each_finds_its_own(inside, wanted):
    buckets("a", "b", "c")
    prepared = Prepared(BY_KEYS)

    for keys in (wanted, ["b"], wanted):
        values = {"keys": keys, "least": 1}
        assert [tuple(each) for each in db.rows(prepared, values)] == [tuple(each) for each in db.rows(BY_KEYS, values)]


def test_given_json_and_none_when_written_prepared_then_they_come_back_as_they_were(inside):
    new = Prepared(insert(EVENTS), ("person_id", "kind", "by_id", "at", "data"))
    said = [{"person_id": "ann", "kind": "k", "by_id": None, "at": AT, "data": data} for data in ({"水": [1]}, None)]

    atomically(lambda: write(new, said))

    by_person = select(EVENTS.c.by_id, EVENTS.c.data, EVENTS.c.at).where(EVENTS.c.person_id == bindparam("who"))
    found = db.rows(Prepared(by_person.order_by(EVENTS.c.id)), {"who": "ann"})
    assert [tuple(each) for each in found] == [(None, {"水": [1]}, AT), (None, None, AT)]


def test_given_an_update_that_returns_when_prepared_then_it_gives_its_rows(inside):
    buckets("a", "b")
    statement = (
        update(BUCKETS)
        .where(BUCKETS.c.key.in_(bindparam("keys", expanding=True)))
        .values(tokens=bindparam("new"))
        .returning(BUCKETS.c.key)
    )

    moved = atomically(lambda: write(Prepared(statement), {"keys": ["a", "x"], "new": 9.0}))

    assert [each.key for each in moved] == ["a"]
    assert db.scalar(Prepared(BY_KEY), {"key": "a"}) == "a"


def test_given_a_key_that_is_taken_when_written_prepared_then_the_error_is_the_usual_one(inside):
    buckets("a")

    with pytest.raises(IntegrityError):
        atomically(lambda: write(NEW_BUCKET, bucket("a")))


def test_given_a_write_outside_when_prepared_then_it_is_refused(inside):
    with pytest.raises(RuntimeError, match="outside"):
        write(NEW_BUCKET, bucket("a"))


def test_given_a_transaction_that_fails_when_written_prepared_then_nothing_is_kept(inside):
    def half() -> None:
        write(NEW_BUCKET, bucket("a"))
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        atomically(half)

    assert db.rows(BY_KEYS, {"keys": ["a"], "least": 0}) == []


def test_given_a_column_with_a_default_of_pythons_when_it_is_not_named_then_the_statement_is_refused(inside):
    from app.accounts.models import Person

    lacking = Prepared(insert(Person.__table__), ("id", "name"))

    with pytest.raises(ValueError, match="large_text"):
        atomically(lambda: write(lacking, {"id": "x", "name": "X"}))


def test_given_dates_and_reads_before_when_a_transaction_begins_then_it_sees_what_others_wrote(inside):
    grants = Grant.__table__
    assert db.rows(Prepared(select(grants.c.from_on, grants.c.to_on)), {}) == []
    from tests.support import builders

    builders.small_world()
    run_in = {"person_id": "ann", "name": "recheck", "from_on": date(2026, 11, 1), "to_on": None}
    atomically(lambda: run(insert(grants), run_in))

    found = atomically(lambda: db.rows(Prepared(select(grants.c.from_on, grants.c.to_on)), {}))

    assert [tuple(each) for each in found] == [(date(2026, 11, 1), None)]


def test_given_a_watcher_when_prepared_statements_run_then_they_are_counted_too(inside):
    with queries_counted() as seen:
        db.rows(Prepared(BY_KEY), {"key": "a"})

    assert len(seen) == 1
