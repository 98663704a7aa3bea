"""Given shared writes that wait for SQLite together, when carried, then it is as if one came after another."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from app.accounts.models import Bucket, Grant
from app.db import _link, atomically, run
from app.db_prepared import on_driver
from app.db_sqlite import file_of
from app.refusals import Unavailable
from tests.support.databases import let_go, make_app, nothing
from tests.support.turns import behind_the_turn
from tests.test_db import AT, keys, put


@pytest.fixture
def sqlite_app(templates, tmp_path):
    with templates.copy("sqlite", "bare", nothing, tmp_path / "instance") as url:
        made = make_app(url, tmp_path / "instance")
        yield made
        let_go(made)


def shared(app, works):
    """Each as a shared write of its own request; gives what came of each."""

    def asked(work):
        def ask():
            with app.app_context():
                return atomically(work, shared=True)

        return ask

    return behind_the_turn(app, [asked(work) for work in works])


def test_given_writes_that_wait_together_when_some_raise_then_those_alone_are_undone(app):
    def half() -> None:
        put("half")()
        raise ValueError("stop")

    told = shared(app, [half, put("a"), half, put("b"), put("a"), put("c")])

    kinds = [type(each).__name__ if isinstance(each, Exception) else "kept" for each in told]
    with app.app_context():
        assert keys() == ["a", "b", "c"]
    assert sorted(kinds) == ["IntegrityError", "ValueError", "ValueError", "kept", "kept", "kept"]


def test_given_writes_that_wait_together_when_each_looks_then_it_sees_those_before_it(sqlite_app):
    def look() -> list[str]:
        seen = keys()
        put(f"k{len(seen)}")()
        return seen

    assert shared(sqlite_app, [look] * 4) == [[], ["k0"], ["k0", "k1"], ["k0", "k1", "k2"]]


def test_given_a_transaction_that_sqlite_gave_up_when_shared_then_all_in_it_come_again_and_others_go_on(sqlite_app):
    """As a full disk does: the statement fails, and nothing of the transaction is left."""

    def given_up() -> None:
        on_driver(_link(), "rollback")
        raise ValueError("the disk is full")

    told = shared(sqlite_app, [put("a"), given_up, put("b")])

    assert [type(each) for each in told[:2]] == [Unavailable, ValueError]
    with sqlite_app.app_context():
        assert keys() == ["b"]


def test_given_a_commit_that_fails_when_shared_then_all_come_again_and_each_is_kept_once(sqlite_app):
    """A row that points nowhere is noticed at the commit; the second time it points at something."""
    tries = []

    def points_nowhere_first() -> None:
        tries.append("try")
        if len(tries) == 1:
            on_driver(_link(), "execute", "PRAGMA defer_foreign_keys = ON")
            run(insert(Grant).values(person_id="nobody", name="duty", from_on=AT.date()))

    told = shared(sqlite_app, [put("a"), points_nowhere_first, put("b")])

    assert [each for each in told if isinstance(each, Exception)] == [] and len(tries) == 2
    with sqlite_app.app_context():
        atomically(put("c"))
        assert keys() == ["a", "b", "c"]


def test_given_a_log_that_cannot_be_synced_when_shared_then_nobody_has_a_result(sqlite_app):
    with sqlite_app.app_context():
        log = Path(f"{file_of(_link().engine)}-wal")
        atomically(put("before"))
    away = log.with_suffix(".away")

    def log_lost() -> None:
        put("a")()
        log.rename(away)
        log.symlink_to(log)

    try:
        told = shared(sqlite_app, [log_lost, put("b")])
    finally:
        log.unlink()
        away.rename(log)

    assert [type(each) for each in told] == [Unavailable, Unavailable]
    mark = log.with_name(log.name.removesuffix("-wal") + ".doubt")
    assert mark.exists()
    with sqlite_app.app_context():
        atomically(put("after"))
        assert keys() == ["a", "after", "b", "before"]
    # What could not be synced lies in the database itself before anybody has a result again.
    assert not mark.exists()
    assert log.stat().st_size == 0


def test_given_a_key_that_is_free_the_second_time_when_shared_then_the_second_try_is_kept(sqlite_app):
    names = iter(["a", "b"])

    def next_name() -> None:
        put(next(names))()

    told = shared(sqlite_app, [put("a"), next_name])

    assert [each for each in told if isinstance(each, Exception)] == []
    with sqlite_app.app_context():
        assert keys() == ["a", "b"]


@given(st.lists(st.sampled_from(["a", "b", "c", "stop"]), min_size=1, max_size=12))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_given_any_works_when_shared_then_the_outcome_is_that_of_one_after_another(sqlite_app, names):
    def work_of(name):
        def work() -> None:
            put(f"{name}")()
            if name == "stop":
                raise ValueError(name)

        return work

    with sqlite_app.app_context():
        atomically(lambda: run(delete(Bucket)))

    told = shared(sqlite_app, [work_of(name) for name in names])

    kept = [name for name, each in zip(names, told, strict=True) if not isinstance(each, Exception)]
    with sqlite_app.app_context():
        assert keys() == sorted(kept) == sorted(set(names) - {"stop"})
