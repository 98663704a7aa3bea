"""Lists of more than five hundred records behind half-year reports, bulletins and sheets: every one is on a page."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.accounts.queries import person_by_id
from app.db import atomically, run
from app.feedback.models import FeedbackItem
from app.grades.queries import sheet
from app.grades.queries_records import behind as behind_sheet
from app.grades.rules import Kind
from app.grades.rules_evidence import What
from app.halfyear.queries_figures import figures_of
from app.halfyear.queries_records import Wanted as OfHalf
from app.halfyear.queries_records import behind as behind_half
from app.nonconformities.models import Finding
from app.papers.queries_behind import Wanted, behind
from app.papers.queries_reach import about
from app.tallies.rules_rates import Rate
from tests.grades.test_scope import opinion
from tests.support import reporting
from tests.support.builders import NOW, occurrence
from tests.support.reporting import SECOND, ZONE, look
from tests.support.sitting import signed_in
from tests.training.test_routes import page

MANY, BAD, NOVEMBER = 530, 30, date(2026, 11, 1)
AT = NOW - timedelta(days=3)


@pytest.fixture
def site(inside):
    reporting.site()
    occurrence("p1", "A0", NOW - timedelta(hours=6), state="in_window", assignee_id="ann", business_on=NOW.date())
    return inside


def rated():
    """So many ratings within ten minutes, two of each instant; thirty of them bad."""
    usual = {"point_id": "p1", "kind": "rating", "source": "visitor", "excluded": "", "implementer_id": "clean"}
    rows = [
        {"id": str(uuid.uuid4()), "face": 1 if n < BAD else 5, "at": AT + timedelta(seconds=n // 2), **usual,
         "responsible_id": "care"}
        for n in range(MANY)
    ]  # fmt: skip
    atomically(lambda: run(insert(FeedbackItem), rows))


def found():
    """So many findings past one limit; all but thirty of them put right in time."""
    usual = {
        "point_id": "p1", "standard_code": "JGSW05003.01", "step_id": "S01", "step_title": "擦镜", "source": "desk",
        "severity": "minor", "text": "镜面有污渍", "implementer_id": "clean", "responsible_id": "care", "found_at": AT,
        "due_at": AT + timedelta(days=1),
    }  # fmt: skip
    late = {"state": "to_rectify", "closed_at": None, "rectified_at": None}
    good = {"state": "closed", "closed_at": AT, "rectified_at": AT}
    rows = [{"id": f"f{n:05}", "number": f"NC-{n:05}", **usual, **(late if n < BAD else good)} for n in range(MANY)]
    atomically(lambda: run(insert(Finding), rows))


def walked(one_page):
    """All lines of all pages, with what the first page says: (how many, how many pages)."""
    first = one_page(1)
    lines = [line for number in range(1, first.pages + 1) for line in one_page(number).items]
    assert one_page(first.pages + 1).items == []
    return lines, first.pages


def of_half(figure):
    return lambda number: behind_half(look(half=SECOND, now=NOW), OfHalf(figure, page=number))


def of_bulletin(figure):
    reader = about("care", person_by_id("lou"))
    return lambda number: behind(reader, Wanted(figure, page=number), NOVEMBER, NOW, ZONE)


@pytest.mark.parametrize(("figure", "among"), [("findings", MANY), ("open", BAD), ("overdue", BAD), ("satisfied", MANY),
                                               ("findings_in_time", MANY), ("first_recheck", MANY - BAD)])  # fmt: skip
def test_mt34_given_a_long_half_year_when_a_figure_is_walked_then_every_record_stands_there_once(site, figure, among):
    rated()
    found()
    figures = figures_of(look(half=SECOND, now=NOW))

    lines, pages = walked(of_half(figure))

    assert len(lines) == among == of_half(figure)(1).whole and pages == -(-among // 100)
    assert len({each.sub for each in lines}) == (1 if figure == "satisfied" else among)
    if figure in figures.rates:
        assert figures.rate(figure) == Rate(sum(each.counted for each in lines), among)


@pytest.mark.parametrize("figure", ["satisfied", "findings_in_time"])
def test_mt34_given_a_long_month_when_a_figure_of_the_bulletin_is_walked_then_every_record_stands_there(site, figure):
    rated()
    found()

    lines, pages = walked(of_bulletin(figure))

    rate = of_bulletin(figure)(pages).rate
    assert rate == Rate(MANY - BAD, MANY) == Rate(sum(each.counted for each in lines), len(lines)) and pages == 6


@pytest.mark.parametrize("what", [What.SATISFIED, What.CLOSED])
def test_mt34_given_a_long_month_when_a_line_of_a_sheet_is_walked_then_every_record_stands_there(site, what):
    rated()
    found()
    graded = sheet(Kind.UNIT, "clean", NOVEMBER, person_by_id("lou"), NOW, ZONE)
    pages = [behind_sheet(graded, what, NOW, ZONE, number) for number in range(1, 8)]

    hits = [one.hit for each in pages for one in each.records]

    assert [len(each.records) for each in pages] == [100] * 5 + [30, 0]
    assert graded.figures.rates[what] == Rate(sum(hits), len(hits)) == Rate(MANY - BAD, MANY)
    assert {(each.whole, each.pages) for each in pages} == {(MANY, 6)}


def test_mt22_given_spot_checks_when_walked_then_only_those_drawn_at_random_that_say_something_stand_there(site):
    counted = {opinion("JGSW05003.01", AT + timedelta(minutes=n)) for n in range(3)}
    opinion("JGSW05003.01", AT, outcome="point")

    lines, _pages = walked(of_half("spot_checks"))

    assert {each.href.rpartition("/")[2] for each in lines} == counted
    assert figures_of(look(half=SECOND, now=NOW)).rate("spot_checks") == Rate(3, 3)
    assert of_bulletin("spot_checks")(1).rate == Rate(3, 3)


@pytest.mark.parametrize(
    "address",
    [
        "/reports/halfyear/2026-2/clean/records?figure=satisfied",
        "/reports/bulletin/records?month=2026-11&figure=satisfied",
        "/grades/unit/clean/records?month=2026-11&what=satisfied",
    ],
)
def test_mt34_given_a_long_list_when_its_last_page_is_opened_then_the_rest_stands_there_and_a_way_back(app, address):
    with app.app_context():
        reporting.site()
        window = {"state": "in_window", "assignee_id": "ann", "business_on": NOW.date()}
        occurrence("p1", "A0", NOW - timedelta(hours=6), **window)
        rated()
    client = signed_in(app, "lou")

    first, last = page(client, address), page(client, f"{address}&page=6")

    assert first.count("data-item") == 100 and last.count("data-item") == 30
    assert "530" in first and "530" in last and "page=5" in last.replace("&amp;", "&")
