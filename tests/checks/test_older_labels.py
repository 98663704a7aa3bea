"""Given a replaced label, when the new one is used for the first time, then the old one ends."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app.accounts.queries import person_by_id
from app.checks.actions import Call, record_check
from app.db import atomically, row, rows, run
from app.photos.store import open_store
from app.places.models import LabelCode, LabelEvent
from app.refusals import Gone
from tests.support import builders as make

FRESH = "000000000H"
UNTIL = make.NOW + timedelta(days=29)
SECOND = "00000000-0000-4000-8000-000000000002"


@pytest.fixture
def replaced(inside):
    """The label of the small world's point was replaced yesterday."""
    make.small_world()
    statement = update(LabelCode).where(LabelCode.code == make.CODE)
    atomically(lambda: run(statement.values(replaced_by=FRESH, valid_until=UNTIL)))
    make.kept(LabelCode, code=FRESH, point_id="p1", issued_at=make.NOW - timedelta(days=1))
    return inside


def record(app, **keys):
    store = open_store(str(app.extensions["settings"].photo_store))
    call = Call(received_at=make.NOW, phone_time=make.NOW, zone=ZoneInfo("Asia/Shanghai"), store=store)
    who = person_by_id("ann")
    return atomically(lambda: record_check(make.submission(**keys), who, call))


def old_ends_at():
    return row(select(LabelCode.valid_until).where(LabelCode.code == make.CODE))[0]


@pytest.mark.parametrize("via", ["scan", "typed"])
def test_given_a_replaced_label_when_a_check_goes_through_the_new_one_then_the_old_one_ends_with_a_note(replaced, via):
    record(replaced, code=FRESH, via=via)

    assert old_ends_at() == make.NOW
    notes = rows(select(LabelEvent.kind, LabelEvent.code, LabelEvent.by_id, LabelEvent.at))
    assert [tuple(note) for note in notes] == [("ended", make.CODE, "ann", make.NOW)]


def test_given_a_replaced_label_when_a_check_is_opened_from_the_list_then_the_old_one_stays(replaced):
    record(replaced, code=FRESH, via="list", via_reason="标签脱落")

    assert old_ends_at() == UNTIL


def test_given_a_replaced_label_when_a_check_goes_through_the_old_one_then_both_stay(replaced):
    record(replaced)

    assert old_ends_at() == UNTIL


def test_given_an_ended_label_when_it_was_opened_before_then_it_counts_else_it_is_gone(replaced):
    record(replaced, code=FRESH)

    receipt = record(replaced, id=SECOND, note="旧标签先打开")

    assert "label_withdrawn" in receipt.marks
    later = (make.NOW + timedelta(hours=1)).isoformat()
    with pytest.raises(Gone):
        record(replaced, id=SECOND[:-1] + "3", opened_at=later, submitted_at=later)
