"""LC-2, LC-3, LC-6, LC-7: a revision reaches the rows on its date; reviews, reminders, papers, exports."""

import io
import uuid
import zipfile
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import select

from app import clock, db
from app.db import atomically
from app.messages.models import Message
from app.schedule.models import Occurrence
from app.standards.actions_publishing import turn
from app.standards.queries import edition_in_force, edition_row
from app.standards.queries_papers import reviews_of, text_of
from app.standards.queries_projects import project
from app.standards.writes_projects import change_edition
from tests.support import projects as the
from tests.support.builders import CODE as LABEL
from tests.support.builders import NOW
from tests.support.standards import step_document

CODE, OLD, NEW = "JGSW05003.01", "JGSW05003.01-2026", "JGSW05003.01-2027"
DAILY = {
    "id": "A", "label_zh": "每日", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": "20260101",
    "day_types": ["workday", "restday", "holiday"], "roll": "none", "applies_when": None,
    "windows": [{"id": "A1", "start": "09:00", "end": "10:00", "end_day_offset": 0, "grace_before_min": 0,
                 "grace_after_min": 15, "profile": "full", "kind": "regular", "label_zh": "上午"}],
}  # fmt: skip
NEXT_YEAR = datetime(2027, 1, 4, 0, 40, tzinfo=UTC)
PAGE = f"/standards/{OLD}"


@pytest.fixture(autouse=True)
def on_monday():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(app):
    with app.app_context():
        the.office_world()
    return app


def revised(app) -> None:
    """A revision of the standard of the small world, approved in January 2027 for the eleventh."""
    with clock.at(NEXT_YEAR):
        changes = {"kind": "revise", "from_edition": OLD, "due_on": "2027-03-31"}
        minutes = the.MINUTES | {"held_on": "2027-01-04"}
        stan, sue, lou = (the.entered(app, each) for each in ("stan", "sue", "lou"))
        assert stan.send("/standards/projects", the.NEW | changes, page="/me").status_code == 303
        the.send(stan, "begin")
        the.write_steps(app, step_document("S01", title="新的一步"), schedules=[DAILY])
        the.send(sue, "write", {"note": "说明"})
        the.send(stan, "consult", the.ASKED | {"comment_to": "2027-01-20"})
        the.answered(app, stan)
        for who, deed, data in ((stan, "conclude", {}), (stan, "review", minutes), (lou, "approve", {})):
            assert the.send(who, deed, data).status_code == 303, deed
        the.send(stan, "plan", the.LINE | {"from_on": "2027-01-05", "to_on": "2027-01-10"})
        done = the.send(stan, "publish", {"effective_on": "2027-01-11", "next_review_on": "2030-01-03"})
        assert done.status_code == 303, done.get_data(as_text=True)


def test_lc_7_given_a_revision_when_its_date_comes_then_the_old_edition_ends_the_day_before(office):
    revised(office)

    with office.app_context():
        assert edition_row(OLD).ended_on == date(2027, 1, 10)
        assert edition_in_force(CODE, date(2027, 1, 10)).number == OLD
        assert edition_in_force(CODE, date(2027, 1, 11)).number == NEW
        assert project(the.ID).edition == NEW


def test_lc_7_given_a_revision_when_published_then_the_rows_ahead_follow_at_once_by_their_business_date(office):
    revised(office)

    with office.app_context():
        rows = db.rows(
            select(Occurrence.business_on, Occurrence.edition)
            .where(Occurrence.standard_code == CODE, Occurrence.business_on > date(2027, 1, 4))
            .where(Occurrence.state == "planned")
        )
    assert rows and {row.edition for row in rows} == {NEW}
    assert min(row.business_on for row in rows) == date(2027, 1, 11)


def test_lc_7_given_what_was_open_when_a_revision_is_published_then_it_ends_on_its_edition(office):
    before = the.open_rows(office)

    revised(office)

    assert the.open_rows(office) == before and set(before.values()) == {OLD}


def test_lc_7_given_the_timer_when_the_dates_come_then_the_register_says_it(office):
    revised(office)
    with office.app_context():
        on_the_eve = atomically(lambda: turn(date(2027, 1, 10), NEXT_YEAR))
        standing = [edition_row(each).status for each in (OLD, NEW)]
        atomically(lambda: turn(date(2027, 1, 11), NEXT_YEAR))
        again = atomically(lambda: turn(date(2027, 1, 11), NEXT_YEAR))

        assert (on_the_eve, standing) == (0, ["effective", "published"])
        assert [edition_row(each).status for each in (OLD, NEW)] == ["superseded", "effective"] and again == 0


def test_lc_4_given_an_edition_of_this_year_when_a_revision_is_published_then_only_next_year(office):
    stan = the.entered(office, "stan")
    stan.send("/standards/projects", the.NEW | {"kind": "revise", "from_edition": OLD}, page="/me")
    the.as_far_as(office, "approved", "planned")
    the.send(stan, "plan", the.LINE)

    refused = the.send(stan, "publish", the.PUBLISH)

    assert refused.status_code == 422 and "批准当年已有" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"effective_on": "2026-11-23"},
        {"effective_on": "31.12."},
        {"next_review_on": "2029-11-23"},
        {"points": ""},
        {"points": "p77"},
        {"implementer": "nobody"},
    ],
)
def test_given_a_publication_that_does_not_hold_when_sent_then_422_and_nothing_stands(office, changes):
    the.as_far_as(office, "approved")
    stan = the.entered(office, "stan")
    the.send(stan, "plan", the.LINE)

    assert the.send(stan, "publish", the.PUBLISH | changes).status_code == 422
    with office.app_context():
        assert edition_row("JGSW05003.02-2026") is None and project(the.ID).state == "approved"


def test_lc_1_given_no_plan_of_implementation_when_published_then_refused(office):
    the.as_far_as(office, "approved")

    refused = the.send(the.entered(office, "stan"), "publish", the.PUBLISH)

    assert refused.status_code == 422 and "标准实施计划表" in refused.get_data(as_text=True)


def test_given_a_line_of_the_plan_that_lacks_something_when_kept_then_it_is_named(office):
    the.as_far_as(office, "approved")

    refused = the.send(the.entered(office, "stan"), "plan", the.LINE | {"responsible": ""})

    assert refused.status_code == 422 and "第 1 行" in refused.get_data(as_text=True)


def test_given_somebody_who_knows_the_rota_when_they_object_then_it_is_not_published(office):
    the.as_far_as(office, "approved")
    stan = the.entered(office, "stan")
    the.send(stan, "plan", the.LINE)
    objection = type("Objection", (), {"sentence": "早班人手不够", "link": "/rounds"})
    office.extensions["edition_checks"] = [lambda *_asked: [objection()]]

    refused = the.send(stan, "publish", the.PUBLISH)

    assert refused.status_code == 422 and "早班人手不够" in refused.get_data(as_text=True)
    with office.app_context():
        assert project(the.ID).state == "approved"


def review(client, **changes):
    given = {"id": str(uuid.uuid4()), "outcome": "confirm", "reason": "仍适用", "basis": "", "on": "2026-11-23"}
    return client.send(f"{PAGE}/review", given | changes, page="/me")


def test_lc_3_given_a_confirmation_when_kept_then_number_and_year_stay_and_the_cover_is_marked(office):
    stan, once = the.entered(office, "stan"), str(uuid.uuid4())

    answers = [review(stan, id=once).status_code for _ in range(2)]

    with office.app_context():
        row = edition_row(OLD)
        assert (row.number, row.year, row.cover_mark) == (OLD, 2026, "2026年确认")
        assert (row.status, row.next_review_on) == ("effective", date(2029, 11, 22))
        assert len(reviews_of(OLD)) == 1 and answers == [303, 303]
    assert "2026年确认" in stan.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize(("outcome", "kind"), [("revise", "revise"), ("abolish", "abolish"), ("convert", "convert")])
def test_lc_3_given_another_outcome_when_kept_then_a_project_begins(office, outcome, kind):
    answer = review(the.entered(office, "stan"), outcome=outcome)

    assert answer.status_code == 303 and f"kind={kind}" in answer.location and f"from_edition={OLD}" in answer.location


@pytest.mark.parametrize("changes", [{"outcome": "keep"}, {"reason": ""}, {"on": "2026-11-24"}, {"id": "x"}])
def test_lc_3_given_a_review_that_lacks_something_when_sent_then_422_and_nothing_is_kept(office, changes):
    assert review(the.entered(office, "stan"), **changes).status_code == 422
    with office.app_context():
        assert reviews_of(OLD) == [] and edition_row(OLD).cover_mark == ""


@pytest.mark.parametrize("who", ["sue", "lou", "ina", "lea", "ann"])
def test_lc_3_given_somebody_else_when_reviewing_then_refused(office, who):
    assert review(the.entered(office, who)).status_code == 403


@pytest.mark.parametrize("kind", ["abolish", "convert"])
def test_lc_3_given_an_end_when_approved_then_the_standard_lapses_after_its_last_day(office, kind):
    stan, lou = the.entered(office, "stan"), the.entered(office, "lou")
    stan.send("/standards/projects", the.NEW | {"kind": kind, "from_edition": OLD}, page="/me")

    skipped = the.send(stan, "publish", {"effective_on": "2026-11-30"}).status_code
    steps = [
        the.send(who, deed, data).status_code
        for who, deed, data in (
            (stan, "apply", {}),
            (lou, "approve", {}),
            (stan, "publish", {"effective_on": "2026-11-30"}),
        )
    ]

    assert (skipped, steps) == (409, [303, 303, 303])
    with office.app_context():
        assert edition_in_force(CODE, date(2026, 11, 30)) and edition_in_force(CODE, date(2026, 12, 1)) is None
        atomically(lambda: turn(date(2026, 12, 1), NOW))
        assert edition_row(OLD).status == {"abolish": "abolished", "convert": "converted"}[kind]


def test_lc_2_given_a_review_that_comes_near_when_the_timer_looks_then_each_reminder_is_told_once(office):
    with office.app_context():
        atomically(lambda: change_edition(OLD, next_review_on=date(2027, 5, 22)))
        told = [
            atomically(lambda: turn(date(2027, 5, 22) - timedelta(days=left), NOW))  # noqa: B023
            for left in (181, 180, 179, 90, 30, 0, -1, -2)
        ]
        said = db.rows(select(Message.person_id, Message.kind))

    # The standards section and the supervisor of the department, each time.
    assert told == [0, 2, 0, 2, 2, 0, 2, 0]
    assert {row.person_id for row in said} == {"stan", "sue"}
    assert sum(row.kind == "standard_overdue" for row in said) == 2


def test_lc_2_given_an_overdue_review_when_a_worker_opens_the_job_then_the_card_says_it(office):
    ann = the.entered(office, "ann")
    before = ann.get(f"/p/{LABEL}").get_data(as_text=True)
    with office.app_context():
        atomically(lambda: change_edition(OLD, next_review_on=date(2026, 11, 22)))

    after = ann.get(f"/p/{LABEL}").get_data(as_text=True)

    assert "复审逾期" not in before and "复审逾期" in after


def test_lc_1_given_the_approved_text_when_kept_then_whoever_reads_the_standard_takes_it_home(office):
    stan, ann = the.entered(office, "stan"), the.entered(office, "ann")
    sent = {"id": str(uuid.uuid4()), "file": (io.BytesIO(the.PDF), "批准文本.pdf")}

    before = ann.get(f"{PAGE}/text").status_code
    kept = stan.send(f"{PAGE}/text", sent, page="/me", content_type="multipart/form-data")
    taken = ann.get(f"{PAGE}/text")

    assert (before, kept.status_code, taken.status_code) == (404, 303, 200)
    assert taken.data == the.PDF and taken.mimetype == "application/pdf"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert "看全文" in ann.get(PAGE).get_data(as_text=True)
    assert the.entered(office, "bob").get(f"{PAGE}/text").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"<html><script>alert(1)</script>", 415),
        (b"%PDF-1.7 cut off", 415),
        (b"PK\x03\x04 no package", 415),
        (b"\x89PNG\r\n\x1a\n picture", 415),
    ],
)
def test_given_another_file_when_sent_as_the_approved_text_then_refused_and_nothing_is_kept(office, body, status):
    sent = {"id": str(uuid.uuid4()), "file": (io.BytesIO(body), "a.pdf")}

    answer = the.entered(office, "stan").send(f"{PAGE}/text", sent, page="/me", content_type="multipart/form-data")

    assert answer.status_code == status
    with office.app_context():
        assert text_of(OLD) is None


def test_given_a_word_file_with_macros_when_sent_then_refused(office):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<w/>")
        package.writestr("word/vbaProject.bin", "x")
    sent = {"id": str(uuid.uuid4()), "file": (io.BytesIO(out.getvalue()), "a.docx")}

    answer = the.entered(office, "stan").send(f"{PAGE}/text", sent, page="/me", content_type="multipart/form-data")

    assert answer.status_code == 415


def cells(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_lc_9_given_the_papers_of_the_system_when_taken_home_then_each_says_what_it_is(office):
    the.as_far_as(office, "published")
    stan = the.entered(office, "stan")

    register = cells(stan.get("/standards/register.xlsx"))
    statistics = cells(stan.get("/standards/statistics.xlsx"))
    plan = cells(stan.get(the.address("plan.xlsx")))
    opinions = cells(stan.get(the.address("opinions.xlsx")))
    year = cells(stan.get("/standards/projects/plan.xlsx?year=2026"))
    chart = stan.get("/standards/structure.svg")

    assert register[0][0] == "标准明细表" and register[1][:2] == ["编号", "名称"]
    assert [row[0] for row in register[2:]] == [OLD, "JGSW05003.02-2026"]
    assert statistics[-1][1] == "合计" and statistics[-1][-1] == 2
    assert plan[0][0].startswith("标准实施计划表") and plan[2][0] == "集中宣贯"
    assert {row[0] for row in opinions[2:]} == {"执行部门", "监督部门", "服务对象"}
    assert "2026年" in year[0][0] and year[2][1] == "开水间清洁"
    assert chart.mimetype == "image/svg+xml" and "物业服务" in chart.get_data(as_text=True)
    for word in ("/standards/system.docx", the.address("note.docx")):
        with zipfile.ZipFile(io.BytesIO(stan.get(word).data)) as package:
            assert "编制说明" in package.read("word/document.xml").decode()


def test_given_pages_of_the_life_cycle_when_opened_in_both_languages_then_they_hold(office):
    the.as_far_as(office, "comment")
    stan = the.entered(office, "stan")

    pages = ["/standards", PAGE, "/standards/projects", "/standards/projects?view=plan&year=2027",
             "/standards/projects?view=over", "/standards/projects/new", "/standards/system",
             the.address()]  # fmt: skip

    assert {stan.get(each).status_code for each in pages} == {200}


def test_given_an_opinion_when_nobody_was_asked_or_it_is_odd_then_refused(office):
    the.as_far_as(office, "comment")
    first = the.recipients(office)[0]
    said = {"id": str(uuid.uuid4()), "recipient": first.id, "text": "改一处", "clause": "S01"}

    own = the.send(the.entered(office, "max"), "opinions", said)
    again = the.send(the.entered(office, "max"), "opinions", said)
    foreign = the.send(the.entered(office, "ina"), "opinions", said | {"id": str(uuid.uuid4())})
    odd = the.send(the.entered(office, "stan"), "opinions", said | {"id": str(uuid.uuid4()), "recipient": "99"})
    both = the.send(the.entered(office, "stan"), "opinions", said | {"id": str(uuid.uuid4()), "agrees": "1"})

    assert [each.status_code for each in (own, again, foreign, odd, both)] == [303, 303, 403, 422, 422]


def test_given_an_opinion_when_it_is_not_decided_then_the_consultation_stays_open(office):
    the.as_far_as(office, "comment")
    stan = the.entered(office, "stan")
    the.answered(office, stan)
    said = {"id": str(uuid.uuid4()), "recipient": the.recipients(office)[0].id, "text": "改一处"}
    the.send(stan, "opinions", said)

    open_still = the.send(stan, "conclude").status_code
    bare = the.send(stan, f"opinions/{said['id']}", {"outcome": "declined", "reason": ""}).status_code
    decided = the.send(stan, f"opinions/{said['id']}", {"outcome": "declined", "reason": "与国标不符"}).status_code
    strange = the.send(stan, f"opinions/{uuid.uuid4()}", {"outcome": "adopted"}).status_code

    assert (open_still, bare, decided, strange) == (422, 422, 303, 404)
    assert the.send(stan, "conclude").status_code == 303
