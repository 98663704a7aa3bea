"""Proposals to revise a standard: the page and its one deed. On both databases."""

import pytest

from app.nonconformities.models import RevisionProposal
from tests.support import builders as make
from tests.support.builders import person
from tests.support.findings import finding, found, played
from tests.support.stored import rows_of, tables


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        person("ina", "inspector", "bureau")
        person("stan", "standards", "bureau")
        app.finding = played(found(), "revision")
        app.proposal = rows_of(RevisionProposal)[0].id
    return app


def answered(app, who, **data):
    client = app.test_client()
    client.sign_in(who)
    return client, client.send(f"/nonconformities/proposals/{app.proposal}", data, page="/me")


def rows(app):
    with app.app_context():
        return tables(), rows_of(RevisionProposal)[0].state, finding(app.finding).state


def test_nc_11_given_a_proposal_when_the_section_opens_the_page_then_its_records_stand_there(world):
    client = world.test_client()
    client.sign_in("stan")

    page = client.get("/nonconformities/proposals").get_data(as_text=True)

    assert "地面有水" in page
    assert f"/nonconformities/{world.finding}" in page


def test_nc_7_given_a_proposal_when_taken_then_the_finding_closes(world):
    _client, answer = answered(world, "stan", answer="taken", text="下一版修订")

    assert answer.status_code == 303
    assert rows(world)[1:] == ("taken", "closed")


@pytest.mark.parametrize(("who", "status"), [("ina", 403), ("sue", 403), ("ann", 403), ("bob", 403)])
def test_given_another_role_when_answering_then_it_is_refused_and_nothing_changes(world, who, status):
    before = rows(world)[1:]

    _client, answer = answered(world, who, answer="taken", text="x")

    assert answer.status_code == status
    assert rows(world)[1:] == before


@pytest.mark.parametrize("data", [{"answer": "taken"}, {"answer": "odd", "text": "x"}, {"text": "x"}, {}])
def test_given_an_answer_that_makes_no_sense_when_sent_then_422_and_nothing_changes(world, data):
    _client, answer = answered(world, "stan", **data)

    assert answer.status_code == 422
    assert rows(world)[1:] == ("open", "revision")


def test_given_an_answer_when_sent_again_then_the_second_is_told_and_nothing_changes(world):
    client, _first = answered(world, "stan", answer="declined", text="执行不到位")
    before = rows(world)

    second = client.send(f"/nonconformities/proposals/{world.proposal}", {"answer": "taken", "text": "x"}, page="/me")

    assert second.status_code == 409
    assert rows(world)[1:] == before[1:] == ("declined", "to_rectify")
