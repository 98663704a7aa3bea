"""Deliveries, revisions, ends told in time, who may be given work, and marks of records (rules TR-1 to TR-6, EV-7)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.accounts.models import Person
from app.accounts.queries import person_by_id
from app.checks.actions_claims import ClaimWish, claim
from app.checks.actions_meeting import Call
from app.checks.actions_standing import mark_standings
from app.checks.queries_standing import anything_unmarked, mark_of
from app.config import Settings
from app.db import atomically, run
from app.messages.models import Message
from app.schedule.models import Cover
from app.standards.models import Edition
from app.training.actions_delivery import deliver_due, tell_ends
from app.training.actions_fit import NotQualified, assert_fit
from app.training.actions_leading import welcome
from app.training.models import Delivery, Newcomer, StandingMark
from app.training.queries import qualified
from app.training.queries_own import own_course, steps_to_learn
from app.training.queries_people import course
from app.training.rules import Lack, Standing
from tests.support import builders, lessons
from tests.support.builders import NOW
from tests.support.lessons import DAY, NUMBER, TODAY
from tests.support.sitting import signed_in
from tests.support.standards import edition_document, step_document
from tests.support.stored import rows_of
from tests.support.world import check_row
from tests.training.test_routes import counts, send

NEXT = "JGSW05003.01-2027"


@pytest.fixture
def zone(app):
    settings: Settings = app.extensions["settings"]
    return settings.zone


def held(person_id="ann", number=NUMBER, on=TODAY):
    return qualified([person_id], [number], on)[person_id, number]


def revision(*steps, effective_on=date(2027, 1, 1)):
    document = edition_document(
        *steps, number=NEXT, year=2027, exam=[lessons.question("Q1", step="S01"), lessons.question("Q2", step="S02")]
    )
    builders.kept(
        Edition, number=NEXT, code="JGSW05003.01", year=2027, status="published", effective_on=effective_on,
        document=document, digest="1" * 64,
    )  # fmt: skip


def test_tr1_given_an_edition_in_force_when_the_timer_looks_twice_then_each_person_concerned_has_it_once(inside, zone):
    lessons.world()

    first = atomically(lambda: deliver_due(NOW, zone))
    second = atomically(lambda: deliver_due(NOW, zone))

    assert (first, second) == (3, 0)
    assert {(row.person_id, row.edition, row.on) for row in rows_of(Delivery)} == {
        (who, NUMBER, TODAY) for who in ("ann", "ben", "lea")
    }
    assert {(row.person_id, row.kind, row.link) for row in rows_of(Message)} == {
        (who, "training", f"/training/read/{NUMBER}") for who in ("ann", "ben", "lea")
    }


def test_tr6_given_a_revision_when_delivered_then_who_knew_the_old_one_is_asked_the_changed_steps_only(inside, zone):
    lessons.world()
    lessons.learned("ann")
    revision(step_document("S01", key=True), step_document("S02", requirement="新的要求。"), step_document("S03"))

    atomically(lambda: deliver_due(NOW, zone))

    asked = {(row.person_id, row.edition): (row.asked, row.before) for row in rows_of(Delivery) if row.edition == NEXT}
    assert asked["ann", NEXT] == (["S02", "S03"], NUMBER)
    assert asked["ben", NEXT] == (None, None)
    mine = own_course("ann", course(NEXT, TODAY), TODAY)
    shown = [(each.step.id, each.before.id if each.before else None) for each in steps_to_learn(mine, NUMBER)]
    assert shown == [("S02", "S02"), ("S03", None)]
    assert [one.id for one in mine.course.demand.asked(mine.steps)] == ["Q2"] and mine.exam_open
    lessons.read("ann", NEXT, TODAY)
    assert held("ann", NEXT).lacks == (Lack.EXAM,)
    lessons.examined("ann", NEXT, TODAY)
    assert held("ann", NEXT).qualified


def test_tr6_given_a_revision_without_changes_when_delivered_then_nothing_is_asked(inside, zone):
    lessons.world()
    lessons.learned("ann")
    revision(step_document("S01", key=True), step_document("S02"))

    atomically(lambda: deliver_due(NOW, zone))

    assert held("ann", NEXT).qualified and not held("ben", NEXT).qualified


def test_given_an_exam_not_passed_or_an_old_one_when_asked_then_it_does_not_count(inside):
    lessons.world()
    lessons.delivered("ann")
    lessons.read("ann")
    lessons.examined("ann", passed=False)
    assert held().lacks == (Lack.EXAM,)

    lessons.examined("ann", on=date(2025, 11, 22))
    assert held().lacks == (Lack.EXAM,)

    lessons.signed_off("ann")
    assert held().qualified and held().until == date(2027, 10, 24)


def test_tr4_given_a_certificate_renewed_or_withdrawn_when_asked_then_the_newest_entry_counts(inside):
    lessons.world(certificates=["健康证"])
    lessons.learned("ann")
    assert held().lacks == (Lack.CERTIFICATE,)

    lessons.paper("ann", valid_to=TODAY - DAY)
    assert held().lacks == (Lack.CERTIFICATE,)
    lessons.paper("ann", valid_to=TODAY + DAY)
    assert held().qualified and held().until == TODAY + DAY
    lessons.paper("ann", valid_to=TODAY + DAY, withdrawn=True)
    assert held().lacks == (Lack.CERTIFICATE,)


def test_tr4_given_a_newcomer_when_asked_then_they_work_beside_somebody_until_the_last_day(inside):
    lessons.world()
    lessons.newcomer("ann", TODAY - 13 * DAY)

    assert (held().standing, held().mentor_id, held().until) == (Standing.MENTORED, "lea", TODAY)
    assert held(on=TODAY + DAY).standing is Standing.UNQUALIFIED


def test_tr4_given_nobody_asks_for_it_when_work_is_given_then_nobody_is_refused(inside):
    lessons.world()
    assert_fit(["ann"], [NUMBER], TODAY)

    lessons.enforced(TODAY + DAY)
    assert_fit(["ann"], [NUMBER], TODAY)


def test_tr4_given_the_demand_holds_when_work_is_given_then_the_refusal_names_what_is_lacking_and_the_way(inside):
    lessons.world()
    lessons.enforced(TODAY)
    with pytest.raises(NotQualified) as refused:
        assert_fit(["ann"], [NUMBER], TODAY)

    [sentence] = refused.value.fields.values()
    assert "人员ann" in str(sentence) and "卫生间日常保洁" in str(sentence)
    assert refused.value.extra == {"way": f"/training/read/{NUMBER}", "person": "ann"}
    lessons.newcomer("ann")
    assert_fit(["ann"], [NUMBER], TODAY)


def cover(client, person_id):
    form = {"day": TODAY.isoformat(), "round": "r-ann", "was": "ann", "to": person_id}
    return send(client, "/rounds/cover", form)


def test_tr4_given_a_stand_in_without_the_exam_when_covering_then_it_is_refused_until_it_is_passed(app):
    with app.app_context():
        lessons.world()
        lessons.enforced()
    client = signed_in(app, "lea")
    before = counts(app)

    answer = cover(client, "ben")

    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "人员ben" in text and "未通过考核" in text and "/training/crew#ben" in text
    assert counts(app) == before
    with app.app_context():
        lessons.learned("ben")
    assert cover(client, "ben").status_code == 303
    with app.app_context():
        assert [row.person_id for row in rows_of(Cover)] == ["ben"]


@pytest.mark.parametrize("special", ["high_voltage", None])
def test_tr4_given_work_taken_in_hand_when_not_qualified_then_only_special_work_is_refused(inside, zone, special):
    lessons.world(special=special)
    lessons.enforced()
    wish = ClaimWish(str(builders.submission()["id"]), builders.CODE, NUMBER, "2026-11-23/A/A2", None)
    ann, call = person_by_id("ann"), Call(NOW, NOW, zone, inside.extensions["photo_store"])

    if special is None:
        assert atomically(lambda: claim(wish, ann, call)) is True
        return
    with pytest.raises(NotQualified):
        atomically(lambda: claim(wish, ann, call))
    lessons.learned("ann")
    assert atomically(lambda: claim(wish, ann, call)) is True


def test_ev7_given_records_when_the_timer_marks_then_each_says_how_its_author_stood_that_day(inside):
    lessons.world()
    lessons.learned("ann")
    lessons.newcomer("ben")
    at = NOW - timedelta(hours=2)
    mine, bens, leas = (check_row("p1", at, None, who) for who in ("ann", "ben", "lea"))
    assert not anything_unmarked(NOW) and atomically(lambda: mark_standings(NOW)) == 0

    lessons.enforced()
    assert anything_unmarked(NOW)
    assert atomically(lambda: mark_standings(NOW)) == 3
    assert atomically(lambda: mark_standings(NOW)) == 0

    assert {row.check_id: row.standing for row in rows_of(StandingMark)} == {
        mine: "qualified", bens: "mentored", leas: "unqualified",
    }  # fmt: skip
    assert mark_of(bens).mentor == "人员lea" and mark_of(mine).lacks == ()
    assert mark_of(leas).lacks == ("delivered", "read", "exam")
    assert mark_of("none") is None


def test_ev7_given_a_marked_record_when_its_page_opens_then_it_says_so_and_counts(app):
    with app.app_context():
        lessons.world()
        lessons.enforced()
        lessons.newcomer("ann")
        check_id = check_row("p1", NOW - timedelta(hours=2), None, "ann")
        atomically(lambda: mark_standings(NOW))

    text = signed_in(app, "lea").get(f"/checks/{check_id}").get_data(as_text=True)

    assert "带教期" in text and "人员lea" in text and "记录照常有效" in text


def test_tr4_given_new_accounts_when_the_timer_looks_then_workers_begin_beside_their_leader_once(inside, zone):
    lessons.world()
    atomically(lambda: run(update(Person).values(created_at=NOW - 90 * DAY)))
    builders.person("new", "worker", "clean", crew_id="c1", created_at=NOW - 2 * DAY)
    builders.person("odd", "worker", "clean", created_at=NOW)

    assert atomically(lambda: welcome(NOW, zone)) == 1
    assert atomically(lambda: welcome(NOW, zone)) == 0

    [row] = rows_of(Newcomer)
    assert (row.person_id, row.mentor_id, row.from_on, row.to_on) == ("new", "lea", TODAY - 2 * DAY, TODAY + 11 * DAY)


def test_given_certificates_that_end_when_the_timer_looks_then_holder_and_leader_are_told_once(inside, zone):
    lessons.world()
    lessons.paper("ann", valid_to=TODAY + 30 * DAY)
    lessons.paper("ben", valid_to=TODAY + 31 * DAY)
    lessons.paper("bob", valid_to=TODAY - DAY)
    lessons.paper("lea", "旧证", valid_to=TODAY, withdrawn=True)

    assert atomically(lambda: tell_ends(NOW, zone)) == 4
    assert atomically(lambda: tell_ends(NOW, zone)) == 0

    told = {(row.person_id, row.kind, row.params["person"]) for row in rows_of(Message)}
    assert told == {
        ("ann", "certificate_ends", "人员ann"), ("lea", "certificate_ends", "人员ann"),
        ("bob", "certificate_over", "人员bob"), ("zoe", "certificate_over", "人员bob"),
    }  # fmt: skip
