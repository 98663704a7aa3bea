"""The measures as data: ids of the rules, targets, and which of them stand for diligence."""

from app.stats.rules import Counts
from app.stats.rules_measures import MEASURES, ON_TIME, SCORED
from app.tallies.rules_rates import Grade


def test_given_the_measures_when_listed_then_each_has_its_rule():
    assert [measure.id for measure in MEASURES] == [
        "MT-10", "MT-11", "MT-12", "MT-13", "MT-14", "MT-15", "MT-16", "MT-19",
    ]  # fmt: skip


def test_given_the_scored_measures_when_listed_then_how_a_place_is_is_not_among_them():
    assert "MT-12" not in {measure.id for measure in SCORED}
    assert all(measure.target for measure in SCORED if measure.id != "MT-19")


def test_given_counts_when_graded_then_the_target_decides():
    assert ON_TIME.grade(Counts(due=100, in_window=90, in_grace=5)) is Grade.MET
    assert ON_TIME.grade(Counts(due=100, in_window=94)) is Grade.BELOW
    assert ON_TIME.grade(Counts(due=10, in_window=10)) is None
