"""A kind of point that no code names, and a point without a schedule: pages take them as they come."""

import pytest
from sqlalchemy import update

from app import clock
from app.db import atomically, run
from app.places.models import Point
from app.places.rules import KINDS, with_kinds_in_use
from tests.support import builders
from tests.support.builders import CODE, NOW


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(NOW):
        builders.orgs()
        builders.person("ann", "worker", "clean", crew_id="c1", shift_id="early")
        builders.person("sue", "supervisor", "care")
        builders.person("adm", "admin", "bureau")
        builders.place()
        builders.point(kind="灭火器", name="一层灭火器")
        builders.standard()
        builders.works_at()
        builders.crew()
    return app


def page(app, who, path):
    client = app.test_client()
    with clock.at(NOW):
        if who:
            client.sign_in(who)
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_given_a_new_kind_when_kinds_are_listed_then_it_stands_under_its_own_name_after_the_named_ones():
    found = with_kinds_in_use({"lift": "Lift"}, ["lift", "灭火器"])

    assert list(found.items()) == [("lift", "Lift"), ("灭火器", "灭火器")]
    assert with_kinds_in_use(KINDS, ["restroom"]) == KINDS


def test_given_a_new_kind_without_a_schedule_when_pages_are_opened_then_they_show_it(site):
    assert '<option value="灭火器"' in page(site, "sue", "/points")
    assert "一层灭火器" in page(site, "sue", "/points?kind=灭火器")
    assert "灭火器" in page(site, "sue", "/points/p1")
    assert 'value="灭火器"' in page(site, "adm", "/repairs/trades")
    assert "计划外" in page(site, "ann", f"/p/{CODE}") or "profile=" in page(site, "ann", f"/p/{CODE}")
    assert 'value="broken"' in page(site, None, f"/p/{CODE}")


def test_given_the_last_point_of_a_kind_when_it_changes_then_the_kind_is_gone(site):
    with site.app_context():
        atomically(lambda: run(update(Point).values(kind="restroom")))

    assert '<option value="灭火器"' not in page(site, "sue", "/points")
