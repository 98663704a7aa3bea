"""The tables of the month as the database orders and cuts them, against the same lines ordered in Python."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.organisations.rules import Scope
from app.stats.queries_lines import lines_of
from app.stats.queries_sums import Used, used_page, used_people, used_points
from app.stats.rules_month import BY, LINES_A_PAGE, SORTS, Cut, ordered
from app.tallies.queries import Asked
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.world import filled

SITE, NOVEMBER = ZoneInfo("Asia/Shanghai"), date(2026, 11, 1)
EVERYTHING = Asked(NOVEMBER, NOW + timedelta(days=3), SITE, Scope(None))


@pytest.fixture
def world(inside):
    """Sixty more points: some done, some missed once or twice, some reported, one with nothing due."""
    make.small_world()
    start = NOW - timedelta(days=2)
    for number in range(60):
        point = f"q{number:02}"
        make.point(point, f"{number:010}", name=f"{'北楼' if number % 3 else '100%'}第{number:02}间")
        if number % 4:
            filled(point, "W1", start, state="late" if number % 5 == 0 else "in_window")
        else:
            state = "unable" if number == 8 else "missed"
            make.occurrence(point, "W1", start, state=state, assignee_id="ann")
        if number % 6 == 0:
            make.occurrence(point, "W2", start, state="missed", assignee_id="ann")
    return inside


def test_given_more_points_than_a_page_when_paged_then_each_stands_once_and_worst_first(world):
    whole = lines_of("point", EVERYTHING)

    pages = [lines_of("point", EVERYTHING, Cut(page=page, most=LINES_A_PAGE)) for page in (1, 2)]

    assert [len(each.lines) for each in pages] == [50, 11]
    assert (pages[0].whole, pages[0].pages) == (61, 2)
    assert [*pages[0].lines, *pages[1].lines] == list(whole.lines) == ordered(whole.lines)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("sort", SORTS)
def test_given_any_table_and_order_when_cut_then_it_holds_the_same_lines(world, by, sort):
    whole = lines_of(by, EVERYTHING).lines

    sorted_ones = lines_of(by, EVERYTHING, Cut(sort=sort)).lines

    assert sorted(line.key for line in sorted_ones) == sorted(line.key for line in whole)
    numbers = [getattr(line.counts, sort) for line in sorted_ones] if sort in ("due", "missed", "reported") else []
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("by", ["point", "person"])
@pytest.mark.parametrize("sort", SORTS)
def test_given_pages_of_seven_when_put_together_then_they_are_the_whole_in_its_order(world, by, sort):
    whole = lines_of(by, EVERYTHING, Cut(sort=sort)).lines

    pages = [lines_of(by, EVERYTHING, Cut(sort=sort, page=page, most=7)) for page in range(1, -(-len(whole) // 7) + 1)]

    assert [line for page in pages for line in page.lines] == list(whole)
    assert {page.whole for page in pages} == {len(whole)}


def test_given_some_sums_when_only_these_are_asked_for_then_they_are_those_of_the_whole(world):
    names = ("missed", "due", "in_window", "reported")
    whole = lines_of("point", EVERYTHING, Cut(sort="missed", most=9)).lines

    some = lines_of("point", EVERYTHING, Cut(sort="missed", most=9, sums=names)).lines

    assert [line.key for line in some] == [line.key for line in whole]
    assert [[getattr(line.counts, each) for each in names] for line in some] == [
        [getattr(line.counts, each) for each in names] for line in whole
    ]
    assert {line.counts.steps_pass for line in some} == {0}


@pytest.mark.parametrize(("by", "used"), [("point", used_points), ("person", used_people)])
def test_given_what_is_in_use_when_cut_by_the_database_then_it_is_the_whole_with_nothing_done_first(world, by, used):
    whole = sorted(used(EVERYTHING), key=lambda line: (line[3], line[1], line[0]))

    pages = [used_page(by, EVERYTHING, page, 7) for page in range(1, -(-len(whole) // 7) + 1)]

    assert [line for page in pages for line in page.lines] == whole
    assert {(page.whole, page.done) for page in pages} == {(len(whole), sum(line[3] for line in whole))}
    assert used_page(by, EVERYTHING, 99, 7) == pages[0]


def test_given_a_month_without_windows_when_what_is_in_use_is_asked_for_then_there_is_none(world):
    assert used_page("point", replace(EVERYTHING, first=date(2025, 1, 1)), 1, 7) == Used([], 0, 0, 1)


def test_given_words_when_sought_then_only_lines_that_carry_them_are_counted_and_signs_mean_themselves(world):
    assert {line.name for line in lines_of("point", EVERYTHING, Cut("第07")).lines} == {"北楼第07间"}
    assert lines_of("point", EVERYTHING, Cut("100%", most=LINES_A_PAGE)).whole == 20
    assert lines_of("point", EVERYTHING, Cut("_", most=LINES_A_PAGE)).whole == 0


def test_given_a_page_past_the_last_when_asked_for_then_the_first_stands_there(world):
    part = lines_of("point", EVERYTHING, Cut(page=9, most=LINES_A_PAGE))

    assert (part.page, len(part.lines)) == (1, 50)
