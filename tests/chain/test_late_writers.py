"""Given rows that get their numbers early and commit late, when they are sealed, then none is left out or doubled."""

import random
import threading
import time
from collections import Counter
from datetime import timedelta
from functools import partial

from sqlalchemy import text

from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from app.db import db
from tests.support import builders as make
from tests.support.history import raw

MINUTE = timedelta(minutes=1)
NEW = "INSERT INTO account_events (person_id, kind, by_id, at) VALUES ('ann', :kind, 'sue', :at)"


def folder(app):
    return app.extensions["settings"].instance


def at_text(link, at):
    return at if link.dialect.name == "postgresql" else at.replace(tzinfo=None).isoformat(" ", "microseconds")


def insert(link, kind, at=make.NOW):
    link.execute(text(NEW), {"kind": kind, "at": at_text(link, at)})


def sealed_kinds():
    """How often each row is in the chain, by what it says."""
    found = raw(
        "SELECT a.kind FROM chain_entries e JOIN account_events a ON CAST(a.id AS TEXT) = e.key "
        "WHERE e.kind = 'account_events'"
    )
    return Counter(row[0] for row in found)


def test_given_a_row_that_commits_after_later_ones_were_sealed_when_sealed_again_then_it_is_there_once(
    inside, database
):
    if database == "sqlite":
        # One writes at a time there: nobody can commit behind somebody who came later.
        return
    make.small_world()
    late = db.engine.connect()
    insert(late, "early number")
    with db.engine.begin() as link:
        insert(link, "late number")
    seal(folder(inside), make.NOW + MINUTE)
    seal(folder(inside), make.NOW + 5 * MINUTE)
    assert sealed_kinds()["late number"] == 1 and "early number" not in sealed_kinds()

    late.commit()
    late.close()
    for minutes in (6, 7, 30):
        seal(folder(inside), make.NOW + minutes * MINUTE)

    assert sealed_kinds()["early number"] == sealed_kinds()["late number"] == 1
    assert verify(folder(inside)).ok


def test_given_a_row_that_commits_after_the_overlap_when_the_whole_table_is_read_then_it_is_there_once(
    inside, database
):
    if database == "sqlite":
        return
    make.small_world()
    late = db.engine.connect()
    insert(late, "very late")
    for minutes in (1, 20, 40, 60):
        with db.engine.begin() as link:
            insert(link, f"in time {minutes}", make.NOW + minutes * MINUTE)
        seal(folder(inside), make.NOW + minutes * MINUTE)

    late.commit()
    late.close()
    seal(folder(inside), make.NOW + 61 * MINUTE)
    seal(folder(inside), make.NOW + 62 * MINUTE, whole=True)
    seal(folder(inside), make.NOW + 63 * MINUTE)

    assert sealed_kinds()["very late"] == 1


def in_threads(app, *works):
    """All at once; gives back what went wrong in any of them."""
    faults = []

    def run(work):
        try:
            with app.app_context():
                work()
        except Exception as fault:  # noqa: BLE001  told by the caller, from whichever thread
            faults.append(repr(fault))

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def write(number, rows):
    chance = random.Random(number)
    for nth in range(rows):
        with db.engine.begin() as link:
            insert(link, f"{number}/{nth}")
            time.sleep(chance.random() / 50)


def seal_again_and_again(app):
    for second in range(8):
        seal(folder(app), make.NOW + timedelta(seconds=second))
        time.sleep(0.02)


def test_given_writers_that_hold_their_rows_and_two_that_seal_when_all_is_done_then_each_row_is_sealed_once(inside):
    make.small_world()
    writers, rows = 4, 12
    writing = [partial(write, number, rows) for number in range(writers)]

    faults = in_threads(inside, *writing, *[partial(seal_again_and_again, inside)] * 2)
    seal(folder(inside), make.NOW + 2 * MINUTE)

    assert faults == []
    wanted = {f"{number}/{nth}" for number in range(writers) for nth in range(rows)}
    found = sealed_kinds()
    assert {name: found[name] for name in wanted} == dict.fromkeys(wanted, 1)
    outcome = verify(folder(inside))
    assert outcome.ok, outcome.faults
