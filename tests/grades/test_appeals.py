"""GR-10: whoever is decided upon can appeal, also after the freeze; retries and strangers change nothing."""

import uuid
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.grades.actions_freezing import tend
from app.grades.actions_telling import tell_months
from app.grades.models import GradeEvent, GradeSheet
from app.messages.models import Message
from tests.support import builders
from tests.support.builders import NOW
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import counts, page, send

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
LAST = NOW - 17 * DAY
"""The sixth of November, a Friday: the last day for appeals against October."""
ASKED, UNIT, ANN = "month=2026-10", "/grades/unit/clean", "/grades/person/ann"
UNTIL = "2026-11-30"
"""Five workdays after NOW, the 23rd of November, long after the freeze."""


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        for name, role, unit in (
            ("max", "contractor_manager", "clean"), ("mia", "contractor_manager", "other"),
            ("stan", "standards", "bureau"), ("lou", "leader", "bureau"),
        ):  # fmt: skip
            builders.person(name, role, unit)
        for n in range(40):
            told = {"assignee_id": "ann", "round_id": "r-ann", "business_on": date(2026, 10, 14)}
            builders.occurrence("p1", f"A{n}", NOW - timedelta(days=40, minutes=n), state="in_window", **told)
        tend(NOW, ZONE)
    return app


def wish(**keys):
    return {"id": str(uuid.uuid4()), "month": "2026-10", **keys}


def decide(app, where=UNIT, grade="fail", now=NOW):
    form = wish(grade=grade, reason="现场差")
    assert send(signed_in(app, "stan"), f"{where}/decision", form, now).status_code == 303
    return form


def appeal(app, who, where=UNIT, now=NOW, **keys):
    return send(signed_in(app, who), f"{where}/appeal", wish(reason="不符实际", **keys), now).status_code


def answer(app, named, now=NOW):
    form = wish(appeal=named, reason="维持", decision="refused")
    return send(signed_in(app, "lou"), f"{UNIT}/answer", form, now).status_code


def kept(app, table):
    with app.app_context():
        return rows_of(table)


def written(app):
    """Rows of every table but that of sessions, which the tests themselves begin."""
    return {name: n for name, n in counts(app).items() if name != "sign_ins"}


@pytest.mark.parametrize(("who", "where"), [("max", UNIT), ("ann", ANN)])
def test_gr10_given_a_decision_after_the_freeze_when_appealed_then_for_five_workdays_and_no_longer(site, who, where):
    assert appeal(site, who, where) == 409
    decide(site, where)
    text = page(signed_in(site, who), f"{where}?{ASKED}", now=NOW + 7 * DAY)
    assert f"截止 {UNTIL}" in text and f"可在 {UNTIL} 前（含当日）对此申诉" in text

    late = send(signed_in(site, who), f"{where}/appeal", wish(reason="x"), NOW + 8 * DAY)
    assert late.status_code == 409 and f"该等级的申诉已于 {UNTIL} 截止" in late.get_data(as_text=True)
    assert 'id="appeal' not in page(signed_in(site, who), f"{where}?{ASKED}", now=NOW + 8 * DAY)
    assert [each.deed for each in kept(site, GradeEvent)] == ["decision"]
    assert appeal(site, who, where, now=NOW + 7 * DAY) == 303


def test_gr10_given_an_appeal_after_the_freeze_when_sent_again_then_it_stands_once_and_the_sheet_is_as_it_froze(site):
    before = kept(site, GradeSheet)
    decide(site)
    form = wish(reason="不符实际")
    for _ in range(2):
        assert send(signed_in(site, "max"), f"{UNIT}/appeal", form, NOW + DAY).status_code == 303

    assert appeal(site, "max", now=NOW + DAY) == 409
    assert sorted(each.deed for each in kept(site, GradeEvent)) == ["appeal", "decision"]
    assert kept(site, GradeSheet) == before
    assert answer(site, form["id"], NOW + 2 * DAY) == 303
    assert appeal(site, "max", now=NOW + 2 * DAY) == 409


def test_gr10_given_a_decision_as_proposed_after_the_freeze_when_appealed_then_refused_and_nothing_changes(site):
    decide(site, grade="excellent")
    before = written(site)

    assert 'id="appealable"' not in page(signed_in(site, "max"), f"{UNIT}?{ASKED}")
    assert appeal(site, "max") == 409 and written(site) == before


def test_gr10_given_others_when_they_appeal_against_a_decision_after_the_freeze_then_refused_and_nothing_changes(site):
    decide(site)
    decide(site, ANN)
    before = written(site)

    assert [appeal(site, who) for who in ("mia", "sue", "ann")] == [404, 403, 404]
    assert [appeal(site, who, ANN) for who in ("bob", "sue", "max")] == [404, 403, 403]
    assert written(site) == before


def test_gr10_given_a_decision_on_the_last_day_when_appealed_then_its_days_are_left_after_the_freeze(site):
    decide(site, now=LAST)

    assert "截止 2026-11-13" in page(signed_in(site, "max"), f"{UNIT}?{ASKED}", now=LAST + 7 * DAY)
    assert appeal(site, "max", now=LAST + 8 * DAY) == 409
    assert appeal(site, "max", now=LAST + 7 * DAY) == 303


def test_gr10_given_an_answered_appeal_when_the_grade_is_decided_otherwise_later_then_it_can_be_appealed_again(site):
    decide(site, now=NOW)
    first = wish(reason="不符实际")
    assert send(signed_in(site, "max"), f"{UNIT}/appeal", first, NOW + DAY).status_code == 303
    decide(site, grade="pass", now=NOW + 2 * DAY)
    assert appeal(site, "max", now=NOW + 2 * DAY) == 409

    assert answer(site, first["id"], NOW + 10 * DAY) == 303

    again = wish(reason="仍不符实际")
    assert send(signed_in(site, "max"), f"{UNIT}/appeal", again, NOW + 11 * DAY).status_code == 303
    assert answer(site, first["id"], NOW + 12 * DAY) == 404 and answer(site, again["id"], NOW + 12 * DAY) == 303


def test_gr10_given_a_decision_that_changes_the_grade_when_kept_then_who_may_appeal_hears_once_until_when(site):
    form = decide(site)
    assert send(signed_in(site, "stan"), f"{UNIT}/decision", form).status_code == 303
    decide(site, ANN, grade="excellent")
    decide(site, "/grades/point/p1")

    told = [each for each in kept(site, Message) if each.kind == "grade_open"]
    assert {each.person_id for each in told} == {"max", "sue"} and len(told) == 2
    assert {each.params["day"] for each in told} == {UNTIL} and told[0].link == f"{UNIT}?{ASKED}"
    assert f"可在 {UNTIL} 前申诉" in page(signed_in(site, "max"), "/messages")


def test_gr10_given_a_decision_told_first_when_the_month_is_told_then_everybody_still_hears(app):
    with app.app_context():
        builders.small_world()
        builders.person("stan", "standards", "bureau")
        for n in range(40):
            told = {"assignee_id": "ann", "round_id": "r-ann", "business_on": date(2026, 10, 14)}
            builders.occurrence("p1", f"A{n}", NOW - timedelta(days=40, minutes=n), state="in_window", **told)
    decide(app, now=LAST)
    with app.app_context():
        atomically(lambda: tell_months(LAST, ZONE))

    assert "ann" in {each.person_id for each in kept(app, Message) if each.kind == "grade_open"}


def test_gr10_given_an_appeal_after_the_freeze_when_the_bulletin_is_read_then_its_answer_is_not_owed_before_it(site):
    decide(site)
    assert appeal(site, "max", now=NOW + DAY) == 303
    day = NOW + 2 * DAY

    text = page(signed_in(site, "lou"), f"/reports/bulletin?{ASKED}", now=day)

    assert "不符实际" in text and "2026-12-01" in text.split("不符实际")[1]
    assert "已超期" not in text
