"""What is kept of a report, what an addendum says, and how a report is laid out."""

import dataclasses
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.halfyear import rules_changes
from app.halfyear.rules import Part
from app.halfyear.rules_calendar import RHYTHMS, Mark, Standing, lines, period_named, periods
from app.halfyear.rules_changes import Change, changes
from app.halfyear.rules_figures import Broken, Figures, InForce, Led, Proposed, Step, Used, as_json, from_json
from app.halfyear.rules_paper import count, percent, sections, with_count
from app.tallies.rules_rates import Rate

COUNTS = st.integers(0, 500)
RATES = st.builds(Rate, COUNTS, COUNTS)
KEYS = st.sampled_from(["on_time", "completion", "satisfied"])
USED = st.builds(Used, st.sampled_from(["JGSW05003.01", "JGSW05004.01"]), st.just("标准"), *[COUNTS] * 8)
FIGURES = st.builds(
    Figures,
    used=st.lists(USED, max_size=2, unique_by=lambda each: each.code).map(tuple),
    rates=st.dictionaries(KEYS, RATES),
    before=st.dictionaries(KEYS, RATES),
    numbers=st.dictionaries(st.sampled_from(["open", "missed"]), COUNTS),
    reasons=st.dictionaries(st.sampled_from(["locked", "exempt"]), COUNTS),
    steps=st.lists(st.builds(Step, st.just("E-2026"), st.sampled_from(["S1", "S2"]), st.just("擦镜"), COUNTS),
                   max_size=2, unique_by=lambda each: each.step_id).map(tuple),
    gaps=st.lists(st.text(max_size=5), max_size=2).map(tuple),
)  # fmt: skip
WHOLE = Figures(
    led=(Led("C", "标准", leads=True, editions=(InForce("C-2023", "superseded", "2023-01-01", "2026-03-31"),
                                               InForce("C-2026", "effective", "2026-04-01", None, "2026年确认"))),),
    used=(Used("C", "标准", 10, 9, 8, 7, 1, 1, 1, 2),),
    rates={"on_time": Rate(7, 9), "satisfied": Rate(40, 41)},
    before={"on_time": Rate(60, 60)},
    numbers={"open": 3, "overdue": 1, "unknown": 2},
    steps=tuple(Step("C-2026", f"S{n:02}", "擦镜", 20 - n) for n in range(14)),
    reasons={"locked": 1},
    gaps=("白晚班交接",),
    proposals=(Proposed("p1", "C", "擦镜", "open"),),
    breaks=(Broken("2026-05-01T00:10:00+00:00", 2),),
)  # fmt: skip


@given(FIGURES)
def test_given_any_figures_when_kept_and_read_back_then_they_are_the_same(figures):
    assert from_json(as_json(figures)) == figures


def test_given_a_whole_report_when_kept_by_a_later_program_then_unknown_fields_are_left_out():
    body = as_json(WHOLE)
    body["used"][0]["colour"] = "red"

    assert from_json(body) == WHOLE


@given(FIGURES)
def test_rp4_given_the_same_figures_when_compared_then_there_is_no_addendum(figures):
    assert changes(figures, from_json(as_json(figures))) == []


@given(FIGURES, FIGURES)
def test_rp4_given_two_states_when_compared_then_every_change_is_told_once_and_kept(before, after):
    found = changes(before, after)
    model = {**dict(rules_changes.flat(before))} | dict(rules_changes.flat(after))
    differing = {
        path
        for path in model
        if dict(rules_changes.flat(before)).get(path, "0") != dict(rules_changes.flat(after)).get(path, "0")
    }

    assert {each.path for each in found} == differing and len(found) == len(differing)
    assert rules_changes.from_json(rules_changes.as_json(found)) == found


def test_rp4_given_what_moves_on_by_itself_when_compared_then_it_is_no_correction():
    later = dataclasses.replace(WHOLE, gaps=(), proposals=(), before={}, led=(), breaks=())

    assert changes(WHOLE, later) == []


def test_rp4_given_a_window_that_came_later_when_compared_then_was_and_now_stand_side_by_side():
    moved = dataclasses.replace(WHOLE, rates={**WHOLE.rates, "on_time": Rate(8, 9)})

    assert changes(WHOLE, moved) == [Change(("rates", "on_time"), "7/9", "8/9")]


def test_rp3_given_figures_when_laid_out_then_six_parts_stand_in_order_with_the_texts(inside):
    made = sections(WHOLE, {"problems": "周末缺人"})

    assert [each.part for each in made] == list(Part)
    assert [each.number for each in made] == list("一二三四五六")
    assert [each.heading for each in made[1:5]] == ["实施频率", "实施范围", "实施成效", "存在问题"]
    assert made[4].text == "周末缺人"
    shown = [cell.text for each in made for table in each.tables for row in table.rows for cell in row]
    assert {"7/9", "40/41", "白晚班交接"} <= set(shown)
    told = made[0].tables[0].rows[0][3].text
    assert told == "C—2023 已被代替 2023-01-01 至 2026-03-31\nC—2026 现行 2026年确认 2026-04-01起"
    assert len(made[4].tables[1].rows) == 10


def test_mt31_given_no_records_when_laid_out_then_every_rate_is_a_dash(inside):
    made = sections(Figures(), {})

    rates = [row for each in made for table in each.tables if table.name in ("scope", "effect") for row in table.rows]
    assert rates and all(row[1].text == row[2].text == "—" and not row[1].figure for row in rates)


@pytest.mark.parametrize(
    ("rate", "told"),
    [(Rate(0, 0), "—"), (Rate(106, 114), "93.0%"), (Rate(18, 20), "90.0%\n69.9–97.2%"), (Rate(285, 300), "95.0%")],
)
def test_mt33_given_a_rate_when_written_then_half_up_and_with_its_interval_when_few(rate, told):
    assert percent(rate) == told
    assert count(rate) == ("—" if rate.denominator == 0 else f"{rate.numerator}/{rate.denominator}")


def test_mt33_given_the_half_before_when_laid_out_then_its_rate_stands_under_its_count(inside):
    [table] = [table for each in sections(WHOLE, {}) for table in each.tables if table.name == "effect"]
    told = [row[-1].text for row in table.rows]

    assert "60/60\n100.0%" in told and set(told) == {"60/60\n100.0%", "—"}
    assert with_count(Rate(18, 20)) == "18/20\n90.0%\n69.9–97.2%"


def test_mt34_given_a_count_when_laid_out_then_it_names_its_records(inside):
    used = sections(WHOLE, {})[1].tables[0].rows[0]

    assert used[2].figure == {"figure": "due", "standard": "C"}
    assert used[4].figure == {"figure": "done_on_time", "standard": "C"}


def test_rp6_given_a_year_when_its_rhythms_are_listed_then_each_has_its_periods_without_a_gap():
    for rhythm in RHYTHMS:
        found = periods(rhythm, 2028)
        assert len(found) == rhythm.times
        assert found[0].first == date(2028, 1, 1) and found[-1].last == date(2028, 12, 31)
        assert all(one.last + date.resolution == two.first for one, two in pairwise(found))
        assert all(period_named(rhythm.item, each.key) == each for each in found)


@pytest.mark.parametrize(
    ("item", "key"),
    [("gold", "2026"), ("quarterly_push", "2026"), ("management_review", "2026-1"), ("management_review", "abcd"),
     ("quarterly_push", "2026-Q5"), ("management_review", "0000"), ("management_review", "２０２６")],
)  # fmt: skip
def test_rp6_given_nonsense_when_an_item_is_named_then_there_is_none(item, key):
    assert period_named(item, key) is None


def test_rp6_given_marks_when_the_year_is_listed_then_each_item_says_how_it_stands():
    mark = Mark(done=True, on=date(2026, 3, 3), note="已督办", link="", by_name="x")
    found = {
        (each.rhythm.item, each.period.key): each.standing
        for each in lines(2026, date(2026, 9, 10), {("quarterly_push", "2026-Q1"): mark})
    }

    assert found["quarterly_push", "2026-Q1"] is Standing.DONE
    assert found["quarterly_push", "2026-Q2"] is Standing.MISSED
    assert found["quarterly_push", "2026-Q3"] is Standing.SOON
    assert found["quarterly_push", "2026-Q4"] is Standing.AHEAD
    assert found["management_review", "2026"] is Standing.RUNNING
