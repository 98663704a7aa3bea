"""Evaluation from outside (rules GR-5; seed 002 annex 4, 000 evaluation): ways, parties, what a result is; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from app.refusals import Invalid
from app.tallies.rules_rates import Rate
from app.web.words import lazy

FULL_TENTHS = 1000
"""100 points: scores are kept in tenths of a point."""


class Way(StrEnum):
    """How outsiders were heard."""

    VISIT = "visit"
    SURVEY = "survey"
    QUESTIONNAIRE = "questionnaire"
    CONDUCT = "conduct"
    MEASURED = "measured"


class Party(StrEnum):
    """Who evaluates: those who are served, or an institution that was commissioned."""

    SECOND = "second"
    THIRD = "third"


WAYS = {
    Way.VISIT: lazy("Visits and call-backs"),
    Way.SURVEY: lazy("Satisfaction survey"),
    Way.QUESTIONNAIRE: lazy("Questionnaire"),
    Way.CONDUCT: lazy("Conduct appraisal"),
    Way.MEASURED: lazy("Measured by an institution"),
}
PARTIES = {Party.SECOND: lazy("Second party (those served)"), Party.THIRD: lazy("Third party (commissioned)")}


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: `satisfied` of `asked` people, a score in tenths of a point, or both; each may be None."""

    asked: int | None
    satisfied: int | None
    tenths: int | None

    @property
    def rate(self) -> Rate | None:
        """Satisfied of those asked, with its interval where they are few (MT-33)."""
        return None if not self.asked or self.satisfied is None else Rate(self.satisfied, self.asked)

    @property
    def score(self) -> Fraction | None:
        """Points of a hundred."""
        return None if self.tenths is None else Fraction(self.tenths, 10)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One as it was registered. `said` is the conclusion, `wants` what it asks for; `file` "" without a paper.

    `withdrawn` says why it does not count, "" while it does.
    """

    id: str
    way: Way
    party: Party
    unit_id: str
    unit: str
    held_on: date
    assessor: str
    result: Result
    said: str
    wants: str
    file: str
    media_type: str
    by_name: str
    at: datetime
    withdrawn: str
    withdrawn_by: str

    @property
    def counts(self) -> bool:
        return not self.withdrawn


def checked(result: Result, said: str) -> Result:
    """The same; raises Invalid for what cannot be. Words alone are a result too: a visit may count nobody."""
    asked, satisfied = result.asked, result.satisfied
    if satisfied is not None and asked is None:
        raise _odd("asked", lazy("How many were asked?"))
    if asked is not None and satisfied is None:
        raise _odd("satisfied", lazy("How many of them were satisfied?"))
    if asked is not None and satisfied is not None and not 0 <= satisfied <= asked:
        raise _odd("satisfied", lazy("No more can be satisfied than were asked."))
    if result.tenths is not None and not 0 <= result.tenths <= FULL_TENTHS:
        raise _odd("score", lazy("Points from 0 to 100, one decimal at most."))
    if not asked and result.tenths is None and not said:
        raise _odd("said", lazy("Give a figure or a conclusion."))
    return result


def _odd(name: str, sentence: object) -> Invalid:
    return Invalid(sentence, fields={name: sentence})
