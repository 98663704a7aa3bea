"""A complaint to its end: clocks, classes, records contested, contacts wiped (rules SA-3 to SA-8, DS-7)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.queries import person_by_id
from app.feedback.actions_cases import NewCase, open_case
from app.feedback.actions_complaints import answer, assign, call_back, close, note, reply
from app.feedback.actions_tending import tend_cases
from app.feedback.models import FeedbackCase, FeedbackContact, FeedbackEvent
from app.feedback.queries_complaints import case_behind, case_for, open_cases
from app.feedback.queries_tending import anything_to_tend
from app.feedback.rules_complaints import Voice
from app.messages.models import Message
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.support import builders as make
from tests.support import cases as voices
from tests.support.builders import NOW
from tests.support.cases import SECRET, ZONE, answered, by, do, happened, row
from tests.support.stored import rows_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(inside):
    make.small_world()
    voices.people()
    return inside


def test_sa8_given_a_complaint_when_received_then_both_clocks_run_and_the_desk_and_department_are_told(world):
    item_id, number, token = voices.case()

    kept = row(item_id)
    assert (kept.state, kept.reply_due_at, kept.classified) == ("received", NOW + 2 * HOUR, "")
    assert kept.close_due_at == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert number.startswith("TS261123-")
    assert case_behind(token).item_id == item_id
    assert token not in repr(rows_of(FeedbackCase))
    assert {each.person_id for each in rows_of(Message)} == {"dee", "sue"}
    assert "13900001234" not in repr(rows_of(Message)) + repr(rows_of(FeedbackEvent))


def test_given_the_same_item_when_opened_twice_then_there_is_one_case_with_one_link(world):
    item_id, number, token = voices.case()
    again = NewCase(item_id, Voice.COMPLAINT, "p1", "clean", "care", NOW, contact="13900001234")

    opened = do(lambda: open_case(again, secret=SECRET, zone=ZONE))

    assert (opened.number, opened.token) == (number, token)
    assert len(rows_of(FeedbackCase)) == len(rows_of(FeedbackContact)) == 1
    assert happened(item_id) == ["received"]


def test_sa8_given_a_valid_complaint_when_handled_to_its_end_then_every_deed_stands_in_the_history(world):
    item_id, _number, _token = voices.case()
    answered(item_id)
    with pytest.raises(Conflict):
        do(close, by("dee", item_id), ZONE)

    do(call_back, by("dee", item_id), "satisfied", "表示满意")
    do(close, by("dee", item_id), ZONE)

    kept = row(item_id)
    assert (kept.state, kept.closed_by_id, kept.call_back) == ("closed", "dee", "satisfied")
    assert happened(item_id) == ["received", "classified", "finding", "replied", "answered", "called_back", "closed"]


def test_ds7_given_a_closed_case_when_the_timer_runs_then_the_contact_is_gone_from_the_table(world):
    item_id, _number, _token = voices.case()
    answered(item_id, "communicative")
    assert not anything_to_tend(NOW)
    do(close, by("dee", item_id), ZONE)
    assert anything_to_tend(NOW)

    done = do(tend_cases, NOW + HOUR, ZONE)

    contact = rows_of(FeedbackContact)[0]
    assert (done, contact.name, contact.contact, contact.wiped_at) == (1, "", "", NOW + HOUR)
    assert do(tend_cases, NOW + 2 * HOUR, ZONE) == 0
    assert not anything_to_tend(NOW + 2 * HOUR)
    assert "13900001234" not in "".join(repr(rows_of(table)) for table in (FeedbackEvent, FeedbackCase, Message))


def test_ds7_given_an_open_case_when_the_timer_runs_then_the_contact_stays(world):
    voices.case()

    do(tend_cases, NOW + HOUR, ZONE)

    assert rows_of(FeedbackContact)[0].contact == "13900001234"


def test_sa8_given_no_first_reply_when_two_hours_are_over_then_the_desk_is_told_once(world):
    voices.case()

    do(tend_cases, NOW + 2 * HOUR, ZONE)
    do(tend_cases, NOW + 3 * HOUR, ZONE)

    told = [each.person_id for each in rows_of(Message) if each.kind == "complaint_late"]
    assert sorted(told) == ["dee", "sue"]


def test_sa8_given_a_contact_when_nobody_is_reached_then_three_tries_on_two_days_count(world):
    item_id, _number, _token = voices.case()
    answered(item_id)
    for at in (NOW, NOW + HOUR, NOW + 2 * HOUR):
        do(call_back, by("dee", item_id, at), "unreached", "")
    with pytest.raises(Conflict):
        do(close, by("dee", item_id), ZONE)

    do(call_back, by("dee", item_id, NOW + DAY), "unreached", "")

    assert do(close, by("dee", item_id, NOW + DAY), ZONE) is True


def test_sa8_given_no_contact_when_called_back_then_only_that_can_be_said(world):
    item_id, _number, _token = voices.case(contact="")
    with_one, _number, _token = voices.case()
    answered(item_id)
    answered(with_one)

    for wrong in ((item_id, "satisfied"), (with_one, "no_contact"), (with_one, "nonsense")):
        with pytest.raises(Invalid):
            do(call_back, by("dee", wrong[0]), wrong[1], "")

    do(call_back, by("dee", item_id), "no_contact", "")
    assert do(close, by("dee", item_id), ZONE) is True


def test_given_a_form_sent_twice_when_taken_then_it_counts_once(world):
    item_id, _number, _token = voices.case()

    first = do(reply, by("dee", item_id, key="one"), "收到")
    second = do(reply, by("dee", item_id, key="one"), "收到")

    assert (first, second) == (True, False)
    assert happened(item_id) == ["received", "replied"]
    with pytest.raises(Conflict):
        do(reply, by("dee", item_id, key="two"), "收到")


def test_given_a_case_when_handed_on_then_the_other_department_reaches_it(world):
    item_id, _number, _token = voices.case(units=("", ""), point=None)
    with pytest.raises(NotFound):
        case_for(item_id, person_by_id("sam"))

    do(assign, by("dee", item_id), "other", "clean", ZONE)

    assert case_for(item_id, person_by_id("sam")).implementer == "单位clean"
    assert [each.item_id for each in open_cases(person_by_id("meg"))] == [item_id]
    with pytest.raises(Invalid):
        do(assign, by("dee", item_id), "nowhere", "", ZONE)


def test_given_roles_when_they_open_a_case_then_each_sees_its_own(world):
    item_id, _number, _token = voices.case()

    for reader in ("dee", "sue", "ivy", "leo", "meg", "ken"):
        assert case_for(item_id, person_by_id(reader)).item_id == item_id
    with pytest.raises(NotFound):
        case_for(item_id, person_by_id("sam"))
    for stranger in ("ann", "lea", "bob", "adm"):
        with pytest.raises(Forbidden):
            case_for(item_id, person_by_id(stranger))


def test_given_a_closed_case_when_anything_is_done_then_it_is_refused(world):
    item_id, _number, _token = voices.case()
    answered(item_id, "communicative")
    do(note, by("sue", item_id), "查看了当天记录")
    do(close, by("dee", item_id), ZONE)

    for deed, args in ((reply, ("x",)), (answer, ("x",)), (note, ("x",)), (call_back, ("no_contact", ""))):
        with pytest.raises(Conflict):
            do(deed, by("dee", item_id), *args)
    assert do(close, by("dee", item_id), ZONE) is False


def test_given_no_words_when_replying_then_it_says_which_field(world):
    item_id, _number, _token = voices.case()

    with pytest.raises(Invalid) as refused:
        do(reply, by("dee", item_id), "  ")

    assert set(refused.value.fields) == {"text"}
    assert row(item_id).state == "received"


def test_given_those_who_only_read_when_they_handle_then_it_is_refused(world):
    item_id, _number, _token = voices.case()

    for reader in ("ivy", "leo", "meg"):
        with pytest.raises(Forbidden):
            do(reply, by(reader, item_id), "收到")
