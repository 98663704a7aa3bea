"""Rules SA-3 to SA-8: classes and who decides them, clocks in workdays, what closing needs, contested records."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules_complaints import (
    CallBack,
    Class,
    Contest,
    Deed,
    Held,
    Lacking,
    NotAllowed,
    Ruling,
    Standing,
    State,
    Voice,
    called_back,
    close_due,
    contested_by,
    is_outside,
    lacking,
    may_handle,
    may_judge,
    may_read,
    reply_due,
    review_is_due,
    rule_on,
)
from app.schedule.rules_days import Calendar, is_workday
from app.web.current import CurrentPerson, Role

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 9, 23, 22, 30, tzinfo=ZONE)
# Friday to Sunday are the Mid-Autumn days off; the Sunday before National Day is worked.
AUTUMN = Calendar(
    holidays=frozenset(date(2026, 9, day) for day in (25, 26, 27)),
    makeup_workdays=frozenset({date(2026, 9, 20)}),
)
UNIT = "/bureau/care/clean/"


def someone(role=Role.SUPERVISOR, path="/bureau/care/", *grants):
    return CurrentPerson("sue", "苏", role, "care", path, grants=frozenset(grants))


def test_sa8_given_a_complaint_when_received_at_night_then_the_first_reply_is_due_after_two_hours():
    assert reply_due(WEDNESDAY) == WEDNESDAY + timedelta(hours=2)


@pytest.mark.parametrize(
    ("kind", "classified", "last_day"),
    [
        (Voice.COMPLAINT, Class.VALID, date(2026, 10, 1)),
        (Voice.COMPLAINT, Class.COMMUNICATIVE, date(2026, 9, 29)),
        (Voice.COMPLAINT, None, date(2026, 9, 29)),
        (Voice.QUESTION, None, date(2026, 9, 29)),
    ],
)
def test_sa8_given_days_off_between_when_the_limit_is_counted_then_only_workdays_count(kind, classified, last_day):
    due = close_due(WEDNESDAY, kind, classified, AUTUMN, ZONE)

    assert due == datetime(last_day.year, last_day.month, last_day.day, tzinfo=ZONE) + timedelta(days=1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_sa8_given_any_instant_when_the_limits_are_counted_then_exactly_so_many_workdays_lie_between(received_at):
    for classified, workdays in ((Class.VALID, 5), (Class.COMMUNICATIVE, 3)):
        due = close_due(received_at, Voice.COMPLAINT, classified, AUTUMN, ZONE)
        first, last = received_at.astimezone(ZONE).date(), (due - timedelta(seconds=1)).astimezone(ZONE).date()
        days = [first + timedelta(days=each) for each in range(1, (last - first).days + 1)]
        assert sum(is_workday(day, AUTUMN) for day in days) == workdays
        assert is_workday(last, AUTUMN)


@pytest.mark.parametrize(
    ("path", "outside"),
    [("/bureau/care/clean/", False), ("/bureau/care/clean/crew/", False), ("/bureau/care/", True), ("/bureau/", True)],
)
def test_sa5_given_a_unit_complained_of_when_somebody_decides_then_only_from_outside(path, outside):
    assert is_outside(path, UNIT) is outside
    assert may_judge(someone(path=path), UNIT) is outside


@pytest.mark.parametrize(
    ("who", "reads", "handles", "judges"),
    [
        (someone(), True, True, True),
        (someone(Role.INSPECTOR, "/bureau/"), True, False, True),
        (someone(Role.LEADER, "/bureau/"), True, False, False),
        (someone(Role.MANAGER, UNIT), True, False, False),
        (someone(Role.WORKER, "/bureau/other/", "desk"), True, True, False),
        (someone(Role.WORKER, UNIT, "desk"), True, True, False),
        (someone(Role.WORKER, "/bureau/other/", "recheck"), False, False, False),
        (someone(Role.ADMIN, "/bureau/"), False, False, False),
    ],
)
def test_sa5_given_a_role_when_it_comes_to_complaints_then_it_does_what_is_its_own(who, reads, handles, judges):
    assert (may_read(who), may_handle(who), may_judge(who, UNIT)) == (reads, handles, judges)


def test_sa5_given_no_class_when_decided_then_it_stands():
    assert rule_on(Ruling(), Class.COMMUNICATIVE, "sue", "") is Deed.SET
    assert rule_on(Ruling(), Class.VALID, "sue", "") is Deed.SET


def test_sa5_given_a_communicative_complaint_when_upgraded_then_one_person_is_enough():
    assert rule_on(Ruling(Class.COMMUNICATIVE), Class.VALID, "sue", "") is Deed.UPGRADED


def test_sa5_given_a_valid_complaint_when_downgraded_then_a_reason_and_a_second_person_are_needed():
    standing = Ruling(Class.VALID)
    asked = Ruling(Class.VALID, asked=Class.COMMUNICATIVE, asked_by_id="sue")

    assert rule_on(standing, Class.COMMUNICATIVE, "sue", " ") is NotAllowed.REASON
    assert rule_on(standing, Class.COMMUNICATIVE, "sue", "只是询问") is Deed.ASKED
    assert rule_on(asked, Class.COMMUNICATIVE, "sue", "只是询问") is NotAllowed.SECOND
    assert rule_on(asked, Class.COMMUNICATIVE, "ivy", "") is Deed.DOWNGRADED
    assert rule_on(asked, Class.VALID, "ivy", "") is Deed.UPGRADED


def test_sa5_given_the_class_that_stands_when_sent_again_then_nothing_happens():
    assert rule_on(Ruling(Class.VALID), Class.VALID, "sue", "") is Deed.NOTHING
    assert rule_on(Ruling(Class.COMMUNICATIVE), Class.COMMUNICATIVE, "sue", "") is Deed.NOTHING


@pytest.mark.parametrize(
    ("kind", "classified", "state", "late", "due"),
    [
        ("complaint", "communicative", "received", True, True),
        ("complaint", "communicative", "replied", True, True),
        ("complaint", "communicative", "replied", False, False),
        ("complaint", "communicative", "answered", True, False),
        ("complaint", "communicative", "closed", True, False),
        ("complaint", "valid", "replied", True, False),
        ("complaint", "", "replied", True, False),
        ("question", "", "received", True, False),
        ("question", "communicative", "received", True, False),
    ],
)
def test_sa6_given_a_communicative_complaint_when_its_limit_passes_unanswered_then_it_goes_up(
    kind, classified, state, late, due
):
    now = WEDNESDAY if late else WEDNESDAY - timedelta(seconds=1)

    assert review_is_due(kind, classified, state, WEDNESDAY, now) is due
    assert review_is_due(kind, classified, state, None, now) is False


def test_sa6_given_a_class_that_time_has_set_when_somebody_confirms_it_then_it_is_decided():
    standing = Ruling(Class.VALID, by_time=True)

    assert rule_on(standing, Class.VALID, "sue", "") is Deed.SET
    assert rule_on(standing, Class.COMMUNICATIVE, "sue", "") is NotAllowed.REASON
    assert rule_on(standing, Class.COMMUNICATIVE, "sue", "只是询问") is Deed.ASKED


MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("result", "tries", "counts"),
    [
        (CallBack.SATISFIED, [], True),
        (CallBack.UNSATISFIED, [], True),
        (CallBack.NO_CONTACT, [], True),
        (CallBack.UNREACHED, [MONDAY], False),
        (CallBack.UNREACHED, [MONDAY, MONDAY, MONDAY], False),
        (CallBack.UNREACHED, [MONDAY, TUESDAY], False),
        (CallBack.UNREACHED, [MONDAY, MONDAY, TUESDAY], True),
        ("", [], False),
    ],
)
def test_sa8_given_call_backs_when_counted_then_three_tries_on_two_days_are_enough(result, tries, counts):
    assert called_back(result, tries) is counts


def test_sa8_given_a_valid_complaint_when_closing_then_everything_lacking_is_named():
    bare = Standing(Voice.COMPLAINT, State.RECEIVED, None)
    valid = Standing(Voice.COMPLAINT, State.ANSWERED, Class.VALID)

    assert lacking(bare) == (Lacking.REPLY, Lacking.CLASS, Lacking.ANSWER)
    assert lacking(valid) == (Lacking.CALL_BACK,)
    assert lacking(Standing(Voice.COMPLAINT, State.REPLIED, Class.VALID, called_back=True)) == (Lacking.ANSWER,)
    assert lacking(Standing(Voice.COMPLAINT, State.ANSWERED, Class.VALID, called_back=True)) == ()
    asked = Standing(Voice.COMPLAINT, State.ANSWERED, Class.VALID, downgrade_asked=True, called_back=True)
    assert lacking(asked) == (Lacking.SECOND,)
    contested = Standing(Voice.COMPLAINT, State.ANSWERED, Class.COMMUNICATIVE, contest=Contest.CONTESTED)
    assert lacking(contested) == (Lacking.CONTEST,)


def test_sa4_given_a_communicative_complaint_or_question_when_answered_then_no_call_back_is_needed():
    assert lacking(Standing(Voice.COMPLAINT, State.ANSWERED, Class.COMMUNICATIVE)) == ()
    assert lacking(Standing(Voice.QUESTION, State.ANSWERED, None)) == ()
    assert lacking(Standing(Voice.QUESTION, State.REPLIED, None)) == (Lacking.ANSWER,)
    assert lacking(Standing(Voice.PRAISE, State.RECEIVED, None)) == ()


def held(name, minutes_ago, valid):
    return Held(name, None, "ann", WEDNESDAY - timedelta(minutes=minutes_ago), valid)


def test_sp8_given_records_when_a_complaint_comes_then_the_newest_within_its_time_is_contested():
    records = [held("old", 300, 480), held("fresh", 20, 20), held("past", 10, 5), held("unbound", 1, None)]

    assert contested_by(records, WEDNESDAY).check_id == "fresh"
    assert contested_by(records, WEDNESDAY + timedelta(seconds=1)).check_id == "old"
    assert contested_by([held("later", -5, 60)], WEDNESDAY) is None
    assert contested_by([held("now", 0, 60)], WEDNESDAY).check_id == "now"
    assert contested_by([], WEDNESDAY) is None
