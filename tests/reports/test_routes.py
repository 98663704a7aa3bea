"""The forms through their pages: from the records, within reach, one or many, read back from PDF and Word (FM-3)."""

import io
import uuid
from datetime import date, timedelta

import pytest
from docx import Document
from pypdf import PdfReader

from app import clock
from app.grades.rules_contract import Deduction, Event
from app.nonconformities.models import RevisionProposal
from app.reports.models import FormTemplate
from app.stats.models import DayClosing
from tests.support import builders as make
from tests.support import inspecting, sitting
from tests.support.findings import finding, found, played
from tests.support.grading import NOVEMBER, frozen_sheet
from tests.support.stored import rows_of, tables
from tests.support.world import filled

NOW = inspecting.NOW
DAY = date(2026, 11, 23)


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(NOW):
        inspecting.world()
        make.person("adm", "admin", "bureau")
        make.person("ted", "standards", "bureau")
    return app


def signed_in(app, person_id):
    return sitting.signed_in(app, person_id, NOW)


def get(client, path, status=200):
    with clock.at(NOW):
        answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer


def send(client, path, data=None, **kwargs):
    with clock.at(NOW):
        return client.send(path, data, page="/me", **kwargs)


def pdf_text(answer):
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.get_data())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def word_text(answer):
    document = Document(io.BytesIO(answer.get_data()))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_fm3_given_a_finding_when_its_report_is_printed_then_pdf_and_word_carry_the_record(site):
    with site.app_context():
        one = played(found(text="地面有大片水迹", severity="major"), "rectified")
        number = finding(one).number
    client = signed_in(site, "sue")

    printed = pdf_text(get(client, f"/reports/nc/{one}.pdf"))
    written = word_text(get(client, f"/reports/nc/{one}.docx"))

    for told in (number, "地面有大片水迹", "单位clean", "已拖干", "每周检查", "水管漏水", "一般"):
        assert told in printed and told in written, told
    assert printed.index("不符合项") < printed.index("编号") < printed.index("不符合事实") < printed.index("纠正措施")


def test_ct7_given_a_contractors_frozen_month_when_printed_then_the_working_and_both_sides_stand_there(site):
    with site.app_context():
        one = frozen_sheet(deductions=(Deduction(Event.MAJOR, 1, "f1"),))
    client = signed_in(site, "sue")

    printed = pdf_text(get(client, f"/reports/grade/{one}.pdf"))
    written = word_text(get(client, f"/reports/grade/{one}.docx"))

    for told in (
        "2026-11",
        "HT-1",
        "97/100",
        "98.00",
        "优秀",
        "一般不符合1次，扣2.0分",
        "系统只出建议，不自动扣款",
        "待签",
    ):
        assert told in printed and told in written.replace(" ", ""), told
    assert "单位clean" in get(client, f"/reports?form=grade&month={NOVEMBER:%Y-%m}").get_data(as_text=True)
    get(signed_in(site, "tom"), f"/reports/grade/{one}.pdf", 404)


def test_fm3_given_two_rechecks_when_their_forms_are_printed_then_each_has_its_page_and_verdict(site):
    with site.app_context():
        one = found()
        played(one, "failed")
        played(one, "closed")
    client = signed_in(site, "sue")

    answer = get(client, f"/reports/recheck/{one}.pdf")

    text = pdf_text(answer)
    assert len(PdfReader(io.BytesIO(answer.get_data())).pages) == 2
    assert "第1次" in text and "第2次" in text
    assert text.index("不合格", text.index("第1次") - 200) < text.rindex("合格")
    assert finding_number(site, one) in get(client, "/reports?form=recheck").get_data(as_text=True)


def finding_number(site, finding_id):
    with site.app_context():
        return finding(finding_id).number


def test_fm3_given_an_inspection_when_its_record_is_printed_then_the_seeds_fields_stand_in_order(site):
    with site.app_context(), clock.at(NOW):
        made = inspecting.closed()
    client = signed_in(site, "ina")

    text = pdf_text(get(client, f"/reports/check/{made}.pdf"))

    words = ("被检查处室", "负责人或岗位人员姓名", "检查人", "检查日期", "检查项目", "检查内容", "检查记录", "结论")
    places = [text.index(word, text.index(words[0])) for word in words]
    assert places == sorted(places)
    for told in ("单位care", "岗位ian、岗位ina", "2026-11-23", "培训台账缺11月签到表", "总体较好。", "检查人岗位ina"):
        assert told in text, told
    assert "岗位ian" in word_text(get(client, f"/reports/check/{made}.docx"))


def proposal(**values):
    defaults = {
        "key": str(uuid.uuid4()), "standard_code": "JGSW05003.01", "edition": "JGSW05003.01-2026", "step_id": "S01",
        "step_title": "地面", "reason": "rechecks", "text": "改为每小时一次", "at": NOW, "by_id": "ina",
        "state": "taken", "decided_by_id": "stan", "decided_at": NOW, "decision": "效果明显",
    }  # fmt: skip
    return make.kept(RevisionProposal, id=str(uuid.uuid4()), **(defaults | values))


def test_fm3_given_a_proposal_when_its_improvement_record_is_printed_then_problem_measure_and_direction_are_told(site):
    with site.app_context():
        one = found(text="反复有水")
        made = proposal(findings=[one])
    client = signed_in(site, "stan")

    text = pdf_text(get(client, f"/reports/improvement/{made}.pdf"))

    for told in ("三次复查不合格", "反复有水", "改为每小时一次", "效果明显", "进入修订", "岗位stan", "之前90天1件"):
        assert told in text, told


def test_given_a_closed_day_when_its_sheet_is_printed_then_windows_figures_and_who_closed_it_stand_there(site):
    with site.app_context():
        filled("p1", "A1", NOW - timedelta(hours=2))
        found(text="洗手台松动")
        make.kept(DayClosing, org_id="care", day=DAY, by_id="sue", by_name="孙主管", at=NOW, remark="班长已提醒")
    client = signed_in(site, "sue")

    text = pdf_text(get(client, "/reports/log/2026-11-23.pdf"))

    for told in ("每日台账", "1号楼1层男卫生间", "孙主管", "班长已提醒", "洗手台松动", "按时"):
        assert told in text, told
    assert "2026-11-23" in get(client, "/reports?form=log&month=2026-11").get_data(as_text=True)


def test_given_a_day_that_is_open_when_its_sheet_is_wanted_then_a_sentence_says_close_it_first(site):
    answer = get(signed_in(site, "sue"), "/reports/log/2026-11-23.pdf", 409)

    assert "先在台账里关闭" in answer.get_data(as_text=True)


def test_given_many_ticked_when_printed_then_one_file_holds_them_all(site):
    with site.app_context():
        ids = [found(text=f"第{number}处", step_id=f"S{number:02}", step_title="x") for number in range(1, 4)]
    client = signed_in(site, "sue")

    answer = send(client, "/reports/print", {"form": "nc", "id": ids})

    assert answer.status_code == 200
    assert len(PdfReader(io.BytesIO(answer.get_data())).pages) == 3
    assert all(f"第{number}处" in pdf_text(answer) for number in range(1, 4))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 422),
        ({"form": "nc"}, 422),
        ({"form": "nothing", "id": "x"}, 422),
        ({"form": "nc", "id": "not-a-number"}, 404),
        ({"form": "log", "id": "2026-13-40"}, 404),
        ({"form": "nc", "id": [str(uuid.UUID(int=number)) for number in range(61)]}, 422),
    ],
)
def test_given_bad_input_when_printed_then_a_sentence_says_so_and_nothing_changes(site, data, status):
    client = signed_in(site, "sue")
    with site.app_context():
        before = tables()

    assert send(client, "/reports/print", data).status_code == status
    with site.app_context():
        assert tables() == before


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("lea", 403), ("adm", 403), ("tom", 404), ("sue", 200)])
def test_given_a_finding_when_others_want_its_form_then_only_those_in_reach_get_it(site, who, status):
    with site.app_context():
        one = found()
    client = signed_in(site, who)

    get(client, f"/reports/nc/{one}.pdf", status)
    assert send(client, "/reports/print", {"form": "nc", "id": one}).status_code == status


@pytest.mark.parametrize(
    "path",
    ["nothing/1.pdf", "nc/1.pdf", "nc/1.exe", "log/yesterday.pdf", "check/00000000-0000-4000-8000-000000000009.docx"],
)
def test_given_an_address_that_leads_nowhere_when_opened_then_it_is_not_found(site, path):
    get(signed_in(site, "stan"), f"/reports/{path}", 404)


@pytest.mark.parametrize("month", ["2026-11", "", "2026-13", "9999-99", "abcdefg", "2026-1²"])
def test_given_any_month_when_the_page_is_opened_then_it_answers(site, month):
    assert "记录表单" in get(signed_in(site, "stan"), f"/reports?form=nc&month={month}").get_data(as_text=True)


def own_template(text="红头文件 {{ title }} {{ number }}"):
    document, out = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def upload(body, name="模板.docx"):
    return {"template": (io.BytesIO(body), name)}


def test_given_a_template_when_sent_in_then_the_next_word_file_is_made_from_it_and_it_can_be_taken_back(site):
    with site.app_context():
        one = found()
    client = signed_in(site, "stan")

    done = send(client, "/reports/templates/nc", upload(own_template()))

    assert done.status_code == 303
    written = get(client, f"/reports/nc/{one}.docx").get_data()
    assert "红头文件" in Document(io.BytesIO(written)).paragraphs[0].text
    assert "模板.docx" in get(client, "/reports/templates").get_data(as_text=True)
    assert send(client, "/reports/templates/nc/remove").status_code == 303
    assert "编号" in word_text(get(client, f"/reports/nc/{one}.docx"))


def test_given_a_template_sent_twice_when_both_arrive_then_it_is_kept_once(site):
    client, body = signed_in(site, "stan"), own_template()

    answers = [send(client, "/reports/templates/nc", upload(body)) for _ in range(2)]
    removed = [send(client, "/reports/templates/nc/remove") for _ in range(2)]

    assert [answer.status_code for answer in (*answers, *removed)] == [303] * 4
    with site.app_context():
        assert [row.body is None for row in rows_of(FormTemplate)] == [False, True]


@pytest.mark.parametrize(("who", "status"), [("sue", 403), ("ina", 403), ("ann", 403)])
def test_given_a_template_when_others_send_it_in_then_it_is_refused(site, who, status):
    client = signed_in(site, who)

    assert send(client, "/reports/templates/nc", upload(own_template())).status_code == status
    assert send(client, "/reports/templates/nc/remove").status_code == status
    with site.app_context():
        assert rows_of(FormTemplate) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "选择"),
        (b"MZ not word", "不是 Word"),
        (own_template("{{ ''.__class__ }}"), "不允许"),
        (own_template("{{ spaceship }}"), "spaceship"),
        (own_template("{{ title"), "写错"),
    ],
)
def test_given_an_unfit_template_when_sent_in_then_a_sentence_says_so_and_the_old_one_stays(site, body, word):
    client = signed_in(site, "stan")

    answer = send(client, "/reports/templates/nc", upload(body))

    assert 400 <= answer.status_code < 500
    assert word in answer.get_data(as_text=True)
    with site.app_context():
        assert rows_of(FormTemplate) == []


@pytest.mark.parametrize("form", ["check", "nc", "recheck", "improvement", "log"])
def test_given_a_form_when_its_template_is_downloaded_then_it_can_be_sent_in_again_as_it_is(site, form):
    client = signed_in(site, "stan")
    body = get(client, f"/reports/templates/{form}.docx").get_data()

    assert send(client, f"/reports/templates/{form}", upload(body)).status_code == 303
