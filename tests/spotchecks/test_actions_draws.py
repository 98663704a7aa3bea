"""Draws: promised by a hash before the period closes, made once, replayed by anybody, refused after seeing the data."""

from datetime import date, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from app.checks.models import Check
from app.db import atomically, row, rows, run, scalar
from app.flags.models import FlagState
from app.flags.rules_hearing import State
from app.messages.models import Message
from app.refusals import Conflict, NotFound
from app.schedule.models import Occurrence
from app.spotchecks.actions_draws import draw, promise, promise_all
from app.spotchecks.actions_promises import draw_closed, waiting
from app.spotchecks.models import Draw, Item, Result, SealedSeed
from app.spotchecks.queries_draws import find_draw, items_of, published
from app.spotchecks.rules import Entered, Kind, Method, Mode, Period, Rhythm, Scope
from app.spotchecks.rules_draws import hash_of, list_read, replay
from app.spotchecks.rules_lots import NewDraw
from tests.support import builders as make
from tests.support import cases
from tests.support.builders import NOW
from tests.support.flagging import put_flag
from tests.support.history import unguarded
from tests.support.world import filled

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)
MINUTES = timedelta(minutes=1)


@pytest.fixture
def lot(inside):
    """Twelve completed records of Ann's at four points, today."""
    make.small_world()
    make.person("ina", "inspector", "bureau")
    for nth in range(2, 5):
        make.point(f"p{nth}", f"00000000{nth}H", risk=nth)
    for nth in range(12):
        filled(f"p{nth % 4 + 1}", f"W{nth}", NOW - (600 - nth * 40) * MINUTES)
    return inside


def promised(**values):
    """A daily list of the section care over today, sealed the evening before."""
    said = {"kind": Kind.SPOT, "mode": Mode.DESK, "method": Method.WEIGHTED, "rhythm": Rhythm.DAILY}
    said |= {"scope": Scope.UNIT, "owner_id": "care", "period": Period(TODAY, TODAY), "size": "5"}
    return NewDraw(**(said | values))


def sealed(new, at=NOW - timedelta(hours=12)):
    return atomically(lambda: promise(new, at, ZONE))


def drawn(draw_id, now=NOW, by="sue"):
    return atomically(lambda: draw(draw_id, now, ZONE, by))


def everything():
    return {table.__tablename__: scalar(select(func.count()).select_from(table)) for table in (Draw, Item, Result)}


def test_given_a_promised_lot_when_drawn_then_list_and_seed_are_published_and_anybody_can_replay(lot):
    draw_id = sealed(promised())

    n = drawn(draw_id)

    found = find_draw(draw_id)
    assert (n, found.population, found.sample) == (len(items_of(draw_id)), 12, 5)
    assert hash_of(row(select(Result.seed)).seed) == found.seed_hash
    assert sha256(row(select(Result.population_list)).population_list).hexdigest() == found.list_sha256
    assert replay(published(found)) == []


def test_given_no_promise_before_the_period_ended_when_promised_then_it_is_refused(lot):
    late = promised(period=Period(TODAY - timedelta(days=1), TODAY - timedelta(days=1)))

    with pytest.raises(Conflict, match="期末之前"):
        sealed(late, NOW)
    assert atomically(lambda: promise_all([late], NOW, ZONE)) == 0
    assert everything() == {"spotcheck_draws": 0, "spotcheck_items": 0, "spotcheck_results": 0}


def test_given_a_seed_smuggled_in_after_the_period_when_drawn_then_it_is_refused(lot):
    draw_id = sealed(promised())
    closed = find_draw(draw_id).closes_at
    with unguarded():
        atomically(lambda: run(update(Draw).values(committed_at=closed)))

    with pytest.raises(Conflict, match="可能被人挑选"):
        drawn(draw_id, closed + MINUTES)
    assert everything()["spotcheck_results"] == 0


def test_given_a_list_that_was_drawn_when_drawn_again_then_it_is_refused_and_stands(lot):
    draw_id = sealed(promised())
    drawn(draw_id)
    before = items_of(draw_id)

    with pytest.raises(Conflict, match="已经抽过"):
        drawn(draw_id)
    assert items_of(draw_id) == before


def test_given_the_same_lot_when_promised_again_then_the_first_seed_stands(lot):
    first = sealed(promised())
    seed = row(select(SealedSeed.seed)).seed

    assert sealed(promised(plan_id=None, size="3")) == first
    assert [each.seed for each in rows(select(SealedSeed.seed))] == [seed]


@pytest.mark.parametrize("rhythm", [Rhythm.MONTHLY, Rhythm.IRREGULAR])
def test_given_a_running_period_when_drawn_then_it_waits_for_the_end(lot, rhythm):
    draw_id = sealed(promised(rhythm=rhythm, period=Period(TODAY.replace(day=1), TODAY)))

    with pytest.raises(Conflict, match="还没结束"):
        drawn(draw_id)
    assert drawn(draw_id, find_draw(draw_id).closes_at, by=None) >= 5


def test_given_nothing_complete_when_drawn_by_hand_then_it_says_so_and_may_be_drawn_later(lot):
    draw_id = sealed(promised(standard_code="JGSW09999.01"))

    with pytest.raises(Conflict, match="还没有完成的记录"):
        drawn(draw_id)
    assert drawn(draw_id, by=None) == 0


def test_given_an_unknown_draw_when_drawn_then_there_is_none(lot):
    with pytest.raises(NotFound):
        drawn("nothing")


def weighed(**values):
    """Record -> its weight, as the population list of a fresh draw publishes it."""
    draw_id = sealed(promised(**values))
    drawn(draw_id)
    records = {str(each.id): each.check_id for each in rows(select(Occurrence.id, Occurrence.check_id))}
    return {records[each.id]: each.weight for each in list_read(published(find_draw(draw_id)).body)}


def asked_about(records):
    """Flags on the first four of these records, one in each state."""
    for check_id, state in zip(records, State, strict=False):
        flag = put_flag(check_id, "burst", business_on=TODAY)
        moved = update(FlagState).where(FlagState.flag_id == flag)
        atomically(lambda moved=moved, state=state: run(moved.values(state=state.value)))


def test_sp_9_given_flags_of_the_rules_when_drawn_by_risk_then_those_that_nobody_lifted_weigh_double(lot):
    before = weighed()
    records = sorted(before)
    asked_about(records)

    after = weighed(standard_code="JGSW05003.01")

    factors = [round(after[each] / before[each], 6) for each in records]
    assert list(State) == [State.OPEN, State.EXPLAINED, State.STANDS, State.LIFTED]
    assert factors == [2, 2, 2, 1, *[1] * 8]


def test_sp_9_given_flags_of_the_rules_when_drawn_at_random_then_every_record_weighs_the_same(lot):
    asked_about([each.check_id for each in rows(select(Occurrence.check_id).where(Occurrence.check_id.is_not(None)))])

    assert set(weighed(method=Method.SIMPLE).values()) == {1.0}


def test_sp_9_given_a_mark_whose_flag_was_lifted_when_drawn_by_risk_then_it_weighs_nothing_any_more(lot):
    quick, again = (filled("p1", f"Q{n}", NOW - (50 - n) * MINUTES, short_visit=True) for n in range(2))
    with unguarded():
        atomically(lambda: run(update(Check).where(Check.id.in_([quick, again])).values(marks=["short_visit"])))
    flag = put_flag(quick, "short_visit", business_on=TODAY)
    atomically(lambda: run(update(FlagState).where(FlagState.flag_id == flag).values(state="lifted")))

    found = weighed()

    assert found[again] == 2 * found[quick]


def test_given_a_simple_random_draw_when_drawn_then_all_weigh_the_same_and_no_floor_is_added(lot):
    draw_id = sealed(promised(method=Method.SIMPLE))
    drawn(draw_id)

    assert {(each.weight, each.entered) for each in items_of(draw_id)} == {(1.0, Entered.DRAWN)}


def test_given_a_daily_list_when_drawn_by_risk_then_it_holds_a_record_of_risk_level_4(lot):
    draw_id = sealed(promised(size="1"))
    drawn(draw_id)

    assert any(each.why["risk"] == "4" for each in items_of(draw_id))


def test_given_a_month_when_drawn_by_risk_then_floors_bring_every_place_of_level_3_and_4_and_every_person(lot):
    month = promised(rhythm=Rhythm.MONTHLY, period=Period(TODAY.replace(day=1), TODAY), size="1")
    draw_id = sealed(month)

    drawn(draw_id, find_draw(draw_id).closes_at, by=None)

    lines = items_of(draw_id)
    assert {"3", "4"} <= {each.why["risk"] for each in lines}
    assert [each.rank for each in lines] == list(range(1, len(lines) + 1))
    assert sum(each.entered == Entered.DRAWN for each in lines) == 1
    assert replay(published(find_draw(draw_id))) == []


def test_given_a_draw_of_another_unit_when_drawn_then_these_records_are_no_part_of_it(lot):
    draw_id = sealed(promised(owner_id="other"))

    assert drawn(draw_id, by=None) == 0


def test_given_the_area_and_the_implementer_when_drawn_then_both_narrow_the_lot(lot):
    here, there = sealed(promised(area_id="a1", implementer_id="clean")), sealed(promised(area_id="a9"))

    drawn(here)
    drawn(there, by=None)

    assert (find_draw(here).population, find_draw(there).population) == (12, 0)


def test_sp_8_given_a_daily_plan_on_site_when_the_day_begins_then_its_windows_are_drawn_before_they_are_done(lot):
    draw_id = sealed(promised(mode=Mode.ONSITE, method=Method.SIMPLE, owner_id="bureau", size="4"))

    assert waiting(NOW, ZONE) == [draw_id]
    drawn(draw_id, by=None)

    found = find_draw(draw_id)
    # The twelve that are done and the one that is open now: all were due.
    assert (found.population, len(items_of(draw_id))) == (13, 4)
    assert {each.check_id for each in items_of(draw_id)} == {None}
    assert waiting(NOW, ZONE) == []
    assert replay(published(found)) == []


def test_sp_10_given_a_daily_list_at_the_desk_when_the_timer_comes_then_it_waits_for_the_supervisor(lot):
    draw_id = sealed(promised())

    assert waiting(NOW, ZONE) == waiting(find_draw(draw_id).closes_at, ZONE) == []


def test_sp_8_given_a_contested_record_when_the_next_list_is_drawn_then_it_is_on_it_once_and_in_no_rate(lot):
    at = NOW - timedelta(days=1)
    check_id = filled("p1", "OLD", at - 30 * MINUTES)
    number = row(select(Occurrence.id).where(Occurrence.check_id == check_id)).id
    atomically(
        lambda: run(update(Occurrence).where(Occurrence.id == number).values(business_on=TODAY - timedelta(days=1)))
    )
    cases.case(at=at)

    first, second = sealed(promised()), sealed(promised(method=Method.SIMPLE))
    drawn(first)
    drawn(second)

    taken = [each for each in items_of(first) if each.entered == Entered.CONTESTED]
    assert [(each.occurrence_id, each.why) for each in taken] == [(number, {"contested": "1"})]
    assert not [each for each in items_of(second) if each.entered == Entered.CONTESTED]
    assert replay(published(find_draw(first))) == []


def test_given_a_month_that_has_ended_when_the_timer_draws_then_those_who_look_are_told(lot):
    month = Period(TODAY.replace(day=1), TODAY)
    ours = sealed(promised(rhythm=Rhythm.MONTHLY, period=month))
    whole = sealed(promised(rhythm=Rhythm.MONTHLY, period=month, owner_id="bureau"))

    for draw_id in (ours, whole):
        atomically(lambda draw_id=draw_id: draw_closed(draw_id, find_draw(draw_id).closes_at, ZONE))

    told = {(each.person_id, each.link) for each in rows(select(Message.person_id, Message.link))}
    assert told == {("sue", f"/spotchecks/draws/{ours}/review"), ("ina", f"/spotchecks/draws/{whole}/review")}
