"""Figures of a survey: rates by topic and department, what may be shown, and what it was the year before; pure.

Satisfaction is counted as everywhere (rules SA-7): 基本满意 and better, beside it the strict rate of the top two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.feedback.rules_ratings import Satisfaction, satisfaction
from app.tallies.rules_rates import Rate

FEWEST = 5
"""A department or topic with fewer answers stands in the total only, so that nobody can be guessed."""


@dataclass(frozen=True)
class Group:
    """The marks of one topic or department; `answers` are people, `rated` their marks."""

    key: str
    name: str
    rated: Satisfaction
    answers: int

    @property
    def satisfied(self) -> Rate:
        return Rate(self.rated.satisfied, self.rated.n)

    @property
    def strictly(self) -> Rate:
        return Rate(self.rated.strictly, self.rated.n)


@dataclass(frozen=True)
class Shown:
    """Groups that may be seen, worst first, and how many were too small, with the answers in them."""

    groups: tuple[Group, ...]
    hidden: int
    hidden_answers: int


@dataclass(frozen=True)
class Line:
    """A topic this year and the year before; `before` None: not asked then, or too few to show."""

    group: Group
    before: Rate | None


def disclosed(groups: Iterable[Group], fewest: int = FEWEST) -> Shown:
    """What may be shown. Where the small ones are too few even together, the next larger one is hidden with them.

    Otherwise what is hidden could be worked out: it is the total less what is shown.
    """
    by_size = sorted((each for each in groups if each.answers), key=lambda each: (each.answers, each.key))
    shown = [each for each in by_size if each.answers >= fewest]
    hidden = [each for each in by_size if each.answers < fewest]
    while hidden and shown and sum(each.answers for each in hidden) < fewest:
        hidden.append(shown.pop(0))
    return Shown(tuple(sorted(shown, key=_worst_first)), len(hidden), sum(each.answers for each in hidden))


def _worst_first(group: Group) -> tuple[bool, float, str]:
    share = group.satisfied.share
    return (share is None, float(share or 0), group.key)


def total(groups: Iterable[Group]) -> Satisfaction:
    """All marks together: numerators and denominators added, never averaged (rules MT-30)."""
    return satisfaction((face, count) for group in groups for face, count in group.rated.faces.items())


def beside(groups: Sequence[Group], before: Iterable[Group]) -> list[Line]:
    """Each topic with the rate of the same topic the year before."""
    past: Mapping[str, Group] = {each.name: each for each in before}
    return [Line(each, past[each.name].satisfied if each.name in past else None) for each in groups]
