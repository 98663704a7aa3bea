"""A site of some months ago with sealed records, and `dabiao archive` as somebody types it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy import insert

from app import clock
from app.chain.actions_seal import seal
from app.cli_archive import archive
from app.photos.models import Photo
from tests.support import builders
from tests.support.history import STEPS, checked, written
from tests.support.stored import rows_of

MONTH = "2026-11"
RETAKE = "00000000-0000-4000-8000-0000000000ff"
LATER = builders.NOW + timedelta(days=120)


def three_records(app):
    """Three sealed records with a photo each, one of them taken again, months ago."""
    with app.app_context():
        builders.small_world(*STEPS)
        builders.person("std", "standards", "bureau")
        builders.person("ldr", "leader", "bureau")
        for number in (1, 2, 3):
            checked(app, number)
        photo = rows_of(Photo)[0]._asdict() | {"id": RETAKE, "part": "retake", "nonce": None}
        written(insert(Photo).values(photo))
    sealed(app)
    return app


def sealed(app):
    with app.app_context(), clock.at(builders.NOW + timedelta(minutes=30)):
        seal(app.extensions["settings"].instance, clock.now(), whole=True)


def told(app, *words, at=LATER, code=0):
    """What the command says."""
    with clock.at(at):
        done = app.test_cli_runner().invoke(archive, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def made(app, folder):
    """The archive of the month."""
    told(app, "make", MONTH, folder)
    return folder / f"dabiao-{MONTH}.sqlite3"


def spoilt(file, *statements):
    """The file as somebody changed it by hand."""
    with closing(sqlite3.connect(file)) as link:
        for each in statements:
            link.execute(each)
        link.commit()
