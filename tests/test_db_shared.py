"""Given shared writes that wait for SQLite together, when carried, then it is as if one came after another."""

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.accounts.models import Bucket
from app.db import _gate, _link, _writes_of, atomically, run
from app.db_prepared import on_driver
from app.db_sqlite import file_of
from app.refusals import Unavailable
from tests.support.databases import let_go, make_app, nothing
from tests.test_db import keys, put


@pytest.fixture
def sqlite_app(templates, tmp_path):
    with templates.copy("sqlite", "bare", nothing, tmp_path / "instance") as url:
        made = make_app(url, tmp_path / "instance")
        yield made
        let_go(made)


def shared(app, works):
    """Each in a thread of its own, in this order behind a turn that is taken; gives what came of each."""
    found: dict[int, object] = {}

    def go(number, work) -> None:
        with app.app_context():
            try:
                found[number] = atomically(work, shared=True)
            except Exception as fault:  # noqa: BLE001  looked at by the test
                found[number] = fault

    with app.app_context():
        file = file_of(_link().engine)
    with _gate.held(file):
        threads = [threading.Thread(target=go, args=each) for each in enumerate(works)]
        for number, thread in enumerate(threads):
            thread.start()
            if file:
                until(lambda number=number: _in_line(file) == number + 1)
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(works))]


def _in_line(file) -> int:
    """Who leads, and who waits behind."""
    writes = _writes_of(file)
    return writes._led + len(writes._waiting)


def until(met) -> None:
    for _ in range(2000):
        if met():
            return
        time.sleep(0.01)
    raise AssertionError("never met")


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
