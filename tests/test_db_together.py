"""Given writes that wait for one file, when the first carries them, then each gets its own outcome, durable."""

import threading
from contextvars import ContextVar

import pytest

from app.db_together import MOST, Together
from app.refusals import Conflict

LONGEST_S = 20
mark: ContextVar[str] = ContextVar("mark", default="nobody")


class Desk:
    """A carrier that notes what it was given; closed, it stays at its first transaction until opened."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.batches: list[int] = []
        self.settled = 0
        self.fault: Exception | None = None
        self.came, self.opened = threading.Event(), threading.Event()
        if is_open:
            self.opened.set()
        self.together = Together(self._carry, self._settle)

    def _carry(self, writes) -> None:
        self.came.set()
        assert self.opened.wait(LONGEST_S)
        self.batches.append(sum(1 for write in writes if write.run(lambda work: work()) or True))
        if self.fault:
            raise self.fault

    def _settle(self) -> None:
        self.settled += 1


def ask(desk, work, name="somebody"):
    """A thread with a name of its own in its context; its outcome comes when it is joined."""

    def go() -> None:
        mark.set(name)
        try:
            thread.outcome = desk.together.run(work)
        except BaseException as fault:  # noqa: BLE001  looked at by the test
            thread.outcome = fault

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def outcome(thread):
    thread.join(LONGEST_S)
    return thread.outcome


def waiting(desk, count) -> None:
    """Until so many wait behind the leader."""
    pause = threading.Event()
    for _ in range(LONGEST_S * 100):
        if len(desk.together._waiting) == count:
            return
        pause.wait(0.01)
    raise AssertionError(f"{len(desk.together._waiting)} wait, not {count}")


def behind(desk, works):
    """The leader stands at the closed desk, these wait behind it in this order."""
    leader = ask(desk, lambda: "leader")
    assert desk.came.wait(LONGEST_S)
    threads = []
    for number, work in enumerate(works):
        threads.append(ask(desk, work, f"number {number}"))
        waiting(desk, number + 1)
    return leader, threads


def test_given_one_that_comes_alone_when_run_then_its_result_comes_back_settled():
    desk = Desk()

    assert desk.together.run(lambda: 7) == 7
    assert (desk.batches, desk.settled) == ([1], 1)


def test_given_three_behind_the_first_when_it_gets_its_turn_then_all_are_one_transaction_and_one_sync():
    desk = Desk(is_open=False)
    leader, threads = behind(desk, [lambda: 1, lambda: 2, lambda: 3])

    desk.opened.set()

    assert [outcome(each) for each in (leader, *threads)] == ["leader", 1, 2, 3]
    assert (desk.batches, desk.settled) == ([4], 1)


def test_given_more_than_one_transaction_takes_when_carried_then_the_next_in_line_leads_the_rest():
    desk = Desk(is_open=False)
    leader, threads = behind(desk, [lambda number=number: number for number in range(MOST + 2)])

    desk.opened.set()

    assert [outcome(each) for each in (leader, *threads)] == ["leader", *range(MOST + 2)]
    assert desk.batches == [MOST, 3]


def test_given_one_that_raises_when_carried_then_it_alone_is_told():
    desk = Desk(is_open=False)
    leader, threads = behind(desk, [lambda: 1, lambda: 1 // 0, lambda: 3])

    desk.opened.set()

    told = [outcome(each) for each in (leader, *threads)]
    assert isinstance(told.pop(2), ZeroDivisionError)
    assert told == ["leader", 1, 3]


def test_given_the_commit_fails_when_carried_then_all_are_told_their_own_fault_first_and_the_next_goes_on():
    desk = Desk(is_open=False)
    desk.fault = OSError("disk")
    leader, threads = behind(desk, [lambda: 1 // 0, lambda: 2])

    desk.opened.set()

    told = [outcome(each) for each in (leader, *threads)]
    assert [type(each) for each in told] == [OSError, ZeroDivisionError, OSError]
    assert desk.settled == 0
    desk.fault = None
    assert desk.together.run(lambda: "on") == "on"


def test_given_the_commit_fails_when_one_was_refused_then_it_is_told_that_nothing_was_kept():
    """Its refusal may rest on what another wrote before it in the same transaction."""
    desk = Desk(is_open=False)
    desk.fault = OSError("disk")

    def refused():
        raise Conflict("taken")

    leader, threads = behind(desk, [refused])

    desk.opened.set()

    assert [type(outcome(each)) for each in (leader, *threads)] == [OSError, OSError]


def test_given_the_sync_fails_when_carried_then_nobody_gets_a_result():
    desk = Desk(is_open=False)
    desk.together._settle = lambda: 1 // 0
    leader, threads = behind(desk, [lambda: 1])

    desk.opened.set()

    assert [type(outcome(each)) for each in (leader, *threads)] == [ZeroDivisionError] * 2


def test_given_nothing_that_was_kept_when_all_raised_then_nothing_is_synced():
    desk = Desk()

    with pytest.raises(ZeroDivisionError):
        desk.together.run(lambda: 1 // 0)

    assert desk.settled == 0


def test_given_a_context_of_its_own_when_carried_by_another_then_the_work_sees_its_own():
    desk = Desk(is_open=False)
    leader, threads = behind(desk, [mark.get, mark.get])

    desk.opened.set()

    assert [outcome(each) for each in (leader, *threads)] == ["leader", "number 0", "number 1"]


def test_given_a_sync_that_takes_long_when_others_come_then_their_transaction_has_begun_meanwhile():
    desk = Desk()
    syncing, done = threading.Event(), threading.Event()
    desk.together._settle = lambda: (syncing.set(), done.wait(LONGEST_S))
    first = ask(desk, lambda: 1)
    assert syncing.wait(LONGEST_S)

    second = ask(desk, lambda: 2)
    for _ in range(LONGEST_S * 100):
        if len(desk.batches) == 2:
            break
        threading.Event().wait(0.01)

    assert desk.batches == [1, 1]
    done.set()
    assert [outcome(first), outcome(second)] == [1, 2]
