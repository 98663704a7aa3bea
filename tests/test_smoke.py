"""The product stands up: the first pages of a fresh database."""

import pytest

pytestmark = pytest.mark.smoke


def test_given_a_fresh_database_when_the_sign_in_page_is_opened_then_it_shows(client):
    answer = client.get("/login")

    assert answer.status_code == 200


def test_given_a_fresh_database_when_health_is_asked_then_it_answers(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.is_json
