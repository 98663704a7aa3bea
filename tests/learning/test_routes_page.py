"""The page of plan, do, check, act: figures with their counts and records; a proposal with its records."""

import uuid
from datetime import timedelta

import pytest

from app import clock
from app.db import rows
from app.feedback.models import FeedbackCase
from app.learning.models import ProjectEvidence, SuggestionEvent
from app.nonconformities.models import FindingEvent, RevisionProposal
from app.standards.models_projects import ImplementationPlan, Project
from tests.support.builders import NOW, kept, occurrence, person
from tests.support.counting import queries_counted
from tests.support.findings import found
from tests.support.looks import differing
from tests.support.projects import TODAY, entered, office_world
from tests.support.standards import step_document
from tests.support.suggesting import answer, answered, became, said
from tests.support.voices import rating

NUMBER = "JGSW05003.01-2026"
PAGE = f"/standards/{NUMBER}/learning"
ID, OTHER, THIRD = (str(uuid.UUID(int=number, version=4)) for number in (0xB1, 0xB2, 0xB3))
STEPS = (
    step_document("S01", title="地面"),
    step_document("S02", title="擦拭"),
    step_document("S03", "number", title="室温", unit="℃", min=0, max=40),
)
DAY = timedelta(days=1)


@pytest.fixture
def world(app):
    with app.app_context():
        office_world(*STEPS)
    return app


def look(app, who="stan", path=PAGE):
    client = entered(app, who)
    with clock.at(NOW):
        return client.get(path)


def shown(app, who="stan", path=PAGE):
    found = look(app, who, path)
    assert found.status_code == 200
    return found.text


def of(app, table):
    with app.app_context():
        return [row._mapping for row in rows(table.__table__.select())]


def records(what, step="", days=90):
    return f"{PAGE}/records?what={what}&days={days}" + (f"&step={step}" if step else "")


def worked(app):
    """Twenty windows: the floor fails twice, wiping never applies, the room is always at 21.5; one missed."""
    with app.app_context():
        checks = answered(*["fail"] * 2, *["pass"] * 18, note=None)
        for check_id in checks:
            answer(check_id, "S02", "not_applicable")
            answer(check_id, "S03", "pass", value=21.5, unit="℃")
        occurrence("p1", "M1", NOW - DAY, state="missed")
        occurrence("p1", "M2", NOW - 100 * DAY, state="missed")
        occurrence("p1", "X1", NOW - DAY - timedelta(hours=3), state="unable")
        occurrence("p1", "F1", NOW + DAY)
        return checks


def test_given_nothing_done_when_opened_then_each_part_says_so(world):
    page = shown(world)

    for text in ("计划", "执行", "检查", "改进", "本期没有应完成的任务", "没有正在进行的修订", "还没有人提建议"):
        assert text in page


def test_given_work_when_opened_then_the_figures_stand_with_their_counts_and_open_their_records(world):
    worked(world)

    page = shown(world)

    assert "20/21" in page  # of what was due in the period; the far one, the reported one and the one ahead are not
    assert "10.0%" in page and "2/20" in page  # the floor
    assert "100.0%" in page and "20/20" in page  # wiping never applies
    assert "21.5" in page  # the room
    lists = {"due": 21, "done": 20, "on_time": 20, "missed": 1, "reported": 1, "fails": 2, "skips": 20, "answers": 20}
    steps = {"fails": "S01", "skips": "S02", "answers": "S03"}
    for what, count in lists.items():
        text = shown(world, path=records(what, steps.get(what, "")))
        assert f"近 90 天 {count} 条记录" in text, what
        assert text.count('<li class="spread">') == count, what
    assert "近 365 天 2 条记录" in shown(world, path=records("missed", days=365))


def test_given_a_record_behind_a_figure_when_opened_then_it_is_linked(world):
    first, *_rest = worked(world)

    assert f'href="/checks/{first}"' in shown(world, path=records("fails", "S01"))


def test_given_comments_findings_voices_and_contests_when_opened_then_each_is_counted_and_listed(world):
    with world.app_context():
        (check_id,) = answered("fail", note="地砖太滑")
        open_one = found(cause="supply", step_id="S02")
        for kind, text in (("concede", "材料未到，限期使用"), ("appeal", "不在合同范围")):
            event = {"finding_id": open_one, "kind": kind, "by_id": "sue", "at": NOW - DAY, "text": text}
            kept(FindingEvent, **event)
        rating(face=1, words="有味", standard_code="JGSW05003.01", at=NOW - DAY)
        rating(face=5, standard_code="JGSW05003.01", at=NOW - DAY)
        rating(face=1, excluded="staff", standard_code="JGSW05003.01", at=NOW - DAY)
        case = rating(kind="complaint", face=None, words="地面湿滑", standard_code="JGSW05003.01", at=NOW - DAY)
        kept(
            FeedbackCase, item_id=case, number="T1", kind="complaint", state="received", received_at=NOW - DAY,
            implementer_id="clean", responsible_id="care", classified="valid", contest="contested",
        )  # fmt: skip
        person("ina2", "inspector", "bureau")
        differing(ID, check_id, "ann", "clean", "care")

    page = shown(world)

    for text in ("地砖太滑", "材料未到", "不在合同范围", "1/2", "其中有效投诉 1 件", "不符合项 1 个", "物料供应 1"):
        assert text in page, text
    assert f"/spotchecks/reviews/{ID}" in page
    for what in ("notes", "concessions", "appeals", "contested", "complaints", "low_ratings", "reviews", "findings"):
        assert "近 90 天 1 条记录" in shown(world, path=records(what)), what
    assert "近 90 天 2 条记录" in shown(world, path=records("ratings"))
    assert "近 90 天 0 条记录" in shown(world, path=records("remarks"))


def test_given_the_plan_of_implementation_when_opened_then_its_lines_stand_there(world):
    with world.app_context():
        _project(ID, state="published", edition=NUMBER)
        line = {"way": "集中宣贯", "content": "讲解", "steps": "一", "responsible": "物业科长", "requirement": "80分"}
        lines = [{**line, "from_on": "2026-11-01", "to_on": "2026-11-20"}]
        kept(ImplementationPlan, project_id=ID, lines=lines, by_id="stan", at=NOW)

    assert "集中宣贯" in shown(world)


def test_given_another_department_when_it_looks_then_it_sees_none_of_it(world):
    worked(world)

    assert look(world, "tom").status_code == 404
    assert look(world, "tom", records("fails")).status_code == 404
    assert look(world, "ann").status_code == 403
    assert look(world, path="/standards/JGSW09999.01-2026/learning").status_code == 404


def test_given_the_list_when_opened_then_what_waits_stands_by_each_standard(world):
    with world.app_context():
        said()
        became(said(), "taken")

    page = shown(world, path="/standards/learning")

    assert 'href="/standards/JGSW05003.01-2026/learning"' in page
    assert '<td class="num">1</td><td class="num">2</td>' in page


def test_given_nonsense_in_the_address_when_opened_then_the_usual_stands(world):
    assert "近 90 天" in shown(world, path=f"{PAGE}/records?what=x&step=S99&days=-1&page=99999999999")


def test_given_much_work_when_opened_then_the_statements_do_not_grow(world):
    stan = entered(world, "stan")

    def statements():
        with clock.at(NOW), queries_counted() as count:
            stan.get(PAGE)
        return len(count)

    statements()
    before = statements()
    worked(world)

    assert statements() <= before
    assert before <= 40


def propose(client, keys=(), **changed):
    fields = {
        "id": ID, "days": "90", "kind": "revise", "leader_id": "sue", "due_on": "2026-12-31", "necessity": "数据表明",
        "content": "改频次",
    } | changed  # fmt: skip
    with clock.at(NOW):
        return client.send(f"{PAGE}/proposal", fields | {"evidence": list(keys)}, page="/me")


def _project(project_id, **values):
    defaults = {
        "kind": "revise", "code": "JGSW05003.01", "title": "卫生间", "responsible_id": "care", "leader_id": "sue",
        "state": "planned", "due_on": TODAY, "made_by_id": "stan", "made_at": NOW,
    }  # fmt: skip
    kept(Project, id=project_id, **(defaults | values))


def waiting(app):
    """A suggestion, a step that fails, a proposal that waits: their keys."""
    worked(app)
    with app.app_context():
        name = said()
        kept(
            RevisionProposal, id=OTHER, key="k", standard_code="JGSW05003.01", edition=NUMBER, step_id="S01",
            step_title="地面", reason="quarter", findings=[], at=NOW, state="open",
        )  # fmt: skip
    return [f"suggestion:{name}", "step:S01", f"proposal:{OTHER}"]


@pytest.mark.parametrize("kind", ["revise", "abolish"])
def test_given_records_when_the_office_applies_then_they_stand_on_the_page_of_the_project(world, kind):
    keys = waiting(world)

    answer = propose(entered(world, "stan"), keys, kind=kind)

    assert (answer.status_code, answer.location) == (303, f"/standards/projects/{ID}")
    (project,) = of(world, Project)
    assert (project["kind"], project["code"], project["state"]) == (kind, "JGSW05003.01", "planned")
    assert (project["necessity"], project["responsible_id"], project["from_edition"]) == ("数据表明", "care", NUMBER)
    evidence = of(world, ProjectEvidence)
    assert [f"{each['kind']}:{each['ref']}" for each in evidence] == [keys[0], keys[2], keys[1]]
    figures = evidence[2]["data"]
    assert (figures["fails"], figures["skips"], figures["days"]) == ([2, 20], [0, 20], 90)
    page = shown(world, "sue", f"/standards/projects/{ID}")
    for text in ("立项依据", "改为每两小时一次", "20 次判定中不符合 2 次"):
        assert text in page
    assert of(world, RevisionProposal)[0]["state"] == "taken"
    (event,) = of(world, SuggestionEvent)
    assert (event["kind"], event["by_id"]) == ("taken", "stan")


def test_given_the_form_twice_when_sent_then_one_project_with_each_record_once_stands(world):
    keys, stan = waiting(world), entered(world, "stan")

    assert [propose(stan, keys).location for _ in range(2)] == [f"/standards/projects/{ID}"] * 2

    assert (len(of(world, Project)), len(of(world, ProjectEvidence)), len(of(world, SuggestionEvent))) == (1, 3, 1)


def test_given_a_running_project_when_records_are_bundled_then_they_go_with_it_each_once(world):
    keys, stan = waiting(world), entered(world, "stan")
    with world.app_context():
        _project(THIRD, state="drafting")

    assert propose(stan, keys[:2]).location == f"/standards/projects/{THIRD}"
    assert propose(stan, keys[:2], id=OTHER).location == f"/standards/projects/{THIRD}"

    assert {each["project_id"] for each in of(world, ProjectEvidence)} == {THIRD}
    assert len(of(world, ProjectEvidence)) == 2
    assert len(of(world, Project)) == 1


@pytest.mark.parametrize(
    ("keys", "changed", "field"),
    [
        ([], {}, "evidence"), (["step:S99"], {}, "evidence"), (["step:S01"], {"due_on": "2020-01-01"}, "due_on"),
        (["step:S01"], {"leader_id": "ann"}, "leader_id"), (["step:S01"], {"necessity": "长" * 4001}, "necessity"),
        (["step:S01"], {"id": "x"}, ""),
    ],
)  # fmt: skip
def test_given_bad_input_when_applied_then_the_field_is_named_and_nothing_is_kept(world, keys, changed, field):
    waiting(world)

    answer = propose(entered(world, "stan"), keys, **changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text or not field
    assert (of(world, Project), of(world, ProjectEvidence), of(world, SuggestionEvent)) == ([], [], [])


def test_given_anybody_else_when_they_apply_then_they_are_refused(world):
    keys = waiting(world)

    assert [propose(entered(world, who), keys).status_code for who in ("ann", "sue", "lou", "bob")] == [403] * 4
    assert of(world, Project) == []


def test_given_the_form_when_opened_then_the_figures_begin_the_application(world):
    waiting(world)

    page = shown(world, path=f"{PAGE}/proposal")

    assert "近 90 天应完成 21 次，完成 20 次。" in page
    assert "S01 地面：20 次判定中不符合 2 次。" in page
    assert 'value="step:S03"' in page
