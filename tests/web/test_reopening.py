"""Given a refused request, when its page offers to try again, then it leads to its own page and nowhere else."""

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from app.web.reopening import reopening_path
from tests.support import builders as make
from tests.support.databases import make_app

CHECK = "/checks/00000000-0000-4000-8000-000000000001"


def leads_to(app, path, **asked):
    with app.test_request_context(path, **asked):
        return reopening_path()


@pytest.fixture
def bare(tmp_path):
    """The routes are enough: no request of these reaches the database."""
    return make_app(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path)


@pytest.mark.parametrize(
    ("path", "again"),
    [
        ("/log?day=2026-11-20&unit=a%26b", "/log?day=2026-11-20&unit=a%26b"),
        ("/p/7K3QX9M2TA", "/p/7K3QX9M2TA"),
        ("/p/a%3Fb%0Ac", "/p/a%3Fb%0Ac"),
        ("/厕所", "/%E5%8E%95%E6%89%80"),
    ],
)
def test_given_a_page_when_refused_then_its_own_address_with_the_query_is_tried_again(bare, path, again):
    assert leads_to(bare, path) == again


@pytest.mark.parametrize("path", ["//evil.example/a", "/%5Cevil.example", "///evil.example", "/%09/evil.example"])
def test_given_an_address_that_a_browser_reads_as_another_site_when_refused_then_it_stays_here(bare, path):
    again = leads_to(bare, path, base_url="http://localhost")

    assert again.startswith("/") and not again.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    ("path", "again"),
    [
        (f"{CHECK}/verdicts", CHECK),
        ("/log/unables", "/log"),
        ("/login", "/login"),
        ("/p/7K3QX9M2TA", "/p/7K3QX9M2TA"),
        ("/labels/points/p1/replace", "/labels"),
        ("/nowhere/at/all", "/"),
    ],
)
def test_given_a_sent_form_when_refused_then_the_nearest_page_above_is_opened(bare, path, again):
    assert leads_to(bare, path, method="POST") == again


@pytest.mark.parametrize(
    ("named", "again"),
    [("/log?day=2026-11-20", "/log?day=2026-11-20"), ("//evil.example", "/log"), ("/\\evil.example", "/log")],
)
def test_given_a_form_that_names_its_page_when_refused_then_that_page_if_it_is_ours(bare, named, again):
    assert leads_to(bare, "/log/unables", method="POST", data={"next": named}) == again


def test_given_a_foreign_referer_when_a_form_is_refused_then_it_is_not_followed(app, client):
    with app.app_context():
        make.small_world()
    client.sign_in("sue")

    answer = client.send(
        "/labels/points/p1/replace",
        {"reason": " ", "old": ""},
        page="/points/p1",
        headers={"Referer": "http://localhost/evil"},
    )

    assert answer.status_code == 422
    assert 'href="/labels"' in answer.text and "evil" not in answer.text


def test_given_a_form_too_large_to_read_when_refused_then_its_page_can_still_be_opened_again(tmp_path):
    app = make_app(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path, DABIAO_MAX_FORM_BYTES="1000")

    with app.test_request_context("/login", method="POST", data={"next": "x" * 2000}):
        with pytest.raises(RequestEntityTooLarge):
            reopening_path()
        again = reopening_path(form_was_read=False)

    assert again == "/login"
