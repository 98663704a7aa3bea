"""Dashboards as each role sees them: what can be acted on today first, figures that open exactly their records."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app import clock
from app.db import atomically, run
from app.feedback.models import FeedbackItem
from app.nonconformities.models import Finding
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.counting import queries_counted
from tests.support.findings import found
from tests.support.readers import body, readers, signed_in
from tests.support.world import change, filled, reported

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOMENT = NOW + 3 * HOUR


@pytest.fixture
def world(app):
    """This month and the last of two contractors; today something is past its time and something was missed."""
    with clock.at(MOMENT):
        with app.app_context():
            make.small_world()
            readers()
            make.org("guard", "/bureau/care/", "contractor", name="保安公司")
            make.person("gus", "worker", "guard")
            make.point("p2", "0000000001", name="一层女卫生间")
            _months()
            _today()
            for number, face in enumerate((5, 4, 2)):
                _rating(number, face)
        yield app


def _months():
    for number in range(40):
        start = NOW - 2 * DAY - number * HOUR / 2
        filled("p1", f"WA{number}", start, round_id="r1", steps_pass=3, key_due=1, key_evidenced=1)
        late = NOW - 34 * DAY - number * HOUR / 2
        if number % 2:
            filled("p1", f"WL{number}", late, round_id="r1")
        else:
            make.occurrence("p1", f"WL{number}", late, state="missed", assignee_id="ann")
    make.occurrence("p1", "B1", NOW - DAY, state="missed", assignee_id="ann")
    make.occurrence("p2", "B2", NOW - DAY, state="missed", implementer_id="guard", assignee_id="gus")
    reported("p1", "B3", NOW - DAY)


def _today():
    number = make.occurrence("p1", "T1", NOW - HOUR, state="missed", assignee_id=None)
    change(number, expire_at=NOW)
    make.occurrence("p1", "T2", NOW - HOUR / 2, assignee_id="ann", end_at=NOW, grace_end_at=NOW + HOUR / 2)


def _rating(number, face):
    kept(
        FeedbackItem, id=f"r{number}", point_id="p1", kind="rating", topic="clean", face=face, words="很好",
        source="visitor", implementer_id="clean", responsible_id="care", at=NOW - DAY,
    )  # fmt: skip


@pytest.mark.parametrize("person_id", ["leo", "sue", "meg", "lea", "ann", "ivy"])
def test_given_a_role_when_its_dashboard_is_opened_then_it_answers_with_a_bounded_number_of_statements(
    world, person_id
):
    client = signed_in(world, person_id)
    body(client, "/figures/board?month=2026-11")

    with queries_counted() as made:
        body(client, "/figures/board?month=2026-11")

    most = {"ann": 14, "lea": 24}.get(person_id, 40 if person_id in ("leo", "ivy") else 34)
    assert len(made) <= most, f"{len(made)} statements"


def test_given_the_supervisor_when_the_dashboard_is_opened_then_what_was_missed_and_why_stands_first(world):
    text = body(signed_in(world, "sue"), "/figures/board")

    today = text[text.index('id="today"') : text.index('id="changes"')]
    assert "无责任区人员" in today
    assert "现在还能补做" in today
    assert text.index('id="today"') < text.index('id="changes"')


def test_given_a_month_against_the_last_when_the_difference_is_sure_then_an_arrow_and_both_counts_stand_there(world):
    text = body(signed_in(world, "leo"), "/figures/board?month=2026-11")

    assert '<span class="delta up' in text
    assert re.search(r"上月 50\.0%.{0,40}共 40", text)
    assert "可能是偶然" in text


def test_mt34_given_the_dashboard_when_each_figure_is_opened_then_its_records_are_as_many(world):
    client = signed_in(world, "leo")
    text = body(client, "/figures/board?month=2026-11")

    seen = figures(text)

    wrong = [(href, number) for href, number in seen if behind(client, href) != number]
    assert wrong == []
    for part in ("shift=", "/figures/said", "outcome=missed", "weekday=", "month=2026-10"):
        assert any(part in href for href, _number in seen), part


def figures(text):
    """(link, number) of what counts windows or voices."""
    pairs = re.findall(
        r'<a class="rate num" href="([^"]*(?:on_time|said|holiday|handover)[^"]*)">[^<]*</a>\s*'
        r'<span class="muted small num">\d+/(\d+)',
        text,
    )
    pairs += re.findall(r'<td class="num"><a href="([^"]*(?:outcome=missed|/figures/said)[^"]*)">(\d+)<', text)
    pairs += re.findall(r'<a class="heat-\d num" href="([^"]+)">(\d+)', text)
    pairs += re.findall(r'<a href="([^"]*measure=on_time)">[\d.%]+</a></td><td class="num">\d+/(\d+)', text)
    return [(href.replace("&amp;", "&"), int(number)) for href, number in pairs]


def behind(client, href):
    """How many records the page names."""
    return int(re.search(r"(\d+) (?:个时段|条记录|次)", body(client, href)[body(client, href).index("<h1") :])[1])


def test_given_a_manager_when_the_dashboard_is_opened_then_only_the_own_company_is_in_it(world):
    text = body(signed_in(world, "meg"), "/figures/board?month=2026-11")

    assert "保安公司" not in text
    assert "一层女卫生间" not in text


def test_given_a_worker_when_the_own_page_is_opened_then_only_own_figures_stand_there_and_a_find_is_thanked(world):
    with world.app_context():
        filled("p1", "F1", NOW - 2 * DAY, by="ann", steps_pass=1, steps_fail=1)
    client = signed_in(world, "ann")

    text = body(client, "/figures/board?month=2026-11")

    assert "gus" not in text
    assert "谢谢，大家因此更安全" in text
    assert "步骤符合率" not in text
    href = re.search(r'href="(/figures/records[^"]*measure=found)"', text)[1].replace("&amp;", "&")
    assert body(client, href).count('class="whole"') == 1


def test_given_a_worker_when_records_of_another_are_asked_for_then_none_are_shown(world):
    text = body(signed_in(world, "ann"), "/figures/records?month=2026-11&person=gus")

    assert "一层女卫生间" not in text


def test_given_nonsense_in_the_address_when_opened_then_a_page_answers(world):
    client = signed_in(world, "leo")

    for path in (
        "/figures/board?month=x&unit=q",
        "/figures/found?step=x",
        "/figures/said?kind=y&topic=z",
        "/figures/records?shift=-",
    ):
        body(client, path)


def test_given_an_empty_month_when_opened_then_the_page_says_so(world):
    for person_id in ("leo", "lea", "ann"):
        text = body(signed_in(world, person_id), "/figures/board?month=2025-01")
        assert "第一个时段结束后" in text
        assert "NaN" not in text


@pytest.mark.parametrize("person_id", ["leo", "meg", "ann"])
def test_given_the_first_hour_of_a_month_when_opened_then_the_months_before_stand_there(world, person_id):
    client = signed_in(world, person_id)

    with clock.at(MOMENT.replace(month=12, day=1, hour=1) - 8 * HOUR):
        text = body(client, "/figures/board")

    assert "个时段结束后" in text
    links = re.findall(r'href="([^"]*)"', text)
    assert [each for each in links if "month=2026-11" in each and "on_time" in each], links


def test_mt34_given_findings_to_put_right_when_their_number_is_opened_then_exactly_those_stand_there(world):
    with world.app_context():
        for number, state in enumerate(("to_rectify", "rectifying", "to_recheck", "closed")):
            one = found(step_id=f"S{number:02}", text=state)
            atomically(lambda: run(update(Finding).where(Finding.id == one).values(state=state)))  # noqa: B023
    client = signed_in(world, "sue")
    text = body(client, "/figures/board")
    (shown,) = re.findall(r'href="/nonconformities\?todo=1">[^<]*</a> <strong class="num">(\d+)<', text)

    board = body(client, "/nonconformities?todo=1")

    assert f"{shown} 项" in board
    assert "to_rectify" in board
    assert "to_recheck" not in board.split('<div class="states">')[1]


def test_given_a_unit_when_chosen_then_today_and_what_waits_are_of_that_unit_alone(world):
    with world.app_context():
        found(found_by_id="ann")
    client = signed_in(world, "leo")

    def todo_of(unit):
        text = body(client, f"/figures/board?month=2026-11&unit={unit}")
        today = text[text.index('id="today"') : text.index("</section>", text.index('id="today"'))]
        return "无责任区人员" in today, re.search(r'href="(/nonconformities\?[^"]*)"', today)

    assert todo_of("guard") == (False, None)
    assert '<strong lang="zh-CN">保安公司</strong></p>' in body(client, "/figures/board?month=2026-11&unit=guard")
    missed, findings = todo_of("clean")
    assert missed
    assert set(findings[1].replace("&amp;", "&").partition("?")[2].split("&")) == {"todo=1", "unit=clean"}


def test_mt34_given_help_for_a_colleague_when_its_figure_is_opened_then_exactly_those_windows_are_listed(world):
    with world.app_context():
        filled("p1", "H1", NOW - 2 * DAY, by="ann", assignee_id="lea")
        filled("p1", "H2", NOW - 3 * DAY, by="ann", assignee_id="lea")
        filled("p1", "H3", NOW - 4 * DAY, by="ann", assignee_id="lea", claimed_by_id="ann")
    client = signed_in(world, "ann")

    href = re.search(r'href="(/figures/records[^"]*helper=ann)"', body(client, "/figures/board?month=2026-11"))[1]

    assert behind(client, href.replace("&amp;", "&")) == 2


def test_gr9_given_claims_when_the_own_page_is_opened_then_what_is_past_its_time_goes_by_them(world):
    with world.app_context():
        over = {"end_at": NOW, "grace_end_at": NOW + HOUR, "expire_at": NOW + 9 * HOUR}
        make.occurrence("p1", "C1", NOW - HOUR, assignee_id="lea", claimed_by_id="ann", label="代领", **over)
        make.occurrence("p1", "C2", NOW - HOUR, assignee_id="ann", claimed_by_id="lea", label="已领", **over)

    page = body(signed_in(world, "ann"), "/figures/board?month=2026-11")

    assert "代领" in page
    assert "已领" not in page
