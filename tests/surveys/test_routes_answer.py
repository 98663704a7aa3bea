"""The page behind a department's link: no account, stored once, nothing kept of who it was, clear when it is over."""

from datetime import timedelta

import pytest

from app.accounts.models import Bucket
from app.db import atomically
from app.surveys import actions
from app.surveys.models import SurveyAnswer, SurveyMark
from app.surveys.queries import survey, surveys
from app.surveys.rules import Department
from tests.support import surveying
from tests.support.builders import NOW
from tests.support.stored import rows_of
from tests.support.surveying import answered, drafted, form_of, opened, ticket

GOOD = {"face-1": "5", "face-2": "2", "words-2": "太咸，打13812345678", "words": "谢谢"}


@pytest.fixture
def world(app):
    with app.app_context():
        surveying.world()
    return app


@pytest.fixture
def link(world):
    with world.app_context():
        return f"/s/{ticket(opened())}"


def sent(client, link, **changed):
    page = client.get(link).get_data(as_text=True)
    return client.send(link, form_of(page) | GOOD | changed, page=link)


def kept(app):
    with app.app_context():
        return len(rows_of(SurveyAnswer))


def test_given_the_link_when_a_stranger_answers_then_it_is_kept_without_the_telephone(world, link):
    client = world.test_client()

    answer = sent(client, link)

    assert (answer.status_code, answer.location.lower()) == (303, f"{link}/thanks".lower())
    assert "谢谢，已提交" in client.get(answer.location).get_data(as_text=True)
    with world.app_context():
        assert [each.words for each in rows_of(SurveyAnswer)] == ["谢谢"]
        assert sorted((each.no, each.face, each.words) for each in rows_of(SurveyMark)) == [
            (1, 5, ""), (2, 2, "太咸，打〔已隐去〕"),
        ]  # fmt: skip
        assert all("127.0.0.1" not in each.key for each in rows_of(Bucket))


def test_given_the_symbol_when_scanned_then_its_upper_case_address_opens_the_same_form(world, link):
    page = world.test_client().get(link.replace("/s/", "/S/")).get_data(as_text=True)

    assert "办公室" in page
    assert page.count('<fieldset class="bare"') == 2


def test_given_the_same_form_when_sent_twice_then_it_is_stored_once(world, link):
    client = world.test_client()
    form = form_of(client.get(link).get_data(as_text=True)) | GOOD

    answers = [client.send(link, form, page=link) for _twice in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert kept(world) == 1


@pytest.mark.parametrize(
    "changed", [{"face-1": ""}, {"face-1": "9"}, {"words": "长" * 301}, {"website": "x"}, {"form": "x"}]
)
def test_given_a_form_that_does_not_hold_then_it_comes_back_with_what_was_typed(world, link, changed):
    answer = sent(world.test_client(), link, **changed)

    assert answer.status_code == 422
    assert kept(world) == 0
    if "form" not in changed and "website" not in changed:
        assert "太咸" in answer.get_data(as_text=True)


def test_given_words_that_look_classified_then_asked_and_not_kept(world, link):
    answer = sent(world.test_client(), link, words="这是机密文件")

    assert answer.status_code == 422
    assert kept(world) == 0


def test_given_a_form_of_one_department_when_sent_to_another_then_refused(world):
    with world.app_context():
        made = opened()
        own, other = f"/s/{ticket(made)}", f"/s/{ticket(made, '财务处')}"
    client = world.test_client()
    form = form_of(client.get(own).get_data(as_text=True)) | GOOD

    assert client.send(other, form, page=other).status_code == 422
    assert kept(world) == 0


def test_given_a_link_that_is_none_or_of_a_draft_then_not_found(world):
    with world.app_context():
        made = drafted()
        atomically(lambda: actions.invite(survey(made), [Department("办公室", 3)], surveying.secret()))
        draft = ticket(made)

    for each in ("a" * 26, draft):
        assert world.test_client().get(f"/s/{each}").status_code == 404


def test_given_the_end_then_the_page_says_so_and_an_answer_is_gone(world, link):
    client = world.test_client()
    form = form_of(client.get(link).get_data(as_text=True)) | GOOD
    with world.app_context():
        atomically(lambda: actions.end(surveys()[0], "stan", NOW))

    late = client.send(link, form, page=link)

    assert late.status_code == 410
    assert "不再接收答卷" in late.get_data(as_text=True)
    assert "不再接收答卷" in client.get(link).get_data(as_text=True)
    assert kept(world) == 0


def test_given_a_department_that_is_full_then_the_page_thanks_and_takes_no_more(world):
    with world.app_context():
        made = opened(departments=(("办公室", 1),))
        link = f"/s/{ticket(made)}"
        answered(made, 5, 5)

    page = world.test_client().get(link).get_data(as_text=True)

    assert "份数已满" in page
    assert "<fieldset" not in page


def test_given_a_survey_that_has_not_begun_then_the_page_says_when(world):
    with world.app_context():
        link = f"/s/{ticket(opened(opens_on=surveying.TODAY + timedelta(days=2)))}"

    assert "本次调查11月25日" in world.test_client().get(link).get_data(as_text=True)


def test_given_somebody_signed_in_when_answering_then_nothing_says_who(world, link):
    client = world.test_client()
    client.sign_in("sue")

    assert sent(client, link).status_code == 303
    with world.app_context():
        (row,) = rows_of(SurveyAnswer)
    assert "sue" not in str(row)
