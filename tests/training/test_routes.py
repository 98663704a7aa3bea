"""A worker reads, confirms and is examined: works, needs the role, refuses bad input, survives a retry."""

import uuid
from datetime import timedelta

import pytest

from app import clock
from app.training.models import Attempt, Delivery, Reading, Sitting
from tests.support import lessons
from tests.support.builders import NOW
from tests.support.lessons import NUMBER, TODAY
from tests.support.sitting import signed_in
from tests.support.stored import rows_of, tables

READ, EXAMS = f"/training/read/{NUMBER}", "/training/exams"


@pytest.fixture
def site(app):
    with app.app_context():
        lessons.world()
    return app


def send(client, path, data=None, now=NOW):
    with clock.at(now):
        return client.send(path, data, page="/me")


def page(client, path, status=200, now=NOW):
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.get_data(as_text=True)


def counts(app):
    with app.app_context():
        return tables()


def begun(app, client, **keys):
    """(sitting, seed) of an exam just begun."""
    form = {"id": str(uuid.uuid4()), "number": NUMBER} | keys
    answer = send(client, EXAMS, form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    with app.app_context():
        [row] = [each for each in rows_of(Sitting) if each.id == form["id"]]
    return row.id, row.seed


def answers(app, sitting, seed, **instead):
    with app.app_context():
        return lessons.right_answers(sitting, seed, **instead)


def test_tr4_given_nothing_learned_when_read_confirmed_and_examined_then_the_person_is_qualified(site):
    client = signed_in(site, "ann")
    assert "待学习确认" in page(client, "/training") and "待考核" in page(client, "/training")

    assert send(client, READ).status_code == 303
    sitting, seed = begun(site, client)
    answer = send(client, f"{EXAMS}/{sitting}", answers(site, sitting, seed))

    assert answer.status_code == 303
    with site.app_context():
        [attempt], [delivery], [reading] = rows_of(Attempt), rows_of(Delivery), rows_of(Reading)
    assert (attempt.person_id, attempt.score, attempt.passed, attempt.wrong, attempt.on) == (
        "ann",
        100,
        True,
        [],
        TODAY,
    )
    assert (delivery.on, delivery.asked, reading.on, reading.digest) == (TODAY, None, TODAY, "0" * 64)
    result = page(client, f"{EXAMS}/{sitting}")
    assert "考核通过" in result and "2027-11-23" in result
    assert "都学完了" in page(client, "/training")


def test_tr4_given_a_key_question_wrong_when_handed_in_then_it_is_not_passed_and_the_step_stands_there(site):
    client = signed_in(site, "ann")
    send(client, READ)
    sitting, seed = begun(site, client)
    with site.app_context():
        wrong = lessons.wrong_place(seed, "Q1")

    send(client, f"{EXAMS}/{sitting}", answers(site, sitting, seed, Q1=wrong))

    with site.app_context():
        [attempt] = rows_of(Attempt)
    assert (attempt.score, attempt.passed, attempt.wrong) == (80, False, ["Q1"])
    result = page(client, f"{EXAMS}/{sitting}")
    assert "再考一次" in result and "步骤S01" in result and "Q1怎样做？" in result
    assert "待考核" in page(client, "/training")


def test_given_an_exam_sent_twice_when_the_second_says_otherwise_then_the_first_stands(site):
    client = signed_in(site, "ann")
    sitting, seed = begun(site, client)
    first = answers(site, sitting, seed)
    send(client, f"{EXAMS}/{sitting}", first)
    before = counts(site)

    again = send(client, f"{EXAMS}/{sitting}", dict.fromkeys(first, "0"))

    assert again.status_code == 303 and counts(site) == before
    with site.app_context():
        assert rows_of(Attempt)[0].score == 100


def test_given_an_exam_begun_twice_with_one_number_when_opened_then_it_is_the_same(site):
    client, number = signed_in(site, "ann"), str(uuid.uuid4())

    assert begun(site, client, id=number) == begun(site, client, id=number)


def test_given_a_reading_confirmed_twice_a_day_when_counted_then_it_is_one_and_another_day_a_second(site):
    client = signed_in(site, "ann")
    send(client, READ)
    send(client, READ)
    with site.app_context():
        assert len(rows_of(Reading)) == 1

    send(client, READ, now=NOW + timedelta(days=1))

    with site.app_context():
        assert len(rows_of(Reading)) == 2 and len(rows_of(Delivery)) == 1


def test_given_questions_left_out_when_handed_in_then_each_is_named_and_what_was_chosen_stays(site):
    client = signed_in(site, "ann")
    sitting, seed = begun(site, client)
    typed = answers(site, sitting, seed)
    del typed["answer.Q3"]
    before = counts(site)

    answer = send(client, f"{EXAMS}/{sitting}", typed)

    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and counts(site) == before
    assert text.count("请选一个答案") == 1 and text.count(" checked") == 4


@pytest.mark.parametrize("given", [{"answer.Q1": "x"}, {"answer.Q1": "-1"}, {"answer.Q1": "٣"}, {"answer.Q9": "1"}, {}])
def test_given_odd_answers_when_handed_in_then_nothing_is_kept(site, given):
    client = signed_in(site, "ann")
    sitting, _seed = begun(site, client)
    before = counts(site)

    assert send(client, f"{EXAMS}/{sitting}", given).status_code == 422
    assert counts(site) == before


@pytest.mark.parametrize(
    ("form", "status"),
    [({"id": "x", "number": NUMBER}, 422), ({}, 422), ({"id": str(uuid.uuid4()), "number": "JGSW09999.01-2026"}, 404)],
)
def test_given_odd_input_when_an_exam_is_begun_then_nothing_is_kept(site, form, status):
    client = signed_in(site, "ann")
    before = counts(site)

    assert send(client, EXAMS, form).status_code == status
    assert counts(site) == before


def test_given_an_unknown_standard_when_read_or_confirmed_then_there_is_none(site):
    client = signed_in(site, "ann")
    before = counts(site)

    page(client, "/training/read/JGSW09999.01-2026", 404)
    assert send(client, "/training/read/JGSW09999.01-2026").status_code == 404
    assert counts(site) == before


def test_given_somebody_elses_exam_when_opened_or_handed_in_then_there_is_none(site):
    sitting, seed = begun(site, signed_in(site, "ann"))
    ben, before = signed_in(site, "ben"), counts(site)

    page(ben, f"{EXAMS}/{sitting}", 404)
    assert send(ben, f"{EXAMS}/{sitting}", answers(site, sitting, seed)).status_code == 404
    assert send(ben, EXAMS, {"id": sitting, "number": NUMBER}).status_code == 404
    assert counts(site) | {"sign_ins": 0} == before | {"sign_ins": 0}


@pytest.mark.parametrize(("path", "data"), [(READ, {}), (EXAMS, {"id": str(uuid.uuid4()), "number": NUMBER})])
def test_given_a_role_that_does_not_work_when_learning_then_it_is_refused(site, path, data):
    client = signed_in(site, "stan")
    before = counts(site)

    assert send(client, path, data).status_code == 403
    assert counts(site) == before


def test_given_nobody_signed_in_when_learning_then_the_way_leads_to_the_door(site):
    before = counts(site)

    answer = site.test_client().send(READ, page="/login")

    assert answer.status_code == 303 and "/login" in answer.location and counts(site) == before


def test_given_a_newcomer_when_the_page_opens_then_it_names_who_stands_beside(site):
    with site.app_context():
        lessons.newcomer("ann")

    assert "跟着人员lea一起干" in page(signed_in(site, "ann"), "/training")


def test_tr9_given_the_text_when_read_then_each_step_can_be_heard(site):
    text = page(signed_in(site, "ann"), READ)

    assert text.count("data-hear") == 2 and "js/learn.js" in text


def test_given_a_standard_of_another_unit_when_a_worker_opens_or_confirms_it_then_there_is_none(site):
    bob = signed_in(site, "bob")
    before = counts(site)

    page(bob, READ, 404)
    assert send(bob, READ).status_code == 404
    assert send(bob, EXAMS, {"id": str(uuid.uuid4()), "number": NUMBER}).status_code == 404
    assert counts(site) == before
