"""有效 or 沟通性投诉: who decides, who may change it, what becomes a finding (rules SA-4 to SA-6, NC-1)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.feedback.actions_complaints import assign, close
from app.feedback.actions_judging import classify
from app.feedback.actions_tending import tend_cases
from app.feedback.rules_complaints import Deed
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.refusals import Conflict, Forbidden
from tests.support import builders as make
from tests.support import cases as voices
from tests.support.builders import NOW
from tests.support.cases import ZONE, answered, by, do, happened, row
from tests.support.stored import rows_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(inside):
    make.small_world()
    voices.people()
    return inside


def test_sa5_given_somebody_of_the_unit_complained_of_when_deciding_then_it_is_refused(world):
    item_id, _number, _token = voices.case()

    with pytest.raises(Forbidden):
        do(classify, by("meg", item_id), "communicative", "", ZONE)
    assert do(classify, by("ken", item_id), "communicative", "", ZONE) is Deed.PROPOSED
    assert do(classify, by("dee", item_id), "valid", "", ZONE) is Deed.PROPOSED
    assert (row(item_id).classified, row(item_id).proposed) == ("", "valid")

    assert do(classify, by("sue", item_id), "communicative", "", ZONE) is Deed.SET
    for inside in ("ken", "dee"):
        with pytest.raises(Forbidden):
            do(classify, by(inside, item_id), "valid", "", ZONE)


def test_sa5_given_a_valid_complaint_when_downgraded_then_reason_and_second_person_are_needed(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "valid", "", ZONE)

    with pytest.raises(Conflict):
        do(classify, by("sue", item_id), "communicative", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "来电人只是询问开放时间", ZONE)
    assert row(item_id).classified == "valid"
    with pytest.raises(Conflict):
        do(classify, by("sue", item_id), "communicative", "", ZONE)
    do(classify, by("ivy", item_id), "communicative", "", ZONE)

    assert row(item_id).classified == "communicative"
    assert row(item_id).close_due_at == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_sa5_given_a_downgrade_asked_for_when_the_second_person_says_no_then_it_stays_valid(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "valid", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "只是询问", ZONE)

    do(classify, by("ivy", item_id), "valid", "", ZONE)

    assert (row(item_id).classified, row(item_id).proposed) == ("valid", "valid")


def test_sa4_given_a_closed_communicative_complaint_when_upgraded_then_it_is_open_again(world):
    item_id, _number, _token = voices.case()
    answered(item_id, "communicative")
    do(close, by("dee", item_id), ZONE)
    do(tend_cases, NOW, ZONE)

    do(classify, by("ivy", item_id, NOW + 10 * DAY), "valid", "", ZONE)

    kept = row(item_id)
    assert (kept.state, kept.closed_at, kept.classified) == ("replied", None, "valid")
    assert kept.close_due_at > NOW + 10 * DAY
    assert happened(item_id)[-3:] == ["upgraded", "reopened", "finding"]


def test_sa6_given_a_communicative_complaint_when_its_limit_passes_unanswered_then_it_goes_up_once(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "communicative", "", ZONE)
    late = datetime(2026, 11, 26, 16, 1, tzinfo=UTC)
    do(tend_cases, late - 2 * timedelta(minutes=1), ZONE)
    assert row(item_id).classified == "communicative"

    do(tend_cases, late, ZONE)
    do(tend_cases, late, ZONE)

    kept = row(item_id)
    assert (kept.classified, kept.reviewed_at) == ("valid", late)
    assert kept.close_due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert happened(item_id).count("reviewed") == 1
    told = [each.person_id for each in rows_of(Message) if each.kind == "complaint_review"]
    assert sorted(told) == ["dee", "ivy", "sue"]


def test_sa6_given_an_automatic_upgrade_when_somebody_confirms_it_then_it_is_decided_and_registered(world):
    item_id, _number, _token = voices.case()
    do(classify, by("ivy", item_id), "communicative", "", ZONE)
    late = NOW + 10 * DAY
    do(tend_cases, late, ZONE)
    assert (row(item_id).classified_by_id, row(item_id).finding_id) == (None, None)

    assert do(classify, by("ivy", item_id, late), "valid", "", ZONE) is Deed.SET
    assert do(classify, by("ivy", item_id, late), "valid", "", ZONE) is Deed.NOTHING

    assert row(item_id).classified_by_id == "ivy"
    assert [each.source_id for each in rows_of(Finding)] == [item_id]


def test_nc1_given_a_valid_complaint_when_decided_then_it_is_a_finding_once(world):
    item_id, _number, _token = voices.case()

    do(classify, by("ivy", item_id), "valid", "", ZONE)
    do(classify, by("sue", item_id), "communicative", "只是询问", ZONE)
    do(classify, by("ivy", item_id), "valid", "", ZONE)

    finding = rows_of(Finding)[0]
    assert (finding.source, finding.point_id, finding.implementer_id) == ("complaint", "p1", "clean")
    assert (len(rows_of(Finding)), row(item_id).finding_id) == (1, finding.id)


def test_nc1_given_a_valid_complaint_about_no_known_unit_when_handed_on_then_it_becomes_a_finding(world):
    item_id, _number, _token = voices.case(units=("", ""), point=None)
    do(classify, by("ivy", item_id), "valid", "", ZONE)
    assert rows_of(Finding) == []

    do(assign, by("dee", item_id), "other", "clean", ZONE)

    assert [(each.responsible_id, each.implementer_id) for each in rows_of(Finding)] == [("other", "clean")]
