"""A sweep beside a submission, in either order: no receipt without its photo, also when a clock makes all files old."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.checks.models import Receipt
from app.db import rows
from app.photos.actions_pictures import sweep
from app.photos.queries import uses_of
from app.photos.store import FolderStore
from tests.support import pictures
from tests.support.calls import calling_photo_step

A_MOMENT_S = 1
PATIENCE_S = 30


class Meeting(FolderStore):
    """The folder with two points where one side waits for the other, or for a moment when it never comes."""

    def __init__(self, root, *, sweep_waits=False, submission_waits=False):
        super().__init__(root)
        self.sweep_waits, self.submission_waits = sweep_waits, submission_waits
        self.about_to_drop, self.about_to_commit = threading.Event(), threading.Event()
        self.swept, self.answered = threading.Event(), threading.Event()

    def drop(self, photo, before):
        self.about_to_drop.set()
        if self.sweep_waits:
            self.answered.wait(A_MOMENT_S)
        return super().drop(photo, before)

    def holds(self, place):
        there = super().holds(place)
        self.about_to_commit.set()
        if self.submission_waits:
            self.swept.wait(A_MOMENT_S)
        return there


@pytest.fixture
def phone(database, templates, tmp_path):
    with calling_photo_step(database, templates, tmp_path / "instance") as caller:
        yield caller


def put_in(phone, **waits):
    store = phone.app.extensions["photo_store"] = Meeting(phone.app.extensions["photo_store"].root, **waits)
    return store


def sweeping(app, store, removed):
    """A timer whose clock stands a day ahead."""
    with app.app_context():
        removed.append(sweep(store, now=datetime.now(UTC) + timedelta(hours=25)))
    store.swept.set()


def kept_and_named(phone, store, photo_id):
    with phone.app.app_context():
        named = str(photo_id) in uses_of([str(photo_id)])
        receipts = rows(select(Receipt.check_id))
    return any(path.name == str(photo_id) for path in store.root.rglob("*-*")), named, len(receipts)


def test_given_a_sweep_about_to_remove_a_photo_when_it_is_submitted_then_the_phone_is_asked_for_it_again(phone):
    store, photo_id, check_id, removed = put_in(phone, sweep_waits=True), uuid4(), uuid4(), []
    content = pictures.jpeg()
    phone.put(content, photo_id)
    timer = threading.Thread(target=sweeping, args=(phone.app, store, removed))
    timer.start()
    assert store.about_to_drop.wait(PATIENCE_S)

    first = phone.submit([photo_id], check_id)
    store.answered.set()
    timer.join(PATIENCE_S)
    between = kept_and_named(phone, store, photo_id)
    phone.put(content, photo_id)
    again = phone.submit([photo_id], check_id)

    assert (first.status_code, first.json["missing_photos"]) == (409, [str(photo_id)])
    assert (removed, between) == ([1], (False, False, 0))
    assert again.status_code == 201
    assert kept_and_named(phone, store, photo_id) == (True, True, 1)


def test_given_a_submission_about_to_commit_when_a_sweep_begins_then_it_waits_and_the_photo_stays(phone):
    store, photo_id, removed = put_in(phone, submission_waits=True), uuid4(), []
    phone.put(pictures.jpeg(), photo_id)

    def once_rows_stand():
        assert store.about_to_commit.wait(PATIENCE_S)
        sweeping(phone.app, store, removed)

    timer = threading.Thread(target=once_rows_stand)
    timer.start()
    answer = phone.submit([photo_id])
    timer.join(PATIENCE_S)

    assert (answer.status_code, removed) == (201, [0])
    assert kept_and_named(phone, store, photo_id) == (True, True, 1)
