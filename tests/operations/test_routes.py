"""/metrics: figures with the key, no page without it; counts rise with requests."""

import re

import pytest

from tests.support import builders as make
from tests.support.databases import let_go, make_app, nothing

KEY = "watching-0123456789"


@pytest.fixture
def watched(database, templates, tmp_path):
    with templates.copy(database, "bare", nothing, tmp_path / "watched") as url:
        app = make_app(url, tmp_path / "watched", DABIAO_METRICS_KEY=KEY)
        with app.app_context():
            make.small_world()
        yield app.test_client()
        let_go(app)


def figures(client, key=KEY):
    return client.get("/metrics", headers={"Authorization": f"Bearer {key}"})


def test_given_the_key_when_asked_then_standing_and_counts_are_told(watched):
    def signed_out(text):
        found = re.search(r'dabiao_requests_total\{endpoint="accounts.sign_in",method="GET",status="200"\} (\d+)', text)
        return float(found[1]) if found else 0

    before = signed_out(figures(watched).text)
    watched.get("/login")
    answer = figures(watched)

    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert signed_out(answer.text) == before + 1
    assert "dabiao_pictures_queued 0.0" in answer.text
    assert "dabiao_rows_ahead_seconds" in answer.text
    assert 'dabiao_request_seconds_bucket{endpoint="accounts.sign_in"' in answer.text


@pytest.mark.parametrize("key", ["", "watching-012345678", "WATCHING-0123456789"])
def test_given_another_key_when_asked_then_there_is_no_such_page(watched, key):
    assert figures(watched, key).status_code == 404


def test_given_no_key_is_set_when_asked_with_an_empty_one_then_there_is_no_such_page(client):
    assert figures(client, "").status_code == 404
