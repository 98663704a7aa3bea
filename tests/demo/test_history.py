"""Given days of history, when made, then through the real actions: receipts, pictures, honest fails, all of a piece."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app import clock
from app.checks.models import Check, Receipt
from app.db import atomically, rows, scalar
from app.demo.actions_history import Site, make_history
from app.demo.actions_office import play_office
from app.demo.pictures import MOST_BYTES, Subject, drawn
from app.demo.pictures_scenes import SCENES
from app.photos.models import Photo
from app.schedule.models import Occurrence
from app.stats.models import DayClosing


@pytest.fixture
def made(inside_demo):
    settings = inside_demo.extensions["settings"]
    site = Site(settings.zone, inside_demo.extensions["photo_store"], settings.max_photo_bytes)
    now = clock.now()
    checks = make_history(2, site, now, lambda _text: None)
    atomically(lambda: play_office(2, site, now))
    return checks


def test_given_two_days_when_made_then_each_record_has_receipt_and_pictures_and_most_windows_are_on_time(made):
    states = Counter(row.state for row in rows(select(Occurrence.state)))

    assert made == scalar(select(func.count()).select_from(Check)) == scalar(select(func.count()).select_from(Receipt))
    assert states["in_window"] > 0.8 * made
    assert scalar(select(func.count()).select_from(Photo)) > made / 3
    assert not scalar(select(func.count()).select_from(Check).where(Check.received_at > clock.now()))
    assert scalar(select(func.count()).select_from(DayClosing)) >= 0


def test_given_a_kind_of_point_when_drawn_then_a_small_picture_each_different():
    pictures = [
        drawn(Subject(kind, "1号楼大厅", "全景自检", "2026-11-21 08:41", f"{kind}-{number}", dirty=number == 1))
        for kind in SCENES
        for number in range(2)
    ]

    assert len(set(pictures)) == len(pictures)
    assert max(map(len, pictures)) <= MOST_BYTES
    assert drawn(Subject("lift", "a", "b", "c", "d")) == drawn(Subject("lift", "a", "b", "c", "d"))
