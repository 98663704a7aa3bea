"""All that outsiders said of a unit in a period, together (rules GR-5); pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.appraisals.rules import Appraisal
from app.tallies.rules_rates import Rate


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The yearly survey, which is of the whole site; `satisfied` None where too few answered to show it."""

    id: str
    title: str
    closed_on: date
    satisfied: Rate | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A closed inspection by a higher authority or a third party; `conclusion` as inspections word it."""

    id: str
    number: str
    on: date
    occasion: str
    conclusion: str | None


@dataclass(frozen=True, slots=True)
class Outside:
    """`call_backs`: content with the answer, of those who were spoken with after a complaint (SA-3)."""

    call_backs: Rate
    surveys: tuple[Surveyed, ...]
    inspections: tuple[Inspected, ...]
    registered: tuple[Appraisal, ...]

    @property
    def silent(self) -> bool:
        """Nobody from outside was heard."""
        return not (self.call_backs.denominator or self.surveys or self.inspections or self.registered)
