"""学标、知标、践标、达标, and readiness (rules TR-5, TR-7)."""

import pytest

from app.training.rules import Lack
from app.training.rules_funnel import Funnel, Learner, Stage, Use, funnel, readiness


def learner(name="ann", *lacks, rostered=True, qualified=None, use=Use()):  # noqa: B008  frozen
    known = not lacks if qualified is None else qualified
    return Learner(name, name, "clean", "clean", rostered, lacks, known, False, use)


@pytest.mark.parametrize(
    ("lacks", "use", "stage"),
    [
        ((Lack.DELIVERED, Lack.READ, Lack.EXAM), Use(), Stage.CONCERNED),
        ((Lack.READ, Lack.EXAM), Use(9, 9, 9), Stage.DELIVERED),
        ((Lack.EXAM,), Use(9, 9, 9), Stage.READ),
        ((), Use(9, 9, 0), Stage.PASSED),
        ((Lack.CERTIFICATE,), Use(), Stage.PASSED),
        ((), Use(0, 0, 1), Stage.USED),
        ((), Use(100, 94, 5), Stage.USED),
        ((), Use(1000, 949, 5), Stage.USED),
        ((), Use(100, 95, 5), Stage.ON_TARGET),
        ((), Use(20, 19, 1), Stage.ON_TARGET),
    ],
)
def test_tr7_given_what_is_lacking_and_done_when_the_stage_is_asked_then_each_holds_those_before(lacks, use, stage):
    assert learner("ann", *lacks, use=use).stage is stage


def test_tr7_given_people_at_every_stage_when_counted_then_the_funnel_only_narrows():
    people = [
        learner("a", Lack.DELIVERED, Lack.READ, Lack.EXAM), learner("b", Lack.READ, Lack.EXAM),
        learner("c", Lack.EXAM), learner("d"), learner("e", use=Use(0, 0, 1)), learner("f", use=Use(1, 1, 1)),
    ]  # fmt: skip

    assert funnel(people) == Funnel(6, 5, 4, 3, 2, 1)
    assert funnel([]) == Funnel(0, 0, 0, 0, 0, 0)


def test_tr5_given_some_not_qualified_when_readiness_is_asked_then_it_is_of_the_rostered_with_names():
    people = [learner("a"), learner("b", Lack.EXAM), learner("c", Lack.EXAM, rostered=False), learner("d")]

    found = readiness(people)

    assert (found.qualified, found.rostered, [each.name for each in found.missing]) == (2, 3, ["b"])
    assert not found.whole and readiness([learner("a")]).whole
