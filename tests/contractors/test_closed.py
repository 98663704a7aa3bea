"""A contractor's closing rate is MT-20 of its contract, the same number as everywhere, and opens those findings."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.contractors import queries_closed
from app.contractors.queries import contract_in
from app.contractors.queries_closed import closed_page, closed_rate
from app.nonconformities.rules_deeds import Deed
from app.stats import queries_cut
from app.tallies.rules_rates import Rate
from tests.contractors.test_routes import CONTRACT, HERE, contracted
from tests.support import builders
from tests.support.builders import NOW
from tests.support.findings import act, found, played
from tests.support.grading import ruled
from tests.support.sitting import signed_in
from tests.training.test_routes import page, send

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=5)
NOVEMBER, ZONE = date(2026, 11, 1), ZoneInfo("Asia/Shanghai")


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("max", "contractor_manager", "clean")
        builders.person("stan", "standards", "bureau")
    contracted(app)
    return app


def looked(app, address=HERE):
    """Five days on, when all limits are over."""
    return page(signed_in(app, "max", LATER), address, now=LATER)


def shown(text):
    """What stands above and below the line of the level."""
    [told] = re.findall(r'closed\?month=2026-11">(\d+/\d+)</a>', text)
    return told


def test_mt20_given_one_put_right_after_a_failed_recheck_when_opened_then_it_is_late_as_in_the_figures(site):
    with site.app_context():
        played(found(found_by_id="sue"), "closed")
        again = played(found(found_by_id="sue", step_id="S02"), "failed")
        for minutes, (person_id, what) in enumerate((("ann", Deed.RECTIFY), ("sue", Deed.CLOSE)), 5):
            act(again, person_id, what, NOW + timedelta(minutes=minutes))

    assert shown(looked(site)) == "1/2"
    address = "/stats/beside?month=2026-11&unit=clean&figure=findings_in_time"
    assert '<span class="num">1/2 次' in page(signed_in(site, "stan", LATER), address, now=LATER)


def test_mt20_given_one_put_right_by_its_limit_and_rechecked_after_it_when_opened_then_it_was_in_time(site):
    with site.app_context():
        one = played(found(found_by_id="sue"), "rectified")
        act(one, "sue", Deed.CLOSE, LATER - HOUR)

    assert shown(looked(site)) == "1/1"


def test_mt20_mt34_given_the_rate_when_opened_then_exactly_its_findings_stand_there_with_the_definition(site):
    with site.app_context():
        mine = [played(found(found_by_id="sue"), "closed"), found(found_by_id="sue", step_id="S02")]
        other = [
            found(standard_code="JGSW05099.01", step_id="S03"), found(cause="facility", step_id="S04"),
            found(implementer_id="other", step_id="S05"), found(step_id="S06", standard_code=None),
        ]  # fmt: skip
        spared = found(found_by_id="sue", step_id="S07")
        ruled("finding", spared)

    text, listed = looked(site), looked(site, f"{HERE}/closed?month=2026-11")

    assert "MT-20" in text and "一次复查合格" in text
    assert shown(text) == "1/2" and listed.count("data-item") == 2 and "1/2 次" in listed
    assert all(f"/nonconformities/{each}" in listed for each in mine)
    assert not any(each in listed for each in (*other, spared))


def test_ct8_given_repairs_in_the_scope_of_the_contract_when_counted_then_they_are_there(site):
    assert send(signed_in(site, "sue"), f"{HERE}/contract", CONTRACT | {"repairs": "1"}).status_code == 303
    with site.app_context():
        found(cause="facility")
        found(fail_action="repair", step_id="S02")

    assert shown(looked(site)) == "0/2"


def test_ct8_given_a_finding_of_the_day_before_the_contract_when_counted_then_it_is_not_there(site):
    wish = CONTRACT | {"from_on": "2026-11-23"}
    assert send(signed_in(site, "sue"), f"{HERE}/contract", wish).status_code == 303
    with site.app_context():
        today = NOW.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        found(at=today - timedelta(microseconds=1))
        found(at=today, step_id="S02")

    assert shown(looked(site)) == "0/1"


def test_mt34_given_more_findings_than_a_page_when_paged_then_the_pages_are_as_many_as_the_rate(site, monkeypatch):
    monkeypatch.setattr(queries_closed, "ITEMS_A_PAGE", 2)
    monkeypatch.setattr(queries_cut, "ITEMS_A_PAGE", 2)
    with site.app_context():
        names = {found(step_id=f"S{n}") for n in range(5)}
        rate = closed_rate("clean", contract_in("clean", NOVEMBER), NOVEMBER, LATER, ZONE)
        pages = [closed_page("clean", NOVEMBER, number, LATER, ZONE) for number in (1, 2, 3, 4)]

    assert rate == Rate(0, 5) and {each.rate for each in pages} == {rate}
    assert [len(each.items) for each in pages] == [2, 2, 1, 0]
    assert {item.href.rpartition("/")[2] for each in pages for item in each.items} == names


def test_given_a_month_without_a_contract_when_opened_then_nothing_counts(site):
    text = looked(site, f"{HERE}/closed?month=2025-11")

    assert "data-item" not in text and "—" in text


def test_ct8_given_a_contract_from_the_first_to_the_last_day_there_is_when_counted_then_findings_are_found(site):
    endless = CONTRACT | {"from_on": "0001-01-01", "to_on": "9999-12-31"}
    assert send(signed_in(site, "sue"), f"{HERE}/contract", endless).status_code == 303
    with site.app_context():
        found()

    assert shown(looked(site)) == "0/1"
