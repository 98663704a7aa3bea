"""record_check: what is kept with a mark beside it. On both databases."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import update

from app.checks.models import Check, CheckState, Receipt
from app.db import atomically, db, run
from app.places.models import LabelCode
from app.refusals import Gone
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.records import LITTLE, OTHER_ID, record, the
from tests.support.standards import step_document


def test_given_a_withdrawn_label_when_it_was_withdrawn_before_opening_then_it_is_gone_else_kept_and_marked(inside):
    make.small_world()
    withdraw(make.NOW - timedelta(minutes=5))

    receipt = record(inside, make.submission())
    assert "label_withdrawn" in receipt.marks

    with pytest.raises(Gone):
        record(inside, make.submission(OTHER_ID, opened_at="2026-11-23T08:36:00+08:00"))


def withdraw(at):
    atomically(lambda: run(update(LabelCode).values(withdrawn_at=at, withdrawn_reason="脱落")))


def test_given_hostile_text_when_recorded_then_control_characters_are_cut_and_the_body_is_kept(inside):
    make.small_world()
    body = orjson.loads(orjson.dumps(make.submission(note="<b>\x00注\u202e</b>")))

    record(inside, body)

    assert the(Check).note == "<b>注</b>"
    assert orjson.loads(the(Receipt).body)["note"] == "<b>\x00注\u202e</b>"


def test_given_a_second_signature_is_asked_when_it_is_missing_then_the_check_waits_for_it(inside):
    make.small_world(step_document("S01", key=True, dual_sign=True, **LITTLE))

    receipt = record(inside, make.submission())

    due = the(Occurrence)
    assert (receipt.status, receipt.marks) == ("awaiting_signature", ("offline",))
    assert (due.state, due.awaiting_signature, due.signed, due.key_evidenced) == ("in_window", True, False, 0)
    assert the(CheckState).unsigned_steps == ["S01"]


def test_given_a_short_visit_when_recorded_then_it_is_marked_and_nothing_else(inside):
    make.small_world(step_document("S01", "number", min_seconds=600))

    receipt = record(inside, make.submission(answers=[make.answer(value=3)]))

    assert receipt.marks == ("short_visit",)
    assert (the(Occurrence).short_visit, the(Check).dwell_seconds, the(Check).dwell_floor_seconds) == (True, 395, 600)


def test_given_anothers_round_and_claim_when_recorded_then_both_are_marked(inside):
    make.orgs()
    make.person("ann")
    make.place()
    make.point()
    make.standard()
    make.works_at()
    make.occurrence(assignee_id="zoe", claimed_by_id="zoe")

    receipt = record(inside, make.submission())

    assert receipt.marks == ("claimed_by_other", "helped")
    assert the(Occurrence).helped is True


def test_given_the_point_moved_to_another_unit_when_recorded_then_it_is_kept_and_marked(inside):
    make.orgs()
    make.person("ann")
    make.place()
    make.point()
    make.standard()
    make.works_at(implementer="other")
    make.occurrence()

    receipt = record(inside, make.submission())

    assert receipt.marks == ("point_moved",)
    assert the(Check).implementer_id == "clean"


def test_given_an_older_edition_in_force_when_opened_then_it_is_kept_and_marked(inside):
    make.small_world()
    make.kept(
        make.Edition, number="JGSW05003.01-2023", code="JGSW05003.01", year=2023, status="superseded",
        effective_on=make.date(2023, 1, 1), ended_on=make.date(2026, 11, 24), digest="1" * 64,
        document=make.edition_document(number="JGSW05003.01-2023", year=2023),
    )  # fmt: skip

    assert record(inside, make.submission(standard="JGSW05003.01—2023")).marks == ("edition_older",)
    assert db.session.is_active
