"""A complaint to its end: clocks, classes, records contested, contacts wiped (rules SA-3 to SA-8, DS-7)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.queries import person_by_id
from app.checks.models import CheckEvent
from app.db import atomically
from app.feedback.actions_cases import NewCase, open_case
from app.feedback.actions_complaints import Hand, answer, assign, call_back, close, note, pass_on, reply
from app.feedback.actions_judging import classify, rule_on_record
from app.feedback.actions_tending import tend_cases
from app.feedback.models import FeedbackCase, FeedbackContact, FeedbackEvent
from app.feedback.queries import contested_occurrences, praise_for, vouched_for
from app.feedback.queries_complaints import case_behind, case_for, open_cases
from app.feedback.queries_tending import anything_to_tend
from app.feedback.rules_complaints import Deed, Voice
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from tests.support import builders as make
from tests.support import cases as voices
from tests.support.builders import NOW
from tests.support.cases import SECRET, ZONE
from tests.support.stored import rows_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(inside):
    make.small_world()
    voices.people()
    return inside


def by(person_id, item_id, at=NOW, key=""):
    return Hand(item_id, person_by_id(person_id), at, key)


def do(deed, *args):
    return atomically(lambda: deed(*args))


def row(item_id):
    return next(each for each in rows_of(FeedbackCase) if each.item_id == item_id)


def happened(item_id):
    return [each.kind for each in rows_of(FeedbackEvent) if each.subject_id == item_id]


def answered(item_id, wanted="valid"):
    do(classify, by("ivy", item_id), wanted, "", ZONE)
    do(reply, by("dee", item_id), "收到，马上处理")
    do(answer, by("sue", item_id), "已重新保洁并加派一次巡回")


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


def test_sa5_given_somebody_of_the_unit_complained_of_when_deciding_then_it_is_refused(world):
    item_id, _number, _token = voices.case()

    with pytest.raises(Forbidden):
        do(classify, by("meg", item_id), "communicative", "", ZONE)
    assert do(classify, by("ken", item_id), "communicative", "", ZONE) is Deed.PROPOSED
    assert do(classify, by("dee", item_id), "valid", "", ZONE) is Deed.PROPOSED
    assert (row(item_id).classified, row(item_id).proposed) == ("", "valid")

    assert do(classify, by("sue", item_id), "communicative", "", ZONE) is Deed.SET
    for inside in ("ken", "dee"):
        with pytest.raises(Forbidden):
            do(classify, by(inside, item_id), "valid", "", ZONE)


def test_sa5_given_a_valid_complaint_when_downgraded_then_reason_and_second_person_are_needed(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "valid", "", ZONE)

    with pytest.raises(Conflict):
        do(classify, by("sue", item_id), "communicative", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "来电人只是询问开放时间", ZONE)
    assert row(item_id).classified == "valid"
    with pytest.raises(Conflict):
        do(classify, by("sue", item_id), "communicative", "", ZONE)
    do(classify, by("ivy", item_id), "communicative", "", ZONE)

    assert row(item_id).classified == "communicative"
    assert row(item_id).close_due_at == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_sa5_given_a_downgrade_asked_for_when_the_second_person_says_no_then_it_stays_valid(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "valid", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "只是询问", ZONE)

    do(classify, by("ivy", item_id), "valid", "", ZONE)

    assert (row(item_id).classified, row(item_id).proposed) == ("valid", "valid")


def test_sa4_given_a_closed_communicative_complaint_when_upgraded_then_it_is_open_again(world):
    item_id, _number, _token = voices.case()
    answered(item_id, "communicative")
    do(close, by("dee", item_id), ZONE)
    do(tend_cases, NOW, ZONE)

    do(classify, by("ivy", item_id, NOW + 10 * DAY), "valid", "", ZONE)

    kept = row(item_id)
    assert (kept.state, kept.closed_at, kept.classified) == ("replied", None, "valid")
    assert kept.close_due_at > NOW + 10 * DAY
    assert happened(item_id)[-3:] == ["upgraded", "reopened", "finding"]


def test_sa6_given_a_communicative_complaint_when_its_limit_passes_unanswered_then_it_goes_up_once(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "communicative", "", ZONE)
    late = datetime(2026, 11, 26, 16, 1, tzinfo=UTC)
    do(tend_cases, late - 2 * timedelta(minutes=1), ZONE)
    assert row(item_id).classified == "communicative"

    do(tend_cases, late, ZONE)
    do(tend_cases, late, ZONE)

    kept = row(item_id)
    assert (kept.classified, kept.reviewed_at) == ("valid", late)
    assert kept.close_due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert happened(item_id).count("reviewed") == 1
    told = [each.person_id for each in rows_of(Message) if each.kind == "complaint_review"]
    assert sorted(told) == ["dee", "ivy", "sue"]


def test_sa6_given_an_automatic_upgrade_when_somebody_confirms_it_then_it_is_decided_and_registered(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "communicative", "", ZONE)
    late = NOW + 10 * DAY
    do(tend_cases, late, ZONE)
    assert (row(item_id).classified_by_id, row(item_id).finding_id) == (None, None)

    assert do(classify, by("ivy", item_id, late), "valid", "", ZONE) is Deed.SET
    assert do(classify, by("ivy", item_id, late), "valid", "", ZONE) is Deed.NOTHING

    assert row(item_id).classified_by_id == "ivy"
    assert [each.source_id for each in rows_of(Finding)] == [item_id]


def test_nc1_given_a_valid_complaint_when_decided_then_it_is_a_finding_once(world):
    item_id, _number, _token = voices.case()

    do(classify, by("ivy", item_id), "valid", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "只是询问", ZONE)
    do(classify, by("ivy", item_id), "valid", "", ZONE)

    finding = rows_of(Finding)[0]
    assert (finding.source, finding.point_id, finding.implementer_id) == ("complaint", "p1", "clean")
    assert (len(rows_of(Finding)), row(item_id).finding_id) == (1, finding.id)


def test_nc1_given_a_valid_complaint_about_no_known_unit_when_handed_on_then_it_becomes_a_finding(world):
    item_id, _number, _token = voices.case(units=("", ""), point=None)
    do(classify, by("ivy", item_id), "valid", "", ZONE)
    assert rows_of(Finding) == []

    do(assign, by("dee", item_id), "other", "clean", ZONE)

    assert [(each.responsible_id, each.implementer_id) for each in rows_of(Finding)] == [("other", "clean")]


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
