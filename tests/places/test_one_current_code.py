"""Given one point, when codes are issued in the same moment or were so in older days, then it has one current code."""

import threading
from datetime import timedelta

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError

from app.db import atomically, db, rows, run
from app.places.actions import replace_code
from app.places.models import LabelCode, LabelEvent
from app.places.queries import current_codes
from app.refusals import Conflict
from tests.support import builders as make

ONE, OTHER = "000000000H", "ABCDEFGHJE"
NOTES = select(LabelEvent.kind, LabelEvent.code)
LONGEST_WAIT_SECONDS = 2


def meet_at_insert(engine):
    """Both have seen no current code before either writes one; SQLite lets one writer in and breaks the gate."""
    gate = threading.Barrier(2)

    @event.listens_for(engine, "before_cursor_execute")
    def wait(_link, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO label_codes") and not gate.broken:
            try:
                gate.wait(LONGEST_WAIT_SECONDS)
            except threading.BrokenBarrierError:
                return
            gate.abort()


def issue(app, fresh, answers):
    with app.app_context():
        try:
            answers.append(atomically(lambda: replace_code("p1", "", fresh, "首次张贴", "sue", make.NOW)))
        except Conflict as refusal:
            answers.append(refusal)
        db.session.remove()


def test_given_a_point_without_a_code_when_two_issue_its_first_at_once_then_one_is_told_of_the_other(app):
    with app.app_context():
        make.small_world()
        atomically(lambda: run(update(LabelCode).values(withdrawn_at=make.NOW)))
        meet_at_insert(db.engine)
    answers = []

    threads = [threading.Thread(target=issue, args=(app, code, answers)) for code in (ONE, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    (issued,) = [answer for answer in answers if isinstance(answer, str)]
    assert [type(answer) for answer in answers if answer is not issued] == [Conflict]
    with app.app_context():
        assert current_codes() == {"p1": issued}
        assert [tuple(note) for note in rows(NOTES)] == [("issued", issued)]


def test_given_a_current_code_when_a_second_is_written_beside_it_then_the_database_refuses(inside):
    make.small_world()

    with pytest.raises(IntegrityError):
        make.kept(LabelCode, code=ONE, point_id="p1", issued_at=make.NOW)


def test_given_doubles_of_older_days_when_migrated_then_the_newest_stays_and_the_others_open_on(inside):
    make.small_world()
    downgrade(revision="0003")
    for days, code in enumerate((ONE, OTHER), 1):
        make.kept(LabelCode, code=code, point_id="p1", issued_at=make.NOW - timedelta(days=days))

    upgrade()

    assert current_codes() == {"p1": ONE}
    old = rows(select(LabelCode.code, LabelCode.replaced_by).where(LabelCode.valid_until.is_not(None)))
    assert {tuple(life) for life in old} == {(make.CODE, ONE), (OTHER, ONE)}
    assert {tuple(note) for note in rows(NOTES)} == {("replaced", make.CODE), ("replaced", OTHER)}
