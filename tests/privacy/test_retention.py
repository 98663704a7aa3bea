"""Retention (DS-6): months with bounds, holds, lists that two persons approve, bytes that nobody names any more."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta

from app import clock
from app.audit.queries import Search, lines
from app.chain.queries_disposal import disposals
from app.checks.models import Answer, Check
from app.db import atomically
from app.photos.models import Photo
from app.privacy.actions_retention import make_lists
from app.privacy.queries import chosen_months
from app.privacy.rules_retention import (
    HOLD_WORDS,
    TERMS,
    Hold,
    Kind,
    cut_off,
    fault_of,
    kind_of_point,
    months_of,
    within,
)
from tests.support import builders
from tests.support.findings import found
from tests.support.protocol import Phone
from tests.support.stored import rows_of

CHECK = "00000000-0000-4000-8000-000000000001"
PHOTO = "00000000-0000-4000-8000-0000000000aa"
LATER = builders.NOW + relativedelta(months=36, days=2)


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("std", "standards", "bureau")
        builders.person("ldr", "leader", "bureau")
        builders.person("aud", "auditor", "bureau")
    return app


def test_given_the_table_of_ds_6_then_months_and_bounds_stand():
    assert {kind: (term.usual, term.least, term.most) for kind, term in TERMS.items()} == {
        Kind.RECORDS: (36, 12, 120),
        Kind.LIFTS: (48, 48, 120),
        Kind.FOOD: (24, 24, 60),
        Kind.PATROLS: (36, 12, 120),
        Kind.PHOTOS: (12, 6, 36),
        Kind.FINDINGS: (36, 12, 120),
        Kind.COMPLAINTS: (36, 12, 120),
        Kind.VOICES: (24, 6, 60),
        Kind.REPAIRS: (36, 12, 120),
        Kind.SPOTCHECKS: (36, 12, 120),
        Kind.INSPECTIONS: (36, 12, 120),
        Kind.CONTRACTS: (180, 36, 360),
        Kind.MEETINGS: (36, 6, 120),
        Kind.TRAINING: (36, 12, 120),
        Kind.VEHICLES: (36, 12, 120),
        Kind.AUDIT: (36, 6, 120),
    }


@pytest.mark.parametrize(("months", "refused"), [(5, True), (6, False), (120, False), (121, True), (0, True)])
def test_given_a_choice_for_the_audit_log_when_under_six_months_then_refused(months, refused):
    assert (fault_of(Kind.AUDIT, months) is not None) is refused


def test_given_choices_when_asking_for_a_unit_then_the_nearest_counts_within_bounds():
    chosen = {("records", ""): 60, ("records", "care"): 24, ("lifts", "care"): 12}

    assert months_of(Kind.RECORDS, ("bureau", "care", "clean"), chosen) == 24
    assert months_of(Kind.RECORDS, ("bureau", "other"), chosen) == 60
    assert months_of(Kind.LIFTS, ("bureau", "care"), chosen) == 48
    assert months_of(Kind.FOOD, ("bureau",), chosen) == 24
    assert (within(Kind.RECORDS, 1), within(Kind.RECORDS, 999)) == (12, 120)


def test_given_calendar_months_when_cutting_off_then_the_last_day_of_a_shorter_month():
    assert cut_off(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "term"), [("lift", Kind.LIFTS), ("canteen_kitchen", Kind.FOOD), ("restroom", Kind.RECORDS)]
)
def test_given_a_point_when_asking_its_kind_then_lifts_and_food_have_their_own(kind, term):
    assert kind_of_point(kind) is term


def _checked(world):
    phone = Phone(world, "ann")
    phone.put_photo(PHOTO)
    body = builders.submission(CHECK, photos=[PHOTO])
    assert phone.post("/api/v1/checks", body).status_code == 201
    return phone


def _lists(world, at=LATER) -> int:
    with world.app_context(), clock.at(at):
        zone = world.extensions["settings"].zone
        return atomically(lambda: make_lists(at, zone))


def _client(world, person):
    client = world.test_client()
    client.sign_in(person)
    return client


def _waiting(world) -> str:
    with world.app_context():
        (found,) = [each for each in disposals(open_only=True) if "检查记录" in each.reason]
    return found.id


def test_given_a_record_kept_long_enough_when_two_persons_agree_then_it_goes_with_its_bytes(world):
    _checked(world)
    files = list(world.extensions["photo_store"].root.glob(f"*/{PHOTO}"))
    assert len(files) == 1

    with clock.at(LATER):
        _lists(world)
        number = _waiting(world)
        first, second = _client(world, "std"), _client(world, "ldr")
        one = first.send(f"/privacy/retention/{number}/approve", page="/privacy/retention")
        again = first.send(f"/privacy/retention/{number}/approve", page="/privacy/retention")
        with world.app_context():
            between = len(rows_of(Check))
        two = second.send(f"/privacy/retention/{number}/approve", page="/privacy/retention")
        late = second.send(f"/privacy/retention/{number}/approve", page="/privacy/retention")

    assert (one.status_code, again.status_code, between, two.status_code, late.status_code) == (303, 303, 1, 303, 409)
    with world.app_context():
        assert (rows_of(Check), rows_of(Answer), rows_of(Photo)) == ([], [], [])
        kinds = [line.kind for line in lines(Search(group="disposal"))]
    assert kinds[:2] == ["disposal.done", "disposal.approved"]
    assert not files[0].exists()


def test_given_a_record_under_an_open_finding_then_it_is_held(world):
    _checked(world)
    with world.app_context():
        found(check_id=CHECK)

    _lists(world)

    with world.app_context():
        assert [each.reason for each in disposals() if "检查记录" in each.reason] == []


def test_given_a_list_when_a_finding_opens_meanwhile_then_nothing_goes(world):
    _checked(world)
    with clock.at(LATER):
        _lists(world)
        number = _waiting(world)
        _client(world, "std").send(f"/privacy/retention/{number}/approve", page="/privacy/retention")
        with world.app_context():
            found(check_id=CHECK)
        answer = _client(world, "ldr").send(f"/privacy/retention/{number}/approve", page="/privacy/retention")

    assert answer.status_code == 409
    with world.app_context():
        assert len(rows_of(Check)) == 1


def test_given_a_record_of_today_when_the_timer_comes_then_no_list(world):
    _checked(world)

    assert _lists(world, builders.NOW + relativedelta(months=11)) == 0


def test_given_a_list_that_waits_when_the_timer_comes_again_then_no_second(world):
    _checked(world)

    assert _lists(world) > 0
    assert _lists(world) == 0


def test_given_a_list_of_one_kind_that_waits_when_another_kind_is_due_then_that_one_has_its_list(world):
    _checked(world)
    assert _lists(world, builders.NOW + relativedelta(months=12, days=2)) == 1

    with world.app_context():
        (photos,) = disposals(open_only=True)
    assert _lists(world) > 0

    with world.app_context():
        waiting = disposals(open_only=True)
    assert len([each for each in waiting if each.reason.split("，")[0] == photos.reason.split("，")[0]]) == 1
    assert any("检查记录" in each.reason for each in waiting)


def test_given_a_list_when_put_aside_then_nothing_goes(world):
    _checked(world)
    with clock.at(LATER):
        _lists(world)
        number = _waiting(world)
        answer = _client(world, "ldr").send(f"/privacy/retention/{number}/aside", page="/privacy/retention")

    assert answer.status_code == 303
    with world.app_context():
        assert len(rows_of(Check)) == 1
        assert lines(Search(group="disposal"))[0].kind == "disposal.refused"


@pytest.mark.parametrize("person", ["ann", "aud"])
def test_given_somebody_without_the_role_when_deciding_then_refused(world, person):
    client = _client(world, person)

    for deed in ("approve", "aside"):
        path = f"/privacy/retention/{UUID(int=1)}/{deed}"
        assert client.send(path, page="/me/sessions").status_code == 403
    assert client.send("/privacy/retention", page="/me/sessions").status_code == 403


def test_given_the_standards_section_when_changing_months_then_kept_and_noted(world):
    client = _client(world, "std")

    answer = client.send(
        "/privacy/retention", {"kind": "records", "unit": "care", "months": "24", "reason": "本单位档案规定"}
    )

    assert answer.status_code == 303
    with world.app_context():
        assert chosen_months() == {("records", "care"): 24}
        line = lines(Search(group="setting"))[0]
    assert (line.by_id, line.data) == ("std", {"kind": "records", "unit": "care", "months": 24})


@pytest.mark.parametrize(
    "change",
    [{"kind": "x"}, {"months": "5"}, {"months": "121"}, {"months": "-1"}, {"unit": "nowhere"}, {"reason": " "}],
)
def test_given_bad_input_when_changing_months_then_nothing_changes(world, change):
    client = _client(world, "std")
    data = {"kind": "records", "unit": "", "months": "24", "reason": "规定"} | change

    assert client.send("/privacy/retention", data).status_code == 422
    with world.app_context():
        assert chosen_months() == {}


def test_given_every_hold_then_it_has_words():
    assert set(HOLD_WORDS) == set(Hold)
