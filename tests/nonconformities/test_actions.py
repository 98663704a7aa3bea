"""Registering, repeating, escalating and proposing, on the real tables of both databases."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.db import atomically, run
from app.messages.models import Message
from app.nonconformities.actions_escalate import escalate
from app.nonconformities.actions_proposals import decide
from app.nonconformities.actions_register import register
from app.nonconformities.models import Finding, RevisionProposal
from app.nonconformities.queries import counts_of_90_days, findings_of_source, open_findings_at, standing_by_unit
from app.nonconformities.queries_figures import closed_in_time
from app.nonconformities.queries_sheet import finding_sheet, ids_within, recheck_sheets
from app.nonconformities.rules import FindingSource, NewFinding
from app.organisations.models import Organisation
from app.organisations.rules import Scope
from app.refusals import Stale
from tests.support import builders as make
from tests.support.builders import NOW, person
from tests.support.findings import THEN, events, finding, found, played, who
from tests.support.stored import rows_of

SITE = ZoneInfo("Asia/Shanghai")
EVERYWHERE = Scope(None, answering=True)


@pytest.fixture
def world(inside):
    make.small_world()
    person("ina", "inspector", "bureau")
    person("lou", "leader", "bureau")
    person("stan", "standards", "bureau")
    return inside


def told(kind):
    return sorted(row.person_id for row in rows_of(Message) if row.kind == kind)


def test_nc_17_given_an_open_finding_when_found_again_by_another_source_then_it_is_known_and_not_registered(world):
    first = found()

    again = atomically(lambda: register(NewFinding(
        FindingSource.SPOTCHECK, "clean", "care", "major", "又有水", NOW, point_id="p1",
        standard_code="JGSW05003.01", step_id="S01", found_by_id="ina",
    )))  # fmt: skip

    assert (again.id, again.known) == (first, True)
    assert events(first) == ["registered", "still"]
    assert len(rows_of(Finding)) == 1


def test_given_the_key_of_a_source_when_registered_twice_then_it_stands_once(world):
    first, second = (found(FindingSource.SUPERVISION, step_id=None, key="inspection:1") for _ in range(2))

    assert first == second
    assert len(rows_of(Finding)) == 1


def test_nc_9_given_a_contract_with_a_shorter_limit_when_registered_then_it_counts(world):
    profile = {"rectify_minutes": {"minor": 240}}
    atomically(lambda: run(update(Organisation).where(Organisation.id == "clean").values(profile=profile)))

    assert finding(found()).due_at == THEN + timedelta(hours=4)


def test_nc_10_given_the_same_point_and_step_after_a_closure_then_it_is_one_level_up_and_the_section_analyses(world):
    played(found(at=THEN - timedelta(days=9)), "closed")

    again = finding(found())

    assert (again.severity, again.repeated, again.state) == ("major", True, "registered")
    assert events(again.id) == ["registered", "raised"]


def test_nc_16_given_what_was_put_right_on_the_spot_when_it_happens_again_then_nothing_is_raised(world):
    for day in (9, 5, 2):
        found(at=THEN - timedelta(days=day), fixed=True)

    assert finding(found()).repeated is False


def test_nc_11_given_five_at_one_step_in_a_quarter_then_a_revision_is_proposed_once_with_the_records(world):
    ids = [played(found(at=THEN - timedelta(days=day)), "closed") for day in (40, 35, 30, 20, 10, 5)]

    proposals = rows_of(RevisionProposal)

    assert [row.reason for row in proposals] == ["quarter"]
    assert set(proposals[0].findings) == set(ids)


def test_nc_7_given_a_proposal_when_taken_then_the_referred_finding_closes_and_declined_gives_it_back(world):
    stan = who("stan")
    for answer, state in (("taken", "closed"), ("declined", "to_rectify")):
        finding_id = played(found(step_id=None, text=answer), "revision")
        proposal = next(row.id for row in rows_of(RevisionProposal) if finding_id in row.findings)

        atomically(lambda p=proposal, a=answer: decide(p, a, "已研究", stan, NOW))

        assert finding(finding_id).state == state
        with pytest.raises(Stale):
            atomically(lambda p=proposal, a=answer: decide(p, a, "再来", stan, NOW))


def test_nc_11_given_three_failed_rechecks_then_a_revision_is_proposed_once(world):
    finding_id = played(found(), "failed", times=4)

    assert finding(finding_id).failed_rechecks == 4
    assert [(row.reason, row.findings) for row in rows_of(RevisionProposal)] == [("rechecks", [finding_id])]


def test_given_an_overdue_finding_when_the_timer_runs_then_each_level_is_told_once_and_the_last_every_day(world):
    finding_id = played(found(), "planned")
    due = finding(finding_id).due_at
    for hours in (1, 1, 19, 37, 73, 74, 98):
        at = due + timedelta(hours=hours)
        atomically(lambda at=at: escalate(at, SITE))

    assert told("finding_late") == ["ann", "ina", "ina", "lea", "lou", "lou", "sue"]
    assert events(finding_id).count("escalated") == 4


def test_given_a_recheck_that_is_late_when_the_timer_runs_then_those_who_recheck_are_told(world):
    finding_id = played(found(), "rectified")

    atomically(lambda: escalate(finding(finding_id).recheck_by + timedelta(hours=1), SITE))

    assert told("finding_late") == ["sue"]


def test_nc_5_given_a_concession_whose_term_is_over_when_the_timer_runs_then_it_is_to_be_put_right_again(world):
    finding_id = played(found(), "conceded")

    atomically(lambda: escalate(NOW + timedelta(days=40), SITE))

    after = finding(finding_id)
    assert (after.state, after.until) == ("to_rectify", None)
    assert after.due_at == NOW + timedelta(days=43)
    assert events(finding_id)[-1] == "expired"


def test_given_findings_when_other_rooms_ask_then_they_see_what_stands(world):
    finding_id = found(source_id="row-1")
    played(found(step_id="S02"), "closed")

    assert [each.id for each in open_findings_at("p1")["JGSW05003.01"]] == [finding_id]
    assert standing_by_unit(["clean", "other"]) == {"clean": 1}
    assert counts_of_90_days(NOW) == {("p1", "JGSW05003.01"): 2}
    assert [each[0] for each in findings_of_source("check", "row-1")] == [finding_id]


def test_mt_20_given_closed_findings_when_counted_then_in_time_and_first_recheck_are_told_apart(world):
    played(found(), "closed")
    played(found(step_id="S02"), "failed", times=1)

    figures = closed_in_time(EVERYWHERE, THEN, NOW + timedelta(days=9), NOW + timedelta(days=9))

    assert (figures.due, figures.in_time, figures.rechecked, figures.at_once) == (2, 1, 2, 1)


def test_fm_3_given_a_finding_through_the_loop_when_the_forms_ask_then_every_printed_field_is_there(world):
    finding_id = played(found(severity="major"), "failed", times=1)

    sheet, rechecks = finding_sheet(finding_id), recheck_sheets(finding_id)

    assert (sheet.fact, sheet.unit, sheet.step_id, sheet.found_by) == ("地面有水", "单位clean", "S01", "人员ann")
    assert sheet.cause and sheet.correction and sheet.corrective_action and sheet.confirmed_by
    assert [(each.passed, each.attempt, each.rechecked_by, each.way) for each in rechecks] == [
        (False, 1, "人员sue", "on_site")
    ]
    assert rechecks[0].rectified_by == "人员ann"
    assert ids_within(EVERYWHERE, THEN, NOW) == [finding_id]


def test_given_a_withdrawn_finding_when_the_forms_ask_for_one_that_is_not_there_then_nothing_breaks(world):
    assert finding_sheet(str(uuid.uuid4())) is None
    assert recheck_sheets(str(uuid.uuid4())) == []
