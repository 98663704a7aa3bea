"""Given the only commit in the program, when writes race, fail or nest, then all or nothing stands."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Bucket
from app.db import UtcDateTime, _link, atomically, row, rows, run

AT = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)


def put(key: str, tokens: float = 1.0):
    return lambda: run(insert(Bucket).values(key=key, tokens=tokens, filled_at=AT))


def keys() -> list[str]:
    return [found.key for found in rows(select(Bucket.key).order_by(Bucket.key))]


def test_given_work_that_returns_when_atomically_then_it_is_kept(inside):
    atomically(put("a"))

    assert keys() == ["a"]


def test_given_work_that_raises_when_atomically_then_nothing_is_kept(inside):
    def half() -> None:
        put("a")()
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        atomically(half)

    assert keys() == []


def test_given_a_lost_race_on_a_unique_key_when_atomically_then_the_work_runs_once_more(inside):
    tries = []

    def work() -> str:
        tries.append(1)
        put("a" if len(tries) == 1 else "b")()
        return "done"

    atomically(put("a"))

    assert (atomically(work), len(tries), keys()) == ("done", 2, ["a", "b"])


def test_given_a_key_taken_for_good_when_atomically_then_it_gives_up_after_the_second_try(inside):
    atomically(put("a"))

    with pytest.raises(IntegrityError):
        atomically(put("a"))


def test_given_a_write_outside_when_run_then_it_is_refused(inside):
    with pytest.raises(RuntimeError, match="outside"):
        put("a")()


def test_given_a_transaction_when_another_is_opened_inside_then_it_is_refused(inside):
    with pytest.raises(RuntimeError, match="nest"):
        atomically(lambda: atomically(put("a")))


def test_given_eight_writers_at_once_when_they_count_up_then_none_is_lost(app):
    def add(name: str) -> None:
        with app.app_context():
            for number in range(5):
                atomically(put(f"{name}-{number}"))

    threads = [threading.Thread(target=add, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert len(keys()) == 40


def test_given_an_instant_when_kept_then_it_comes_back_aware_and_equal(inside):
    atomically(put("a"))

    found = row(select(Bucket.filled_at))

    assert (found.filled_at, found.filled_at.tzinfo) == (AT, UTC)


def test_given_an_instant_without_zone_when_bound_then_it_is_refused(inside):
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 23), inside.extensions["sqlalchemy"].engine.dialect)


def test_given_a_context_that_ended_when_the_next_begins_then_the_thread_goes_on_with_its_connection(app):
    with app.app_context():
        first = _link()
    with app.app_context():
        again = _link()

    assert (first is again) is (first.dialect.name == "sqlite")


def test_given_a_context_inside_another_when_both_end_then_neither_took_the_others_connection(app):
    with app.app_context():
        outer = _link()
        with app.app_context():
            inner = _link()
            assert inner is not outer
        assert not outer.closed


def test_given_work_that_failed_when_the_connection_serves_on_then_no_transaction_is_left_open(app):
    with app.app_context(), pytest.raises(ZeroDivisionError):
        atomically(lambda: (put("a")(), 1 // 0))

    with app.app_context():
        atomically(put("b"))
        assert keys() == ["b"]


def test_given_a_commit_that_failed_when_the_context_goes_on_then_nothing_of_it_is_left(inside):
    """As on a full disk: the transaction is there still, though no longer active."""
    link = _link()
    link.begin()
    link.get_transaction().is_active = False

    atomically(put("a"))

    assert keys() == ["a"]


def test_given_many_more_threads_than_a_pool_usually_holds_when_each_keeps_its_connection_then_none_waits(inside):
    app, alive, found = inside, threading.Barrier(24, timeout=20), []

    def serve() -> None:
        with app.app_context():
            found.append(len(rows(select(Bucket.key))))
        # Like threads of a server: the work is over, the thread and what it keeps are there still.
        alive.wait()

    threads = [threading.Thread(target=serve) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert found == [0] * 24
