"""One sync for all who wait for it: what was asked for before it began, and nothing later."""

import threading
import time

import pytest

from app.disk import SharedSync, SharedSyncs, sync_content, sync_folder


class Disk:
    """Counts its syncs; each lasts until it is let go, and remembers how much had been written when it began."""

    def __init__(self, fault=None):
        self.written, self.seen, self.fault = 0, [], fault
        self.busy, self.go_on = threading.Event(), threading.Event()

    def sync(self):
        self.seen.append(self.written)
        self.busy.set()
        assert self.go_on.wait(10)
        if self.fault and len(self.seen) == 1:
            raise self.fault


def waiting(shared, count, told):
    """So many threads that ask for a sync."""

    def ask():
        try:
            shared.wait()
            told.append("done")
        except OSError as fault:
            told.append(str(fault))

    threads = [threading.Thread(target=ask) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_given_twenty_that_come_during_a_sync_when_it_ends_then_one_more_carries_them_all():
    disk, told = Disk(), []
    shared = SharedSync(disk.sync)
    first = waiting(shared, 1, told)
    assert disk.busy.wait(10)
    disk.written = 20
    others = waiting(shared, 20, told)
    time.sleep(0.05)
    assert told == []

    disk.go_on.set()
    for thread in (*first, *others):
        thread.join(10)

    assert told == ["done"] * 21
    # The second began after everybody had written; the first carried nobody but who had asked for it.
    assert disk.seen == [0, 20]


def test_given_a_sync_that_fails_when_two_calls_were_made_then_only_those_whom_it_was_to_carry_are_told():
    disk, told = Disk(OSError("no disk")), []
    shared = SharedSync(disk.sync)
    first = waiting(shared, 1, told)
    assert disk.busy.wait(10)
    others = waiting(shared, 3, told)
    time.sleep(0.05)

    disk.go_on.set()
    for thread in (*first, *others):
        thread.join(10)

    assert sorted(told) == ["done", "done", "done", "no disk"]
    assert len(disk.seen) == 2


@pytest.mark.parametrize("fault", [OSError("no disk"), MemoryError()])
def test_given_a_disk_that_always_fails_when_many_ask_again_and_again_then_nobody_is_told_that_it_was_synced(fault):
    """One that wakes late finds the fault of its own call, though others have failed since."""
    told = []

    def fail():
        time.sleep(0.0002)
        raise fault

    shared = SharedSync(fail)

    def ask():
        for _ in range(60):
            try:
                shared.wait()
                told.append("done")
            except type(fault):
                told.append("told")

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert set(told) == {"told"}
    assert len(told) == 12 * 60


def test_given_many_threads_that_write_and_wait_when_each_is_back_then_what_it_wrote_was_synced_after():
    written, synced, lock = [], [set()], threading.Lock()

    def sync():
        with lock:
            synced.append(set(written))

    shared, failed = SharedSync(sync), []

    def work(number):
        for turn in range(50):
            with lock:
                written.append((number, turn))
            shared.wait()
            if (number, turn) not in synced[-1]:
                failed.append((number, turn))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []
    assert len(written) == 400


def test_given_more_paths_than_are_kept_when_each_is_asked_for_then_each_is_synced():
    asked = []
    syncs = SharedSyncs(asked.append, most=4)

    for number in range(10):
        syncs.wait(str(number))

    assert asked == [str(number) for number in range(10)]


def test_given_a_file_and_its_folder_when_synced_then_both_hold_and_what_is_not_there_says_so(tmp_path):
    (tmp_path / "log").write_text("content", "utf-8")

    sync_content(str(tmp_path / "log"))
    sync_folder(str(tmp_path))

    with pytest.raises(FileNotFoundError):
        sync_content(str(tmp_path / "another"))
