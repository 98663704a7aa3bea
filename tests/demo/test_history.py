"""Given days of history, when made, then through the real actions: receipts, pictures, honest fails, all of a piece."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app import clock
from app.checks.models import Check, Receipt, Signature
from app.db import atomically, rows, scalar
from app.demo.actions import load_compound
from app.demo.actions_history import Site, make_history
from app.demo.actions_office import play_office
from app.demo.pictures import MOST_BYTES, Subject, drawn
from app.demo.pictures_scenes import SCENES
from app.demo.queries_history import supervisors
from app.nonconformities.models import Finding
from app.photos.models import Photo
from app.schedule.models import Occurrence, ScheduleEvent
from app.stats.models import DayClosing

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def count(table) -> int:
    return scalar(select(func.count()).select_from(table))


@pytest.fixture
def made(inside):
    """A Friday afternoon with the two days before it; the same whenever the test is run."""
    settings = inside.extensions["settings"]
    site = Site(settings.zone, inside.extensions["photo_store"], settings.max_photo_bytes)
    with clock.at(NOW):
        atomically(load_compound)
        checks = make_history(2, site, NOW, lambda _text: None)
        atomically(lambda: play_office(2, site, NOW))
    return checks


def test_given_two_days_when_made_then_each_record_has_receipt_and_pictures_and_most_windows_are_on_time(made):
    states = Counter(row.state for row in rows(select(Occurrence.state)))

    assert made == count(Check) == count(Receipt)
    assert states["in_window"] > 0.8 * made
    assert count(Photo) > made / 3
    assert not scalar(select(func.count()).select_from(Check).where(Check.received_at > NOW))
    assert count(DayClosing) == 2 * len(supervisors())


def test_given_two_days_when_made_then_life_is_in_them(made):
    timings = {row.timing for row in rows(select(Check.timing))}
    outcomes = {row.outcome for row in rows(select(Check.outcome))}
    marks = {mark for row in rows(select(Check.marks)) for mark in row.marks}

    assert timings >= {"window", "grace", "late"} and outcomes == {"done", "unable"}
    assert marks >= {"received", "offline", "helped"}
    assert count(Finding) and count(ScheduleEvent) and count(Signature)


def test_given_a_kind_of_point_when_drawn_then_a_small_picture_each_different():
    pictures = [
        drawn(Subject(kind, "1号楼大厅", "全景自检", "2026-11-21 08:41", f"{kind}-{number}", dirty=number == 1))
        for kind in SCENES
        for number in range(2)
    ]

    assert len(set(pictures)) == len(pictures)
    assert max(map(len, pictures)) <= MOST_BYTES
    assert drawn(Subject("lift", "a", "b", "c", "d")) == drawn(Subject("lift", "a", "b", "c", "d"))
