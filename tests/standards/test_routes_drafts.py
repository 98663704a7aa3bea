"""Given a draft, when an officer writes in it, then every change is kept, and nobody else's is lost."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import scalar
from app.standards.models_drafts import DraftRevision
from tests.support.builders import NOW, person, small_world
from tests.support.drafts import PAGE, PROJECT, document, draft, project, revision
from tests.support.projects import entered

SECOND = f"{PAGE}/steps/S02"
ROWS = ("步骤 要求", "1.擦镜 无水渍", "2.拖地 无积水")
TABLE = "<table>" + "".join(f"<tr><td>{row.replace(' ', '</td><td>')}</td></tr>" for row in ROWS) + "</table>"
STEP = {"title": "水压", "evidence": "number", "fail_action": "nc", "severity": "minor", "cause_default": "work"}


@pytest.fixture
def world(app):
    with app.app_context():
        small_world()
        person("stan", "standards", "bureau")
        person("max", "standards", "bureau", name="马科")
        project()
        draft()
    return app


def table(html=TABLE):
    return BytesIO(html.encode()), "table.html"


def officer(app, who="stan"):
    return entered(app, who)


def post(client, address, fields=None, **kwargs):
    with clock.at(NOW):
        return client.send(address, fields or {}, page=PAGE, **kwargs)


def steps(app):
    with app.app_context():
        return document()["steps"]


def three_steps(client):
    for number in (1, 2, 3):
        post(client, f"{PAGE}/steps", {"id": f"S0{number}"})


def saved(client, step, given=None, seen=None, **fields):
    content = {**STEP, "revision": str(seen), **fields, **(given or {})}
    return post(client, f"{PAGE}/steps/{step}", content)


def now_at(app):
    with app.app_context():
        return revision()


def test_given_a_blank_draft_when_opened_then_the_editor_shows_it(world):
    answer = officer(world).get(PAGE)

    assert answer.status_code == 200
    assert "卫生间夜间巡查" in answer.text
    assert "标准还没有步骤。" in answer.text


def test_given_three_steps_when_moved_duplicated_and_deleted_then_the_order_follows(world):
    client = officer(world)
    three_steps(client)

    post(client, f"{SECOND}/move", {"to": "up"})
    post(client, f"{PAGE}/steps/S03/move", {"to": "0"})
    post(client, f"{SECOND}/duplicate", {"id": "S04"})
    answer = post(client, f"{PAGE}/steps/S01/remove")

    assert [each["id"] for each in steps(world)] == ["S03", "S02", "S04"]
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?step=S04")


def test_given_the_same_form_twice_when_a_step_is_added_then_there_is_one(world):
    client = officer(world)

    for _ in range(2):
        assert post(client, f"{PAGE}/steps", {"id": "S01"}).status_code == 303
    for _ in range(2):
        assert post(client, f"{PAGE}/steps/S01/duplicate", {"id": "S02"}).status_code == 303
    for _ in range(2):
        assert post(client, f"{PAGE}/schedules", {"id": "A"}).status_code == 303
    for _ in range(2):
        assert post(client, f"{PAGE}/paste", {"table": table(), "id": "S03"}).status_code == 303
    for _ in range(2):
        assert post(client, f"{PAGE}/steps/S01/remove").status_code == 303

    assert [each["id"] for each in steps(world)] == ["S02", "S03", "S04"]


def test_given_a_step_when_filled_in_then_its_document_holds_everything(world):
    client = officer(world)
    three_steps(client)

    answer = saved(
        client, "S02", seen=now_at(world), requirement="不低于", unit="MPa", min="0.2", max="0,4", limit_basis="内控值",
        outer_reference="GB 1", outer_min="0.1", outer_mandatory="1", clause="5.2", key="1", safety="防滑",
        evidence_class="压力表照片",
        when_join="all", when_fact=["task.profile", "date.month"], when_op=["eq", "in"], when_value=["full", "6、7"],
    )  # fmt: skip

    assert answer.status_code == 303
    step = steps(world)[1]
    assert (step["title"], step["evidence"], step["min"], step["max"], step["unit"]) == (
        "水压",
        "number",
        0.2,
        0.4,
        "MPa",
    )
    assert step["external"] == {"reference": "GB 1", "min": 0.1, "max": None, "mandatory": True}
    assert (step["clause"], step["key"], step["safety"]) == ("5.2", True, "防滑")
    assert step["evidence_class"] == "压力表照片"
    assert '<option value="压力表照片">' in client.get(f"{PAGE}?step=S03").text
    assert step["applies_when"] == {
        "all": [{"fact": "task.profile", "eq": "full"}, {"fact": "date.month", "in": [6, 7]}]
    }


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": " "}, "title"),
        ({"min": "5", "max": "4"}, "min"),
        ({"min": "much"}, "min"),
        ({"max": "1e999"}, "max"),
        ({"evidence": "song"}, "evidence"),
        ({"min_seconds": "9999"}, "min_seconds"),
        ({"max": "30", "outer_max": "26", "outer_mandatory": "1", "outer_reference": "GB 2"}, "min"),
        ({"when_fact": "task.profile", "when_op": "eq", "when_value": "sometimes"}, "when_value"),
        ({"when_text": "{"}, "when_value"),
    ],
)
def test_given_what_does_not_hold_when_kept_then_a_sentence_says_so_and_nothing_changes(world, fields, name):
    client = officer(world)
    three_steps(client)
    before = steps(world)

    page = saved(client, "S02", fields, now_at(world))
    script = post(client, SECOND, {**STEP, "revision": "4", **fields}, headers={"Accept": "application/json"})

    assert (page.status_code, script.status_code) == (422, 422)
    assert list(script.json["fields"]) == [name]
    assert steps(world) == before


def test_given_the_page_s_script_when_a_step_is_kept_then_it_gets_the_pieces_that_changed(world):
    client = officer(world)
    three_steps(client)

    answer = post(client, SECOND, {**STEP, "revision": "4"}, headers={"Accept": "application/json"})

    assert answer.json["revision"] == 5
    assert "水压" in answer.json["list"]
    assert (answer.json["undo"], answer.json["redo"]) == (True, False)


def test_given_two_editors_when_they_change_different_things_then_both_are_kept(world):
    one, other = officer(world), officer(world, "max")
    three_steps(one)
    seen = now_at(world)

    saved(one, "S02", seen=seen, title="水压", requirement="一")
    answer = saved(other, "S03", seen=seen, title="灯", evidence="none")
    again = saved(
        other, "S02", {"title": steps(world)[0]["title"], "safety": "防滑", "requirement": ""}, seen, evidence="none"
    )

    assert (answer.status_code, again.status_code) == (303, 303)
    second, third = steps(world)[1:]
    assert (second["title"], second["requirement"], second["safety"], third["title"]) == ("水压", "一", "防滑", "灯")


@pytest.mark.parametrize(("whose", "title"), [("mine", "他的"), ("theirs", "我的")])
def test_given_two_editors_when_they_change_the_same_field_then_the_second_chooses(world, whose, title):
    one, other = officer(world), officer(world, "max")
    three_steps(one)
    seen = now_at(world)
    saved(one, "S02", seen=seen, title="我的")

    refused = saved(other, "S02", seen=seen, title="他的", safety="防滑")
    between = steps(world)[1]
    chosen = saved(other, "S02", seen=seen, title="他的", safety="防滑", whose=whose)

    assert refused.status_code == 409
    assert "人员stan" in refused.text
    assert "他的" in refused.text
    assert (between["title"], between["safety"]) == ("我的", None)
    assert chosen.status_code == 303
    assert (steps(world)[1]["title"], steps(world)[1]["safety"]) == (title, "防滑")


def test_given_changes_when_undone_and_redone_then_the_text_goes_back_and_forth_and_every_version_stays(world):
    client = officer(world)
    three_steps(client)

    for deed, left in (("undo", 2), ("undo", 1), ("redo", 2), ("undo", 1), ("undo", 0)):
        assert post(client, f"{PAGE}/{deed}", {"revision": str(now_at(world))}).status_code == 303
        assert len(steps(world)) == left
    nothing = post(client, f"{PAGE}/undo", {"revision": str(now_at(world))})

    assert nothing.status_code == 422
    with world.app_context():
        assert scalar(select(func.count()).select_from(DraftRevision)) == 9


def test_given_another_s_change_when_undone_from_an_old_page_then_it_is_refused(world):
    client = officer(world)
    three_steps(client)

    answer = post(client, f"{PAGE}/undo", {"revision": "2"})

    assert answer.status_code == 409
    assert len(steps(world)) == 3


def test_given_a_table_when_pasted_then_its_rows_are_steps_behind_the_open_one(world):
    client = officer(world)
    three_steps(client)

    answer = post(client, f"{PAGE}/paste", {"table": table(), "text": "", "id": "S04", "after": "S01"})

    assert answer.location == f"{PAGE}?step=S04"
    found = [(each["id"], each["title"]) for each in steps(world)]
    assert found[1:3] == [("S04", "擦镜"), ("S05", "拖地")]
    assert len(found) == 5


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 422),
        ({"table": "<table></table>", "text": " \t \n"}, 422),
        ({"text": "a\n" * 300}, 422),
        ({"text": "a" * 30_000}, 422),
        ({"table": "<table>" + "<tr><td>步</td></tr>" * 5000}, 422),
        ({"table": "a" * 480_001}, 413),
    ],
)
def test_given_what_is_no_table_when_pasted_then_a_sentence_says_so_and_nothing_changes(world, fields, status):
    client = officer(world)

    given = {**fields, "table": table(fields["table"])} if "table" in fields else fields
    answer = post(client, f"{PAGE}/paste", given)

    assert answer.status_code == status
    assert steps(world) == []


def test_given_a_schedule_when_filled_in_then_its_document_holds_it(world):
    client = officer(world)
    post(client, f"{PAGE}/schedules")

    answer = post(
        client,
        f"{PAGE}/schedules/A",
        {
            "revision": "2", "label": "夜间", "kind": "calendar", "day_types": ["workday", "restday"], "how": "weekly",
            "every": "2", "days": ["TU"], "dtstart": "2026-11-23", "roll": "none", "w_id": ["A1", ""],
            "w_start": ["22:00", "23:30"], "w_end": ["23:00", "00:30"], "w_days": ["0", "1"], "w_before": ["5", "0"],
            "w_after": ["10", "0"], "w_profile": ["round", "深度"], "w_kind": ["regular", "handover"],
            "w_minutes": ["20", ""], "w_label": ["一", ""],
        },
    )  # fmt: skip

    with world.app_context():
        schedule = document()["schedules"][0]
    assert answer.status_code == 303
    assert (schedule["rrule"], schedule["dtstart"]) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "20261124")
    assert [(each["id"], each["start"], each["end"]) for each in schedule["windows"]] == [
        ("A1", "22:00", "23:00"), ("A2", "23:30", "00:30")
    ]  # fmt: skip
    assert [each["profile"] for each in schedule["windows"]] == ["round", "deep"]
    assert schedule["windows"][1]["end_day_offset"] == 1
    assert officer(world).get(f"{PAGE}?schedule=A").status_code == 200


def test_given_a_schedule_without_days_when_kept_then_it_is_refused(world):
    client = officer(world)
    post(client, f"{PAGE}/schedules")

    answer = post(client, f"{PAGE}/schedules/A", {"revision": "2", "kind": "calendar", "dtstart": "soon"})

    assert answer.status_code == 422
    with world.app_context():
        assert revision() == 2


def test_given_the_head_when_kept_then_keys_that_the_form_does_not_know_stay(world):
    client = officer(world)

    post(client, f"{PAGE}/head", {
        "revision": "1", "title": "夜间巡查", "confirm": "each", "expected_minutes": "12", "photos": "never",
        "acceptance": "无异味\n\n 地面干", "references": "GB 1：范围\nDB 2", "speaks_to": ["process", "time", "odd"],
    })  # fmt: skip

    with world.app_context():
        kept = document()
    assert (kept["title"], kept["confirm"], kept["expected_minutes"]) == ("夜间巡查", "each", 12)
    assert (kept["photo_forbidden_when"], kept["acceptance"], kept["speaks_to"]) == (
        True, ["无异味", "地面干"], ["process", "time"],
    )  # fmt: skip
    assert kept["references"] == [
        {"name_zh": "GB 1", "used_for_zh": "范围"}, {"name_zh": "DB 2", "used_for_zh": ""}
    ]  # fmt: skip
    assert kept["steps"] == []


def test_given_a_project_that_moved_on_when_written_then_it_is_refused(world):
    with world.app_context():
        project("00000000-0000-4000-8000-0000000000d2", "review")
        draft("00000000-0000-4000-8000-0000000000d2")
    client, page = officer(world), PAGE.replace(PROJECT, "00000000-0000-4000-8000-0000000000d2")

    assert client.get(page).status_code == 409
    assert client.send(f"{page}/steps", {"id": "S01"}, page=PAGE).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("lea", 403), ("sue", 303), ("stan", 303)])
def test_given_people_of_all_kinds_when_a_step_is_added_then_only_drafters_may(world, who, status):
    client = officer(world, who)
    page = PAGE if status == 303 else "/me"

    assert client.send(f"{PAGE}/steps", {"id": "S01"}, page=page).status_code == status
    assert len(steps(world)) == (1 if status == 303 else 0)


def test_given_a_supervisor_who_does_not_draft_it_when_opened_then_it_is_refused(world):
    with world.app_context():
        person("sam", "supervisor", "care")

    assert officer(world, "sam").get(PAGE).status_code == 403


def test_given_a_draft_when_previewed_then_a_frame_of_the_editor_may_show_it_and_nothing_can_be_sent(world):
    client = officer(world)
    three_steps(client)
    saved(client, "S02", seen=now_at(world), title="水压")

    answer = client.get(f"{PAGE}/preview")

    policy = answer.headers["Content-Security-Policy"]
    assert "水压" in answer.text
    assert ("frame-ancestors 'self'" in policy, "form-action 'none'" in policy) == (True, True)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert officer(world, "ann").get(f"{PAGE}/preview").status_code == 404
