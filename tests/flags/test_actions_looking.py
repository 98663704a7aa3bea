"""The job looks at each record once, behind the requests: flags with reasons, the same however often it begins."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from app.checks.models import Check
from app.db import atomically, release, run
from app.flags import actions_looking
from app.flags.models import Flag, FlagLook, FlagMark, FlagState
from app.flags.queries import flagged_checks, flags_of_check
from app.flags.queries_new import FIRST_BACK, LATEST, PATIENCE, SETTLED, anything_new, with_late_pictures
from app.flags.queries_pictures import hashes_near, near, pictures_of, rows_of_pieces
from app.flags.rules import FlagKind
from app.flags.rules_pictures import distance
from app.flags.rules_pieces import REACH
from app.flags.writes import keep_pieces
from app.messages.models import Message
from app.photos.models import Picture
from app.schedule.models import Occurrence
from app.stats.queries_month import own_figures
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.flagging import LATER, SCENE, looked, shot, signed, used_again
from tests.support.history import unguarded
from tests.support.records import ZONE
from tests.support.stored import rows_of
from tests.support.world import check_row, filled


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        yield app


def test_ev_8_given_a_picture_used_at_another_point_when_looked_at_then_it_is_flagged_with_what_it_was_compared(world):
    first, second = used_again()

    count = looked()

    (flag,) = flags_of_check(second)
    assert count == 2
    assert (flag.kind, flag.state, flag.compared, flag.person_id) == (FlagKind.PICTURE_SAME, "open", [first], "ann")
    assert (flag.numbers["same_point"], flag.numbers["same_person"], flag.numbers["times"]) == (0, 1, 1)
    assert flag.thresholds["reuse_days"] == 90
    assert flags_of_check(first) == []
    assert {row.check_id: row.flags for row in rows_of(FlagLook)} == {first: 0, second: 1}


def test_given_a_flag_when_kept_then_the_author_is_asked_once_and_nobody_else(world):
    used_again()

    looked()

    assert [(row.person_id, row.kind) for row in rows_of(Message)] == [("ann", "flag_asked")]


def test_given_a_nearly_equal_picture_when_looked_at_then_it_is_found_by_the_index(world):
    first = check_row("p1", NOW - timedelta(hours=4), None)
    make.point("p2", "9H83JHK10S")
    second = check_row("p2", NOW - timedelta(minutes=25), None, by="lea")
    shot(first, at=NOW - timedelta(hours=4))
    shot(second, name="b", bits=SCENE ^ 0b1000000001, at=NOW - timedelta(minutes=5), by="lea", point="p2")

    looked()

    (flag,) = flags_of_check(second)
    assert (flag.kind, flag.numbers["bits"], flag.numbers["same_person"], flag.compared) == (
        FlagKind.PICTURE_ALIKE, 2, 0, [first],
    )  # fmt: skip


def test_given_a_look_when_begun_again_from_nothing_then_no_flag_and_no_message_is_doubled(world):
    used_again()
    looked()
    before = [rows_of(table) for table in (Flag, FlagState, Message)]

    release()
    with unguarded():
        for table in (FlagLook, FlagMark):
            atomically(lambda table=table: run(delete(table)))
        release()
    again = looked()

    assert again == 2
    assert [rows_of(table) for table in (Flag, FlagState, Message)] == before


def test_given_a_job_that_ends_between_batches_when_begun_again_then_it_goes_on_behind_the_mark(world, monkeypatch):
    monkeypatch.setattr(actions_looking, "AT_ONCE", 1)
    monkeypatch.setattr(actions_looking, "MOST_A_RUN", 1)
    _first, second = used_again()

    counts = [looked(), looked(), looked()]

    assert counts == [1, 1, 0]
    assert len(flags_of_check(second)) == 1


def test_given_a_record_of_just_now_when_the_job_runs_then_it_waits_until_the_phone_is_put_away(world):
    check_row("p1", NOW - timedelta(minutes=20), None, done_at=NOW)

    assert not anything_new(NOW + SETTLED - timedelta(seconds=1))
    assert looked(NOW + SETTLED - timedelta(seconds=1)) == 0
    assert anything_new(NOW + SETTLED)
    assert looked(NOW + SETTLED) == 1
    assert not anything_new(NOW + SETTLED)


def test_given_a_picture_not_yet_decoded_when_the_job_runs_then_the_record_waits_but_not_for_ever(world):
    check_id = check_row("p1", NOW, None, done_at=NOW)
    shot(check_id, state="queued")
    other = check_row("p1", NOW, None, done_at=NOW + timedelta(minutes=1))

    assert looked() == 1
    assert [row.check_id for row in rows_of(FlagLook)] == [other]
    assert looked(NOW + PATIENCE + timedelta(minutes=1)) == 1


def test_given_a_picture_decoded_hours_late_when_the_job_runs_then_it_is_searched_for_and_found_by_later_ones(world):
    make.point("p2", "9H83JHK10S")
    make.point("p3", "0000000001")
    early, late, later = (check_row(f"p{n}", NOW - timedelta(minutes=40 - n), None, by="lea") for n in (1, 2, 3))
    shot(early, at=NOW - timedelta(minutes=39), by="lea")
    shot(late, name="b", state="queued", at=NOW - timedelta(minutes=38), by="lea", point="p2")
    after = NOW + PATIENCE + timedelta(minutes=5)
    assert looked(after) == 3
    assert flags_of_check(late) == []

    decoded(SCENE ^ 0b11)
    looked(after + timedelta(hours=20))
    shot(later, name="c", bits=SCENE ^ 0b111, at=NOW - timedelta(minutes=37), by="lea", point="p3")
    found = {each.check for each in near(pictures_of(later))}

    (flag,) = flags_of_check(late)
    assert (flag.kind, flag.compared) == (FlagKind.PICTURE_ALIKE, [early])
    assert found == {early, late}
    assert with_late_pictures(after + timedelta(hours=20)) == ([], after + timedelta(hours=19))


def test_given_a_picture_that_is_not_decoded_when_the_job_runs_then_only_its_record_is_waited_for(world):
    stuck = check_row("p1", NOW, None, done_at=NOW)
    shot(stuck, state="queued")
    received = next(row.received_at for row in rows_of(Check) if row.id == stuck)

    looked(NOW + timedelta(hours=9))
    assert with_late_pictures(NOW + timedelta(days=6)) == ([], received)
    assert with_late_pictures(NOW + LATEST + timedelta(minutes=1))[1] == NOW + LATEST - PATIENCE + timedelta(minutes=1)


def decoded(bits):
    atomically(lambda: run(update(Picture).where(Picture.state == "queued").values(state="ready", phash=signed(bits))))


def test_given_a_record_that_was_committed_late_when_the_job_runs_again_then_it_is_looked_at(world):
    check_row("p1", NOW, None, done_at=NOW)
    looked()
    late = check_row("p1", NOW, None, done_at=LATER - SETTLED - timedelta(minutes=5))

    looked(LATER + timedelta(minutes=1))

    assert late in {row.check_id for row in rows_of(FlagLook)}


def test_given_a_house_with_a_long_past_when_the_job_begins_then_it_begins_with_yesterday(world):
    old = check_row("p1", NOW, None, done_at=NOW - FIRST_BACK)

    assert looked() == 0
    assert old not in {row.check_id for row in rows_of(FlagLook)}


def test_sp_9_given_flags_when_some_are_lifted_then_only_the_others_weigh(world):
    _first, second = used_again()
    looked()
    day = NOW.date()

    assert flagged_checks(day, day) == {second}
    atomically(lambda: run(FlagState.__table__.update().values(state="lifted")))
    assert flagged_checks(day, day) == set()


def test_promise_given_flagged_records_when_figures_are_counted_then_they_are_those_of_before(world):
    first = filled("p1", "A1", NOW - timedelta(hours=3), photos_due=1, photos_sent=1, photos_valid=1)
    make.point("p2", "9H83JHK10S")
    second = filled("p2", "A1", NOW - timedelta(hours=1), photos_due=1, photos_sent=1, photos_valid=1)
    shot(first, at=NOW - timedelta(hours=2))
    shot(second, at=NOW - timedelta(minutes=40), point="p2")
    month = ("ann", NOW.date().replace(day=1), LATER, ZONE)
    before = rows_of(Occurrence), own_figures(*month)

    looked()
    for state in ("stands", "lifted"):
        atomically(lambda state=state: run(FlagState.__table__.update().values(state=state)))
        assert (rows_of(Occurrence), own_figures(*month)) == before

    assert len(flags_of_check(second)) >= 1


@settings(max_examples=25)
@given(kept=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=30), flips=st.sets(st.integers(0, 63), max_size=9))
def test_given_kept_hashes_when_searched_by_the_index_then_what_a_plain_scan_finds_is_found(app, kept, flips):
    asked = kept[0]
    for position in flips:
        asked ^= 1 << position
    with app.app_context():
        rows = rows_of_pieces({signed(each) for each in kept})
        atomically(lambda: keep_pieces(rows, []))

        found = set(hashes_near(signed(asked)))

        assert {signed(each) for each in kept if distance(each, asked) <= REACH} <= found
        assert all(distance(each, asked) <= REACH for each in found)
