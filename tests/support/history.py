"""History for tests: records of one check each, a database without guards, and raw statements past them."""

from contextlib import contextmanager

from sqlalchemy import text

from app.chain.writes_guards import put_up, take_down
from app.db import atomically, db, release, run
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.records import record, upload
from tests.support.standards import step_document

STEPS = (step_document("S01", "photo"), step_document("S02", "number", min=0, max=8))


@contextmanager
def unguarded():
    """As somebody with the owner's password would: the guards are down inside, and stand again after."""
    # A read that is still open on PostgreSQL holds the table that the guard is taken from.
    release()
    with db.engine.begin() as link:
        take_down(link)
    yield
    release()
    with db.engine.begin() as link:
        put_up(link)


def raw(statement, **values):
    """One statement past all rooms; foreign keys are not asked on SQLite."""
    with db.engine.connect() as link:
        if link.dialect.name == "sqlite":
            link.exec_driver_sql("PRAGMA foreign_keys=OFF")
        found = link.execute(text(statement), values)
        got = found.all() if found.returns_rows else found.rowcount
        link.commit()
        if link.dialect.name == "sqlite":
            link.exec_driver_sql("PRAGMA foreign_keys=ON")
    return got


def checked(app, number=1, *, received=make.NOW, photo=PHOTO):
    """One check with a photo and a reading, as the phone would send it; gives back its id."""
    check_id = f"00000000-0000-4000-8000-{number:012}"
    photo_id = f"{photo[:-4]}{number:04}"
    upload(app, photo_id, seed=number)
    answers = [make.answer("S01", photos=[photo_id]), make.answer("S02", value=number % 7)]
    record(app, make.submission(check_id, answers=answers), received=received)
    return check_id


def written(statement, values=None):
    """Inside the program's own transaction."""
    return atomically(lambda: run(statement, values))
