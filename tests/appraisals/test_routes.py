"""Appraisals from outside: works, needs the role, refuses strangers and bad input, survives a retry (GR-5)."""

import uuid
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.appraisals.actions import withdraw
from app.appraisals.models import AppraisalWithdrawal, OutsideAppraisal
from app.db import atomically, run
from app.feedback.models import FeedbackCase
from app.inspections.models import Inspection
from app.reports.queries_evaluated import evaluation_sheets
from tests.support import builders, cases, inspecting
from tests.support.appraising import registered
from tests.support.builders import NOW
from tests.support.projects import PDF
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.support.surveying import closed
from tests.training.test_routes import counts, page, send

HERE = "/reports/appraisals"
ZONE = ZoneInfo("Asia/Shanghai")
REPORT = "/reports/evaluation/unit/clean?month=2026-11"


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        for name, role, unit in (
            ("stan", "standards", "bureau"), ("lou", "leader", "bureau"), ("tom", "supervisor", "other"),
            ("max", "contractor_manager", "clean"), ("ina", "inspector", "bureau"),
        ):  # fmt: skip
            builders.person(name, role, unit)
        builders.occurrence("p1", "A1", NOW - timedelta(days=3), state="in_window")
    return app


def form(**keys):
    usual = {"way": "conduct", "party": "second", "unit_id": "clean", "held_on": "2026-11-20", "assessor": "评议团"}
    figures = {"asked": "40", "satisfied": "39", "score": "96.2", "said": "规范", "wants": "公布运力"}
    return {"id": str(uuid.uuid4()), **usual, **figures, **keys}


def with_paper(body=PDF, name="评议.pdf", **keys):
    return form(file=(BytesIO(body), name), **keys)


def test_given_the_standards_section_when_it_registers_twice_then_one_row_with_its_paper(site):
    client, key = signed_in(site, "stan"), str(uuid.uuid4())

    first = send(client, HERE, with_paper(id=key))
    again = send(client, HERE, with_paper(id=key))

    assert (first.status_code, again.status_code) == (303, 303)
    with site.app_context():
        [row] = rows_of(OutsideAppraisal)
        assert (row.asked, row.satisfied, row.tenths, row.by_id) == (40, 39, 962, "stan")
    text = page(client, first.location)
    assert "39/40" in text and "96.2" in text and "公布运力" in text and "评议团" in text
    paper = client.get(f"{first.location}/paper")
    assert paper.get_data() == PDF and "attachment" in paper.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "odd",
    [
        {"way": "guess"}, {"party": ""}, {"unit_id": "nowhere"}, {"unit_id": "bureau"}, {"held_on": "soon"},
        {"held_on": "2026-11-24"}, {"held_on": "1999-12-31"}, {"assessor": " "}, {"assessor": "长" * 81},
        {"asked": "3"}, {"asked": ""}, {"satisfied": ""}, {"asked": "-1"}, {"asked": "１２"}, {"score": "100.1"},
        {"score": "9.25"}, {"score": "NaN"}, {"score": "sNaN"}, {"score": "1e999"},
        {"score": "1e999999"}, {"score": "1e-9999999"}, {"score": "+5"}, {"said": "长" * 1001}, {"id": "x"},
        {"asked": "", "satisfied": "", "score": "", "said": ""},
        {"asked": "0", "satisfied": "0", "score": "", "said": ""},
    ],
)  # fmt: skip
def test_given_a_form_that_cannot_be_then_a_sentence_says_so_and_nothing_is_kept(site, odd):
    client = signed_in(site, "stan")
    before = counts(site)

    answer = send(client, HERE, form(**odd))

    assert answer.status_code == 422 and 'role="alert"' in answer.get_data(as_text=True)
    assert counts(site) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"MZ\x90", 415), (b"<html>", 415)],
    ids=["program", "page"],
)
def test_given_a_file_of_another_kind_then_it_is_refused_and_nothing_is_kept(site, body, status):
    client = signed_in(site, "stan")
    before = counts(site)

    answer = send(client, HERE, with_paper(body=body))

    assert answer.status_code == status
    assert counts(site) == before


def test_given_one_that_was_wrong_when_taken_back_then_it_stays_with_the_reason_and_counts_no_more(site):
    with site.app_context():
        key = registered()
    client, where = signed_in(site, "stan"), f"{HERE}/{key}"
    assert "38/40" in page(client, REPORT)

    empty = send(client, f"{where}/withdraw", {"reason": " "})
    first = send(client, f"{where}/withdraw", {"reason": "重复登记"})
    again = send(client, f"{where}/withdraw", {"reason": "重复登记"})
    other = send(client, f"{where}/withdraw", {"reason": "别的理由"})

    assert [each.status_code for each in (empty, first, again, other)] == [422, 303, 303, 409]
    with site.app_context():
        assert [each.reason for each in rows_of(AppraisalWithdrawal)] == ["重复登记"]
    assert "重复登记" in page(client, where) and "已撤销" in page(client, HERE)
    assert "38/40" not in page(client, REPORT)


def test_given_people_of_other_roles_and_units_then_they_read_their_own_only_and_change_nothing(site):
    with site.app_context():
        mine, foreign = registered(), registered(unit_id="other")
    before = counts(site)

    for who in ("max", "sue"):
        client = signed_in(site, who)
        assert mine in page(client, HERE) and foreign not in page(client, HERE)
        page(client, f"{HERE}/{mine}")
        page(client, f"{HERE}/{foreign}", 404)
        assert client.get(f"{HERE}/{foreign}/paper").status_code == 404
        assert send(client, HERE, form()).status_code == 403
        assert send(client, f"{HERE}/{mine}/withdraw", {"reason": "x"}).status_code == 403
    assert mine in page(signed_in(site, "lou"), HERE) and foreign in page(signed_in(site, "lou"), HERE)
    page(signed_in(site, "ann"), HERE, 403)
    looked = {"audit_events": 0, "sign_ins": 0}
    assert counts(site) | looked == before | looked


def test_given_more_than_a_page_when_turned_then_the_rest_follows_and_odd_numbers_are_the_first(site):
    with site.app_context():
        for number in range(51):
            registered(assessor=f"机构{number:02}", held_on=NOW.date() - timedelta(days=number))
    client = signed_in(site, "lou")

    assert "机构49" in page(client, HERE) and "机构50" not in page(client, HERE)
    assert "机构50" in page(client, f"{HERE}?page=2") and "机构00" in page(client, f"{HERE}?page=x")


def test_given_one_id_with_something_else_when_sent_then_it_is_refused_and_the_first_stands(site):
    client, key = signed_in(site, "stan"), str(uuid.uuid4())
    send(client, HERE, form(id=key))
    before = counts(site)

    answers = [send(client, HERE, form(id=key, **other)) for other in ({"asked": "90"}, {"said": "另一次"})]
    answers.append(send(client, HERE, with_paper(id=key)))

    assert [each.status_code for each in answers] == [409] * 3 and counts(site) == before


def test_given_a_long_text_of_many_lines_then_a_line_break_counts_once(site):
    text = "\r\n".join(["长" * 99] * 10)

    assert send(signed_in(site, "stan"), HERE, form(said=text)).status_code == 303
    assert send(signed_in(site, "stan"), HERE, form(said=text + "长长")).status_code == 422


def heard(site):
    """Everybody from outside in November, one of each that does not count beside it."""
    with site.app_context():
        registered(way="visit")
        registered(way="conduct", held_on=NOW.date().replace(day=1), assessor="首日")
        registered(way="conduct", held_on=NOW.date().replace(month=10, day=31), assessor="前日")
        gone = registered(assessor="撤回")
        atomically(lambda: withdraw(gone, "重复", person_by_id("stan"), NOW))
        answers = (("satisfied", "clean"), ("unsatisfied", "clean"), ("satisfied", "other"), ("no_contact", "clean"))
        for number, (said, unit) in enumerate(answers):
            cases.case(id=str(uuid.UUID(int=900 + number, version=4)), secret="s")
            key = max(rows_of(FeedbackCase), key=lambda row: row.item_id).item_id
            told = {"call_back": said, "called_back_at": NOW - timedelta(days=1), "implementer_id": unit}
            change(FeedbackCase, FeedbackCase.item_id == key, **told)
        for occasion, state in (("third_party", "closed"), ("monthly", "closed"), ("superior", "under_way")):
            held = inspecting.begun("ina", inspectors=("ina",))
            told = {"unit_id": "clean", "occasion": occasion, "state": state, "on": NOW.date(), "number": occasion}
            change(Inspection, Inspection.id == held, **told, conclusion="mostly")
        closed((5, "办公室", (5, 3)))


def test_gr5_given_all_kinds_of_outsiders_when_the_report_is_opened_then_each_stands_there(site):
    heard(site)

    text = page(signed_in(site, "lou"), REPORT)

    assert text.count("/reports/appraisals/") == 2 and "首日" in text and "前日" not in text and "撤回" not in text
    assert "1/2" in text and "10/10" in text and "third_party" in text
    assert ">monthly<" not in text and ">superior<" not in text
    half = page(signed_in(site, "lou"), "/reports/evaluation/unit/clean?month=2026-06&months=6")
    assert "首日" in half and "前日" in half


def test_gr5_given_a_contractor_when_it_reads_its_report_then_the_survey_of_the_house_is_not_in_it(site):
    heard(site)

    text = page(signed_in(site, "max"), REPORT)

    assert "首日" in text and "1/2" in text and "10/10" not in text


def test_gr5_given_all_kinds_of_outsiders_when_printed_then_the_form_says_what_the_page_says(site):
    heard(site)
    with site.app_context(), force_locale("zh_Hans_CN"):
        paper, own = (
            evaluation_sheets("2026-11~1~clean", person_by_id(who), NOW, ZONE)[0].values["outside"].splitlines()
            for who in ("lou", "max")
        )

    assert paper == [
        "投诉回访对答复满意 1/2", "机关后勤服务满意度调查（全局）满意 10/10",
        "第三方机构检查 third_party 基本符合，需整改",
        "2026-11-20 走访回访（示例测评中心）满意 38/40，92.5 分：总体良好；建议：增加补纸",
        "2026-11-01 政风行风评议（首日）满意 38/40，92.5 分：总体良好；建议：增加补纸",
    ]  # fmt: skip
    assert own == [paper[0], *paper[2:]]


def test_gr5_given_nobody_was_heard_then_the_report_says_so(site):
    assert "没有其他外部评价" in page(signed_in(site, "lou"), REPORT)


def change(table, condition, **values):
    atomically(lambda: run(update(table).where(condition).values(**values)))
