"""What a caller is told when there is no connection left to the database."""

import pytest

from app.db import db
from app.refusals import Conflict, Stale
from app.web.errors import answer
from tests.support import pictures
from tests.support.calls import calling_photo_step


@pytest.fixture
def phone(templates, tmp_path):
    with calling_photo_step("postgresql", templates, tmp_path / "instance") as caller:
        yield caller


@pytest.mark.parametrize(("path", "word"), [("/api/v1/session", "/problems/"), ("/me", "<main")], ids=["api", "page"])
def test_given_every_connection_in_use_when_asked_then_the_answer_is_to_come_again(phone, monkeypatch, path, word):
    with phone.app.app_context():
        pool = db.engine.pool
        monkeypatch.setattr(pool, "_timeout", 0.1)
        taken = [db.engine.connect() for _ in range(pool.size() + pool._max_overflow - pool.checkedout())]
    try:
        answer = phone("GET", path)
    finally:
        for each in taken:
            each.close()
    again = phone.put(pictures.jpeg())

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert word in answer.text
    assert again.status_code == 201


@pytest.mark.parametrize(("refusal", "heading"), [(Stale("旧了"), "有人先做了"), (Conflict("不行"), "现在不能这样办")])
def test_given_something_in_the_way_when_refused_then_only_an_older_page_says_that_somebody_was_quicker(
    app, refusal, heading
):
    with app.test_request_context("/"):
        said = answer(refusal).get_data(as_text=True)

    assert f"<h1>{heading}</h1>" in said and refusal.sentence in said
