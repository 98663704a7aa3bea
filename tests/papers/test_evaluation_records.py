"""Each measure of an evaluation report opens exactly its records: of the unit, its months, its contract (MT-34)."""

import re
from datetime import date, timedelta

import pytest

from app.accounts.queries import person_by_id
from app.contractors.actions import keep_contract
from app.db import atomically
from app.papers.queries_evaluation import Wanted, evaluation, records_of
from app.refusals import NotFound
from app.schedule.models import Occurrence
from tests.grades.test_queries import TERMS, ZONE, closed
from tests.grades.test_scope import opinion
from tests.support import builders, voices
from tests.support.builders import NOW
from tests.support.grading import ruled
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import page

IN, OUT = "JGSW05003.01", "JGSW05099.01"
HERE, JUNE = "/reports/evaluation/unit/clean", date(2026, 6, 1)
DAY = timedelta(days=1)
LAST_MONTH = NOW - 30 * DAY
DONE_OR_MISSED = ("in_window", "missed")
COUNTED = {"on_time", "completion", "coverage", "spot", "closed", "satisfied"}
"""Measures that divide by records; the others divide by steps or photos of windows."""


def window(n, at, state="in_window", **told):
    usual = {"assignee_id": "ann", "business_on": at.date(), "key_due": n % 2, "photos_due": n % 3}
    return builders.occurrence("p1", f"W{n}", at, state=state, **usual | told)


@pytest.fixture
def site(app):
    """Two months of the contractor: a holiday, handovers, evidence of every kind, some of it of no contract's."""
    with app.app_context():
        builders.small_world()
        builders.person("lou", "leader", "bureau")
        builders.person("stan", "standards", "bureau")
        builders.person("max", "contractor_manager", "clean")
        builders.standard(code=OUT)
        atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
        for n in range(12):
            month = LAST_MONTH if n < 7 else NOW - 2 * DAY
            told = {"day_type": "holiday"} if n % 5 == 0 else {"kind": "handover"} if n % 4 == 0 else {}
            window(n, month - timedelta(hours=n), "missed" if n == 3 else "in_window", **told)
        window(20, NOW - 2 * DAY, standard_code=OUT)
        ruled("missed", window(21, NOW - 2 * DAY, "missed"))
        evidence(LAST_MONTH, 3)
        evidence(NOW - DAY, 2)
    return app


def evidence(at, times):
    for n in range(times):
        then = at - timedelta(minutes=n)
        opinion(IN, then, outcome="agrees")
        voices.rating(at=then, face=1 + 4 * (n % 2))
        closed(found_at=then, due_at=then + timedelta(hours=1), rectified_at=then, closed_at=then)
    opinion(OUT, at)
    opinion(IN, at, outcome="point")
    closed(found_at=at, due_at=at + timedelta(hours=1), standard_code=OUT)
    closed(found_at=at, due_at=at + timedelta(hours=1), cause="supply")
    voices.rating(at=at, standard_code=OUT)


def rows(text):
    """The links into the records of each measure: of this period, of the period before."""
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    for line in table.split("</tr>")[:-1]:
        for cell in re.findall(r'<td class="num">(.*?)</td>', line, re.DOTALL)[:2]:
            yield [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]*/records[^"]*)"', cell)]


def listed(client, link):
    """How many records the list says there are, and how many stand on its pages."""
    text = page(client, link)
    whole = int(re.search(r"(\d+) (?:个时段|条)", text[text.index("<h1") :])[1])
    return whole, text.count("data-item") or text.count("<time")


@pytest.mark.parametrize("months", [1, 6])
@pytest.mark.parametrize("who", ["lou", "max"])
def test_mt34_given_a_report_when_each_measure_is_opened_then_its_records_are_as_many(site, who, months):
    first = date(2026, 11, 1) if months == 1 else JUNE
    client = signed_in(site, who)
    with site.app_context():
        found = evaluation("clean", first, months, person_by_id(who), NOW, ZONE)
    rates = [rate for each in found.measured for rate in (each.now, each.before)]
    keys = [str(each.scale.key) for each in found.measured for _side in range(2)]

    cells = list(rows(page(client, f"{HERE}?month={first:%Y-%m}&months={months}")))

    assert len(cells) == len(rates) == 2 * 8
    for key, rate, links in zip(keys, rates, cells, strict=True):
        assert len(links) == (0 if not rate.denominator else 2 if key == "coverage" else 1), key
        if key in COUNTED:
            assert sum(listed(client, each)[0] for each in links) == rate.denominator, key
    before = {key: rate.denominator for key, rate in zip(keys[1::2], rates[1::2], strict=True)}
    assert (before["on_time"], before["closed"], before["satisfied"]) == ((7, 3, 3) if months == 1 else (0, 0, 0))


def test_mt34_ct8_given_half_a_year_when_measured_then_all_months_are_in_one_list_without_what_no_contract_has(site):
    client = signed_in(site, "lou")

    def whole(measure):
        return listed(client, f"{HERE}/records?month=2026-06&months=6&measure={measure}")

    with site.app_context():
        mine = [each for each in rows_of(Occurrence) if each.standard_code == IN and each.state in DONE_OR_MISSED]
    assert whole("on_time")[0] == whole("completion")[0] == 12 == len(mine) - 1
    assert whole("key")[0] == sum(each.key_due > 0 for each in mine) - 1
    assert whole("photo")[0] == sum(each.photos_due > 0 for each in mine)
    assert whole("spot") == whole("closed") == whole("satisfied") == (5, 5)


def test_mt34_given_hits_when_listed_then_they_are_those_above_the_line(site):
    with site.app_context():
        lou = person_by_id("lou")
        found = {str(each.scale.key): each.now for each in evaluation("clean", JUNE, 6, lou, NOW, ZONE).measured}
        for key in ("spot", "closed", "satisfied"):
            records = records_of("clean", JUNE, 6, Wanted(key), lou, NOW, ZONE).records
            assert (sum(each.hit for each in records), len(records)) == (found[key].numerator, found[key].denominator)


def test_ct9_given_nonsense_or_a_stranger_when_asked_then_there_is_none(site):
    page(signed_in(site, "lou"), f"{HERE}/records?month=2026-11&measure=gold", 404)
    page(signed_in(site, "lou"), f"{HERE}/records?month=2026-11&measure=coverage", 404)
    page(signed_in(site, "lou"), "/reports/evaluation/unit/nobody/records?month=2026-11&measure=spot", 404)
    with site.app_context(), pytest.raises(NotFound):
        records_of("clean", JUNE, 6, Wanted("spot"), person_by_id("bob"), NOW, ZONE)
