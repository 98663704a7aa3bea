"""How the work is spread: minutes a week of everybody who holds a round, over four weeks of the rota."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from zoneinfo import ZoneInfo

from app.schedule.queries_feasible import planned_of, staff_of
from app.schedule.queries_rota import Named, draft_of, names_of, published_rounds
from app.schedule.rules_feasibility import spread
from app.schedule.rules_rota import works

WEEKS = 4


@dataclass(frozen=True)
class PersonLoad:
    """Minutes a week, with the way, and the rounds they come from."""

    person_id: str
    name: str
    minutes: int
    rounds: Sequence[str]


@dataclass(frozen=True)
class UnitLoad:
    """A unit's people, the busiest first; `gini` is 0 when all have the same."""

    unit: Named
    draft: bool
    people: Sequence[PersonLoad]

    @property
    def least(self) -> int:
        """Of the person with the least."""
        return min((each.minutes for each in self.people), default=0)

    @property
    def middle(self) -> int:
        """The median."""
        return round(median(each.minutes for each in self.people)) if self.people else 0

    @property
    def most(self) -> int:
        """Of the person with the most."""
        return max((each.minutes for each in self.people), default=0)

    @property
    def gini(self) -> Fraction:
        """How uneven, from 0 on."""
        return spread([each.minutes for each in self.people])


def unit_load(unit: Named, first: date, zone: ZoneInfo) -> UnitLoad:
    """Four weeks from the Monday of a day on; of the draft where there is one."""
    monday = first - timedelta(days=first.weekday())
    draft = draft_of(unit.id)
    rounds = draft.rounds if draft else tuple(published_rounds([unit.id]))
    planned = planned_of(unit.id, monday, monday + timedelta(days=7 * WEEKS - 1), zone)
    minutes: Counter[str] = Counter({each.person_id: 0 for each in rounds if each.person_id})
    for work in works(planned, staff_of(rounds, zone)):
        for task in work.tasks:
            if task.person_id:
                minutes[task.person_id] += task.minutes
    names = names_of(sorted(minutes))
    people = [
        PersonLoad(
            person_id,
            names.get(person_id, ""),
            round(total / WEEKS),
            [each.name for each in rounds if each.person_id == person_id],
        )
        for person_id, total in minutes.items()
    ]
    return UnitLoad(unit, draft is not None, sorted(people, key=lambda each: (-each.minutes, each.person_id)))
