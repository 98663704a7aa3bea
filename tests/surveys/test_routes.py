"""The office's pages of surveys: every deed works, needs the role, refuses what cannot be, and survives a retry."""

import uuid

import pytest

from app import clock
from app.surveys.models import Survey, SurveyInvitation, SurveyQuestion
from app.surveys.queries import questions_of, survey, surveys
from app.surveys.rules import State
from tests.support import surveying
from tests.support.builders import NOW
from tests.support.stored import rows_of
from tests.support.surveying import closed, drafted, invited, opened


@pytest.fixture
def world(app):
    with app.app_context():
        surveying.world()
    return app


def signed_in(app, person="stan"):
    client = app.test_client()
    client.sign_in(person)
    return client


def within(app, work, *args, **given):
    with app.app_context():
        return work(*args, **given)


NEW = {"year": "2026", "title": "满意度调查", "opens_on": "2026-11-23", "closes_on": "2026-12-03"}


def test_given_the_standards_section_when_it_makes_a_survey_then_a_draft_asks_the_template_once(world):
    client, form = signed_in(world), NEW | {"id": str(uuid.uuid4())}

    first, again = (client.send("/surveys", form) for _twice in range(2))

    assert (first.status_code, again.status_code) == (303, 303)
    with world.app_context():
        (made,) = surveys()
        assert (made.year, made.state, len(questions_of(made.id))) == (2026, State.DRAFT, 8)
    page = client.get(first.location).get_data(as_text=True)
    assert "您对食堂的饭菜质量、卫生和秩序是否满意？" in page


@pytest.mark.parametrize(
    "changed", [{"year": "26"}, {"title": " "}, {"opens_on": "soon"}, {"closes_on": "2026-11-01"}, {"id": "x"}]
)
def test_given_a_form_that_cannot_be_then_nothing_is_made(world, changed):
    answer = signed_in(world).send("/surveys", NEW | {"id": str(uuid.uuid4())} | changed)

    assert answer.status_code == 422
    assert within(world, surveys) == []


def test_given_a_year_that_has_one_then_a_second_is_refused_with_a_sentence(world):
    within(world, drafted)

    answer = signed_in(world).send("/surveys", NEW | {"id": str(uuid.uuid4())})

    assert answer.status_code == 409
    assert "2026年已有一个调查" in answer.get_data(as_text=True)


def test_given_a_draft_when_prepared_and_released_then_its_links_stand_on_slips(world):
    made, client = within(world, drafted), signed_in(world)
    here = f"/surveys/{made}"

    asked = client.send(
        f"{here}/questions", {"revision": "1", "topic": ["安保", ""], "text": ["门岗如何？", ""]}, page=here
    )
    named = client.send(f"{here}/departments", {"departments": "办公室 20\n财务处 10"}, page=here)
    plan = client.send(f"{here}/plan", NEW | {"title": "新名称", "intro": "请填", "revision": "2"}, page=here)
    with clock.at(NOW):
        released = client.send(f"{here}/release", page=here)

    assert [each.status_code for each in (asked, named, plan, released)] == [303] * 4
    with world.app_context():
        head = survey(made)
        assert (head.state, head.plan.title, head.invited) == (State.OPEN, "新名称", 30)
        assert [each.topic for each in questions_of(made)] == ["安保"]
    slips = client.get(f"{here}/links").get_data(as_text=True)
    assert slips.count('class="qr"') == 2
    assert within(world, surveying.ticket, made) in slips


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("questions", {"revision": "1", "topic": "保洁", "text": ""}),
        ("departments", {"departments": "办公室"}),
        ("plan", NEW | {"title": "", "revision": "1"}),
    ],
)
def test_given_entries_that_cannot_be_then_the_page_says_so_and_nothing_changes(world, deed, form):
    made, client = within(world, drafted), signed_in(world)
    before = within(world, survey, made)

    answer = client.send(f"/surveys/{made}/{deed}", form, page=f"/surveys/{made}")

    assert answer.status_code == 422
    with world.app_context():
        assert survey(made) == before
        assert len(questions_of(made)) == 2
        assert rows_of(SurveyInvitation) == []


def test_given_a_page_that_is_old_when_saved_then_it_is_told_to_load_again(world):
    made, client = within(world, drafted), signed_in(world)

    answer = client.send(
        f"/surveys/{made}/questions", {"revision": "0", "topic": "安保", "text": "问？"}, page=f"/surveys/{made}"
    )

    assert answer.status_code == 409
    assert len(within(world, questions_of, made)) == 2


def test_given_an_open_survey_when_ended_by_hand_twice_then_it_has_ended_once(world):
    made, client = within(world, opened), signed_in(world)

    answers = [client.send(f"/surveys/{made}/end", page=f"/surveys/{made}") for _twice in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert within(world, survey, made).state is State.CLOSED


def test_given_a_draft_when_dropped_then_nothing_of_it_stays(world):
    made, client = within(world, drafted), signed_in(world)

    assert client.send(f"/surveys/{made}/drop", page=f"/surveys/{made}").status_code == 303
    with world.app_context():
        assert (rows_of(Survey), rows_of(SurveyQuestion)) == ([], [])


def test_given_an_open_survey_when_reminding_then_who_has_no_account_is_counted(world):
    made, client = within(world, opened, departments=(("单位care", 3), ("办公室", 3))), signed_in(world)

    answer = client.send(f"/surveys/{made}/reminders", page=f"/surveys/{made}", follow_redirects=True)

    assert "已提醒1人" in answer.get_data(as_text=True)
    assert "1个部门没有账号" in answer.get_data(as_text=True)


@pytest.mark.parametrize("person", ["sue", "lou", "aud"])
def test_given_a_reader_then_pages_open_and_every_deed_and_the_links_are_refused(world, person):
    made, client = within(world, opened), signed_in(world, person)

    assert [client.get(each).status_code for each in ("/surveys", f"/surveys/{made}")] == [200, 200]
    assert client.get(f"/surveys/{made}/links").status_code == 403
    for deed in ("plan", "questions", "departments", "release", "end", "drop", "reminders"):
        assert client.send(f"/surveys/{made}/{deed}", page="/me/sessions").status_code == 403
    assert client.send("/surveys", NEW, page="/me/sessions").status_code == 403
    assert within(world, survey, made).state is State.OPEN


@pytest.mark.parametrize("person", ["ann", "max"])
def test_given_worker_or_contractor_then_neither_survey_nor_report_is_theirs(world, person):
    made, client = within(world, closed, (6, "办公室", (5, 5))), signed_in(world, person)

    for path in ("/surveys", f"/surveys/{made}", f"/surveys/{made}/report", f"/surveys/{made}/report.xlsx"):
        assert client.get(path).status_code == 403
    assert client.get(f"/reports/survey/{made}.pdf").status_code in (403, 404)


def test_given_an_open_survey_then_returns_are_shown_and_no_results(world):
    made = within(world, opened)
    within(world, surveying.answered, made, 1, 1)
    client = signed_in(world)

    page = client.get(f"/surveys/{made}").get_data(as_text=True)

    assert "1/20" in page
    assert client.get(f"/surveys/{made}/report").status_code == 409
    assert client.get(f"/surveys/{made}/answers").status_code == 409
    assert within(world, invited, made).answered == 1
