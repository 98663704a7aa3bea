"""Given a draft, when an officer writes its exam, then it is kept like every other part, or refused."""

import pytest

from app.standards.rules_document_steps import step_faults
from tests.standards.test_routes_drafts import officer, post, world  # noqa: F401  the same world
from tests.support.drafts import PAGE, document, revision

FIRST = f"{PAGE}/questions/Q1"
FIELDS = {"stem": "几点放行？", "option": ["", "早", "晚"], "right": "2", "points": "40", "key": "1"}


@pytest.fixture(name="app_")
def _app(world):  # noqa: F811
    return world


def text(app):
    with app.app_context():
        return document()


def now_at(app):
    with app.app_context():
        return revision()


def asked(client, **fields):
    return post(client, FIRST, FIELDS | fields)


def added(app):
    client = officer(app)
    assert post(client, f"{PAGE}/questions", {"question": "Q1"}).location == f"{PAGE}?question=Q1"
    return client


def test_tr_2_given_a_question_when_added_twice_and_filled_in_then_the_document_holds_it_once(app_):
    client = added(app_)
    post(client, f"{PAGE}/questions", {"question": "Q1"})

    answers = [asked(client, revision=str(now_at(app_))) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert text(app_)["exam"] == [
        {
            "id": "Q1",
            "stem": "几点放行？",
            "options": ["早", "晚"],
            "answer": 1,
            "step": None,
            "points": 40,
            "key": True,
        }
    ]
    assert now_at(app_) == 3


def test_tr_2_given_a_question_when_opened_then_its_form_shows_it_and_its_faults(app_):
    client = added(app_)
    asked(client, revision=str(now_at(app_)), right="")

    page = client.get(f"{PAGE}?question=Q1").text

    assert "请标出正确选项。" in page
    assert 'value="晚"' in page
    assert "全部题目合计 40 分，达不到合格分 80 分。" in client.get(f"{PAGE}?training=1").text


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"stem": " "}, "stem"),
        ({"stem": "长" * 201}, "stem"),
        ({"option": ["早", "早"]}, "option"),
        ({"option": ["早", "晚" * 81]}, "option"),
        ({"option": list("一二三四五六七")}, "option"),
        ({"points": "0"}, "points"),
        ({"points": "many"}, "points"),
    ],
)
def test_tr_2_given_bad_fields_when_kept_then_they_are_refused_and_nothing_changes(app_, fields, name):
    client = added(app_)

    answer = asked(client, revision=str(now_at(app_)), **fields)

    assert answer.status_code == 422
    assert f'id="{name}-error">' in answer.text
    assert text(app_)["exam"][0]["stem"] == ""


def test_tr_4_given_the_demand_when_kept_then_the_document_holds_it_and_bad_ones_change_nothing(app_):
    client = officer(app_)
    good = {"pass_score": "90", "valid_months": "6", "special": "driving", "certificates": "驾驶证 B\n驾驶证 A\n"}

    assert post(client, f"{PAGE}/training", good | {"revision": "1"}).status_code == 303
    for odd in ({"pass_score": "79"}, {"valid_months": "61"}, {"special": "x"}, {"certificates": "证\n" * 11}):
        assert post(client, f"{PAGE}/training", good | odd | {"revision": "2"}).status_code == 422
    assert post(client, f"{PAGE}/training", good).status_code == 422

    assert text(app_)["training"] == {
        "pass_score": 90, "valid_months": 6, "special": "driving", "certificates": ["驾驶证 B", "驾驶证 A"],
    }  # fmt: skip


def test_given_two_officers_at_one_question_when_both_change_the_answers_then_nobody_s_are_mixed(app_):
    client, other = added(app_), officer(app_, "max")
    seen = str(now_at(app_))
    asked(client, revision=seen)

    clash = post(other, FIRST, FIELDS | {"revision": seen, "option": ["晚", "早"], "right": "0"})
    stands = post(other, FIRST, FIELDS | {"revision": seen, "option": ["晚", "早"], "right": "0", "whose": "theirs"})

    assert (clash.status_code, stands.status_code) == (409, 303)
    assert "晚 ✓" in clash.text
    assert (text(app_)["exam"][0]["options"], text(app_)["exam"][0]["answer"]) == (["早", "晚"], 1)


def test_given_a_question_when_deleted_twice_then_it_is_gone_and_undo_brings_it_back(app_):
    client = added(app_)

    answers = [post(client, f"{FIRST}/remove") for _ in range(2)]
    gone = text(app_)["exam"]
    post(client, f"{PAGE}/undo", {"revision": str(now_at(app_)), "kind": "question", "part": "Q1"})

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (gone, [each["id"] for each in text(app_)["exam"]]) == ([], ["Q1"])


def test_given_a_worker_or_a_stranger_when_they_post_then_they_are_refused(app_):
    client = added(app_)
    before = text(app_)

    for address in (f"{PAGE}/questions", FIRST, f"{FIRST}/remove", f"{PAGE}/training"):
        assert officer(app_, "ann").send(address, FIELDS, page="/me").status_code == 403
    assert post(client, f"{PAGE}/questions/Q7", FIELDS).status_code == 404
    assert text(app_) == before


def test_rl_1_given_a_step_when_marked_as_release_then_it_has_two_signatures_and_the_comparison_says_so(app_):
    client = officer(app_)
    post(client, f"{PAGE}/steps", {"id": "S01"})
    step = {"title": "放行", "evidence": "none", "fail_action": "nc", "severity": "minor", "cause_default": "work"}

    post(client, f"{PAGE}/steps/S01", step | {"revision": "2", "release": "1"})
    released = text(app_)["steps"][0]
    post(client, f"{PAGE}/steps/S01", step | {"revision": "3"})
    plain = text(app_)["steps"][0]

    assert [(each["release"], each["dual_sign"]) for each in (released, plain)] == [(True, True), (False, False)]
    assert [str(each) for each in step_faults({**released, "dual_sign": False})] == [
        "A release needs the second signature."
    ]
    assert list(step_faults(released)) == list(step_faults(plain)) == []
