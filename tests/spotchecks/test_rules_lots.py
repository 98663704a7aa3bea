"""Lots, and that nobody draws after seeing the data (SP-8, SP-10)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.spotchecks.rules import Kind, Method, Mode, Period, Rhythm, Scope
from app.spotchecks.rules_lots import (
    DRAWN_ALREADY,
    NEVER_SEALED,
    STILL_RUNNING,
    NewDraw,
    closes_at,
    lots_of,
    why_not_drawn,
)
from tests.support.builders import NOW

ZONE = ZoneInfo("Asia/Shanghai")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Promise:
    rhythm: str = "monthly"
    from_on: date = NOVEMBER.from_on
    closes_at: datetime = NOW
    committed_at: datetime = NOW - HOUR
    drawn_at: datetime | None = None


@pytest.mark.parametrize(
    ("promise", "now", "said"),
    [
        (Promise(), NOW, None),
        (Promise(), NOW - timedelta(seconds=1), STILL_RUNNING),
        (Promise(committed_at=NOW), NOW + HOUR, NEVER_SEALED),
        (Promise(committed_at=NOW + HOUR), NOW + 2 * HOUR, NEVER_SEALED),
        (Promise(drawn_at=NOW), NOW + HOUR, DRAWN_ALREADY),
        (Promise("daily", TODAY, NOW + HOUR), NOW, None),
        (Promise("daily", TODAY + timedelta(days=1), NOW + HOUR), NOW, STILL_RUNNING),
        (Promise("daily", TODAY, NOW, NOW), NOW, NEVER_SEALED),
        (Promise("irregular", TODAY, NOW + HOUR), NOW, STILL_RUNNING),
    ],
)
def test_sp_10_given_a_promise_when_drawn_then_once_after_the_period_and_only_if_sealed_before_its_end(
    promise, now, said
):
    assert why_not_drawn(promise, now, TODAY) is said


def test_sp_10_given_a_period_when_asked_then_it_closes_at_midnight_of_the_site():
    assert closes_at(NOVEMBER, ZONE) == datetime(2026, 12, 1, tzinfo=ZONE)


def new(**values):
    said = {"kind": Kind.SPOT, "mode": Mode.DESK, "method": Method.SIMPLE, "rhythm": Rhythm.MONTHLY}
    said |= {"scope": Scope.LOTS, "owner_id": "care", "period": NOVEMBER, "size": "II"}
    return NewDraw(**(said | values))


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": Kind.SUPERVISION}, {"mode": Mode.ONSITE}, {"method": Method.WEIGHTED}, {"owner_id": "other"},
        {"implementer_id": "clean"}, {"standard_code": "JGSW05003.01"}, {"area_id": "a1"}, {"crew_id": "c1"},
        {"period": Period(NOVEMBER.from_on, TODAY)}, {"period": Period(TODAY, NOVEMBER.to_on)},
    ],
)  # fmt: skip
def test_sp_8_given_other_records_or_another_way_when_promised_then_it_is_another_lot(changed):
    assert new(**changed).lot != new().lot
    assert new(**changed).id != new().id


@pytest.mark.parametrize(
    "changed", [{"size": "I"}, {"plan_id": "x"}, {"rhythm": Rhythm.IRREGULAR}, {"scope": Scope.UNIT}]
)
def test_sp_8_given_the_same_records_when_promised_by_whichever_plan_then_it_is_the_same_lot(changed):
    assert replace(new(), **changed).id == new().id


def test_sp_8_given_a_lot_when_named_then_it_says_what_it_is_over():
    lot = new(implementer_id="clean", standard_code="JGSW05003.01").lot

    assert lot == "261101-261130/spo/de/si/care/clean/JGSW05003.01//"


def test_sp_8_given_ids_of_any_length_when_named_then_the_lot_fits_its_column():
    long = new(owner_id="o" * 40, implementer_id="i" * 40, area_id="a" * 40, crew_id="c" * 40, standard_code="s" * 20)

    assert len(long.lot) <= 160


def test_sp_8_given_pairs_when_the_scope_is_lots_then_each_has_its_draw_else_one_over_all():
    pairs = [("clean", "B"), ("clean", "A"), ("clean", "B")]

    assert lots_of(Scope.LOTS, pairs) == [("clean", "A"), ("clean", "B")]
    assert lots_of(Scope.BUREAU, pairs) == [(None, None)]
