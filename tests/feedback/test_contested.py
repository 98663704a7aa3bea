"""Records that a complaint contests, and praise for a worker (rules SP-8, SA-12)."""

from datetime import timedelta

import pytest

from app.checks.models import CheckEvent
from app.feedback.actions_complaints import close, pass_on
from app.feedback.actions_judging import rule_on_record
from app.feedback.actions_tending import tend_cases
from app.feedback.models import FeedbackContact
from app.feedback.queries import contested_occurrences, praise_for, vouched_for
from app.messages.models import Message
from app.refusals import Conflict, Forbidden, Invalid
from tests.support import builders as make
from tests.support import cases as voices
from tests.support.builders import NOW
from tests.support.cases import ZONE, answered, by, do, row
from tests.support.stored import rows_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(inside):
    make.small_world()
    voices.people()
    return inside


def test_sp8_given_a_fresh_record_when_somebody_complains_then_it_is_contested_and_says_so(world):
    check_id = voices.fresh_record()
    item_id, number, _token = voices.case()

    kept = row(item_id)
    assert (kept.check_id, kept.contest) == (check_id, "contested")
    assert [each.check_id for each in contested_occurrences()] == [check_id]
    assert contested_occurrences(since=NOW + HOUR) == []
    event = rows_of(CheckEvent)[0]
    assert (event.check_id, event.kind, event.data["number"]) == (check_id, "contested", number)


def test_sp8_given_an_old_record_or_a_question_when_said_then_nothing_is_contested(world):
    voices.fresh_record(minutes_ago=61)
    old, _number, _token = voices.case()
    voices.fresh_record()
    asked, _number, _token = voices.case("question")

    assert (row(old).contest, row(asked).contest) == ("", "")


def test_sp8_given_a_record_of_another_unit_when_somebody_complains_then_it_is_not_contested(world):
    voices.fresh_record()

    item_id, _number, _token = voices.case(units=("other", "care"))

    assert row(item_id).contest == ""


def test_given_a_contested_record_when_it_refutes_the_complaint_then_its_worker_is_told(world):
    check_id = voices.fresh_record()
    item_id, _number, _token = voices.case()
    with pytest.raises(Forbidden):
        do(rule_on_record, by("ken", item_id), "refuted", "")

    do(rule_on_record, by("ivy", item_id), "refuted", "照片时间与地点相符")
    do(rule_on_record, by("ivy", item_id), "refuted", "")

    told = [each for each in rows_of(Message) if each.kind == "vouched"]
    assert [(each.person_id, each.link) for each in told] == [("ann", f"/checks/{check_id}")]
    assert [each.kind for each in rows_of(CheckEvent)] == ["contested", "refuted"]
    assert [each.check_id for each in vouched_for("ann", NOW - DAY)] == [check_id]
    with pytest.raises(Conflict):
        do(rule_on_record, by("ivy", item_id), "upheld", "")


def test_given_a_contested_record_when_not_settled_then_the_case_stays_open(world):
    voices.fresh_record()
    item_id, _number, _token = voices.case()
    answered(item_id, "communicative")

    with pytest.raises(Conflict):
        do(close, by("dee", item_id), ZONE)
    do(rule_on_record, by("ivy", item_id), "upheld", "")

    assert do(close, by("dee", item_id), ZONE) is True
    assert not [each for each in rows_of(Message) if each.kind == "vouched"]


def test_given_praise_when_passed_on_then_the_worker_reads_it_and_the_case_is_closed(world):
    item_id, number, _token = voices.case("praise", words="保洁员特别细心")

    do(pass_on, by("dee", item_id), "ann")

    assert number.startswith("BY")
    assert [(each.words, each.point) for each in praise_for("ann", NOW - DAY)] == [
        ("保洁员特别细心", "1号楼1层男卫生间")
    ]
    assert row(item_id).state == "closed"
    assert [each.person_id for each in rows_of(Message) if each.kind == "praise"] == ["ann"]


def test_given_praise_when_the_person_does_not_exist_then_nothing_is_passed_on(world):
    item_id, _number, _token = voices.case("praise")

    for whom in ("", "nobody"):
        with pytest.raises(Invalid):
            do(pass_on, by("dee", item_id), whom)
    assert row(item_id).state == "received"
    complaint, _number, _token = voices.case()
    with pytest.raises(Conflict):
        do(pass_on, by("dee", complaint), "ann")


def test_given_praise_that_nobody_takes_up_when_its_time_is_over_then_it_rests(world):
    item_id, _number, _token = voices.case("praise")

    do(tend_cases, NOW + 10 * DAY, ZONE)

    assert row(item_id).state == "closed"
    assert rows_of(FeedbackContact)[0].contact == ""
    assert praise_for("ann", NOW - DAY) == []
