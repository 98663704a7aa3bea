"""Reads for the office and for crew leaders: readiness, funnel, and who lacks what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select

from app import db
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE, ON_TIME, State
from app.training.queries import Held, Probation, probations, qualified
from app.training.queries_ends import Kept, certificates_of
from app.training.queries_people import Course, concerned_by, courses, hands, names_of, within
from app.training.rules import Standing
from app.training.rules_concerned import Hand
from app.training.rules_funnel import Funnel, Learner, Readiness, Use, funnel, readiness
from app.web.current import CurrentPerson

USED_WITHIN = timedelta(days=90)
_DUE = (*DONE, State.MISSED)


@dataclass(frozen=True)
class Line:
    """An edition in one unit; `on` is the day that readiness is about: the effective date, or today when it is past."""

    course: Course
    org_id: str
    org_name: str
    on: date
    learners: Sequence[Learner]

    @property
    def funnel(self) -> Funnel:
        return funnel(self.learners)

    @property
    def readiness(self) -> Readiness:
        return readiness(self.learners)


def overview(who: CurrentPerson, today: date, number: str | None = None) -> list[Line]:
    """A line an edition and unit within reach, those that are not ready first."""
    learned = [each for each in courses(today) if number is None or each.number == number]
    everybody = hands()
    reached = {each.id: each for each in within(everybody, who)}
    wanted = concerned_by(learned, everybody)
    use = uses((each.number for each in learned), today)
    lines = [line for each in learned for line in _lines(each, wanted[each.number], reached, use, today)]
    return sorted(lines, key=lambda line: (line.readiness.whole, line.course.number, line.org_id))


def _lines(
    course: Course,
    wanted: Mapping[str, bool],
    reached: Mapping[str, Hand],
    use: Mapping[tuple[str, str], Use],
    today: date,
) -> list[Line]:
    on = max(course.row.effective_on or today, today)
    people = [reached[each] for each in wanted if each in reached]
    held = qualified((each.id for each in people), [course.number], on)
    units: dict[tuple[str, str], list[Learner]] = defaultdict(list)
    for hand in people:
        stands = held[hand.id, course.number]
        units[hand.org_id, hand.org_name].append(
            Learner(
                hand.id, hand.name, hand.org_id, hand.org_name, wanted[hand.id], stands.lacks, stands.qualified,
                stands.standing is Standing.MENTORED, use.get((hand.id, course.number), Use()),
            )
        )  # fmt: skip
    return [Line(course, org_id, name, on, learners) for (org_id, name), learners in units.items()]


def uses(numbers: Iterable[str], today: date) -> dict[tuple[str, str], Use]:
    """(person, edition) to what was done by it in the last 90 days: due by the round, correct by whoever did it."""
    wanted, since = sorted(set(numbers)), today - USED_WITHIN
    lately = (Occurrence.edition.in_(wanted), Occurrence.business_on >= since, Occurrence.business_on <= today)
    kept = func.sum(case((Occurrence.state.in_(ON_TIME), 1), else_=0))
    due = db.rows(
        select(Occurrence.assignee_id, Occurrence.edition, func.count(), kept)
        .where(*lately, Occurrence.state.in_(_DUE), Occurrence.assignee_id.is_not(None))
        .group_by(Occurrence.assignee_id, Occurrence.edition)
    )
    correct = db.rows(
        select(Occurrence.done_by_id, Occurrence.edition, func.count())
        .where(*lately, Occurrence.state.in_(DONE), Occurrence.steps_fail == 0, Occurrence.done_by_id.is_not(None))
        .group_by(Occurrence.done_by_id, Occurrence.edition)
    )
    right = {(row[0], row[1]): int(row[2]) for row in correct}
    planned = {(row[0], row[1]): (int(row[2]), int(row[3])) for row in due}
    return {pair: Use(*planned.get(pair, (0, 0)), right.get(pair, 0)) for pair in right.keys() | planned.keys()}


@dataclass(frozen=True)
class Member:
    """Somebody of the own people with everything that concerns them."""

    hand: Hand
    held: Sequence[tuple[Course, Held]]
    papers: Sequence[Kept]
    probation: Probation | None
    mentor: str

    @property
    def lacking(self) -> list[tuple[Course, Held]]:
        return [(course, held) for course, held in self.held if not held.qualified]


def own_people(who: CurrentPerson, today: date) -> list[Member]:
    """The own people, those who lack something first."""
    everybody, learned = hands(), courses(today)
    mine = within(everybody, who)
    ids, numbers = [each.id for each in mine], [each.number for each in learned]
    wanted, held = concerned_by(learned, everybody), qualified(ids, numbers, today)
    papers, fresh = certificates_of(ids), probations(ids)
    mentors = names_of(each.mentor_id for each in fresh.values())
    found = []
    for hand in mine:
        asked = [(each, held[hand.id, each.number]) for each in learned if hand.id in wanted[each.number]]
        period = fresh.get(hand.id)
        running = period if period and period.from_on <= today <= period.to_on else None
        name = mentors.get(period.mentor_id, "") if period else ""
        found.append(Member(hand, asked, papers.get(hand.id, []), running, name))
    return sorted(found, key=lambda each: not each.lacking)
