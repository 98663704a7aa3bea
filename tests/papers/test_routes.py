"""Pages and deeds of bulletins: works, needs the role, refuses strangers and bad input, survives a retry."""

import uuid
from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.contractors.actions import keep_contract, keep_file
from app.contractors.queries import Standing
from app.db import atomically, run
from app.grades.actions import At, Decision, decide
from app.grades.actions_freezing import tend
from app.grades.rules import Grade, Kind
from app.nonconformities.models import Finding
from app.papers.actions_later import look_again
from app.papers.models import Paper, PaperAddendum, PaperDraft
from app.schedule.models import Occurrence
from tests.support import builders
from tests.support.builders import NOW
from tests.support.findings import found
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import counts, page, send

HERE, ASKED = "/reports/bulletin", "month=2026-10"
ZONE = ZoneInfo("Asia/Shanghai")
OPEN = NOW - timedelta(days=18)
"""The fifth of November: the month is over, appeals are taken."""
TERMS = Standing("HT-1", date(2026, 1, 1), date(2026, 12, 31), ("JGSW05003.01",), "保洁", {"on_time": 95.0}, False)


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        for name, role, unit in (
            ("stan", "standards", "bureau"), ("lou", "leader", "bureau"), ("tom", "supervisor", "other"),
            ("max", "contractor_manager", "clean"), ("ines", "inspector", "bureau"), ("sid", "standards", "bureau"),
        ):  # fmt: skip
            builders.person(name, role, unit)
        for n in range(40):
            told = {"key_due": 1, "key_evidenced": int(n > 0), "assignee_id": "ann", "business_on": date(2026, 10, 14)}
            start = NOW - timedelta(days=40, minutes=n)
            builders.occurrence("p1", f"A{n}", start, state="in_window" if n else "missed", **told)
        office = person_by_id("stan")
        atomically(lambda: keep_file("clean", {"name": "示例洁净有限公司"}, office, NOW))
        atomically(lambda: keep_contract("clean", TERMS, office, NOW))
    return app


def form(**keys):
    return {"id": str(uuid.uuid4()), "month": "2026-10", "unit": "", **keys}


def kept(app, table):
    with app.app_context():
        return rows_of(table)


def hash_on(client, where=f"{HERE}?{ASKED}", now=NOW):
    return page(client, where, now=now).split('name="sha256" value="')[1][:64]


def issued(app, now=NOW, **keys):
    """The site's bulletin of October, put up by stan and issued by lou."""
    office, leader = signed_in(app, "stan"), signed_in(app, "lou")
    assert send(office, f"{HERE}/drafts", form(words="请各科整改。", **keys), now=now).status_code == 303
    unit = f"&unit={keys['unit']}" if keys.get("unit") else ""
    sha256 = hash_on(leader, f"{HERE}?{ASKED}{unit}", now)
    assert send(leader, f"{HERE}/issued", form(sha256=sha256, **keys), now=now).status_code == 303
    return leader


def test_given_a_month_when_its_bulletin_is_opened_then_every_figure_opens_exactly_its_records(site):
    client = signed_in(site, "lou")
    text = page(client, f"{HERE}?{ASKED}")

    assert "39/40" in text and "97.5%" in text and "HT-1" in text and "示例洁净有限公司" in text
    assert "/grades/unit/clean/windows?month=2026-10&amp;measure=on_time" in text
    assert "40 个时段" in page(client, f"/grades/unit/clean/windows?{ASKED}&measure=on_time")
    assert "1号楼" in text and "漏做次数最多的点位第 1 位：应完成 40 次，漏做 1 次" in text
    assert "40 个时段" in page(client, f"{HERE}/records?{ASKED}&figure=on_time")
    assert "1 个时段" in page(client, f"{HERE}/records?{ASKED}&figure=missed&point=p1")
    for figure in ("conformity", "findings_in_time", "spot_checks", "satisfied", "holiday"):
        page(client, f"{HERE}/records?{ASKED}&figure={figure}")
    page(client, f"{HERE}/records?{ASKED}&figure=gold", 404)


def test_given_a_unit_when_its_supervisor_opens_it_then_the_own_and_no_other(site):
    assert "39/40" in page(signed_in(site, "sue"), f"{HERE}?{ASKED}")
    for unit in ("other", "nowhere", "clean"):
        page(signed_in(site, "sue"), f"{HERE}?{ASKED}&unit={unit}", 404)
        page(signed_in(site, "sue"), f"{HERE}/records?{ASKED}&figure=on_time&unit={unit}", 404)
    assert "39/40" not in page(signed_in(site, "tom"), f"{HERE}?{ASKED}")
    assert "39/40" not in page(signed_in(site, "lou"), f"{HERE}?{ASKED}&unit=other")
    assert "39/40" in page(signed_in(site, "lou"), f"{HERE}?{ASKED}&unit=care")
    page(signed_in(site, "max"), f"{HERE}?{ASKED}", 403)
    page(signed_in(site, "ann"), f"{HERE}?{ASKED}", 403)


@pytest.mark.parametrize(("month", "word"), [("2026-11", "本月暂评"), ("2026-10", "已冻结")])
def test_given_a_month_when_it_runs_or_froze_then_the_paper_says_so(site, month, word):
    assert word in page(signed_in(site, "lou"), f"{HERE}?month={month}")
    assert "本月暂评" in page(signed_in(site, "lou"), f"{HERE}?{ASKED}", now=OPEN)


def test_given_a_month_without_data_or_to_come_when_opened_then_it_says_so_and_offers_no_issue(site):
    client = signed_in(site, "stan")
    for month in ("2026-03", "2026-09", "gold"):
        assert 'name="sha256"' not in page(client, f"{HERE}?month={month}")
    assert "这段时间没有应完成" in page(client, f"{HERE}?month=2026-03") or "应完成" in page(
        client, f"{HERE}?month=2026-03"
    )
    page(client, f"{HERE}/2027-05.pdf", 404)
    page(client, f"{HERE}/nonsense.pdf", 404)


def test_given_a_draft_when_issued_by_another_then_the_paper_is_frozen_numbered_and_listed(site):
    leader = issued(site)

    [paper] = kept(site, Paper)
    assert (paper.year, paper.number, paper.by_id, paper.unit_id) == (2026, 1, "lou", "")
    assert paper.body["figures"][0] == ["on_time", 39, 40, 0, 0] and len(paper.sha256) == 64
    text = page(leader, f"{HERE}/{paper.id}")
    assert "2026 年第 1 期" in text and "请各科整改" in text and paper.sha256 in text
    assert f"{HERE}/{paper.id}" in page(leader, "/reports") and "第 1 期" in page(
        leader, f"/reports?form=bulletin&{ASKED}"
    )
    assert paper.id not in page(signed_in(site, "sue"), "/reports")
    page(signed_in(site, "sue"), f"{HERE}/{paper.id}", 404)


def test_given_papers_of_units_when_issued_then_each_counts_its_own_numbers(site):
    issued(site)
    issued(site, unit="care")

    assert sorted((each.unit_id, each.number) for each in kept(site, Paper)) == [("", 1), ("care", 1)]
    text = page(signed_in(site, "sue"), "/reports")
    assert "2026 年第 1 期" in text


def test_given_a_retry_when_put_up_or_issued_again_then_nothing_is_added(site):
    office, leader, draft = signed_in(site, "stan"), signed_in(site, "lou"), form()
    for _ in range(2):
        assert send(office, f"{HERE}/drafts", draft).status_code == 303
    deed = form(sha256=hash_on(leader))
    for _ in range(2):
        assert send(leader, f"{HERE}/issued", deed).status_code == 303

    assert len(kept(site, PaperDraft)) == len(kept(site, Paper)) == 1
    assert send(office, f"{HERE}/drafts", form()).status_code == 409
    assert send(signed_in(site, "sid"), f"{HERE}/issued", form(sha256="d" * 64)).status_code == 409


def test_given_the_drafter_or_another_text_when_issued_then_refused_and_nothing_is_kept(site):
    office = signed_in(site, "stan")
    assert send(signed_in(site, "lou"), f"{HERE}/issued", form(sha256="d" * 64)).status_code == 409
    send(office, f"{HERE}/drafts", form())

    assert "签发人不能是拟稿人" in page(office, f"{HERE}?{ASKED}")
    assert send(office, f"{HERE}/issued", form(sha256="d" * 64)).status_code == 409
    stale = send(signed_in(site, "lou"), f"{HERE}/issued", form(sha256="d" * 64))
    assert stale.status_code == 409 and "刷新" in stale.get_data(as_text=True)
    assert not kept(site, Paper)


@pytest.mark.parametrize(
    ("who", "path", "changed", "status"),
    [
        ("stan", "drafts", {"month": "2026-11"}, 409), ("stan", "drafts", {"month": "2026-12"}, 422),
        ("stan", "drafts", {"month": "soon"}, 422), ("stan", "drafts", {"month": "2026-03"}, 409),
        ("stan", "drafts", {"id": "x"}, 422), ("stan", "drafts", {"words": "长" * 301}, 422),
        ("stan", "drafts", {"unit": "nowhere"}, 404), ("sue", "drafts", {"unit": "other"}, 404),
        ("tom", "drafts", {"unit": "care"}, 404), ("lou", "drafts", {}, 403), ("max", "drafts", {}, 403),
        ("ann", "drafts", {}, 403), ("ines", "issued", {}, 403), ("sue", "issued", {}, 403),
        ("lou", "issued", {"month": "2027-01"}, 422), ("lou", "issued", {"id": ""}, 422),
    ],
)  # fmt: skip
def test_given_odd_input_or_a_stranger_when_sent_then_it_is_refused_and_nothing_changes(
    site, who, path, changed, status
):
    client = signed_in(site, who)
    before = counts(site)

    assert send(client, f"{HERE}/{path}", form(sha256="d" * 64) | changed).status_code == status
    assert counts(site) == before


def test_given_a_late_sync_and_a_voided_window_when_looked_again_then_an_addendum_and_the_paper_stays(site):
    leader = issued(site)
    [paper] = kept(site, Paper)
    with site.app_context():
        assert look_again(NOW, ZONE) == 0
        atomically(lambda: run(update(Occurrence).where(Occurrence.state == "missed").values(state="in_window")))
        voided = update(Occurrence).where(Occurrence.window_key.like("%A1")).values(state="void")
        atomically(lambda: run(voided))
        assert look_again(NOW + timedelta(hours=1), ZONE) == 1
        assert look_again(NOW + timedelta(hours=2), ZONE) == 0

    [added], [same] = kept(site, PaperAddendum), kept(site, Paper)
    assert added.body["figures"][0][1:3] == [39, 39] and same.body == paper.body and same.sha256 == paper.sha256
    text = page(leader, f"{HERE}/{paper.id}")
    assert "39/40 97.5% → 39/39 100.0%" in text and "原文不变" in text


def test_given_an_issued_paper_when_taken_as_files_then_one_page_a_picture_and_word_each_noted(site):
    leader = issued(site)
    [paper] = kept(site, Paper)

    with_mark = leader.get(f"{HERE}/{paper.id}.pdf")
    text = PdfReader(BytesIO(with_mark.data)).pages[0].extract_text()
    picture = leader.get(f"{HERE}/{paper.id}.png")
    word = leader.get(f"/reports/bulletin/{paper.id}.docx")

    assert len(PdfReader(BytesIO(with_mark.data)).pages) == 1 and "39/40" in text and "lou" in text
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    assert word.status_code == 200 and word.data.startswith(b"PK")
    assert len({each.headers["X-Export-Number"] for each in (with_mark, picture, word)}) == 3
    many = send(leader, "/reports/print", {"form": "bulletin", "id": [paper.id]})
    assert len(PdfReader(BytesIO(many.data)).pages) == 1


def test_given_open_findings_and_appeals_when_listed_then_overdue_first_with_unit_and_day(site):
    with site.app_context():
        for number, days in (("BF-A", -38), ("BF-B", 2)):
            days_ago, limit = NOW - timedelta(days=40), NOW + timedelta(days=days)
            values = {"number": number, "found_at": days_ago, "due_at": limit}
            one = update(Finding).where(Finding.id == found(step_id=number)).values(**values)
            atomically(lambda one=one: run(one))

    text = page(signed_in(site, "lou"), f"{HERE}?{ASKED}")

    assert text.index("BF-A") < text.index("BF-B") and "已超期" in text and "2026-11-25" in text
    assert "超期最久未整改的不符合项第 1 位" in text


def test_gr11_given_decided_months_when_the_report_is_opened_then_actions_and_courses_stand_there(site):
    with site.app_context():
        at = At(Kind.UNIT, "clean", date(2026, 10, 1), person_by_id("stan"), OPEN, ZONE)
        wish = Decision(str(uuid.uuid4()), Grade.PASS, "按现场", "补拍照片", "班前核对")
        atomically(lambda: decide(at, wish))
        tend(NOW, ZONE)
    where = "/reports/evaluation/unit/clean?month=2026-10"

    for who in ("lou", "sue", "max"):
        text = page(signed_in(site, who), where)
        assert "补拍照片" in text and "班前核对" in text and "39/40" in text and "效果不明显" in text
    page(signed_in(site, "tom"), where, 404)
    page(signed_in(site, "lou"), "/reports/evaluation/unit/clean?month=2026-03", 404)
    assert "39/40" in page(signed_in(site, "lou"), "/reports/evaluation/unit/clean?month=2026-06&months=6")
    assert "/reports/evaluation/unit/clean" in page(signed_in(site, "lou"), f"/reports/evaluation?{ASKED}")
    document = "/reports/evaluation/2026-10~1~clean"
    assert signed_in(site, "max").get(f"{document}.pdf").mimetype == "application/pdf"
    assert signed_in(site, "max").get(f"{document}.docx").status_code == 200
    assert signed_in(site, "tom").get(f"{document}.pdf").status_code == 404
