"""Pages and deeds of grades: works, needs the role, refuses strangers and bad input, survives a retry."""

import re
import uuid
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.contractors.actions import keep_contract
from app.contractors.queries import Standing
from app.db import atomically, run
from app.grades.actions_freezing import keep_frozen, later_rows, look_again, tend, to_freeze
from app.grades.models import GradeAddendum, GradeEvent, GradeSheet, GradeSignature
from app.grades.queries import frozen
from app.grades.rules import Kind
from app.schedule.models import Occurrence
from tests.support import builders
from tests.support.builders import NOW
from tests.support.grading import ruled
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import page, send

OCTOBER, HERE, ASKED = date(2026, 10, 1), "/grades/unit/clean", "month=2026-10"
ZONE = ZoneInfo("Asia/Shanghai")
OPEN = NOW - timedelta(days=18)
"""The fifth of November: the month is over, appeals are taken."""
TERMS = Standing("HT-1", date(2026, 1, 1), date(2026, 12, 31), ("JGSW05003.01",), "保洁", {"on_time": 95.0}, False)


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        for name, role, unit in (
            ("max", "contractor_manager", "clean"), ("mia", "contractor_manager", "other"),
            ("stan", "standards", "bureau"), ("lou", "leader", "bureau"), ("tom", "supervisor", "other"),
        ):  # fmt: skip
            builders.person(name, role, unit)
        for n in range(40):
            told = {"key_due": 1, "key_evidenced": int(n > 0), "assignee_id": "ann", "business_on": date(2026, 10, 14)}
            start = NOW - timedelta(days=40, minutes=n)
            builders.occurrence("p1", f"A{n}", start, state="in_window" if n else "missed", **told)
        atomically(lambda: keep_contract("clean", TERMS, person_by_id("stan"), NOW))
    return app


def freeze(app, now=NOW):
    with app.app_context():
        return tend(now, ZONE)


def wish(**keys):
    return {"id": str(uuid.uuid4()), "month": "2026-10", **keys}


def kept(app, table):
    with app.app_context():
        return rows_of(table)


def test_gr7_given_a_month_when_its_grade_is_opened_then_the_working_stands_line_by_line_with_its_records(site):
    text = page(signed_in(site, "sue"), f"{HERE}?{ASKED}")

    assert "39/40" in text and "97.5%" in text and "HT-1" in text
    assert f"{HERE}/windows?month=2026-10&amp;measure=on_time" in text
    assert "关键点留痕率未达满分线" in text and "退出计算" in text


def test_ct7_given_a_contract_when_its_sheet_is_opened_then_it_says_which_weights_it_used(site):
    assert "GR-7" in page(signed_in(site, "sue"), f"{HERE}?{ASKED}").split("合同未约定权重")[1][:40]
    with site.app_context():
        own = replace(TERMS, weights={"on_time": 30, "spot": 0})
        atomically(lambda: keep_contract("clean", own, person_by_id("stan"), NOW))

    text = page(signed_in(site, "sue"), f"{HERE}?{ASKED}")

    assert "合计 105" in text and "30/65" in text
    freeze(site)
    with site.app_context():
        [kept_sheet] = frozen(Kind.UNIT, OCTOBER)
    assert [one.weight for one in kept_sheet.figures.scales if one.key == "on_time"] == [30]


@pytest.mark.parametrize("by", ["unit", "point", "standard", "person"])
def test_given_a_kind_when_the_list_is_opened_then_its_subjects_stand_there(site, by):
    text = page(signed_in(site, "stan"), f"/grades?by={by}&{ASKED}")

    assert f"/grades/{by}/" in text and "97.5" not in page(signed_in(site, "tom"), f"/grades?by={by}&{ASKED}")


@pytest.mark.parametrize(("month", "word"), [("2026-11", "本月暂评"), ("2026-10", "已冻结")])
def test_given_a_month_when_it_runs_or_is_over_then_the_page_says_so(site, month, word):
    assert word in page(signed_in(site, "stan"), f"/grades?month={month}")
    assert "申诉期" in page(signed_in(site, "stan"), f"/grades?{ASKED}", now=OPEN)


def test_ct9_given_other_units_when_they_ask_then_there_is_no_such_grade(site):
    for who in ("tom", "mia"):
        page(signed_in(site, who), f"{HERE}?{ASKED}", 404)
        page(signed_in(site, who), f"/grades/person/ann?{ASKED}", 404)
        page(signed_in(site, who), f"{HERE}/records?{ASKED}&what=spot", 404)


def test_gr10_given_a_worker_when_grades_are_opened_then_only_the_own_is_shown(site):
    client = signed_in(site, "ann")

    own = page(client, f"/grades/person/ann?{ASKED}")
    assert "39/40" in own
    opens = re.search(r'href="(/figures/records[^"]*measure=on_time)"', own)[1].replace("&amp;", "&")
    assert "40 个时段" in page(client, opens)
    page(client, f"{HERE}?{ASKED}", 404)
    page(client, f"/grades/person/bob?{ASKED}", 404)
    page(client, f"/grades/recognition?{ASKED}", 403)
    assert "不评定" in page(signed_in(site, "bob"), f"/grades/person/bob?{ASKED}")


def test_mt34_given_a_crew_leader_when_the_own_grade_is_opened_then_its_figures_open_the_own_windows_only(site):
    with site.app_context():
        for n, keys in enumerate([{"round_id": "r-ann"}, {}]):
            start = NOW - timedelta(days=41, minutes=n)
            builders.occurrence("p1", f"L{n}", start, assignee_id="lea", state="in_window", **keys)
        builders.occurrence("p1", "A40", NOW - timedelta(days=41, minutes=9), assignee_id="ann", round_id="r-ann")
    client = signed_in(site, "lea")

    own = page(client, f"/grades/person/lea?{ASKED}")

    assert "2/2" in own
    opens = re.search(r'href="(/figures/records[^"]*measure=on_time)"', own)[1].replace("&amp;", "&")
    assert "2 个时段" in page(client, opens)


@pytest.mark.parametrize("what", ["spot", "closed", "satisfied", "exam", "reported", "untrue", "unhandled", "deducted"])
def test_mt34_given_a_line_when_its_records_are_asked_then_a_page_opens(site, what):
    assert "0 条" in page(signed_in(site, "sue"), f"{HERE}/records?{ASKED}&what={what}")


def test_given_an_unknown_figure_or_kind_when_asked_then_there_is_none(site):
    page(signed_in(site, "sue"), f"{HERE}/records?what=gold", 404)
    page(signed_in(site, "sue"), "/grades/gold/clean", 404)
    page(signed_in(site, "sue"), "/grades/unit/nobody", 404)


def test_gr10_given_a_proposal_when_decided_as_proposed_then_no_reason_is_asked_and_a_retry_adds_nothing(site):
    client, form = signed_in(site, "stan"), wish(grade="good")

    assert send(client, f"{HERE}/decision", form).status_code == 303
    assert send(client, f"{HERE}/decision", form).status_code == 303

    [row] = kept(site, GradeEvent)
    assert (row.deed, row.grade, row.by_id, row.data["proposed"]) == ("decision", "good", "stan", "good")


def test_gr10_given_another_grade_when_decided_then_a_reason_is_asked(site):
    client = signed_in(site, "lou")

    assert send(client, f"{HERE}/decision", wish(grade="excellent")).status_code == 422
    assert send(client, f"{HERE}/decision", wish(grade="gold", reason="x")).status_code == 422
    assert send(client, f"{HERE}/decision", wish(grade="pass", reason="x" * 501)).status_code == 422
    assert kept(site, GradeEvent) == []
    told = wish(grade="excellent", reason="重大活动保障突出", corrective="补照", preventive="培训")
    assert send(client, f"{HERE}/decision", told).status_code == 303
    text = page(client, f"{HERE}?{ASKED}")
    assert "重大活动保障突出" in text and "补照" in text and "培训" in text


def test_gr10_given_the_running_month_when_decided_or_appealed_then_it_is_provisional(site):
    with site.app_context():
        builders.occurrence("p1", "now", NOW - timedelta(hours=3), state="in_window", assignee_id="ann")
    now = {"month": "2026-11"}

    assert send(signed_in(site, "stan"), f"{HERE}/decision", wish(grade="none", **now)).status_code == 409
    assert send(signed_in(site, "max"), f"{HERE}/appeal", wish(reason="不对", **now)).status_code == 409
    assert kept(site, GradeEvent) == []


def test_gr10_given_the_time_for_appeals_when_the_manager_appeals_then_somebody_else_answers(site):
    form = wish(reason="当日停水")
    manager = signed_in(site, "max")
    assert send(manager, f"{HERE}/appeal", form, OPEN).status_code == 303
    assert send(manager, f"{HERE}/appeal", form, OPEN).status_code == 303
    assert send(manager, f"{HERE}/appeal", wish(reason="再说"), OPEN).status_code == 409
    assert send(signed_in(site, "stan"), f"{HERE}/decision", wish(grade="good"), OPEN).status_code == 303
    answer = wish(appeal=form["id"], reason="属实", decision="upheld")
    assert send(signed_in(site, "stan"), f"{HERE}/answer", answer, OPEN).status_code == 409
    assert send(signed_in(site, "lou"), f"{HERE}/answer", {**answer, "decision": ""}, OPEN).status_code == 422
    assert send(signed_in(site, "lou"), f"{HERE}/answer", {**answer, "appeal": "x"}, OPEN).status_code == 404
    assert send(signed_in(site, "lou"), f"{HERE}/answer", answer, OPEN).status_code == 303
    assert send(signed_in(site, "lou"), f"{HERE}/answer", answer, OPEN).status_code == 303
    assert send(signed_in(site, "lou"), f"{HERE}/answer", {**answer, "id": str(uuid.uuid4())}, OPEN).status_code == 409

    assert [row.deed for row in kept(site, GradeEvent)].count("ruling") == 1
    assert "当日停水" in page(manager, f"{HERE}?{ASKED}")


def test_gr10_given_a_person_when_appealing_then_only_for_the_own_grade_and_only_until_the_freeze(site):
    mine = "/grades/person/ann/appeal"

    assert send(signed_in(site, "sue"), mine, wish(reason="x"), OPEN).status_code == 403
    assert send(signed_in(site, "bob"), mine, wish(reason="x"), OPEN).status_code == 404
    assert send(signed_in(site, "ann"), mine, wish(reason=""), OPEN).status_code == 422
    assert send(signed_in(site, "ann"), mine, wish(reason="x")).status_code == 409
    assert send(signed_in(site, "ann"), mine, wish(reason="x"), OPEN).status_code == 303


def test_gr8_given_a_registered_accident_when_graded_then_it_is_inadequate(site):
    assert send(signed_in(site, "sue"), f"{HERE}/accident", wish(reason="x")).status_code == 403
    assert send(signed_in(site, "stan"), f"{HERE}/accident", wish(reason="")).status_code == 422
    assert send(signed_in(site, "stan"), f"{HERE}/accident", wish(reason="触电")).status_code == 303

    assert "发生重大责任事故" in page(signed_in(site, "sue"), f"{HERE}?{ASKED}")


def test_gr10_given_the_time_of_the_rule_when_the_timer_comes_then_the_month_freezes_once(site):
    assert freeze(site, OPEN) == 0
    made = freeze(site)
    assert made == 4 == len(kept(site, GradeSheet)) and freeze(site) == 0

    with site.app_context():
        assert keep_frozen(OCTOBER, [{}]) == 0 and to_freeze(OCTOBER, NOW, ZONE) == []
        assert {each.kind for each in kept(site, GradeSheet)} == set(Kind)


def test_gr10_given_a_frozen_month_when_records_change_then_the_sheet_stays_and_an_addendum_says_so(site):
    freeze(site)
    with site.app_context():
        [before] = frozen(Kind.UNIT, OCTOBER)
        assert look_again(NOW, ZONE) == 0
        atomically(lambda: run(update(Occurrence).where(Occurrence.state == "missed").values(state="in_window")))
        added = look_again(NOW, ZONE)
        assert added == 4 and look_again(NOW, ZONE) == 0
        [after] = frozen(Kind.UNIT, OCTOBER)
    assert before == after and len(kept(site, GradeAddendum)) == 4
    text = page(signed_in(site, "sue"), f"{HERE}?{ASKED}")
    assert "39/40" in text and "冻结的内容保持不变" in text


def test_ct7_given_a_frozen_month_when_the_next_contract_is_entered_then_no_addendum_is_written(site):
    freeze(site)
    following = replace(TERMS, number="HT-2", from_on=date(2026, 11, 1), to_on=date(2027, 10, 31))
    with site.app_context():
        atomically(lambda: keep_contract("clean", following, person_by_id("stan"), NOW))
        assert look_again(NOW, ZONE) == 0
        [kept_sheet] = frozen(Kind.UNIT, OCTOBER)
    assert kept_sheet.figures.contract == "HT-1" and kept_sheet.figures.occurrences == 40


def test_ct8_given_an_upheld_missed_window_when_the_sheet_is_opened_then_it_and_its_list_leave_it_out(site):
    freeze(site)
    with site.app_context():
        [missed] = [row.id for row in rows_of(Occurrence) if row.state == "missed"]
        ruled("missed", missed, OCTOBER)
        [(sub, body)] = [(row["sheet_id"], row["body"]) for row in later_rows(OCTOBER, NOW, ZONE)]
    assert body["rates"]["on_time"] == [39, 39] and body["occurrences"] == 39
    assert sub == next(row.id for row in kept(site, GradeSheet) if row.kind == "unit")
    listed = page(signed_in(site, "max"), f"{HERE}/windows?{ASKED}&measure=on_time")
    assert "39 个时段" in listed and "漏做" not in listed


def test_ct8_given_a_refused_dispute_when_the_sheet_is_opened_then_the_window_stays(site):
    with site.app_context():
        [missed] = [row.id for row in rows_of(Occurrence) if row.state == "missed"]
        ruled("missed", missed, OCTOBER, upheld=False)

    assert "39/40" in page(signed_in(site, "sue"), f"{HERE}?{ASKED}")
    assert "40 个时段" in page(signed_in(site, "sue"), f"{HERE}/windows?{ASKED}&measure=on_time")


def test_ct8_given_windows_outside_the_contract_when_the_list_is_opened_then_it_shows_those_counted_only(site):
    with site.app_context():
        builders.standard(code="JGSW05003.02")
        for n, told in enumerate(({"standard_code": "JGSW05003.02"}, {"business_on": date(2026, 10, 4)})):
            start = NOW - timedelta(days=40, minutes=100 + n)
            given = {"business_on": date(2026, 10, 14), "key_due": 1, **told}
            builders.occurrence("p1", f"X{n}", start, state="missed", assignee_id="ann", **given)
        began = replace(TERMS, from_on=date(2026, 10, 5))
        atomically(lambda: keep_contract("clean", began, person_by_id("stan"), NOW))
    client = signed_in(site, "sue")

    text = page(client, f"{HERE}?{ASKED}")

    assert "39/40" in text
    for measure in ("on_time", "completion", "key"):
        assert f"{HERE}/windows?month=2026-10&amp;measure={measure}" in text
        assert "40 个时段" in page(client, f"{HERE}/windows?{ASKED}&measure={measure}")
    for measure in ("photo", "holiday", "handover"):
        assert "0 个时段" in page(client, f"{HERE}/windows?{ASKED}&measure={measure}")
    assert "40 个时段" in page(client, f"{HERE}/windows?{ASKED}&measure=on_time&page=9")


def test_ct9_given_a_list_of_windows_when_asked_by_others_or_for_nonsense_then_there_is_none(site):
    for who in ("tom", "mia"):
        page(signed_in(site, who), f"{HERE}/windows?{ASKED}&measure=on_time", 404)
    page(signed_in(site, "ann"), f"{HERE}/windows?{ASKED}&measure=on_time", 403)
    page(signed_in(site, "sue"), f"{HERE}/windows?{ASKED}&measure=gold", 404)
    page(signed_in(site, "sue"), f"/grades/unit/nobody/windows?{ASKED}&measure=on_time", 404)


def test_mt34_given_a_unit_without_a_contract_when_opened_then_its_windows_are_those_of_the_month(site):
    with site.app_context():
        elsewhere = replace(TERMS, to_on=date(2026, 9, 30))
        atomically(lambda: keep_contract("clean", elsewhere, person_by_id("stan"), NOW))

    text = page(signed_in(site, "sue"), f"{HERE}?{ASKED}")

    assert "/stats/records?month=2026-10&amp;measure=on_time&amp;unit=clean" in text


def signing(app, **keys):
    [sheet] = [each for each in kept(app, GradeSheet) if each.kind == "unit"]
    return wish(sha256=sheet.sha256, **keys)


def test_ct7_given_a_frozen_sheet_when_both_sides_sign_then_each_once_with_the_own_account(site):
    assert send(signed_in(site, "max"), f"{HERE}/signature", wish(sha256="")).status_code == 409
    freeze(site)
    form = signing(site, words="对停水当日保留意见")

    assert send(signed_in(site, "max"), f"{HERE}/signature", {**form, "sha256": "0" * 64}).status_code == 409
    assert send(signed_in(site, "max"), f"{HERE}/signature", form).status_code == 303
    assert send(signed_in(site, "max"), f"{HERE}/signature", form).status_code == 303
    assert send(signed_in(site, "mia"), f"{HERE}/signature", signing(site)).status_code == 404
    assert send(signed_in(site, "sue"), f"{HERE}/signature", signing(site)).status_code == 403
    assert send(signed_in(site, "stan"), f"{HERE}/signature", signing(site)).status_code == 303
    assert send(signed_in(site, "lou"), f"{HERE}/signature", signing(site)).status_code == 409

    assert {(row.side, row.by_id) for row in kept(site, GradeSignature)} == {("contractor", "max"), ("office", "stan")}
    assert "对停水当日保留意见" in page(signed_in(site, "max"), f"{HERE}?{ASKED}")
    assert "双方已签" in page(signed_in(site, "stan"), f"/grades?{ASKED}")


def test_gr6_given_recognition_when_opened_then_its_rule_stands_there(site):
    text = page(signed_in(site, "sue"), f"/grades/recognition?{ASKED}")

    assert "GR-6" in text and "按规则产生" in text
