"""The words of papers."""

from collections.abc import Mapping

from app.grades.rules import GR7
from app.grades.rules import Key as Scored
from app.grades.rules_words import KEYS as SCORED
from app.papers.rules import Key, Problem
from app.papers.rules_evaluation import Course
from app.papers.rules_problems import Source
from app.web.words import lazy

KEYS: Mapping[Key, object] = {
    Key.ON_TIME: lazy("On-time rate"),
    Key.COMPLETION: lazy("Completion rate"),
    Key.CONFORMITY: lazy("Step conformity"),
    Key.KEY: lazy("Key-point evidence"),
    Key.PHOTO: lazy("Photo evidence"),
    Key.HOLIDAY: lazy("Holiday coverage"),
    Key.HANDOVER: lazy("Handover coverage"),
    Key.IN_TIME: lazy("Put right in time"),
    Key.SPOT: lazy("Spot checks passed"),
    Key.SATISFIED: lazy("Satisfaction"),
}
RULES: Mapping[Key, str] = {
    Key.ON_TIME: "MT-10", Key.COMPLETION: "MT-11", Key.CONFORMITY: "MT-12", Key.KEY: "MT-13", Key.PHOTO: "MT-14",
    Key.HOLIDAY: "MT-15", Key.HANDOVER: "MT-16", Key.IN_TIME: "MT-20", Key.SPOT: "MT-22", Key.SATISFIED: "SA-7",
}  # fmt: skip
COURSES: Mapping[Course, object] = {
    Course.KEEP: lazy("Conforms: keep it up"),
    Course.GO_ON: lazy("Improvement works: go on"),
    Course.AGAIN: lazy("Effect not clear: analyse the causes and try again"),
}
EVALUATORS = lazy("Evaluation group")
RULE = lazy(
    "The rule: in turn the step judged as failed most often, the point missed most often and the finding longest past "
    "its limit; where one kind has nothing more, the next takes its place."
)


def why(problem: Problem) -> object:
    """The reason of the rule for naming this problem."""
    values = {"place": problem.place, "n": problem.n, "of": problem.of}
    if problem.kind == Source.STEP:
        return lazy("Step judged as failed most often, place %(place)d: %(n)d of %(of)d answers.", **values)
    if problem.kind == Source.POINT:
        return lazy("Point missed most often, place %(place)d: %(n)d of %(of)d due.", **values)
    return lazy("Finding longest past its limit, place %(place)d: %(n)d days.", place=problem.place, n=problem.n)


# What opens the records of a measure of an evaluation report; coverage is made of two lists.
PARTS: Mapping[str, tuple[str, ...]] = {Scored.COVERAGE: ("holiday", "handover")}
RECORD_WORDS: Mapping[str, object] = {
    **{str(scale.key): SCORED[scale.key] for scale in GR7 if scale.key not in PARTS},
    "holiday": lazy("Holidays"),
    "handover": lazy("Handovers"),
}
