"""Learning in a real browser: read, confirm, examined, given work; with scripts and without; signed off in one tap."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from app.training.actions_fit import NotQualified, assert_fit
from tests.support import builders, lessons
from tests.support.databases import make_app
from tests.support.lessons import NUMBER
from tests.support.servers import serving

RIGHT = {f"Q{number}": "甲乙丙丁"[1 if number == 1 else number % 4] for number in range(1, 6)}
EXAM = re.compile(r"/training/exams/[0-9a-f-]{36}")


def today():
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def load(_app):
    lessons.world()
    lessons.enforced()
    builders.person("cat", "worker", "clean", crew_id="c1", shift_id="early")
    lessons.learned("lea", on=today() - timedelta(days=9))
    lessons.delivered("cat", on=today())
    lessons.read("cat", on=today())
    builders.occurrence(window="A9", start=datetime.now(UTC), round_id="r-ann", assignee_id="ann", business_on=today())


@pytest.fixture(scope="module")
def server(templates, tmp_path_factory):
    instance = tmp_path_factory.mktemp("learning")
    with templates.copy("sqlite", "learning", load, instance) as url, serving(url, instance) as running:
        running.app = make_app(url, instance)
        yield running


def fit(server, person_id):
    with server.app.app_context():
        try:
            assert_fit([person_id], [NUMBER], today())
        except NotQualified:
            return False
        return True


@pytest.mark.parametrize(("kind", "who"), [("phone", "ann"), ("plain_phone", "ben")])
def test_given_something_to_learn_when_read_confirmed_and_examined_then_work_may_be_given(
    request, server, sign_in, kind, who
):
    page = request.getfixturevalue(kind)
    assert not fit(server, who)
    sign_in(page, who)
    page.goto("/training")
    page.locator("a.learn").first.tap()

    page.get_by_role("button", name="我已看完").tap()
    page.get_by_role("button", name="开始考核").tap()
    page.wait_for_url(EXAM)
    page.get_by_role("button", name="交卷").tap()
    expect(page.locator("[role=alert]").first).to_contain_text("请答完每一题")
    for name, option in RIGHT.items():
        page.locator(f"#{name} label", has_text=option).tap()
    page.get_by_role("button", name="交卷").tap()

    expect(page.locator("#result")).to_contain_text("考核通过")
    expect(page.locator("#main")).to_contain_text("可以上岗")
    assert fit(server, who)


def test_given_a_leader_when_the_work_was_seen_then_one_tap_signs_it_off(phone, server, sign_in):
    assert not fit(server, "cat")
    sign_in(phone, "lea")
    phone.goto("/training/crew")

    phone.locator("#cat").get_by_role("button", name="实操合格").tap()

    expect(phone.locator(".note.ok").first).to_contain_text("已签认")
    assert fit(server, "cat")
