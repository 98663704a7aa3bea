"""The page of acceptance: lots judged from what was found, hearings heard, the tables looked up. On both databases."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.accounts.queries import person_by_id
from app.db import atomically, rows, run
from app.spotchecks.actions_draws import draw, promise
from app.spotchecks.models import Item, Review, ReviewState, ReviewStep
from app.spotchecks.queries_acceptance import lots_of
from app.spotchecks.routes_acceptance import _judged
from app.spotchecks.rules import Kind, Method, Mode, Period, Rhythm, Scope
from app.spotchecks.rules_acceptance import Plan
from app.spotchecks.rules_acceptance import Verdict as Lot
from app.spotchecks.rules_lots import NewDraw
from tests.support.builders import NOW, kept
from tests.support.looks import ZONE, looked_world
from tests.support.readers import body, signed_in
from tests.support.world import filled

TODAY = date(2026, 11, 23)
SIMPLE = {
    "kind": Kind.SUPERVISION, "mode": Mode.DESK, "method": Method.SIMPLE, "rhythm": Rhythm.DAILY,
    "scope": Scope.UNIT, "owner_id": "care", "period": Period(TODAY, TODAY), "size": "12",
}  # fmt: skip


@pytest.fixture
def world(app):
    """Twelve records of today, all of them on the list of a simple random draw."""
    with clock.at(NOW):
        with app.app_context():
            looked_world()
            for nth in range(11):
                filled("p1", f"W{nth}", NOW - timedelta(minutes=600 - nth * 40))
            new = NewDraw(**SIMPLE)
            atomically(lambda: promise(new, NOW - timedelta(hours=12), ZONE))
            atomically(lambda: draw(new.id, NOW, ZONE, "sue"))
        yield app


def look(fails=(), key=False, but=()):
    """Ina looks at the whole list but the ranks in `but`; the ranks in `fails` do not conform."""
    for item in rows(select(Item.id, Item.rank, Item.check_id)):
        if item.rank in but:
            continue
        review_id = str(uuid.uuid4())
        kept(
            Review, id=review_id, subject=f"item:{item.id}", kind="desk", item_id=item.id, check_id=item.check_id,
            point_id="p1", standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care",
            executor_id="ann", by_id="ina", by_name="人员ina", at=NOW, outcome="agrees",
        )  # fmt: skip
        for step, verdict in (("S01", "fail" if item.rank in fails else "pass"), ("S02", "pass")):
            kept(
                ReviewStep, review_id=review_id, step_id=step, step_title="x", key=key and step == "S01", said="pass",
                verdict=verdict, photos=[],
            )  # fmt: skip
        if item.rank in fails:
            kept(ReviewState, review_id=review_id, state="open")


def judged(who="sue"):
    return _judged(lots_of(person_by_id(who)))


@pytest.mark.parametrize(
    ("fails", "key", "but", "whole", "counts"),
    [
        ((), False, (), Lot.ACCEPTED, (0, 0)),
        ((), False, (7,), Lot.OPEN, (0, 0)),
        ((2,), False, (), Lot.REJECTED, (1, 0)),
        ((2,), False, (7,), Lot.REJECTED, (1, 0)),
        ((9,), False, (), Lot.ACCEPTED, (0, 0)),
        ((9,), True, (), Lot.REJECTED, (0, 1)),
    ],
)
def test_sp_20_given_a_list_looked_at_when_judged_then_by_the_first_of_the_sample_and_key_points_apart(
    world, fails, key, but, whole, counts
):
    with world.app_context():
        look(fails, key, but)

        [one] = judged()

    assert (one.level, one.plans) == ("S-3", (Plan("B", 3, 0), Plan("E", 12, 0, whole=True)))
    assert (one.whole, one.failed, one.looked) == (whole, counts, 12 - len(but))


def test_sp_14_given_a_verdict_withdrawn_after_its_hearing_when_the_lot_is_judged_then_it_is_not_held_against_it(world):
    with world.app_context():
        look((2,), key=True)
        atomically(lambda: run(update(ReviewState).values(state="withdrawn")))

        [one] = judged()

    assert (one.whole, one.failed) == (Lot.ACCEPTED, (0, 0))


@pytest.mark.parametrize(("who", "seen"), [("sue", True), ("ina", True), ("leo", True), ("sam", False)])
def test_given_a_reader_when_the_page_is_opened_then_lots_within_reach_stand_there(world, who, seen):
    with world.app_context():
        look((2,))

    page = body(signed_in(world, who), "/spotchecks/acceptance")

    assert ("不接收</span>" in page) is seen
    assert ("n 3，Ac 0：1" in page) is seen


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("lot=1449&level=S-3", ["样本量字码 E", "1.0：n 13，Ac 0，Re 1", "4.0：n 13，Ac 1，Re 2"]),
        ("lot=12&level=II", ["样本量字码 B", "1.0：n 12，Ac 0，Re 1 (全数)"]),
        ("lot=3201&level=S-3", ["适用于 2 至 3200"]),
        ("lot=3000&level=III", ["适用于 2 至 3200"]),
        ("lot=x&level=IX", ["查抽样方案"]),
        ("lot=-5", ["查抽样方案"]),
        ("lot=999999999999999999999", ["适用于 2 至 3200"]),
    ],
)
def test_4_2_given_a_lot_when_looked_up_then_its_plans_or_why_there_is_none(world, query, words):
    page = body(signed_in(world, "ina"), f"/spotchecks/acceptance?{query}")

    assert all(word in page for word in words)
