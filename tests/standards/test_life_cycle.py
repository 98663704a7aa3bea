"""LC-1: a new standard from the wish to the register, through its pages; what is reviewed is what is published."""

from datetime import date

import pytest

from app import clock
from app.standards.queries import edition, edition_row
from app.standards.queries_projects import events_of, project
from tests.support import projects as the
from tests.support.builders import NOW


@pytest.fixture(autouse=True)
def on_monday():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(app):
    with app.app_context():
        the.office_world()
    return app


def state_of(app):
    with app.app_context():
        return project(the.ID).state


def test_given_a_new_standard_when_all_phases_are_passed_then_the_approved_text_is_the_edition(office):
    the.as_far_as(office, "published")

    with office.app_context():
        row = edition_row("JGSW05003.02-2026")
        assert (row.status, row.effective_on, row.ended_on) == ("published", date(2026, 12, 25), None)
        assert [step.id for step in edition(row).steps] == ["S01", "S02"]
        assert edition(row).number == "JGSW05003.02-2026" and project(the.ID).edition == row.number


@pytest.mark.parametrize(
    ("state", "deed", "data"),
    [
        ("planned", "consult", the.ASKED),
        ("planned", "review", the.MINUTES),
        ("drafting", "conclude", {}),
        ("comment", "review", the.MINUTES),
        ("comment", "record", {"number": "机管〔2026〕1号", "by": "主任", "on": "2026-11-23"}),
        ("review", "record", {"number": "机管〔2026〕1号", "by": "主任", "on": "2026-11-23"}),
        ("approval", "publish", the.PUBLISH),
    ],
)
def test_lc_1_given_a_phase_when_one_is_skipped_then_refused_and_nothing_changes(office, state, deed, data):
    the.as_far_as(office, state)

    refused = the.send(the.entered(office, "stan"), deed, data)

    assert refused.status_code in (409, 422) and state_of(office) == state


def test_lc_1_given_a_leader_who_wrote_in_the_draft_when_approving_then_refused(office):
    the.as_far_as(office, "drafting")
    the.write_steps(office, by="lou")
    the.as_far_as(office, "approval", "drafting")

    refused = the.send(the.entered(office, "lou"), "approve", {"text": "同意"})

    assert refused.status_code == 403 and "不能批准自己起草的标准" in refused.get_data(as_text=True)
    assert state_of(office) == "approval"


def test_lc_1_given_the_standards_section_when_approving_then_it_is_not_theirs(office):
    the.as_far_as(office, "approval")

    assert the.send(the.entered(office, "stan"), "approve", {}).status_code == 403
    assert the.send(the.entered(office, "sue"), "approve", {}).status_code == 403
    assert state_of(office) == "approval"


def test_lc_1_given_an_approval_on_paper_when_recorded_then_number_and_scan_are_needed(office):
    the.as_far_as(office, "approval")
    stan = the.entered(office, "stan")
    decree = {"number": "机管〔2026〕7号", "by": "分管主任", "on": "2026-11-23"}

    without_scan = the.send(stan, "record", decree)
    the.send(stan, "papers", the.paper("approval"), content_type="multipart/form-data")
    own = the.send(stan, "record", {**decree, "by": "人员sue"})
    unnumbered = the.send(stan, "record", {**decree, "number": ""})
    done = the.send(stan, "record", decree)

    assert [each.status_code for each in (without_scan, own, unnumbered, done)] == [422, 422, 422, 303]
    assert "扫描件" in without_scan.get_data(as_text=True)
    with office.app_context():
        assert (project(the.ID).state, project(the.ID).approved_on) == ("approved", date(2026, 11, 23))
    assert "机管〔2026〕7号" in stan.get(the.address()).get_data(as_text=True)


def test_lc_1_given_a_failed_review_when_changed_and_passed_then_the_new_text_is_the_one_approved(office):
    the.as_far_as(office, "review")
    stan, lou = the.entered(office, "stan"), the.entered(office, "lou")
    failed = the.MINUTES | {"law": "no", "law_remark": "与国标不符", "passed": "0", "conclusion": "修改后再审"}

    assert the.send(stan, "review", failed).status_code == 303 and state_of(office) == "rework"
    the.write_steps(office, the.step_document("S01", title="改过的一步"))
    for who, deed, data in ((stan, "resubmit", {}), (stan, "review", the.MINUTES), (lou, "approve", {})):
        assert the.send(who, deed, data).status_code == 303
    the.send(stan, "plan", the.LINE)
    the.send(stan, "publish", the.PUBLISH)

    with office.app_context():
        assert [step.title for step in edition(edition_row("JGSW05003.02-2026")).steps] == ["改过的一步"]


def test_lc_1_given_a_text_changed_behind_the_review_when_approved_or_published_then_refused(office):
    the.as_far_as(office, "approval")
    the.write_steps(office, the.step_document("S01", title="换掉了"))

    assert the.send(the.entered(office, "lou"), "approve", {}).status_code == 409
    assert state_of(office) == "approval"


def test_lc_1_given_a_draft_without_steps_when_sent_out_then_refused(office):
    the.as_far_as(office, "drafting")
    stan = the.entered(office, "stan")
    the.send(the.entered(office, "sue"), "write", {"note": "说明"})

    refused = the.send(stan, "consult", the.ASKED)

    assert refused.status_code == 422 and "草案还没有步骤" in refused.get_data(as_text=True)
    assert state_of(office) == "drafting"


def test_lc_1_given_every_deed_when_the_form_is_sent_twice_then_it_counts_once(office):
    stan, lou = the.entered(office, "stan"), the.entered(office, "lou")
    the.as_far_as(office, "planned")
    twice = []

    for deed, who, data in (("begin", stan, {}), ("consult", stan, the.ASKED), ("conclude", stan, {}),
                            ("review", stan, the.MINUTES), ("approve", lou, {}), ("plan", stan, the.LINE),
                            ("publish", stan, the.PUBLISH)):  # fmt: skip
        if deed == "consult":
            the.write_steps(office)
            the.send(stan, "write", {"note": "说明"})
        if deed == "conclude":
            the.answered(office, stan)
        twice += [the.send(who, deed, data).status_code for _ in range(2)]

    assert twice == [303] * len(twice)
    with office.app_context():
        kinds = [each.kind for each in events_of(the.ID)]
        assert len(kinds) == len(set(kinds)), kinds


def test_lc_1_given_an_application_when_the_leading_group_answers_then_drafting_begins_or_not(office):
    the.as_far_as(office, "planned")
    sue, lou = the.entered(office, "sue"), the.entered(office, "lou")

    assert the.send(sue, "apply").status_code == 303 and state_of(office) == "applied"
    assert the.send(sue, "agree").status_code == 403
    assert the.send(lou, "decline", {"reason": ""}).status_code == 422
    assert the.send(lou, "decline", {"reason": "先调研"}).status_code == 303 and state_of(office) == "planned"
    assert the.send(sue, "apply").status_code == 303
    assert the.send(lou, "agree").status_code == 303 and state_of(office) == "drafting"


def test_lc_1_given_a_return_when_the_leader_gives_no_reason_then_refused(office):
    the.as_far_as(office, "approval")
    lou = the.entered(office, "lou")

    assert the.send(lou, "return", {"reason": ""}).status_code == 422
    assert the.send(lou, "return", {"reason": "补充安全要求"}).status_code == 303 and state_of(office) == "rework"


def test_lc_1_given_a_withdrawn_project_when_read_then_it_is_over_and_its_number_is_not_given_again(office):
    the.as_far_as(office, "drafting")
    stan = the.entered(office, "stan")

    assert the.send(stan, "withdraw", {"reason": ""}).status_code == 422
    assert the.send(stan, "withdraw", {"reason": "并入其他标准"}).status_code == 303
    stan.send("/standards/projects", the.NEW | {"id": the.OTHER}, page="/me")

    with office.app_context():
        assert [project(each).code for each in (the.ID, the.OTHER)] == ["JGSW05003.02", "JGSW05003.03"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "长" * 121},
        {"due_on": "2026-11-22"},
        {"due_on": "soon"},
        {"leader_id": "ann"},
        {"responsible_id": "nobody"},
        {"kind": "revise", "from_edition": ""},
        {"kind": "abolish", "from_edition": "JGSW09999-2026"},
        {"id": "7"},
        {"necessity": "长" * 4001},
    ],
)
def test_given_a_project_that_does_not_hold_when_begun_then_422_and_nothing_is_kept(office, changes):
    refused = the.entered(office, "stan").send("/standards/projects", the.NEW | changes, page="/me")

    assert refused.status_code == 422
    with office.app_context():
        assert project(the.ID) is None


def test_given_a_supervisor_of_another_section_when_beginning_a_project_there_then_refused(office):
    refused = the.entered(office, "tom").send("/standards/projects", the.NEW, page="/me")

    assert refused.status_code == 422


def test_given_people_without_a_part_in_it_when_they_try_then_refused(office):
    the.as_far_as(office, "drafting")

    for who, status in (("ann", 403), ("bob", 403), ("ina", 403), ("max", 403), ("tom", 403)):
        assert the.send(the.entered(office, who), "consult", the.ASKED).status_code == status, who
    assert the.entered(office, "max").get(the.address()).status_code == 404
    assert the.entered(office, "ina").get(the.address()).status_code == 200
    assert state_of(office) == "drafting"
