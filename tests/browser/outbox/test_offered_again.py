"""Given an older copy of the database put back, when the phone is opened, then what it sent is there again, once."""

import re
import sqlite3
from contextlib import closing

from tests.support.outbox import RECEIPT, answer_room, checks_of, has_arrived, rows, tap
from tests.support.waiting import until

FORGET = "localStorage.removeItem('dabiao:offered:wk-01')"


def copy(source, target):
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def test_given_an_older_copy_put_back_when_the_phone_is_opened_then_the_record_is_there_again_once(
    signed_in, room, instance, tmp_path
):
    page = signed_in
    copy(instance / "test.sqlite3", tmp_path / "older.sqlite3")
    page.goto(f"/p/{room}")
    answer_room(page)
    tap(page, "#submit")
    page.wait_for_url(RECEIPT)
    check_id = re.search(r"/checks/([0-9a-f-]{36})", page.url)[1]
    has_arrived(page, check_id)
    assert checks_of(instance, check_id) == [check_id]

    copy(tmp_path / "older.sqlite3", instance / "test.sqlite3")
    assert checks_of(instance, check_id) == []
    page.evaluate(FORGET)
    page.goto("/outbox")

    until(page, f"async () => (await fetch('/checks/{check_id}')).status === 200", 30)
    has_arrived(page, check_id)
    assert checks_of(instance, check_id) == [check_id]
    assert rows(instance, "select count(*) from photos where check_id = ?", check_id) == [(1,)]
    assert rows(instance, "select count(*) from occurrences where check_id = ?", check_id) == [(1,)]
