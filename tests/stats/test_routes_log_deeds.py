"""Deeds from the log: photos judged, reports judged, findings opened; each with the standing questions."""

import pytest
from sqlalchemy import select

from app import clock
from app.checks.models import CheckEvent, CheckState
from app.db import rows
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.readers import readers, signed_in
from tests.support.standards import step_document
from tests.support.world import filled, pending_step, reported

MINUTES = make.timedelta(minutes=1)


@pytest.fixture
def world(app):
    """A done window with one photo step and a report that waits; Sue of the section answers for both."""
    with clock.at(NOW):
        with app.app_context():
            make.small_world(step_document("S01", "photo", photo_min=1), step_document("S02"))
            readers()
            app.check = filled("p1", "B1", NOW - 40 * MINUTES)
            app.report = reported("p1", "B2", NOW - 40 * MINUTES)
            pending_step(app.check, "S02")
        yield app


def deeds(world):
    """One good form for each address."""
    return {
        "/log/verdicts": {"check": world.check, "step": "S01", "verdict": "ok", "next": "/log?view=photos"},
        "/log/unables": {"check": world.report, "verdict": "accepted", "reason": "", "next": "/log?view=unable"},
        "/log/not-applicables": {"check": world.check, "step": "S02", "verdict": "refused", "reason": "当天有水"},
        "/log/findings": {"check": world.check, "step": "S01", "text": "镜面有水渍", "severity": "minor"},
    }


def kept(world):
    """Everything that a deed could have changed."""
    with world.app_context():
        tables = (CheckEvent.id, CheckState.verdicts, CheckState.unable_verdict, Finding.id, Occurrence.state)
        return [sorted(map(str, rows(select(column)))) for column in tables]


def send(client, path, form):
    return client.post(path, data={"csrf_token": client.token("/log"), **form})


@pytest.mark.parametrize("path", ["/log/verdicts", "/log/unables", "/log/not-applicables", "/log/findings"])
def test_given_the_responsible_section_when_it_decides_then_it_is_kept_and_the_page_comes_back(world, path):
    before, client = kept(world), signed_in(world, "sue")

    answer = send(client, path, deeds(world)[path])

    assert answer.status_code == 303
    assert answer.location.startswith("/log")
    assert kept(world) != before


@pytest.mark.parametrize("person_id", ["meg", "leo", "ann", "lea"])
def test_given_a_role_that_does_not_judge_when_it_tries_then_it_is_refused_and_nothing_changes(world, person_id):
    client = world.test_client()
    client.sign_in(person_id)
    before, token = kept(world), client.token("/me")

    for path, form in deeds(world).items():
        assert client.post(path, data={"csrf_token": token, **form}).status_code == 403, path
    assert kept(world) == before


def test_given_a_supervisor_of_another_section_when_deciding_then_there_is_no_such_record(world):
    client = signed_in(world, "sam")
    before = kept(world)

    for path, form in deeds(world).items():
        assert send(client, path, form).status_code == 404, path
    assert kept(world) == before


def test_given_bad_input_when_deciding_then_it_is_refused_and_nothing_changes(world):
    client = signed_in(world, "sue")
    before = kept(world)

    bad = [
        ("/log/verdicts", {"check": world.check, "step": "S01", "verdict": "perfect"}),
        ("/log/verdicts", {"check": world.check, "step": "S99", "verdict": "ok"}),
        ("/log/verdicts", {"check": world.check, "step": "S01", "verdict": "retake", "reason": " "}),
        ("/log/unables", {"check": world.report, "verdict": "maybe"}),
        ("/log/findings", {"check": world.check, "step": "S01", "text": " ", "severity": "minor"}),
        ("/log/findings", {"check": world.check, "step": "S01", "text": "x", "severity": "huge"}),
        ("/log/findings", {"check": "nothing", "step": "S01", "text": "x"}),
    ]
    for path, form in bad:
        assert 400 <= send(client, path, form).status_code < 500, (path, form)
    assert kept(world) == before


def test_given_a_report_judged_before_when_judged_again_then_the_first_verdict_stands(world):
    client = signed_in(world, "sue")
    send(client, "/log/unables", deeds(world)["/log/unables"])
    after = kept(world)

    answer = send(client, "/log/unables", {"check": world.report, "verdict": "refused", "reason": "x"})

    assert answer.status_code == 409
    assert kept(world) == after


def test_given_the_window_is_over_when_another_photo_is_asked_for_then_it_is_too_late(world):
    client = signed_in(world, "sue")
    form = {"check": world.check, "step": "S01", "verdict": "retake", "reason": "要拍到地面"}

    assert send(client, "/log/verdicts", form).status_code == 303
    with clock.at(NOW + make.timedelta(days=1)):
        assert send(client, "/log/verdicts", form).status_code == 409


def test_given_a_place_to_return_to_that_is_elsewhere_when_decided_then_the_log_comes_back(world):
    client = signed_in(world, "sue")

    answer = send(client, "/log/verdicts", {**deeds(world)["/log/verdicts"], "next": "https://evil.example/"})

    assert answer.location == "/log"


def test_given_no_token_when_deciding_then_it_is_refused(world):
    client = signed_in(world, "sue")
    before = kept(world)

    for path, form in deeds(world).items():
        assert client.post(path, data=form).status_code in (400, 403), path
    assert kept(world) == before


def test_given_what_waits_when_the_log_is_opened_then_the_reviewer_finds_the_forms_and_others_do_not(world):
    view = "/log?day=2026-11-23&view=unable"

    mine = signed_in(world, "sue").get(view).get_data(as_text=True)
    theirs = signed_in(world, "meg").get(view).get_data(as_text=True)

    assert mine.count('action="/log/unables"') == mine.count('action="/log/not-applicables"') == 1
    assert 'action="/log/unables"' not in theirs


def test_given_a_finding_from_the_wall_when_sent_again_in_the_same_words_then_there_is_one(world):
    client = signed_in(world, "sue")
    before = kept(world)[3]
    form = deeds(world)["/log/findings"]

    for _ in range(2):
        assert send(client, "/log/findings", form).status_code == 303
    assert len(kept(world)[3]) == len(before) + 1
    send(client, "/log/findings", {**form, "text": "地面有积水"})

    assert len(kept(world)[3]) == len(before) + 2
    send(client, "/log/findings", {**form, "severity": "critical"})

    assert len(kept(world)[3]) == len(before) + 3
