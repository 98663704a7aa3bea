"""What counts against a contractor, and when its month closes (rules CT-2, CT-6, CT-8, NC-15)."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from app.contractors.queries import Standing
from app.contractors.rules import (
    FIELDS,
    Found,
    Terms,
    closes_on,
    counts,
    in_force,
    is_open,
    met,
    missing_fields,
    uncorrected,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
ON = date(2026, 11, 20)
TERMS = Terms(date(2026, 1, 1), date(2026, 12, 31), frozenset({"A"}), repairs=True)
NO_REPAIRS = Terms(TERMS.from_on, TERMS.to_on, TERMS.standards, repairs=False)


def found(**keys):
    values = {"standard": "A", "on": ON, "cause": "work", "fail_action": "nc", "own": False, "withdrawn": False}
    return Found(**(values | {"due_at": NOW + HOUR, "closed_at": None} | keys))


LATE = {"due_at": NOW - HOUR}


@pytest.mark.parametrize(
    ("keys", "counted"),
    [
        ({}, True),
        ({"cause": None}, True),
        ({"withdrawn": True}, False),
        ({"standard": "B"}, False),
        ({"standard": None}, False),
        ({"on": date(2025, 12, 31)}, False),
        ({"on": date(2026, 1, 1)}, True),
        ({"on": date(2026, 12, 31)}, True),
        ({"on": date(2027, 1, 1)}, False),
        ({"cause": "supply"}, False),
        ({"cause": "others"}, False),
        ({"own": True}, False),
        ({"own": True, **LATE}, True),
        ({"own": True, **LATE, "closed_at": NOW - 2 * HOUR}, False),
        ({"own": True, **LATE, "closed_at": NOW - HOUR / 2}, True),
        ({"own": True, "due_at": None}, False),
    ],
)
def test_ct8_given_a_finding_when_judged_then_only_the_own_scope_and_own_work_count(keys, counted):
    assert counts(found(**keys), TERMS, NOW) is counted


@pytest.mark.parametrize("kind", [{"fail_action": "repair"}, {"cause": "facility"}])
def test_ct8_given_a_repair_when_judged_then_it_counts_only_in_scope_and_late(kind):
    assert counts(found(**kind), TERMS, NOW) is False
    assert counts(found(**kind, **LATE), TERMS, NOW) is True
    assert counts(found(**kind, **LATE), NO_REPAIRS, NOW) is False
    assert counts(found(**kind, due_at=NOW, closed_at=NOW), TERMS, NOW) is False


def contract(number, first, last):
    return Standing(number, date.fromisoformat(first), date.fromisoformat(last), ("A",), "", {}, False)


THIS_YEAR, NEXT_YEAR = contract("HT-26", "2026-01-01", "2026-12-31"), contract("HT-27", "2027-01-01", "2027-12-31")
SHORTER = contract("HT-26", "2026-01-01", "2026-06-30")
PROLONGED = contract("HT-26", "2027-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("newest_first", "on", "rules"),
    [
        ((NEXT_YEAR, THIS_YEAR), date(2026, 12, 31), THIS_YEAR),
        ((NEXT_YEAR, THIS_YEAR), date(2027, 1, 1), NEXT_YEAR),
        ((NEXT_YEAR, THIS_YEAR), date(2025, 12, 31), None),
        ((THIS_YEAR, NEXT_YEAR), date(2027, 1, 1), NEXT_YEAR),
        ((SHORTER, THIS_YEAR), date(2026, 6, 30), SHORTER),
        ((SHORTER, THIS_YEAR), date(2026, 7, 1), None),
        ((PROLONGED, THIS_YEAR), date(2026, 7, 1), THIS_YEAR),
        (
            (contract("HT-X", "2026-05-01", "2026-12-31"), THIS_YEAR),
            date(2026, 7, 1),
            contract("HT-X", "2026-05-01", "2026-12-31"),
        ),
        ((), ON, None),
    ],
)
def test_ct7_given_contracts_in_a_row_when_a_day_is_asked_then_the_one_of_that_day_rules_as_corrected_last(
    newest_first, on, rules
):
    assert in_force(newest_first, on, on) == rules


def test_ct7_given_a_month_that_two_contracts_touch_when_asked_then_the_newer_rules_it():
    early, late = contract("HT-1", "2026-01-01", "2026-12-15"), contract("HT-2", "2026-12-16", "2027-12-31")

    assert in_force((late, early), date(2026, 12, 1), date(2026, 12, 31)) == late
    assert in_force((late, early), date(2026, 11, 1), date(2026, 11, 30)) == early


def test_ct7_given_a_corrected_contract_when_listed_then_it_stands_once():
    assert list(uncorrected((NEXT_YEAR, SHORTER, THIS_YEAR))) == [NEXT_YEAR, SHORTER]


def test_given_a_month_when_it_closes_then_it_is_the_fifth_of_the_next():
    assert closes_on(date(2026, 11, 1)) == date(2026, 12, 5)
    assert closes_on(date(2026, 12, 1)) == date(2027, 1, 5)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 5), date(2026, 12, 6)]
    assert [is_open(date(2026, 11, 1), day) for day in days] == [False, True, True, False]


def test_given_a_level_when_compared_then_the_unrounded_value_counts():
    assert met(95, 100, Fraction(95, 100)) is True
    assert met(949, 1000, Fraction(95, 100)) is False
    assert met(0, 0, Fraction(95, 100)) is None


def test_ct6_given_a_file_when_looked_at_then_the_empty_ones_of_ten_fields_are_named():
    assert len(FIELDS) == 10 and missing_fields(FIELDS) == ()
    assert missing_fields([name for name in FIELDS if name != "price"]) == ("price",)
