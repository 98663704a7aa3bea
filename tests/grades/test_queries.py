"""What a month's grade is counted from, read from rows: second opinions, findings, ratings, complaints, scope."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.accounts.queries import person_by_id
from app.contractors.actions import keep_contract
from app.contractors.queries import Standing
from app.db import atomically
from app.grades.queries_live import live
from app.grades.rules import Key, Kind
from app.grades.rules_contract import Event
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence
from app.tallies.rules_rates import Rate
from tests.support import builders, voices
from tests.support.builders import NOW, kept
from tests.support.grading import ruled
from tests.support.stored import rows_of

NOVEMBER, ZONE = date(2026, 11, 1), ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
TERMS = Standing("HT-1", date(2026, 1, 1), date(2026, 12, 31), ("JGSW05003.01",), "", {}, False)


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("stan", "standards", "bureau")
        builders.occurrence(
            "p1", "A0", NOW - 6 * HOUR, state="in_window", assignee_id="ann", key_due=2, key_evidenced=1
        )
        yield app


def unit(month=NOVEMBER, now=NOW):
    [one] = [each for each in live(Kind.UNIT, month, now, ZONE) if each.subject.id == "clean"]
    return one


def closed(**changed):
    """A finding of this morning whose limit is over, put right at the last moment and closed."""
    due, name = NOW - HOUR, str(uuid.uuid4())
    usual = {
        "id": name, "number": name[:12], "point_id": "p1", "standard_code": "JGSW05003.01", "step_id": "S01",
        "step_title": "步骤", "severity": "minor", "text": "地面有水",
        "implementer_id": "clean", "responsible_id": "care",
        "found_at": NOW - 5 * HOUR, "due_at": due, "rectified_at": due, "closed_at": due, "state": "closed",
        "cause": "work", "found_by_id": "ann", "source": "check",
    }  # fmt: skip
    kept(Finding, **{**usual, **changed})
    return name


def test_nc15_given_own_findings_put_right_in_time_when_counted_then_they_earn_credit_and_cost_nothing(site):
    atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
    closed(severity="critical")

    one = unit()

    assert one.figures.rates[Key.CLOSED] == Rate(1, 1) and one.figures.deductions == ()
    assert (one.figures.facts.reported, one.figures.facts.put_right) == (1, 1)
    [person] = live(Kind.PERSON, NOVEMBER, NOW, ZONE, "ann")
    assert (person.figures.facts.reported, person.figures.facts.put_right) == (1, 1)


def test_ct7_given_findings_of_a_check_from_outside_when_counted_then_they_deduct_in_scope_only(site):
    atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
    closed(source="spotcheck", severity="major", found_by_id="sue")
    closed(source="spotcheck", severity="major", found_by_id="sue", cause="facility")
    closed(source="spotcheck", severity="major", found_by_id="sue", standard_code="JGSW05099.01")

    one = unit()

    assert [each.event for each in one.figures.deductions] == [Event.MAJOR]
    assert one.figures.contract == "HT-1" and one.figures.rates[Key.KEY] == Rate(1, 2)


def test_ct8_given_a_contract_over_other_standards_when_counted_then_its_windows_are_not_there(site):
    other = Standing("HT-2", date(2026, 1, 1), date(2026, 12, 31), ("JGSW05003.02",), "", {}, False)
    builders.standard(code="JGSW05003.02")
    atomically(lambda: keep_contract("clean", other, person_by_id("stan"), NOW))

    assert unit().figures.occurrences == 0


def test_ct8_given_a_contract_that_began_within_the_month_when_counted_then_only_its_days(site):
    began = Standing("HT-3", date(2026, 11, 24), date(2026, 12, 31), ("JGSW05003.01",), "", {}, False)
    atomically(lambda: keep_contract("clean", began, person_by_id("stan"), NOW))

    assert unit().figures.occurrences == 0


def test_ct7_given_two_contracts_in_a_row_when_counted_then_each_month_has_its_own(site):
    later = Standing("HT-9", date(2026, 12, 1), date(2027, 11, 30), ("JGSW05003.01",), "", {"on_time": 90.0}, False)
    december = NOW + timedelta(days=20)
    builders.occurrence("p1", "A1", december, state="missed", business_on=date(2026, 12, 13))
    for each in (replace(TERMS, to_on=date(2026, 11, 30)), later):
        atomically(lambda one=each: keep_contract("clean", one, person_by_id("stan"), NOW))

    before, after = unit(), unit(date(2026, 12, 1), december + 9 * HOUR)

    assert (before.figures.contract, before.figures.rates[Key.ON_TIME]) == ("HT-1", Rate(1, 1))
    assert (after.figures.contract, after.figures.rates[Key.ON_TIME]) == ("HT-9", Rate(0, 1))
    assert before.figures.scales != after.figures.scales


def test_ct7_given_a_month_that_no_contract_touches_when_counted_then_it_is_a_unit_like_others(site):
    later = replace(TERMS, from_on=date(2026, 12, 1), to_on=date(2027, 11, 30))
    atomically(lambda: keep_contract("clean", later, person_by_id("stan"), NOW))

    assert (unit().figures.contract, unit().figures.occurrences) == ("", 1)


def test_ct8_given_upheld_disputes_when_counted_then_window_and_finding_leave_the_sums_and_the_list(site):
    atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
    missed = builders.occurrence("p1", "A1", NOW - 5 * HOUR, state="missed", assignee_id="ann")
    name = closed(found_by_id="sue", source="spotcheck", rectified_at=None, closed_at=None, state="confirmed")
    closed(found_by_id="sue", source="spotcheck")
    before = unit().figures
    ruled("missed", missed)
    ruled("finding", name)

    one = unit()

    assert (before.rates[Key.ON_TIME], one.figures.rates[Key.ON_TIME]) == (Rate(1, 2), Rate(1, 1))
    assert (before.rates[Key.CLOSED], one.figures.rates[Key.CLOSED]) == (Rate(1, 2), Rate(1, 1))
    assert [each.event for each in one.figures.deductions] == [Event.MINOR] and len(before.deductions) == 3
    assert [each.link for each in one.records if name in each.link] == []


def test_ct8_given_all_windows_upheld_when_counted_then_the_sheet_stays_with_nothing_due(site):
    atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
    for row in rows_of(Occurrence):
        ruled("missed", row.id)

    assert unit().figures.occurrences == 0


def test_sa7_given_ratings_when_counted_then_by_unit_point_and_standard_and_never_by_person(site):
    voices.rating(at=NOW - HOUR, face=5)
    voices.rating(at=NOW - HOUR, face=1)

    assert unit().figures.rates[Key.SATISFIED] == Rate(1, 2)
    [point] = live(Kind.POINT, NOVEMBER, NOW, ZONE, "p1")
    assert point.figures.rates[Key.SATISFIED] == Rate(1, 2)
    [person] = live(Kind.PERSON, NOVEMBER, NOW, ZONE, "ann")
    assert Key.SATISFIED not in person.figures.rates


def test_gr9_given_a_claimed_window_done_on_time_when_graded_then_the_claimers_rate_rises_and_the_others_stays(site):
    def on_time(person_id):
        return next(one.figures.rates[Key.ON_TIME] for one in people() if one.subject.id == person_id)

    def people():
        return live(Kind.PERSON, NOVEMBER, NOW, ZONE)

    builders.occurrence("p1", "B1", NOW - 5 * HOUR, state="missed", assignee_id="lea")
    assert (on_time("ann"), on_time("lea")) == (Rate(1, 1), Rate(0, 1))

    claimed = {"claimed_by_id": "lea", "done_by_id": "lea"}
    builders.occurrence("p1", "B2", NOW - 4 * HOUR, state="in_window", assignee_id="ann", **claimed)

    assert (on_time("ann"), on_time("lea")) == (Rate(1, 1), Rate(1, 2))
