"""Pages and deeds of half-year reports: works, needs the role, refuses strangers and bad input, survives a retry."""

import io
import uuid
from datetime import timedelta

import docx
import pypdf
import pytest
from sqlalchemy import update

from app import clock
from app.db import atomically, run
from app.halfyear.models import HalfyearDraft, HalfyearMark, HalfyearPaper
from app.schedule.models import Occurrence
from tests.support import reporting
from tests.support.reporting import JUNE, LATER, OVER, TEXT
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import page, send

HERE, WHOLE, RHYTHMS = "/reports/halfyear/2026-1/clean", "/reports/halfyear/2026-1/all", "/reports/rhythms"


@pytest.fixture
def site(app):
    with app.app_context():
        reporting.site()
    return app


def kept(app, table):
    with app.app_context():
        return rows_of(table)


def frozen(app, now=OVER):
    with app.app_context():
        return reporting.freeze(now)


def written(text=TEXT, part="effect", revision="0", **keys):
    return {"part": part, "text": text, "revision": revision, **keys}


def seen(client, path=HERE, now=LATER):
    """What the page asks to be signed."""
    text = page(client, path, now=now)
    return {"id": str(uuid.uuid4()), "seen": text.split('name="seen" value="')[1].split('"')[0]}


def test_rp2_given_records_when_the_report_is_opened_then_four_headings_and_figures_with_their_records(site):
    text = page(signed_in(site, "max"), HERE, now=LATER)

    for heading in ("实施频率", "实施范围", "实施成效", "存在问题", "牵头标准及其状态", "下一步措施"):
        assert heading in text
    assert "7/10" in text and "70.0%" in text
    assert (
        f"{HERE}/records?figure=on_time" in text and f"{HERE}/records?figure=missed&amp;standard=JGSW05003.01" in text
    )


def test_given_an_english_reader_when_the_report_is_opened_then_six_parts_are_counted_in_figures(site):
    client = signed_in(site, "max")

    with clock.at(LATER):
        answer = client.get(HERE, headers={"Accept-Language": "en"})

    text = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "1. Standards led and where they stand" in text and "6. Actions" in text


def test_given_an_english_reader_when_the_report_is_printed_then_the_paper_stays_chinese(site):
    client = signed_in(site, "max")

    with clock.at(LATER):
        body = client.get(f"{HERE}.pdf", headers={"Accept-Language": "en"}).data

    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(body)).pages)
    assert "2026年上半年 单位clean" in text and "一、牵头标准及其状态" in text and "Standards" not in text


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("tom", HERE, 404), ("max", "/reports/halfyear/2026-1/care", 404), ("max", WHOLE, 404), ("sue", WHOLE, 404),
        ("ann", HERE, 403), ("sue", HERE, 200), ("stan", WHOLE, 200), ("lou", HERE, 200), ("aud", HERE, 200),
        ("lou", "/reports/halfyear/2026-9/clean", 404), ("lou", "/reports/halfyear/2027-1/clean", 404),
        ("lou", "/reports/halfyear/2026-1/nobody", 404),
    ],
)  # fmt: skip
def test_scope_given_somebody_when_a_report_is_opened_then_only_the_own_reach(site, who, path, status):
    page(signed_in(site, who), path, status, now=LATER)
    if status == 404:
        page(signed_in(site, who), f"{path}.pdf", 404, now=LATER)
        page(signed_in(site, who), f"{path}/records?figure=due", 404, now=LATER)


def test_rp4_given_the_office_when_the_list_is_opened_then_it_says_who_handed_in_and_who_owes(site):
    client = signed_in(site, "stan")
    frozen(site)
    with site.app_context():
        atomically(reporting.signed)

    text = page(client, "/reports/halfyear?half=2026-1", now=LATER)

    assert "已提交 1 / 3" in text and text.count("未交") == 2 and "人员max" in text
    assert "全部单位汇总" not in page(signed_in(site, "max"), "/reports/halfyear?half=2026-1", now=LATER)
    assert "互评互查或第三方检查" in text


def test_given_a_writer_when_a_text_is_saved_then_it_stands_and_a_retry_changes_nothing(site):
    client = signed_in(site, "max")

    assert send(client, f"{HERE}/text", written(), LATER).status_code == 303
    assert send(client, f"{HERE}/text", written(), LATER).status_code == 303

    [row] = kept(site, HalfyearDraft)
    assert (row.text, row.revision, row.by_id, row.part) == (TEXT, 1, "max", "effect")
    assert TEXT in page(client, HERE, now=LATER)


def test_given_two_editors_when_the_second_writes_on_an_old_revision_then_neither_text_is_lost(site):
    first, second = signed_in(site, "max"), signed_in(site, "sue")
    send(first, f"{HERE}/text", written("甲写的"), LATER)

    lost = send(second, f"{HERE}/text", written("乙写的"), LATER)
    assert lost.status_code == 409 and "甲写的" in lost.text and "乙写的" in lost.text
    told = second.send(f"{HERE}/text", written("乙写的"), page="/me", headers={"Accept": "application/json"})
    assert told.status_code == 409 and told.json["now"] == {"text": "甲写的", "revision": 1}
    assert [row.text for row in kept(site, HalfyearDraft)] == ["甲写的"]

    again = second.send(
        f"{HERE}/text", written("甲乙一起写的", revision="1"), page="/me", headers={"Accept": "application/json"}
    )
    assert again.status_code == 200 and again.json["revision"] == 2
    assert [row.text for row in kept(site, HalfyearDraft)] == ["甲乙一起写的"]


@pytest.mark.parametrize(
    "bad",
    [written(part="figures"), written(text="字" * 6001), written(revision="x"), written(revision="")],
)
def test_given_nonsense_when_a_text_is_saved_then_it_is_refused_and_nothing_stands(site, bad):
    assert send(signed_in(site, "max"), f"{HERE}/text", bad, LATER).status_code == 422
    assert kept(site, HalfyearDraft) == []


def test_given_figures_in_a_form_when_a_text_is_saved_or_signed_then_they_are_not_read(site):
    client = signed_in(site, "max")

    send(client, f"{HERE}/text", written(on_time="10/10", body="{}"), LATER)
    send(client, f"{HERE}/signature", {**seen(client), "body": '{"rates":{"on_time":[10,10]}}'}, LATER)

    [paper] = kept(site, HalfyearPaper)
    assert paper.body["rates"]["on_time"] == [7, 10]


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("aud", 403), ("tom", 404), ("stan", 403), ("lou", 403)])
def test_given_strangers_when_they_write_or_sign_then_they_are_refused(site, who, status):
    client = signed_in(site, who)

    assert send(client, f"{HERE}/text", written(), LATER).status_code == status
    form = {"id": str(uuid.uuid4()), "seen": ""}
    assert send(client, f"{HERE}/signature", form, LATER).status_code == status
    assert kept(site, HalfyearDraft) == [] == kept(site, HalfyearPaper)


def test_rp4_given_the_freeze_when_signed_then_texts_and_figures_are_fixed_with_name_and_fingerprint(site):
    client = signed_in(site, "max")
    frozen(site)
    send(client, f"{HERE}/text", written(), LATER)
    form = seen(client)

    assert send(client, f"{HERE}/signature", form, LATER).status_code == 303
    assert send(client, f"{HERE}/signature", form, LATER).status_code == 303
    assert send(client, f"{HERE}/signature", {**form, "id": str(uuid.uuid4())}, LATER).status_code == 409
    assert send(client, f"{HERE}/text", written("改一改", revision="1"), LATER).status_code == 409

    [paper] = kept(site, HalfyearPaper)
    assert (paper.by_id, paper.by_name, paper.texts["effect"]) == ("max", "人员max", TEXT) and paper.freeze_id
    text = page(client, HERE, now=LATER)
    assert paper.sha256 in text and "<textarea" not in text and "数据未冻结" not in text


def test_rp4_given_no_freeze_yet_when_signed_then_the_report_says_so(site):
    client = signed_in(site, "max")
    send(client, f"{HERE}/text", written(), JUNE)

    assert send(client, f"{HERE}/signature", seen(client, now=JUNE), JUNE + timedelta(hours=3)).status_code == 303

    [paper] = kept(site, HalfyearPaper)
    assert paper.freeze_id is None and "数据未冻结" in page(client, HERE, now=LATER)


def test_given_a_page_that_is_old_when_signed_then_it_is_refused(site):
    client = signed_in(site, "max")
    send(client, f"{HERE}/text", written(), LATER)
    form = seen(client)
    send(signed_in(site, "sue"), f"{HERE}/text", written("又改了", revision="1"), LATER)

    assert send(client, f"{HERE}/signature", form, LATER).status_code == 409
    form = seen(client)
    frozen(site)
    assert send(client, f"{HERE}/signature", form, LATER).status_code == 409
    assert kept(site, HalfyearPaper) == []


def test_given_no_text_at_all_or_a_made_up_id_when_signed_then_it_is_refused(site):
    client = signed_in(site, "max")

    assert send(client, f"{HERE}/signature", seen(client), LATER).status_code == 409
    send(client, f"{HERE}/text", written(), LATER)
    assert send(client, f"{HERE}/signature", {**seen(client), "id": "1"}, LATER).status_code == 422
    assert kept(site, HalfyearPaper) == []


def later(app):
    """A missed window turns out to be done on time, and the timer looks again."""
    with app.app_context():
        [first, _rest] = [each.id for each in rows_of(Occurrence) if each.state == "missed"]
        atomically(lambda: run(update(Occurrence).where(Occurrence.id == first).values(state="in_window")))
        return reporting.again()


def test_rp4_given_a_correction_after_the_freeze_when_read_then_the_addendum_says_was_and_now(site):
    client = signed_in(site, "max")
    frozen(site)
    with site.app_context():
        atomically(reporting.signed)
    later(site)

    text = page(client, HERE, now=LATER)

    paper, addendum = text.split("补记 1", 1)
    assert 'figure=on_time">7/10' in paper and 'figure=on_time">8/10' not in paper
    assert "准时率" in addendum and ">7/10<" in addendum and ">8/10<" in addendum


def test_given_a_signed_report_when_printed_then_the_pdf_says_all_of_it_and_carries_a_mark(site):
    client = signed_in(site, "max")
    frozen(site)
    with site.app_context():
        atomically(reporting.signed)
    later(site)
    [paper] = kept(site, HalfyearPaper)

    answer = client.get(f"{HERE}.pdf")

    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    for told in ("标准落地实施情况报告", "2026年上半年", "单位clean", "二、实施频率", "五、存在问题", TEXT, "7/10",
                 "签字人：人员max", paper.sha256[:32], "补记 1", "8/10", "数据冻结时间：2026-07-01 00:00"):  # fmt: skip
        assert told in text, told
    assert answer.mimetype == "application/pdf" and int(answer.headers["X-Export-Number"]) > 0


def test_given_a_report_when_taken_as_word_then_the_faces_and_texts_of_an_official_paper_stand_there(site):
    client = signed_in(site, "max")
    send(client, f"{HERE}/text", written("甲 {{ 7*7 }} <b>乙</b>\n第二段"), LATER)

    answer = client.get(f"{HERE}.docx")

    made = docx.Document(io.BytesIO(answer.data))
    lines = [each.text for each in made.paragraphs]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "甲 {{ 7*7 }} <b>乙</b>" in lines and "第二段" in lines and "一、牵头标准及其状态" in lines
    assert "7/10" in cells and not any("{%" in line or "{{ line" in line for line in (*lines, *cells))
    faces = {run.font.name for each in made.paragraphs for run in each.runs}
    assert {"方正小标宋简体", "黑体", "仿宋_GB2312"} <= faces
    assert any(line.startswith("草稿，未签字") for line in lines)


@pytest.mark.parametrize(
    "figure",
    ["due", "findings", "open", "satisfied", "handled", "scope_points", "scope_people", "scope_contractors",
     "coverage", "gaps", "proposals", "breaks", "spot_checks", "findings_in_time", "step", "reported"],
)  # fmt: skip
def test_mt34_given_a_figure_when_opened_then_its_records_or_an_empty_page(site, figure):
    text = page(signed_in(site, "max"), f"{HERE}/records?figure={figure}&page=1", now=LATER)

    assert "条" in text
    page(signed_in(site, "max"), f"{HERE}/records?figure=gold", 404, now=LATER)


def mark(**keys):
    return {"id": str(uuid.uuid4()), "done": "yes", "on": "2026-07-02", "note": "已完成季度督办", "link": "", **keys}


def test_rp6_given_the_office_when_an_item_is_marked_then_it_stands_with_date_and_person_and_can_be_taken_back(site):
    client, path = signed_in(site, "stan"), f"{RHYTHMS}/quarterly_push/2026-Q2"
    form = mark(link="/nonconformities")

    assert send(client, path, form, LATER).status_code == 303
    assert send(client, path, form, LATER).status_code == 303
    text = page(client, f"{RHYTHMS}?year=2026", now=LATER)
    assert "已完成季度督办" in text and "人员stan" in text and 'href="/nonconformities"' in text
    assert send(client, path, mark(done="no", note="填错了"), LATER).status_code == 303
    assert send(client, path, mark(done="no", note="填错了"), LATER).status_code == 409

    assert [row.done for row in kept(site, HalfyearMark)].count(True) == 1
    assert "已完成季度督办" not in page(client, f"{RHYTHMS}?year=2026", now=LATER)


@pytest.mark.parametrize(
    ("bad", "status"),
    [(mark(note="", link=""), 422), (mark(on="2026-08-01"), 422), (mark(on="x"), 422), (mark(id="1"), 422),
     (mark(link="javascript:alert(1)"), 422), (mark(link="//elsewhere.example"), 422), (mark(note="x" * 501), 422)],
)  # fmt: skip
def test_rp6_given_nonsense_when_an_item_is_marked_then_it_is_refused_and_nothing_stands(site, bad, status):
    path = f"{RHYTHMS}/management_review/2026"

    assert send(signed_in(site, "stan"), path, bad, LATER).status_code == status
    assert kept(site, HalfyearMark) == []


def test_rp6_given_others_or_what_does_not_exist_when_marked_then_it_is_refused(site):
    assert send(signed_in(site, "sue"), f"{RHYTHMS}/management_review/2026", mark(), LATER).status_code == 403
    client = signed_in(site, "stan")
    assert send(client, f"{RHYTHMS}/gold/2026", mark(), LATER).status_code == 404
    assert send(client, f"{RHYTHMS}/quarterly_push/2026-Q4", mark(), LATER).status_code == 409
    assert kept(site, HalfyearMark) == []


def test_rp3_given_the_half_before_when_read_or_taken_as_pdf_or_word_then_its_count_stands_with_its_rate(site):
    client, there, then = signed_in(site, "max"), "/reports/halfyear/2026-2/clean", LATER + timedelta(days=20)
    with site.app_context():
        reporting.window(30, "in_window", LATER + timedelta(days=9))

    shown = page(client, there, now=then)
    with clock.at(then):
        pdf, word = client.get(f"{there}.pdf").data, client.get(f"{there}.docx").data

    assert "7/10<br>70.0%" in shown
    assert "7/10" in "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    cells = [each.text for table in docx.Document(io.BytesIO(word)).tables for row in table.rows for each in row.cells]
    assert any(each.startswith("7/10\n70.0%") for each in cells)
