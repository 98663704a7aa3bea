"""The month as each role sees it: figures that open exactly their records, tables, the workbook."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from app import clock
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.counting import queries_counted
from tests.support.readers import body, readers, signed_in
from tests.support.world import filled, reported

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(app):
    """Three days of windows of two contractors, of every kind, all ended."""
    with clock.at(NOW + 12 * HOUR):
        with app.app_context():
            make.small_world()
            make.org("guard", "/bureau/care/", "contractor", name="保安公司")
            readers()
            make.person("gus", "worker", "guard")
            make.point("p2", "0000000001", name="一层女卫生间")
            counts = {
                "key_due": 2,
                "key_evidenced": 2,
                "key_pass": 1,
                "photos_due": 1,
                "photos_sent": 1,
                "photos_valid": 1,
            }
            filled("p1", "C1", NOW - DAY, steps_pass=5, **counts)
            filled("p1", "C2", NOW - DAY + 2 * HOUR, state="late", steps_pass=4, steps_fail=1, via="typed", **counts)
            filled("p2", "C1", NOW - DAY, by="gus", state="in_grace", assignee_id="ann", helped=True)
            make.occurrence("p2", "C2", NOW - 2 * DAY, state="missed", assignee_id="ann", key_due=2, photos_due=1)
            make.occurrence("p2", "C3", NOW - 2 * DAY, state="unknown", assignee_id="ann")
            make.occurrence("p2", "C4", NOW - 2 * DAY, state="missed", implementer_id="guard", assignee_id=None)
            make.occurrence("p2", "C5", NOW - 2 * DAY, state="void")
            reported("p2", "C6", NOW - DAY)
        yield app


@pytest.mark.parametrize("person_id", ["sue", "leo", "meg"])
def test_given_who_reads_the_month_when_opened_then_its_tables_stand_there(world, person_id):
    client = signed_in(world, person_id)
    wanted = {"unit": "单位clean", "point": "一层女卫生间", "standard": "卫生间日常保洁", "person": "人员ann"}

    for by, name in wanted.items():
        assert name in body(client, f"/stats?month=2026-11&by={by}"), by


@pytest.mark.parametrize("person_id", ["ann", "lea", "adm"])
def test_given_a_role_without_figures_when_opened_then_it_is_refused(world, person_id):
    client = signed_in(world, person_id)

    assert {client.get(path).status_code for path in ("/stats", "/stats/records", "/stats.xlsx")} == {403}


def test_given_a_manager_when_the_month_is_opened_then_another_company_is_not_shown(world):
    text = body(signed_in(world, "meg"), "/stats?month=2026-11")

    assert "保安公司" not in text
    assert "保安公司" in body(signed_in(world, "leo"), "/stats?month=2026-11")


def test_given_a_foreign_section_when_opened_then_there_is_nothing_and_a_way_on(world):
    assert "本月还没有" in body(signed_in(world, "sam"), "/stats?month=2026-11")


def test_given_the_figures_when_each_is_opened_then_the_records_are_as_many_as_it_says(world):
    client = signed_in(world, "leo")
    text = body(client, "/stats?month=2026-11")

    parts = re.findall(
        r'<a href="(/stats/records\?[^"]*outcome=[^"]*)"><i class="f-\w+"></i>[^<]*<strong class="num">(\d+)', text
    )

    assert len(parts) == 6
    assert sum(int(count) for _href, count in parts) == 8
    for href, count in parts:
        shown = body(client, href.replace("&amp;", "&"))
        assert shown.count('<a class="whole"') == int(count), href


def test_given_links_of_the_page_when_followed_then_every_figure_opens(world):
    client = signed_in(world, "leo")
    links = set()
    for by in ("unit", "point", "standard", "person"):
        links |= set(re.findall(r'href="(/stats/records[^"]*)"', body(client, f"/stats?month=2026-11&by={by}")))

    assert len(links) > 20
    for href in sorted(links)[:40]:
        body(client, href.replace("&amp;", "&"))


def test_given_a_missed_window_in_the_heat_map_when_opened_then_it_is_that_window(world):
    client = signed_in(world, "leo")
    text = body(client, "/stats?month=2026-11")

    href, count = re.search(r'<a class="heat-\d num" href="([^"]+)">(\d+)', text).groups()

    assert body(client, href.replace("&amp;", "&")).count('<a class="whole"') == int(count) == 2


def test_given_a_missed_window_nobody_claimed_when_shown_by_person_then_it_counts_for_its_round_only(world):
    text = body(signed_in(world, "leo"), "/stats?month=2026-11&by=person")

    assert "人员ann" in text
    row = text[text.index("人员ann") :]
    assert "3/5" in row[: row.index("</tr>")] or "2/5" in row[: row.index("</tr>")]
    assert "人员gus" not in text


def test_given_the_month_when_opened_then_few_queries_are_made(world):
    client = signed_in(world, "leo")
    body(client, "/stats?month=2026-11&by=person")

    with queries_counted() as made:
        body(client, "/stats?month=2026-11&by=person")

    assert len(made) <= 18, "\n".join(made)


def test_given_nonsense_in_the_address_when_opened_then_a_page_answers(world):
    client = signed_in(world, "leo")

    for query in ("month=x&by=y&unit=z", "month=2026-13", "month=0001-01"):
        body(client, f"/stats?{query}")
        body(client, f"/stats/records?{query}&weekday=9&hour=x&day=1-1-1&page=0&outcome=q&measure=q")


def test_given_the_workbook_when_opened_then_measures_and_tables_stand_there(world):
    response = signed_in(world, "leo").get("/stats.xlsx?month=2026-11")

    book = openpyxl.load_workbook(io.BytesIO(response.get_data()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(book.worksheets) == 6
    assert rows[1][0] == "MT-10"
    assert rows[1][2:4] == (2, 7)


@pytest.mark.parametrize(
    ("figure", "number"), [("scope_points", 2), ("scope_people", 1), ("scope_contractors", 2), ("findings_in_time", 0)]
)
def test_given_a_figure_beside_the_windows_when_opened_then_its_records_and_its_meaning_stand_there(
    world, figure, number
):
    text = body(signed_in(world, "leo"), f"/stats/beside?figure={figure}&month=2026-11")

    assert text.count("<tr data-item") == number
    assert "÷" in text


def test_given_a_manager_when_the_scope_is_opened_then_only_the_own_company_is_in_it(world):
    text = body(signed_in(world, "meg"), "/stats/beside?figure=scope_contractors&month=2026-11")

    assert text.count("<tr data-item") == 1
    assert "保安公司" not in text


def test_given_a_figure_that_is_not_there_when_opened_then_it_is_not_found(world):
    assert signed_in(world, "leo").get("/stats/beside?figure=secret").status_code == 404


def test_given_the_month_when_opened_then_each_measure_says_what_it_means(world):
    text = body(signed_in(world, "leo"), "/stats?month=2026-11")

    for rule in ("MT-10", "MT-14", "MT-16", "MT-18", "MT-20", "MT-23", "MT-24", "MT-25", "MT-33"):
        assert rule in text
    assert "在规定时段或宽限期内完成的次数 ÷ 应完成次数" in text


def test_given_more_points_than_a_page_when_opened_then_they_are_counted_paged_and_found(world):
    with world.app_context():
        for number in range(60):
            make.point(f"q{number:02}", f"{number + 5:010}", name=f"会议室{number:02}")
            make.occurrence(f"q{number:02}", "W1", NOW - DAY, state="missed", assignee_id="ann")
    client = signed_in(world, "leo")

    first = body(client, "/stats?month=2026-11&by=point")
    second = body(client, "/stats?month=2026-11&by=point&page=2")
    found = body(client, "/stats?month=2026-11&by=point&q=会议室07&sort=missed")

    assert first.count("会议室") == 50
    assert re.findall(r"(\d+) 行", first) == ["62"]
    assert second.count("会议室") == 10
    assert "会议室07</a>" in found
    assert "会议室08" not in found


def test_mt17_given_a_point_open_on_holidays_without_a_schedule_when_the_month_is_opened_then_it_is_listed(world):
    with world.app_context():
        make.point("p9", "0000000009", name="值班岗亭", attrs={"open_on_holiday": True})
    client = signed_in(world, "leo")

    text = body(client, "/stats?month=2026-11")

    href, number = re.search(r'<a class="num" href="(/stats/beside\?figure=design_gaps[^"]*)">(\d+)<', text).groups()
    behind = body(client, href.replace("&amp;", "&"))
    assert behind.count("<tr data-item") == int(number)
    assert "值班岗亭" in behind


def test_mt17_given_a_manager_when_gaps_are_opened_then_they_are_not_there(world):
    client = signed_in(world, "meg")

    assert "design_gaps" not in body(client, "/stats?month=2026-11")
    assert client.get("/stats/beside?figure=design_gaps").status_code == 404
