"""Templates: shipped ones word for word, own ones by version."""

import uuid

import pytest

from app.db import rows
from app.inspections.models import Template, TemplateVersion
from app.inspections.queries_templates import shipped_templates
from tests.support import inspecting as a

OWN = {"title": "卫生间专项", "title.1": "地面", "content.1": "地面无积水", "title.2": "台面", "content.2": "台面清洁"}
NEW_ID = str(uuid.UUID(int=9, version=4))


def post(client, path, data=None):
    return client.post(path, data={"csrf_token": client.token("/me"), **(data or {})})


def table(site, model):
    with site.app_context():
        return [row._mapping for row in rows(model.__table__.select())]


def text_of(answer):
    return answer.get_data(as_text=True)


def test_given_the_shipped_templates_when_read_then_their_items_are_those_of_the_seeds():
    annex, five = shipped_templates()

    assert [item.content for item in annex.items][1:] == [
        "工作人员对标准认识和专业知识和技能培训情况",
        "工作人员标准化意识、岗位职责、服务规范和服务流程",
        "制度体系建立、标准化标识标牌建设",
        "服务设施硬件维护、信息化平台支持",
        "已实施标准的贯彻执行情况",
        "标准化建设台帐是否建立健全",
        "标准化培训台账资料",
        "标准化建设过程各类通讯、简报报送情况",
        "实施标准修、改订文本",
        "标准实施过程中各项原始数据的分析和比对",
        "自查、自检、整改落实情况",
    ]
    assert annex.items[0].content == "主要检查实施前各项准备工作是否充分，能否满足标准实施要求。"
    assert [item.content for item in five.items] == [
        "实施标准的资源与满足标准实施要求的符合情况",
        "关键点各项控制措施的完备情况",
        "员工对标准的掌握程度",
        "岗位人员作业过程与标准的符合情况",
        "作业活动产生的结果与标准的符合情况",
    ]
    assert "附件 2" in annex.source and "监督检查" in five.source


def test_given_an_own_template_when_kept_twice_then_it_stands_once(site, at_work):
    client = at_work("ina")

    done = [post(client, "/inspections/templates", {**OWN, "id": NEW_ID, "source": "本局通知"}) for _ in range(2)]

    assert [answer.status_code for answer in done] == [303, 303]
    assert len(table(site, TemplateVersion)) == 1
    assert "地面无积水" in text_of(client.get(f"/inspections/templates/{NEW_ID}"))
    assert "卫生间专项" in text_of(at_work("sue").get("/inspections/templates"))


def test_given_a_shipped_template_when_copied_then_the_copy_is_changed_and_names_the_source(site, at_work):
    client = at_work("stan")

    copied = [post(client, "/inspections/templates/shipped-000/copy", {"id": NEW_ID}).status_code for _ in range(2)]
    direct = post(client, "/inspections/templates/shipped-000", {**OWN, "version": "1"})
    gone = post(client, "/inspections/templates/shipped-000/retire")

    assert copied == [303, 303]
    assert (direct.status_code, gone.status_code) == (403, 403)
    page = text_of(client.get(f"/inspections/templates/{NEW_ID}"))
    assert "监督检查五项内容（副本）" in page and "机关后勤服务标准化管理办法" in page


def test_given_a_new_version_when_kept_then_running_inspections_keep_theirs(site, at_work):
    client, path = at_work("ina"), f"/inspections/templates/{NEW_ID}"
    post(client, "/inspections/templates", {**OWN, "id": NEW_ID})
    with site.app_context():
        running = a.begun(template_id=NEW_ID)

    changed = [post(client, path, {**OWN, "title.2": "镜面", "version": "1"}).status_code for _ in range(2)]
    stale = post(client, path, {**OWN, "title.2": "门把手", "version": "1"})
    with site.app_context():
        later = a.begun(template_id=NEW_ID)

    assert changed == [303, 303]
    assert stale.status_code == 409
    assert "台面" in text_of(client.get(f"/inspections/{running}"))
    assert "镜面" in text_of(client.get(f"/inspections/{later}"))
    assert [row["version"] for row in table(site, Template)] == [2]


def test_given_a_retired_template_when_planning_then_it_is_not_offered_and_running_ones_go_on(site, at_work):
    client = at_work("ina")
    post(client, "/inspections/templates", {**OWN, "id": NEW_ID})
    with site.app_context():
        running = a.begun(template_id=NEW_ID)

    done = [post(client, f"/inspections/templates/{NEW_ID}/retire").status_code for _ in range(2)]

    assert done == [303, 303]
    assert "卫生间专项" not in text_of(client.get("/inspections/new"))
    assert "地面" in text_of(client.get(f"/inspections/{running}"))


@pytest.mark.parametrize(
    "changed", [{"title": ""}, {"title.1": ""}, {"content.2": ""}, {"title": "长" * 81}, {"content.1": "长" * 501}]
)
def test_given_a_template_that_lacks_something_when_kept_then_a_sentence_and_nothing_changes(site, at_work, changed):
    client = at_work("ina")
    post(client, "/inspections/templates", {**OWN, "id": NEW_ID})

    new = post(client, "/inspections/templates", {**OWN, **changed, "id": str(uuid.uuid4())})
    old = post(client, f"/inspections/templates/{NEW_ID}", {**OWN, **changed, "version": "1"})

    assert (new.status_code, old.status_code) == (422, 422)
    assert len(table(site, TemplateVersion)) == 1


@pytest.mark.parametrize("person", ["sue", "max", "ann", "lou"])
def test_given_somebody_without_the_role_when_changing_templates_then_refused(site, at_work, person):
    client = at_work(person)

    answers = [
        post(client, "/inspections/templates", {**OWN, "id": NEW_ID}),
        post(client, "/inspections/templates/shipped-000", OWN),
        post(client, "/inspections/templates/shipped-000/copy", {"id": NEW_ID}),
        post(client, "/inspections/templates/shipped-000/retire"),
        client.get("/inspections/templates/new"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert not table(site, Template)


def test_given_a_template_of_nothing_when_asked_then_no_page(site, at_work):
    client = at_work("ina")

    assert client.get("/inspections/templates/none").status_code == 404
    assert post(client, "/inspections/templates/none/copy", {"id": NEW_ID}).status_code == 404
    assert post(client, "/inspections/templates/shipped-000/copy", {"id": "x"}).status_code == 422
