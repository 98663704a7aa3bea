"""Routes laid out, today's run with its next point, the sheet of a night with a missed point."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from app import clock
from app.db import atomically, rows, run
from app.patrols.models import PatrolRoute
from app.schedule.models import Occurrence
from tests.support import builders
from tests.support.duties import SHANGHAI, daily, made, minutes, window
from tests.support.meetings import IDS
from tests.support.sitting import page_at, sent_at, signed_in_at
from tests.support.standards import step_document

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
TEN = MONDAY.replace(hour=22)
POINTS = ("p1", "p2", "p3")
CODES = ("7K3QX9M2TA", "000000000H", "00000000AY")
NIGHT = window("N", "22:00", "23:30", label_zh="夜巡")
LAY = {
    "id": IDS[1], "name": "一层夜巡", "standard": "JGSW05003.01", "ordered": "1", "least": "3", "most": "20",
    "order.p1": "1", "order.p2": "3", "order.p3": "2",
}  # fmt: skip


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY):
        builders.orgs()
        builders.person("ann", "worker", "clean", crew_id="c1", shift_id="early")
        builders.person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        builders.place()
        builders.standard(step_document("S01"), schedules=[daily(NIGHT)])
        for number, (point_id, code) in enumerate(zip(POINTS, CODES, strict=True), 1):
            builders.point(point_id, code, name=f"巡更点{number}")
            builders.works_at(point_id)
        builders.crew()
        builders.round_of("ann", POINTS, windows=["JGSW05003.01/A/N"])
        made(MONDAY)
    return app


at_work = partial(signed_in_at, MONDAY)


def send(client, path, data, now=MONDAY):
    return sent_at(now, client, path, data)


def page(client, path, now=MONDAY):
    return page_at(now, client, path)


def kept(app):
    with app.app_context():
        return [tuple(row) for row in rows(PatrolRoute.__table__.select())]


def walked(app, point_id, at):
    values = {"state": "in_window", "done_at": at, "done_by_id": "ann"}
    with app.app_context():
        here = (Occurrence.point_id == point_id) & (Occurrence.business_on == MONDAY.date())
        atomically(lambda: run(update(Occurrence).where(here).values(**values)))


def test_given_a_crew_leader_when_a_route_is_laid_out_twice_by_one_press_then_it_stands_once_in_its_order(site):
    lea = at_work(site, "lea")

    answers = [send(lea, "/patrols", LAY) for _ in range(2)]

    assert [each.location for each in answers] == [f"/patrols/{IDS[1]}"] * 2
    ((_id, name, org, code, points, ordered, least, most, *_rest),) = kept(site)
    assert (name, org, code, points, ordered, least, most) == (
        "一层夜巡", "clean", "JGSW05003.01", ["p1", "p3", "p2"], True, 3, 20,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"), ({"standard": "JGSW09999.01"}, "standard"),
        ({"order.p2": "", "order.p3": ""}, "points"),
        ({"order.p9": "4"}, "points"), ({"order.p1": "x"}, "points"), ({"least": "-1"}, "least"),
        ({"most": "1441"}, "most"),
        ({"least": "21"}, "most"),
    ],
)  # fmt: skip
def test_given_bad_input_when_a_route_is_laid_out_then_the_field_is_named_and_nothing_is_kept(site, change, field):
    answer = send(at_work(site, "lea"), "/patrols", LAY | change)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert kept(site) == []


def test_given_another_unit_or_a_worker_when_they_lay_out_or_look_then_they_are_refused(site):
    assert send(at_work(site, "tom"), "/patrols", LAY).status_code == 422
    assert send(at_work(site, "ann"), "/patrols", LAY).status_code == 403
    assert send(at_work(site, "lea"), "/patrols", LAY | {"id": "x"}).status_code == 422
    assert kept(site) == []
    send(at_work(site, "lea"), "/patrols", LAY)
    tom = at_work(site, "tom")
    with clock.at(MONDAY):
        assert tom.get(f"/patrols/{IDS[1]}").status_code == 404
    assert "一层夜巡" not in page(tom, "/patrols")
    assert send(tom, f"/patrols/{IDS[1]}/retire", {}).status_code == 404


def test_given_an_id_of_another_route_when_it_is_laid_out_then_it_is_refused(site):
    lea = at_work(site, "lea")
    send(lea, "/patrols", LAY)

    assert send(lea, "/patrols", LAY | {"order.p2": ""}).status_code == 409
    assert kept(site)[0][4] == ["p1", "p3", "p2"]


def test_given_a_run_under_way_when_the_guard_looks_then_the_next_point_is_named(site):
    send(at_work(site, "lea"), "/patrols", LAY)
    walked(site, "p1", TEN)

    shown = page(at_work(site, "ann"), "/patrols", TEN + minutes(5))

    assert "1/3" in shown or "1 / 3" in shown or "完成 1" in shown
    assert shown.count("下一点") == 1
    assert shown.index("巡更点3") < shown.index("下一点") < shown.index("巡更点2")


def test_given_a_night_that_is_over_when_the_supervisor_looks_then_times_marks_and_the_missed_point_are_there(site):
    send(at_work(site, "lea"), "/patrols", LAY)
    walked(site, "p1", TEN + minutes(10))
    walked(site, "p2", TEN + minutes(12))

    sheet = page(at_work(site, "sue"), f"/patrols/{IDS[1]}", MONDAY + timedelta(hours=36))

    for text in ("22:10", "22:12", "间隔过短", "漏巡", "2/3"):
        assert text in sheet


def test_given_a_route_when_it_is_retired_then_its_sheet_stays_and_the_list_leaves_it_out(site):
    lea = at_work(site, "lea")
    send(lea, "/patrols", LAY)

    assert [send(lea, f"/patrols/{IDS[1]}/retire", {}).status_code for _ in range(2)] == [303, 303]

    assert "一层夜巡" not in page(lea, "/patrols")
    assert "已停用" in page(lea, f"/patrols/{IDS[1]}")


def test_given_the_form_when_a_standard_is_chosen_then_its_points_can_be_numbered(site):
    lea = at_work(site, "lea")

    assert 'name="order.p1"' in page(lea, "/patrols/new?standard=JGSW05003.01")


def test_given_a_monthly_round_when_its_half_year_is_shown_then_each_month_is_a_run(app):
    """Extinguishers: the same sheet, a month a column."""
    keys = {"id": "M", "rrule": "FREQ=MONTHLY;BYMONTHDAY=5", "dtstart": "20260105"}
    month = daily(window("M1", "08:00", "18:00"), **keys)
    with app.app_context(), clock.at(MONDAY):
        builders.orgs()
        builders.person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
        builders.place()
        builders.standard(step_document("S01"), schedules=[month])
        for point_id, code in zip(POINTS[:2], CODES, strict=False):
            builders.point(point_id, code, name=f"灭火器{point_id}")
            builders.works_at(point_id)
        builders.crew()
        made(MONDAY, since=MONDAY - timedelta(days=100))
    lea = at_work(app, "lea")
    lay = {"id": IDS[1], "name": "灭火器月检", "standard": "JGSW05003.01", "order.p1": "1", "order.p2": "2"}

    send(lea, "/patrols", lay)

    sheet = page(lea, f"/patrols/{IDS[1]}?view=long")
    for day in ("09-05", "10-05", "11-05"):
        assert day in sheet
