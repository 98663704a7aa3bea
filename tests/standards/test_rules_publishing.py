"""LC-4 to LC-7: what publishing asks for; editions take effect and lapse on their dates."""

from datetime import date

import pytest

from app.standards.rules_publishing import (
    LONGEST,
    PlanLine,
    Standing,
    Wish,
    ending_faults,
    line_faults,
    publish_faults,
    status_on,
)

TODAY = date(2026, 11, 23)
LINE = {"way": "宣贯", "content": "步骤", "steps": "发放", "responsible": "科长", "requirement": "80分"}
FROM, TO = date(2026, 12, 1), date(2026, 12, 20)
PLAN = [PlanLine(**LINE, from_on=FROM, to_on=TO)]
WISH = Wish(date(2026, 11, 24), date(2029, 11, 22))


def edition(year=2023, status="effective", effective=date(2023, 7, 1), ended=None, mark=""):
    return Standing(f"JGSW05004.01-{year}", year, status, effective, ended, mark)


def faults(wish=WISH, plan=PLAN, editions=()):
    return set(publish_faults(wish, TODAY, TODAY, plan, editions))


def test_lc_4_given_everything_when_published_then_nothing_is_wrong():
    assert faults() == set() == faults(editions=[edition()])


def test_lc_7_given_today_when_published_then_the_day_has_to_lie_ahead():
    assert faults(Wish(TODAY, WISH.next_review_on)) == {"effective_on"} == faults(Wish(None, WISH.next_review_on))


def test_lc_1_given_no_plan_of_implementation_when_published_then_it_is_owed():
    assert faults(plan=[]) == {"plan"}


def test_lc_2_given_a_late_review_when_published_then_refused():
    assert faults(Wish(WISH.effective_on, date(2029, 11, 23))) == {"next_review_on"}


def test_lc_4_given_an_edition_of_the_same_year_when_revised_then_the_year_has_to_change():
    assert faults(editions=[edition(2026)]) == {"year"}
    assert faults(editions=[edition(2025)]) == set()


def test_lc_7_given_an_edition_that_waits_when_another_is_to_come_before_it_then_refused():
    waiting = edition(2025, "published", date(2026, 11, 24))

    assert faults(editions=[waiting]) == {"effective_on"}
    assert faults(editions=[edition(2025, "published", date(2026, 11, 23))]) == set()


def test_lc_1_given_a_line_when_something_is_missing_then_one_sentence():
    assert line_faults(LINE, FROM, TO) is None and line_faults(LINE, FROM, FROM) is None
    for name in LINE:
        assert line_faults(LINE | {name: ""}, FROM, TO)
    assert line_faults(LINE, TO, FROM) and line_faults(LINE, None, TO) and line_faults(LINE, FROM, None)
    assert line_faults(LINE | {"way": "长" * LONGEST}, FROM, TO) is None
    assert line_faults(LINE | {"way": "长" * (LONGEST + 1)}, FROM, TO)


def test_lc_3_given_an_end_when_its_last_day_has_passed_then_refused():
    assert ending_faults(TODAY, TODAY) == {}
    assert set(ending_faults(date(2026, 11, 22), TODAY)) == {"effective_on"} == set(ending_faults(None, TODAY))


@pytest.mark.parametrize(
    ("stands", "newer", "becomes"),
    [
        (edition(2026, "published", date(2026, 11, 24)), (), "published"),
        (edition(2026, "published", date(2026, 11, 23)), (), "effective"),
        (edition(2026, "published", date(2026, 11, 23), mark="试行"), (), "trial"),
        (edition(2026, "published", None), (), "published"),
        (edition(ended=date(2026, 11, 23)), [edition(2026)], "effective"),
        (edition(ended=date(2026, 11, 22)), [edition(2026)], "superseded"),
        (edition(ended=date(2026, 11, 22), status="trial"), [edition(2026)], "superseded"),
        (edition(ended=date(2026, 11, 22), status="confirmed"), [edition(2023)], "abolished"),
        (edition(ended=date(2026, 11, 22)), (), "abolished"),
        (edition(ended=date(2026, 11, 22), mark="转化"), (), "converted"),
        (edition(ended=None), [edition(2026)], "effective"),
        (edition(status="superseded", ended=date(2020, 1, 1)), (), "superseded"),
        (edition(status="abolished", ended=date(2020, 1, 1)), [edition(2026)], "abolished"),
        (edition(status="comment", effective=None), (), "comment"),
    ],
)
def test_lc_6_lc_7_given_an_edition_when_the_day_comes_then_the_register_says_it(stands, newer, becomes):
    assert status_on(stands, TODAY, newer) == becomes
