"""The workbook of standards: filled in, looked at, taken over as projects with drafts; nothing is published."""

import io
import uuid

import openpyxl
import pytest

from app import clock
from app.db import db
from app.standards.models import Edition
from app.standards.models_drafts import Draft
from app.standards.models_projects import Project
from tests.support import builders
from tests.support.duties import MONDAY_NOON, world
from tests.support.workbooks import changed, merged, saved

PROJECTS, DRAFTS, EDITIONS = (each.__table__ for each in (Project, Draft, Edition))
ONE, TWO = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
HEAD = {
    "key": "甲", "title": "母婴室日常保洁", "place": "物业服务", "unit": "care", "leader": "std",
    "due_on": "2027-03-31", "minutes": 12, "public": "是",
}  # fmt: skip
STEP = {"standard": "甲", "id": "S01", "title": "台面", "requirement": "无污渍", "key": "否", "evidence": "打钩"}
READING = {
    "standard": "甲", "id": "S02", "title": "室温", "key": "是", "evidence": "读数", "unit": "℃", "min": 20,
    "max": 26.5,
}  # fmt: skip
CHOICE = {
    "standard": "甲", "id": "S03", "title": "=1+1", "key": "否", "evidence": "选择", "choices": "好、差",
    "passing": "好",
}  # fmt: skip
WINDOW = {
    "standard": "甲", "schedule": "A", "repeats": "每天", "days": "工作日、休息日", "first_on": "2027-01-04",
    "start": "08:00", "end": "09:00", "profile": "全项",
}  # fmt: skip


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY_NOON):
        world()
        builders.person("std", "standards", "bureau")
        builders.person("sue", "supervisor", "care")
    return app


def at_work(app, person_id="std"):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def template(client):
    with clock.at(MONDAY_NOON):
        answer = client.get("/exchange/standards.xlsx?empty=1")
    assert answer.status_code == 200
    return answer.data


def filled(body, head=HEAD, steps=(STEP, READING), windows=(WINDOW,)):
    body = changed(body, "标准", 1, **head)
    for at, step in enumerate(steps, 1):
        body = changed(body, "步骤", at, **step)
    for at, window in enumerate(windows, 1):
        body = changed(body, "日程", at, **window)
    return body


def send(client, path, data):
    with clock.at(MONDAY_NOON):
        return client.send(path, data, page="/me")


def sent_in(client, body, import_id=ONE):
    return send(
        client, "/exchange", {"id": import_id, "kind": "standards", "file": (io.BytesIO(body), "新标准.xlsx")}
    )  # fmt: skip


def page(client, import_id=ONE):
    with clock.at(MONDAY_NOON):
        return client.get(f"/exchange/imports/{import_id}").get_data(as_text=True)


def applied(client, import_id=ONE):
    return send(client, f"/exchange/imports/{import_id}/apply", {})


def stored(app, table):
    with app.app_context():
        return db.session.execute(db.select(table)).all()


def test_given_a_filled_workbook_when_taken_over_twice_then_one_project_in_drafting_and_nothing_published(site):
    client, editions = at_work(site), len(stored(site, EDITIONS))
    looked = sent_in(client, filled(template(client)))
    between = stored(site, PROJECTS)
    shown = page(client)

    done = [applied(client).status_code for _ in (1, 2)]
    project, draft = stored(site, PROJECTS), stored(site, DRAFTS)

    assert (looked.status_code, between, done) == (303, [], [303, 303])
    assert "母婴室日常保洁" in shown and "/apply" in shown
    assert [(each.title, each.state, each.kind, each.leader_id) for each in project] == [
        ("母婴室日常保洁", "drafting", "new", "std")
    ]
    assert project[0].code.startswith("JGSW05003.")
    assert (project[0].responsible_id, str(project[0].due_on), project[0].edition) == ("care", "2027-03-31", None)
    steps, schedules = draft[0].document["steps"], draft[0].document["schedules"]
    assert [step["id"] for step in steps] == ["S01", "S02"]
    assert (steps[1]["min"], steps[1]["max"], steps[1]["unit"], steps[1]["key"]) == (20, 26.5, "℃", True)
    assert (schedules[0]["rrule"], schedules[0]["day_types"]) == ("FREQ=DAILY", ["workday", "restday"])
    assert schedules[0]["windows"][0]["start"] == "08:00"
    assert len(stored(site, EDITIONS)) == editions
    with clock.at(MONDAY_NOON):
        assert "台面" in client.get(f"/standards/projects/{project[0].id}/draft").get_data(as_text=True)


def test_given_the_same_workbook_sent_anew_when_looked_at_then_its_title_is_taken(site):
    client = at_work(site)
    body = filled(template(client))
    sent_in(client, body)
    applied(client)
    sent_in(client, body, TWO)

    assert "标准!B4" in page(client, TWO)
    assert applied(client, TWO).status_code == 409
    assert len(stored(site, PROJECTS)) == 1


@pytest.mark.parametrize(
    ("parts", "cell"),
    [
        ({"head": HEAD | {"place": "不存在"}}, "标准!D4"),
        ({"head": HEAD | {"due_on": "2026-11-22"}}, "标准!G4"),
        ({"head": {**HEAD, "title": None}}, "标准!B4"),
        ({"steps": [READING | {"min": 30}]}, "步骤!I4"),
        ({"steps": [READING | {"max": "很热"}]}, "步骤!J4"),
        ({"steps": [STEP, STEP]}, "步骤!A5"),
        ({"steps": [STEP | {"standard": "乙"}]}, "步骤!A4"),
        ({"steps": [CHOICE]}, "步骤!C4"),
        ({"windows": [WINDOW | {"end": "07:00"}]}, "日程!G4"),
        ({"windows": [WINDOW | {"start": "25:00"}]}, "日程!G4"),
        ({"windows": [WINDOW | {"days": "工作日、闰日"}]}, "日程!E4"),
    ],
)
def test_given_a_cell_that_does_not_hold_when_looked_at_then_its_address_and_nothing_comes(site, parts, cell):
    client = at_work(site)
    sent_in(client, filled(template(client), **parts))

    assert cell in page(client)
    assert applied(client).status_code == 409
    assert stored(site, PROJECTS) == stored(site, DRAFTS) == []


def test_given_merged_cells_when_looked_at_then_their_address(site):
    client = at_work(site)
    sent_in(client, merged(filled(template(client)), "步骤", "C4:C5"))

    assert "步骤!C4:C5" in page(client)


def test_given_texts_that_look_like_formulas_when_taken_over_then_they_are_texts(site):
    client = at_work(site)
    book = openpyxl.load_workbook(io.BytesIO(filled(template(client), steps=[STEP])))
    book["步骤"].cell(4, 3).value = "@SUM(1)"
    sent_in(client, saved(book))

    applied(client)

    assert stored(site, DRAFTS)[0].document["steps"][0]["title"] == "@SUM(1)"


def test_given_another_role_when_it_asks_for_the_workbook_then_it_is_refused(site):
    client = at_work(site, "sue")

    with clock.at(MONDAY_NOON):
        assert client.get("/exchange/standards.xlsx").status_code == 403
    assert sent_in(client, b"PK").status_code == 403
