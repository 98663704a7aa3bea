"""Two contractors with the same reality: one reports what it finds, one always ticks (rules NC-15)."""

from dataclasses import dataclass
from random import Random

import pytest

from app.checks.rules import Answer, Place, Result
from app.checks.rules_judging import judge
from app.schedule.rules_states import State
from app.stats.rules import Line, total
from app.stats.rules_measures import MEASURES, SCORED
from app.tallies.rules_rates import Grade, worst_first
from tests.support.standards import edition, step_document

STEPS = ("S01", "S02", "S03")
EDITION = edition(
    step_document("S01", "photo", key=True, photo_min=1),
    step_document("S02", "none", key=True),
    step_document("S03", "none"),
)
PHOTO = "00000000-0000-4000-8000-000000000001"
AFTER = "00000000-0000-4000-8000-000000000002"


@dataclass(frozen=True)
class Reality:
    """What is so at a place when somebody comes: what is wrong, locked or not, when it is done."""

    faults: frozenset[str]
    locked: bool
    state: State


def month(seed, windows=240, locked=0.0):
    chance = Random(seed)
    states = [State.IN_WINDOW] * 18 + [State.IN_GRACE, State.LATE, State.MISSED]
    return [
        Reality(
            frozenset(step for step in STEPS if chance.random() < 0.12),
            chance.random() < locked,
            chance.choice(states),
        )
        for _ in range(windows)
    ]


def told(reality, *, honest):
    """The window as the contractor's record leaves it; a visit takes its photo either way."""
    if reality.state is State.MISSED:
        return Line(State.MISSED, key_due=2, photos_due=1)
    if reality.locked and honest:
        return Line(State.UNABLE, key_due=2, photos_due=1)
    counts = judge(EDITION, {}, Place(attrs={}), [answer(step, reality, honest=honest) for step in STEPS]).counts
    return Line(
        reality.state,
        scanned=True,
        **{name: getattr(counts, name) for name in type(counts).__dataclass_fields__},
    )


def answer(step, reality, *, honest):
    photos = (PHOTO,) if step == "S01" else ()
    if honest and step in reality.faults:
        return Answer(step, Result.FAIL, cause="work", note="地面有水", photos=photos)
    return Answer(step, Result.PASS, photos=photos)


@pytest.mark.parametrize("seed", range(12))
def test_given_the_same_reality_when_one_reports_and_one_ticks_then_no_figure_by_unit_is_worse_for_the_honest_one(seed):
    reality = month(seed)

    honest = total(told(each, honest=True) for each in reality)
    ticking = total(told(each, honest=False) for each in reality)

    assert honest.steps_fail > 0 == ticking.steps_fail
    assert (honest.missed, honest.late, honest.reported) == (ticking.missed, ticking.late, ticking.reported)
    for measure in SCORED:
        mine, other = measure.rate(honest), measure.rate(ticking)
        assert worst_first(mine) >= worst_first(other), measure.id
        assert not (measure.grade(honest) is Grade.BELOW and measure.grade(ticking) is Grade.MET), measure.id


@pytest.mark.parametrize("seed", range(12))
def test_given_locked_doors_when_one_reports_them_and_one_ticks_then_the_report_is_no_miss(seed):
    reality = [each for each in month(seed, locked=0.1) if each.state in (State.IN_WINDOW, State.IN_GRACE)]

    honest = total(told(each, honest=True) for each in reality)
    ticking = total(told(each, honest=False) for each in reality)

    assert honest.reported > 0 == honest.missed
    for measure in SCORED:
        assert worst_first(measure.rate(honest))[:2] >= worst_first(measure.rate(ticking))[:2], measure.id


def test_given_what_says_how_a_place_is_when_it_falls_then_it_is_no_figure_of_unit_or_person():
    reality = month(1)
    honest = total(told(each, honest=True) for each in reality)
    ticking = total(told(each, honest=False) for each in reality)

    lower = {
        measure.key for measure in MEASURES if worst_first(measure.rate(honest)) < worst_first(measure.rate(ticking))
    }

    assert lower == {"conformity"}
    assert not lower & {measure.key for measure in SCORED}
