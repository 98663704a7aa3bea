"""What is missing in a deed, before it is done (rules NC-3, NC-5, NC-6, NC-8, NC-9, NC-10, NC-13)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nonconformities.rules import Severity, contract_limits, due_at, first_state, time_allowed
from app.nonconformities.rules_appeal import decide_by
from app.nonconformities.rules_close import (
    Filled,
    Group,
    Wanting,
    recheck_by,
    recheck_group,
    wanting_for_closure,
    wanting_for_recheck,
)
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_escalation import Level, day_of_delay, level_at
from app.nonconformities.rules_faces import BUTTONS, EVENTS, FACES, offers, useful
from app.nonconformities.rules_wish import NEEDS_TEXT, Wish, faults
from app.schedule.rules_days import Calendar

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SITE = ZoneInfo("Asia/Shanghai")
EMPTY = Filled("minor", repeated=False, major=False, containment="", cause_text="", corrective_action="",
               section_cause="", follow_up="")  # fmt: skip


def filled(**keys):
    return Filled(**{name: keys.get(name, getattr(EMPTY, name)) for name in Filled.__slots__})


def wrong(deed, state=EMPTY, *, photo_wanted=False, **said):
    return set(faults(deed, Wish("id", 0, **said), state, TODAY, photo_wanted=photo_wanted))


def test_nc_9_given_a_critical_finding_when_not_contained_then_it_is_not_put_up_for_its_recheck():
    state = filled(severity="critical", cause_text="x", corrective_action="y")

    assert wanting_for_recheck(state) == (Wanting.CONTAINMENT,)
    assert wrong(Deed.RECTIFY, state, correction="z") == {"text"}
    assert wrong(Deed.RECTIFY, filled(**{**vars_of(state), "containment": "fenced"}), correction="z") == set()


def vars_of(state):
    return {name: getattr(state, name) for name in Filled.__slots__}


@pytest.mark.parametrize("severity", ["major", "critical"])
def test_nc_8_given_general_and_above_then_cause_and_action_are_two_fields_that_must_stand(severity):
    state = filled(severity=severity, containment="fenced")

    assert wrong(Deed.RECTIFY, state, correction="x") == {"cause_text", "corrective_action"}
    assert wrong(Deed.RECTIFY, state, correction="x", cause_text="y", corrective_action="z") == set()
    assert wrong(Deed.PLAN, state, correction="x", cause_text="y") == {"corrective_action"}


def test_nc_8_given_what_a_scan_called_gone_then_cause_and_action_can_be_added_before_the_recheck():
    assert wrong(Deed.COMPLETE) == {"cause_text", "corrective_action"}
    assert wrong(Deed.COMPLETE, cause_text="x", corrective_action="y") == set()


def test_nc_8_given_a_minor_finding_then_a_correction_is_enough():
    assert wrong(Deed.RECTIFY, correction="x") == set()
    assert wrong(Deed.RECTIFY) == {"correction"}


def test_given_a_place_for_photos_when_put_right_then_a_photo_or_its_reason_is_wanted():
    assert wrong(Deed.RECTIFY, photo_wanted=True, correction="x") == {"photos"}
    assert wrong(Deed.RECTIFY, photo_wanted=True, correction="x", no_photo="有人") == set()
    assert wrong(Deed.RECTIFY, photo_wanted=True, correction="x", photos=("p",)) == set()


def test_nc_10_and_nc_3_given_what_came_back_with_major_measures_then_both_papers_are_wanted_before_closing():
    state = filled(repeated=True, major=True)

    assert wanting_for_closure(state) == (Wanting.SECTION_CAUSE, Wanting.FOLLOW_UP)
    assert wrong(Deed.CLOSE, state, kind="on_site") == {"text"}
    assert wrong(Deed.CLOSE, filled(repeated=True, major=True, section_cause="x", follow_up="y"), kind="photo") == set()


@pytest.mark.parametrize("days", [None, 0, -1, 181])
def test_nc_5_given_a_concession_when_its_term_is_none_or_too_long_then_it_is_asked_for(days):
    until = None if days is None else TODAY + timedelta(days=days)

    assert wrong(Deed.CONCEDE, text="x", until=until) == {"until"}


def test_nc_5_given_a_concession_on_something_critical_then_it_is_contained_first():
    until = TODAY + timedelta(days=30)

    assert wrong(Deed.CONCEDE, filled(severity="critical"), text="x", until=until) == {"text"}
    assert wrong(Deed.CONCEDE, filled(severity="critical", containment="fenced"), text="x", until=until) == set()


@pytest.mark.parametrize(
    "deed",
    [Deed.APPEAL, Deed.MAINTAIN, Deed.WITHDRAW, Deed.REVISE, Deed.ANALYSE, Deed.FOLLOW_UP, Deed.COMMENT, Deed.RETURN],
)
def test_nc_14_given_a_deed_without_a_reason_then_the_reason_is_asked_for(deed):
    assert "text" in wrong(deed, kind="on_site")
    assert wrong(deed, kind="on_site", text="x") == set()


def test_given_a_recheck_or_containment_of_no_known_kind_then_it_is_asked_for():
    assert wrong(Deed.CLOSE, kind="by magic") == {"kind"}
    assert wrong(Deed.CONTAIN, kind="", text="x") == {"kind"}


@pytest.mark.parametrize(("severity", "hours"), [("critical", 24), ("major", 72), ("minor", 168)])
def test_nc_9_given_a_severity_when_put_right_then_the_recheck_has_its_own_limit(severity, hours):
    assert recheck_by(severity, NOW) == NOW + timedelta(hours=hours)


def test_nc_9_given_a_shorter_limit_in_the_contract_then_it_wins_and_a_longer_one_does_not():
    limits = contract_limits({"rectify_minutes": {"minor": 240, "critical": 600, "odd": 3, "major": "x"}})

    assert due_at("minor", NOW, limits) == NOW + timedelta(hours=4)
    assert due_at("critical", NOW, limits) == NOW + timedelta(hours=4)
    assert due_at("major", NOW, limits) == NOW + timedelta(hours=24)


@given(st.sampled_from(list(Severity)), st.dictionaries(st.sampled_from(["minor", "major", "critical"]), st.integers()))
def test_nc_9_given_any_contract_then_nobody_gets_more_time_than_the_house_gives(severity, minutes):
    limits = contract_limits({"rectify_minutes": minutes})

    assert timedelta(0) < time_allowed(severity, limits) <= time_allowed(severity)


@pytest.mark.parametrize("profile", [None, {}, {"rectify_minutes": 5}, {"rectify_minutes": {"minor": 0}}])
def test_nc_9_given_a_profile_without_limits_then_the_house_counts(profile):
    assert contract_limits(profile) == {}


@pytest.mark.parametrize(
    ("source", "severity", "own", "group"),
    [
        ("check", "minor", False, Group.DEPARTMENT),
        ("complaint", "major", False, Group.DEPARTMENT),
        ("check", "critical", False, Group.INSPECTION),
        ("spotcheck", "minor", False, Group.INSPECTION),
        ("supervision", "minor", False, Group.INSPECTION),
        ("check", "minor", True, Group.INSPECTION),
    ],
)
def test_nc_4_given_source_and_severity_then_the_group_that_rechecks_follows(source, severity, own, group):
    assert recheck_group(source, severity, own_work=own) is group


@pytest.mark.parametrize(
    ("source", "fixed", "state"),
    [
        ("check", True, "closed"),
        ("check", False, "registered"),
        ("selfcheck", True, "closed"),
        ("spotcheck", True, "to_confirm"),
        ("supervision", False, "to_confirm"),
        ("complaint", False, "registered"),
    ],
)
def test_nc_16_given_put_right_on_the_spot_then_it_closes_but_never_for_inspections(source, fixed, state):
    assert first_state(source, fixed=fixed) == state


def test_nc_13_given_an_appeal_before_a_weekend_then_two_workdays_are_counted():
    friday = datetime(2026, 11, 20, 8, tzinfo=UTC)

    assert decide_by(friday, Calendar(), SITE) == datetime(2026, 11, 25, 0, tzinfo=SITE)


@pytest.mark.parametrize(
    ("hours", "level"),
    [
        (-1, Level.NOBODY),
        (0.1, Level.RECTIFIER),
        (18, Level.CREW_LEADER),
        (36, Level.SUPERVISOR),
        (72, Level.INSPECTION),
    ],
)
def test_given_a_minor_finding_when_overdue_then_it_is_told_further_and_further_up(hours, level):
    assert level_at("minor", NOW - timedelta(hours=hours), NOW) is level


@given(st.sampled_from(list(Severity)), st.integers(-500, 5000), st.integers(0, 5000))
def test_given_more_time_then_the_level_never_falls(severity, minutes, more):
    due = NOW - timedelta(minutes=minutes)

    assert level_at(severity, due, NOW + timedelta(minutes=more)) >= level_at(severity, due, NOW)
    assert day_of_delay(due, NOW + timedelta(minutes=more)) >= day_of_delay(due, NOW)


@pytest.mark.parametrize(
    ("deed", "offered", "hidden"),
    [
        (Deed.CONTAIN, {"severity": "critical"}, {"severity": "minor"}),
        (Deed.CONTAIN, {"severity": "major"}, {"severity": "critical", "containment": "fenced"}),
        (Deed.ANALYSE, {"repeated": True}, {}),
        (Deed.FOLLOW_UP, {"major": True}, {}),
        (Deed.COMPLETE, {"severity": "major"}, {"severity": "minor"}),
        (
            Deed.COMPLETE,
            {"severity": "major", "cause_text": "x"},
            {"severity": "major", "cause_text": "x", "corrective_action": "y"},
        ),
    ],
)
def test_given_papers_that_nobody_asks_for_when_the_page_offers_deeds_then_they_are_left_out(deed, offered, hidden):
    assert useful(deed, filled(**offered))
    assert not useful(deed, filled(**hidden))
    assert useful(Deed.COMMENT, EMPTY)


def test_given_all_faces_when_read_then_every_deed_has_its_form_its_button_and_its_word():
    assert {deed for face in FACES for deed in face.deeds} == set(Deed) == set(BUTTONS)
    assert set(Deed) <= set(EVENTS)
    assert all(len(kind) <= 16 for kind in EVENTS)
    assert set(NEEDS_TEXT) <= {deed for face in FACES if "text" in face.fields for deed in face.deeds}


def test_given_allowed_deeds_when_offered_then_the_next_one_comes_first_and_open():
    found = offers((Deed.COMMENT, Deed.CLOSE, Deed.RETURN), Deed.CLOSE)

    assert [(offer.face.key, offer.first) for offer in found] == [("recheck", True), ("comment", False)]


def test_nc_9_given_a_contract_of_one_minute_or_a_year_then_it_counts_and_more_does_not():
    limits = contract_limits({"rectify_minutes": {"minor": 1, "major": 525_600, "critical": 525_601}})

    assert limits == {"minor": timedelta(minutes=1), "major": timedelta(days=365)}


def test_given_the_very_moment_it_is_due_then_nobody_is_told_yet_and_days_of_delay_are_counted_from_it():
    assert level_at("minor", NOW, NOW) is Level.NOBODY
    assert level_at("minor", None, NOW) is Level.NOBODY
    assert [day_of_delay(NOW - timedelta(hours=hours), NOW) for hours in (-5, 0, 23, 24, 73)] == [0, 0, 0, 1, 3]


def test_nc_5_given_a_concession_of_180_days_then_it_is_the_longest():
    assert wrong(Deed.CONCEDE, text="x", until=TODAY + timedelta(days=180)) == set()
