"""Planning, the list, the page of one inspection: works, needs the role, strangers, bad input, retries."""

import uuid

import pytest

from tests.authorisation.world import everything
from tests.support import inspecting as a

ID = str(uuid.UUID(int=77, version=4))
PLAN = {
    "id": ID,
    "occasion": "half_yearly",
    "unit": "care",
    "template": "shipped-002",
    "post": "物业科长",
    "on": "2026-11-24",
    "basis": "重点部门",
    "inspectors": ["ina", "ian"],
}


def send(client, path, data=None, **kwargs):
    return client.send(path, data, page="/me", **kwargs)


def text_of(answer):
    return answer.get_data(as_text=True)


def test_given_an_inspector_when_planning_then_it_stands_in_the_list_and_on_its_page(site, at_work):
    client = at_work("ina")

    done = send(client, "/inspections", PLAN)

    assert done.status_code == 303
    assert "单位care" in text_of(client.get("/inspections"))
    page = text_of(client.get(f"/inspections/{ID}"))
    assert "物业科长" in page and "开始检查" in page and "岗位ian" in page
    assert "常机管〔2019〕39号" in page


def test_given_the_same_plan_sent_twice_when_both_arrive_then_it_stands_once(site, at_work):
    client = at_work("ina")

    answers = [send(client, "/inspections", PLAN).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert text_of(client.get("/inspections")).count(f'href="/inspections/{ID}"') == 1


@pytest.mark.parametrize("person", ["ann", "lea", "max", "lou"])
def test_given_somebody_without_the_role_when_planning_then_refused(site, at_work, person):
    assert send(at_work(person), "/inspections", PLAN).status_code == 403


def test_given_a_supervisor_of_another_section_when_planning_then_refused_and_nothing_changes(site, at_work):
    client = at_work("tom")
    before = everything(site)

    answer = send(client, "/inspections", {**PLAN, "occasion": "monthly", "unit": "clean", "inspectors": ["ina"]})

    assert answer.status_code == 403
    assert everything(site) == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": "yesterday"}, "请选择"),
        ({"on": "2040-01-01"}, "一年以内"),
        ({"unit": "nobody"}, "请选择"),
        ({"occasion": "party"}, "请选择检查类型"),
        ({"occasion": "monthly"}, "社会化服务单位"),
        ({"inspectors": []}, "请选择检查人"),
        ({"inspectors": ["ann"]}, "请选择检查人"),
        ({"inspectors": ["ina", "sue"]}, "不能检查本单位：人员sue"),
        ({"post": "长" * 81}, "太长"),
        ({"template": ""}, "请选择模板"),
    ],
)
def test_sp13_given_a_plan_that_cannot_be_when_sent_then_a_sentence_and_nothing_changes(
    site, at_work, changed, sentence
):
    client = at_work("ina")
    before = everything(site)

    answer = send(client, "/inspections", {**PLAN, **changed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert everything(site) == before


def test_given_an_id_or_template_of_nothing_when_planning_then_told(site, at_work):
    client = at_work("ina")

    assert send(client, "/inspections", {**PLAN, "id": "x"}).status_code == 422
    assert send(client, "/inspections", {**PLAN, "template": "none"}).status_code == 404


def test_given_a_planned_one_when_changed_then_the_new_plan_stands_and_after_beginning_no_more(site, at_work):
    with site.app_context():
        made = a.planned()
    client, change = at_work("ina"), {**PLAN, "post": "副科长", "inspectors": ["ina"]}

    done = send(client, f"/inspections/{made}/plan", change)
    page = text_of(client.get(f"/inspections/{made}"))
    send(client, f"/inspections/{made}/begin")
    late = send(client, f"/inspections/{made}/plan", change)

    assert (done.status_code, late.status_code) == (303, 409)
    assert "副科长" in page and "岗位ian" not in page.split("人员")[0]


def test_given_an_edit_page_when_opened_then_only_for_those_who_run_it(site, at_work):
    with site.app_context():
        made = a.planned()

    assert at_work("stan").get(f"/inspections/{made}/plan").status_code == 200
    assert at_work("sue").get(f"/inspections/{made}/plan").status_code == 403
    assert at_work("tom").get(f"/inspections/{made}/plan").status_code == 404


def test_given_a_plan_when_begun_then_the_items_of_the_template_stand_and_again_changes_nothing(site, at_work):
    with site.app_context():
        made = a.planned(template_id="shipped-002")
    client = at_work("ina")

    answers = [send(client, f"/inspections/{made}/begin").status_code for _ in range(2)]

    assert answers == [303, 303]
    page = text_of(client.get(f"/inspections/{made}"))
    assert "12 项未下结论" in page
    assert "工作人员对标准认识和专业知识和技能培训情况" in page


@pytest.mark.parametrize(("person", "status"), [("stan", 403), ("sue", 403), ("tom", 404), ("ann", 403)])
def test_given_somebody_who_does_not_inspect_when_beginning_then_refused(site, at_work, person, status):
    with site.app_context():
        made = a.planned()
    before = everything(site)

    answer = send(at_work(person), f"/inspections/{made}/begin")

    assert answer.status_code == status
    after = everything(site)
    assert {name: after[name] for name in after if name.startswith("insp")} == {
        name: before[name] for name in before if name.startswith("insp")
    }


def test_given_a_plan_when_called_off_then_with_a_reason_only_and_the_unit_sees_nothing(site, at_work):
    with site.app_context():
        made = a.planned()
    client = at_work("ina")

    silent = send(client, f"/inspections/{made}/cancel", {"reason": ""})
    done = [send(client, f"/inspections/{made}/cancel", {"reason": "活动改期"}).status_code for _ in range(2)]

    assert silent.status_code == 422
    assert done == [303, 303]
    assert at_work("sue").get(f"/inspections/{made}").status_code == 404
    assert "活动改期" in text_of(client.get(f"/inspections/{made}"))


def test_given_a_spot_check_when_planned_then_the_unit_learns_of_it_when_it_begins(site, at_work):
    with site.app_context():
        made = a.planned(occasion=a.Occasion.IRREGULAR)
    sue = at_work("sue")

    before = sue.get(f"/inspections/{made}").status_code, made in text_of(sue.get("/inspections"))
    send(at_work("ina"), f"/inspections/{made}/begin")
    after = sue.get(f"/inspections/{made}").status_code, made in text_of(sue.get("/inspections"))

    assert (before, after) == ((404, False), (200, True))


@pytest.mark.parametrize("view", ["open", "behind", "rhythm", "nonsense"])
@pytest.mark.parametrize("person", ["ina", "stan", "lou", "sue", "max", "lea", "tom"])
def test_given_the_list_when_opened_by_a_reader_then_it_shows_what_that_person_may_see(site, at_work, view, person):
    with site.app_context():
        a.planned()
        a.closed()

    assert at_work(person).get(f"/inspections?view={view}").status_code == 200


def test_sp3_given_the_rhythm_when_opened_then_each_sees_the_own_units(site, at_work):
    office, manager = (text_of(at_work(each).get("/inspections?view=rhythm")) for each in ("stan", "max"))

    assert "单位other" in office and "单位clean" in office and "全局" in office
    assert "单位clean" in manager and "单位other" not in manager


def test_given_a_worker_when_asking_for_inspections_then_refused(site, at_work):
    assert at_work("ann").get("/inspections").status_code == 403


def test_given_english_when_the_pages_are_opened_then_they_speak_it(site, at_work):
    with site.app_context():
        made = a.closed()
    client = at_work("ina")
    send(client, "/preferences", {"locale": "en", "next": "/me"})

    assert "Announce the result" in text_of(client.get(f"/inspections/{made}"))
    assert "Half-yearly supervision" in text_of(client.get("/inspections?view=behind"))
