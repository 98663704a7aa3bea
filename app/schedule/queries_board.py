"""The page of rounds put together: people with their rounds and progress, worst first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.schedule.queries_crew import (
    Member,
    RoundRow,
    duties_on,
    members,
    on_duty,
    rounds_within,
    stand_ins,
)
from app.schedule.rules_crew import Duty, Progress, progress
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class RoundDay:
    """A round on the day: whose it is, who does it, how far it is."""

    round: RoundRow
    owner: Member
    person: Member
    progress: Progress
    duties: Sequence[Duty]

    @property
    def covered(self) -> bool:
        """Somebody stands in."""
        return self.person.id != self.owner.id


@dataclass(frozen=True)
class Hand:
    """Somebody on duty with all rounds of the day."""

    person: Member
    rounds: Sequence[RoundDay]
    progress: Progress


@dataclass(frozen=True)
class CrewDay:
    """The whole page: `idle` are rounds without a window that day, `candidates` who could stand in."""

    day: date
    hands: Sequence[Hand]
    progress: Progress
    idle: int
    candidates: Sequence[Member]

    def candidates_for(self, person: Member) -> list[Member]:
        """Who could stand in for this person: the same unit, the own crew first."""
        others = [each for each in self.candidates if each.id != person.id and each.org_id == person.org_id]
        return sorted(others, key=lambda each: each.crew_id != person.crew_id)


def crew_day(person: CurrentPerson, day: date, now: datetime) -> CrewDay:
    """Six queries, however many rounds."""
    rounds = rounds_within(person)
    doing = on_duty(rounds, day)
    known = members({*doing.values(), *(each.person_id for each in rounds)})
    duties: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties_on((each.id for each in rounds), day):
        duties[duty.round_id].append(duty)
    busy = [
        RoundDay(
            each,
            _named(known, each.person_id, each),
            _named(known, doing[each.id], each),
            progress(duties[each.id], now),
            duties[each.id],
        )
        for each in rounds
        if duties[each.id]
    ]
    return CrewDay(
        day=day,
        hands=_hands(busy, now),
        progress=progress((duty for each in busy for duty in each.duties), now),
        idle=len(rounds) - len(busy),
        candidates=stand_ins({each.org_id for each in rounds}),
    )


def _hands(busy: Sequence[RoundDay], now: datetime) -> list[Hand]:
    """By person, worst first; among equals in the order of shifts."""
    held: dict[str, list[RoundDay]] = defaultdict(list)
    for each in busy:
        held[each.person.id].append(each)
    hands = [
        Hand(rounds[0].person, rounds, progress((duty for each in rounds for duty in each.duties), now))
        for rounds in held.values()
    ]
    return sorted(hands, key=lambda hand: hand.progress.trouble, reverse=True)


def _named(known: dict[str, Member], person_id: str, at: RoundRow) -> Member:
    """A round may name somebody whose account is gone: then the id stands for the name."""
    return known.get(person_id) or Member(person_id, person_id, at.org_id, at.crew_id, active=False)
