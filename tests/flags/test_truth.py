"""A share of the simulation at every run: crude cheats are found, honest records hardly ever; flags cost nobody."""

import pytest

from app.flags.rules_limits import DEFAULTS
from app.stats.rules import Line
from tests.support.house import ROOT, modules
from tools.truth.fit import candidates, fitted, limits_of
from tools.truth.play import BOUNDS, scored
from tools.truth.report import CRUDE_GOAL, HONEST_GOAL, caught, crude_share, honest, leaning, lines

# Neither fitted on (1-50) nor reported on (51-100).
HELD_OUT = (101, 102, 103)


@pytest.fixture(scope="module")
def plays():
    return [scored(seed) for seed in HELD_OUT]


@pytest.mark.slow
def test_given_held_out_seeds_when_played_on_the_rules_then_crude_cheats_are_found_and_honest_people_are_not(plays):
    found, acts = crude_share(caught(plays, DEFAULTS))
    count, hit, _ = honest(plays, DEFAULTS)

    assert acts == 48
    assert found / acts >= CRUDE_GOAL
    assert count > 3000
    assert hit / count <= HONEST_GOAL


@pytest.mark.slow
def test_given_limits_moved_to_their_strictest_when_played_then_honest_people_are_still_safe(plays):
    count, hit, _ = honest(plays, leaning(1))

    assert hit / count <= 2 * HONEST_GOAL


@pytest.mark.slow
def test_given_careful_cheats_when_reported_then_the_table_says_so_and_nothing_is_promised(plays):
    table = "\n".join(lines(plays))

    assert table.count("| careful |") == 4
    assert table.count("| crude |") == 9  # eight rows and the head of the curve
    assert "Honest records flagged" in table


@pytest.mark.slow
def test_given_one_seed_when_played_twice_then_it_is_the_same_and_fitting_stays_within_the_bounds(plays):
    again = scored(HELD_OUT[0])

    limits = limits_of(fitted(plays))

    assert again == plays[0]
    for bound in BOUNDS.values():
        low, high = sorted((bound.strict, bound.gentle))
        assert low <= getattr(limits, bound.field) <= high


@pytest.mark.parametrize("kind", BOUNDS)
def test_given_each_limit_when_candidates_are_tried_then_they_reach_from_gentle_to_strict(kind):
    tried = candidates(kind)

    assert (tried[0], tried[-1]) == (BOUNDS[kind].gentle, BOUNDS[kind].strict)


def test_given_rooms_that_work_out_figures_when_their_imports_are_read_then_none_knows_of_flags():
    """NC-15: a flag, upheld or not, lowers nobody's figures; whoever deals with it goes by the record itself.

    The daily log marks the line of a record that is asked about; no measure takes that from a line.
    """
    figures = ("app.stats", "app.tallies", "app.contractors", "app.training", "app.nonconformities", "app.learning")

    knowing = [
        f"{module.place}: {target}"
        for module in modules(ROOT, "app")
        if module.name.startswith(figures)
        for target in module.imports()
        if target.startswith("app.flags")
    ]

    assert knowing == ["app/stats/queries_log.py: app.flags.queries.asked_about"]
    assert "flagged" not in Line.__dataclass_fields__
