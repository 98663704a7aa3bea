"""The pages of workbooks: round trip, dry run, all or nothing, retries, roles."""

import io
import uuid

import openpyxl
import pytest

from app import clock
from app.accounts.models import Person
from app.db import db
from app.exchange.models import Import
from app.places.models import LabelCode, Point, PointStandard
from app.schedule.models import Round
from app.schedule.models_rota import Absence, Rota
from tests.support import builders
from tests.support.duties import MONDAY_NOON, made, world
from tests.support.workbooks import changed, merged, row_of

POINTS, HERE, CODES, PEOPLE = (each.__table__ for each in (Point, PointStandard, LabelCode, Person))
IMPORTS, ROTAS, ABSENCES, ROUNDS = (each.__table__ for each in (Import, Rota, Absence, Round))
ONE, TWO = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
NEW_POINT = {
    "code": "01-02-WC-09", "name": "@SUM(1)", "name_en": "", "kind": "母婴室", "building": "1号楼", "floor": "2F",
    "area": "卫生间区", "zone": "红色", "risk": 2, "photo_allowed": "否", "open_on_restday": "是",
    "open_on_holiday": "是", "active": "是",
}  # fmt: skip


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY_NOON):
        world()
        builders.person("std", "standards", "bureau")
        builders.person("adm", "admin", "bureau")
        builders.person("sue", "supervisor", "care")
        builders.person("tom", "supervisor", "other")
        made()
    return app


def at_work(app, person_id):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def send(client, path, data):
    with clock.at(MONDAY_NOON):
        return client.send(path, data, page="/me")


def workbook(client, kind, query=""):
    with clock.at(MONDAY_NOON):
        answer = client.get(f"/exchange/{kind}.xlsx{query}")
    assert answer.status_code == 200
    return answer.data


def sent_in(client, kind, body, import_id=ONE, name="改.xlsx"):
    return send(client, "/exchange", {"id": import_id, "kind": kind, "file": (io.BytesIO(body), name)})


def page(client, import_id=ONE):
    with clock.at(MONDAY_NOON):
        answer = client.get(f"/exchange/imports/{import_id}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def stored(app, table, *names):
    with app.app_context():
        return sorted(tuple(row) for row in db.session.execute(db.select(*(table.c[name] for name in names))).all())


@pytest.mark.parametrize(("kind", "who"), [("points", "std"), ("people", "adm"), ("rounds", "std"), ("rounds", "sue")])
def test_given_what_stands_when_it_is_sent_in_as_it_is_then_nothing_would_change(site, kind, who):
    client = at_work(site, who)

    done = sent_in(client, kind, workbook(client, kind))

    assert done.status_code == 303
    text = page(client)
    assert "没有变化" in text
    assert "整份生效" not in text


def test_given_points_in_a_workbook_when_it_is_taken_over_then_old_and_new_ones_stand_and_the_new_one_has_a_label(site):
    client = at_work(site, "std")
    body = changed(workbook(client, "points"), "点位", 1, name="男卫生间（东）", risk=3)
    body = changed(body, "点位", 2, **NEW_POINT)
    body = changed(
        body, "点位标准", 2, point="01-02-WC-09", standard="JGSW05003.01", implementer="clean", responsible="care"
    )
    sent_in(client, "points", body)

    dry = page(client)
    before = stored(site, POINTS, "name")
    answers = [send(client, f"/exchange/imports/{ONE}/apply", {}).status_code for _ in (1, 2)]

    assert before == [("1号楼1层男卫生间",)]
    assert "男卫生间（东）" in dry
    assert answers == [303, 303]
    assert stored(site, POINTS, "name", "kind", "risk", "photo_allowed") == [
        ("@SUM(1)", "母婴室", 2, False), ("男卫生间（东）", "restroom", 3, True),
    ]  # fmt: skip
    assert len(stored(site, CODES, "code")) == 2
    assert [row[1:] for row in stored(site, HERE, "point_id", "standard_code", "implementer_id")] == [
        ("JGSW05003.01", "clean"), ("JGSW05003.01", "clean"),
    ]  # fmt: skip
    assert "已生效" in page(client)
    again = openpyxl.load_workbook(io.BytesIO(workbook(client, "points")))["点位"]
    assert [again.cell(4, 2).value, again.cell(4, 2).data_type] == ["男卫生间（东）", "s"]
    assert again.cell(5, 2).data_type == "s"


def test_given_one_cell_that_does_not_hold_when_it_is_sent_in_then_its_address_is_named_and_nothing_is_changed(site):
    client = at_work(site, "std")
    body = changed(workbook(client, "points"), "点位", 1, name="改了")
    body = changed(body, "点位", 2, **{**NEW_POINT, "zone": "紫色", "risk": 9, "area": ""})
    sent_in(client, "points", body)

    text = page(client)
    answer = send(client, f"/exchange/imports/{ONE}/apply", {})

    for cell in ("点位!G5", "点位!H5", "点位!I5"):
        assert cell in text
    assert answer.status_code == 409
    assert stored(site, POINTS, "name") == [("1号楼1层男卫生间",)]
    assert stored(site, IMPORTS, "applied_at") == [(None,)]


def test_given_a_code_twice_and_a_standard_at_no_point_when_it_is_read_then_both_cells_are_named(site):
    client = at_work(site, "std")
    body = changed(workbook(client, "points"), "点位", 2, **NEW_POINT)
    twice = changed(body, "点位", 3, **NEW_POINT)
    sent_in(client, "points", twice)
    astray = changed(body, "点位标准", 2, point="X", standard="JGSW05003.01", implementer="clean", responsible="care")
    sent_in(client, "points", astray, TWO)

    assert "点位!A6" in page(client)
    assert "点位标准!A5" in page(client, TWO)


def test_given_merged_cells_and_a_formula_without_a_value_when_it_is_read_then_both_addresses_are_named(site):
    client = at_work(site, "std")
    body = merged(changed(workbook(client, "points"), "点位", 1, name='="男"&"卫生间"'), "点位", "C4:C6")
    sent_in(client, "points", body)

    text = page(client)

    assert "点位!C4:C6" in text
    assert "点位!B4" in text
    assert "公式没有结果" in text


def test_given_people_when_they_are_taken_over_then_accounts_are_new_changed_and_ended(site):
    client = at_work(site, "adm")
    body = workbook(client, "people")
    ben, fresh = row_of(body, "人员", "id", "ben"), 8
    body = changed(body, "人员", ben, active="否")
    body = changed(
        body,
        "人员",
        fresh,
        id="new-1",
        name="新来的",
        role="作业人员",
        unit="clean",
        crew="c1",
        shift="early",
        active="是",
    )
    sent_in(client, "people", body)
    send(client, f"/exchange/imports/{ONE}/apply", {})

    found = {row[0]: row[1:] for row in stored(site, PEOPLE, "id", "name", "crew_id", "active", "password_hash")}
    assert found["new-1"] == ("新来的", "c1", True, "")
    assert found["ben"][2] is False
    assert found["ann"][2] is True


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"role": "班长", "crew": ""}, "E"),
        ({"unit": "other"}, "E"),
        ({"id": "张 三"}, "A"),
        ({"role": "国王"}, "C"),
        ({"active": "也许"}, "G"),
        ({"name": "长" * 61}, "B"),
    ],
)
def test_given_somebody_who_does_not_hold_when_it_is_read_then_the_cell_is_named(site, cells, address):
    client = at_work(site, "adm")
    body = workbook(client, "people")
    ann = row_of(body, "人员", "id", "ann")

    sent_in(client, "people", changed(body, "人员", ann, **cells))

    assert f"人员!{address}{ann + 3}" in page(client)


def test_given_no_administrator_left_when_it_is_read_then_it_is_refused(site):
    client = at_work(site, "adm")
    body = workbook(client, "people")

    sent_in(client, "people", changed(body, "人员", row_of(body, "人员", "id", "adm"), active="否"))

    assert "没有管理员" in page(client)
    assert send(client, f"/exchange/imports/{ONE}/apply", {}).status_code == 409


def test_given_rounds_and_leave_when_they_are_taken_over_then_a_draft_stands_and_the_leave_counts(site):
    client = at_work(site, "sue")
    body = changed(workbook(client, "rounds"), "责任区", 1, person="人员ben", name="一层西")
    body = changed(
        body, "请假", 1, person="人员ann", from_on="2026/11/24", to_on="2026-11-25", kind="请假", cover="人员lea"
    )
    sent_in(client, "rounds", body)

    answers = [send(client, f"/exchange/imports/{ONE}/apply", {}).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    [(state, rounds)] = stored(site, ROTAS, "state", "rounds")
    assert (state, rounds[0]["person_id"], rounds[0]["name"]) == ("draft", "ben", "一层西")
    assert stored(site, ROUNDS, "person_id") == [("ann",)]
    assert [row[0] for row in stored(site, ABSENCES, "person_id")] == ["ann"]
    sent_in(client, "rounds", body, TWO)
    assert "没有变化" in page(client, TWO)


@pytest.mark.parametrize(
    ("sheet", "cells", "address"),
    [
        ("责任区", {"points": "01-99"}, "责任区!G4"),
        ("责任区", {"windows": "X/A/A1"}, "责任区!H4"),
        ("责任区", {"crew": "c2"}, "责任区!E4"),
        ("请假", {"person": "人员ann", "from_on": "2026-11-25", "to_on": "2026-11-24", "kind": "请假"}, "请假!C4"),
        ("请假", {"person": "人员ann", "from_on": "bald", "to_on": "2026-11-24", "kind": "请假"}, "请假!B4"),
        (
            "请假",
            {"person": "人员ann", "from_on": "2026-11-24", "to_on": "2026-11-24", "kind": "请假", "cover": "人员ann"},
            "请假!E4",
        ),
    ],
)
def test_given_a_round_or_leave_that_does_not_hold_when_it_is_read_then_the_cell_is_named(site, sheet, cells, address):
    client = at_work(site, "sue")

    sent_in(client, "rounds", changed(workbook(client, "rounds"), sheet, 1, **cells))

    assert address in page(client)


@pytest.mark.parametrize(
    ("who", "kind", "status"), [("sue", "points", 403), ("std", "people", 403), ("adm", "rounds", 403)]
)
def test_given_another_role_when_it_asks_for_a_workbook_then_it_is_refused(site, who, kind, status):
    client = at_work(site, who)

    with clock.at(MONDAY_NOON):
        assert client.get(f"/exchange/{kind}.xlsx").status_code == status
    assert sent_in(client, kind, b"PK").status_code == status
    assert stored(site, IMPORTS, "id") == []


def test_given_a_workbook_of_somebody_else_when_it_is_asked_for_then_there_is_none(site):
    sue = at_work(site, "sue")
    sent_in(sue, "rounds", changed(workbook(sue, "rounds"), "责任区", 1, name="别名"))
    tom = at_work(site, "tom")

    with clock.at(MONDAY_NOON):
        assert tom.get(f"/exchange/imports/{ONE}").status_code == 404
    assert send(tom, f"/exchange/imports/{ONE}/apply", {}).status_code == 404
    assert stored(site, ROTAS, "id") == []


def test_given_a_retry_when_the_same_workbook_is_sent_in_twice_then_it_stands_once(site):
    client = at_work(site, "std")
    body = workbook(client, "points", "?empty=1")

    answers = [sent_in(client, "points", body).status_code for _ in (1, 2)]

    assert answers == [303, 303]
    assert len(stored(site, IMPORTS, "id")) == 1


def test_given_what_is_no_workbook_when_it_is_sent_in_then_a_sentence_says_so(site):
    client = at_work(site, "std")

    assert sent_in(client, "points", b"code,name\r\n").status_code == 415
    assert sent_in(client, "points", b"").status_code == 422
    assert sent_in(client, "people", workbook(client, "points")).status_code == 403
    assert sent_in(client, "rounds", workbook(client, "points")).status_code == 422
    assert sent_in(client, "kings", b"PK").status_code == 404
    assert send(client, "/exchange", {"id": "x", "kind": "points"}).status_code == 422
    assert stored(site, IMPORTS, "id") == []
