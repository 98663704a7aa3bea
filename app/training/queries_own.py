"""Reads for a worker's own page: what there is to learn, what holds and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.standards.queries import edition, edition_row
from app.standards.rules import Edition, Step
from app.training.queries import Held, Probation, probations, qualified
from app.training.queries_ends import Kept, certificates_of
from app.training.queries_people import Course, concerned_by, courses, hands
from app.training.rules import Lack, asked_on
from app.web.current import CurrentPerson

RENEW_FROM = timedelta(days=30)


@dataclass(frozen=True)
class OwnCourse:
    """An edition that concerns the person: what is lacking, which steps are asked, until when it holds."""

    course: Course
    held: Held
    steps: tuple[str, ...] | None
    today: date

    @property
    def todo(self) -> bool:
        """Something is lacking that the person can do, or holds for some days only."""
        return bool({Lack.READ, Lack.EXAM, Lack.CERTIFICATE} & set(self.held.lacks)) or self.renewable

    @property
    def renewable(self) -> bool:
        return self.held.qualified and self.held.until is not None and self.held.until <= self.today + RENEW_FROM

    @property
    def exam_open(self) -> bool:
        """An exam can be taken: one is lacking, or the last one ends soon; without questions there is none."""
        return bool(self.course.demand.asked(self.steps)) and (Lack.EXAM in self.held.lacks or self.renewable)


@dataclass(frozen=True)
class OwnPage:
    """The page 学习 of one person."""

    courses: Sequence[OwnCourse]
    papers: Sequence[Kept]
    probation: Probation | None

    @property
    def todo(self) -> list[OwnCourse]:
        return [each for each in self.courses if each.todo]

    @property
    def done(self) -> list[OwnCourse]:
        return [each for each in self.courses if not each.todo]


def own_page(who: CurrentPerson, today: date) -> OwnPage:
    """Everything of one person."""
    papers, period = certificates_of([who.id]).get(who.id, []), probations([who.id]).get(who.id)
    running = period if period and period.from_on <= today <= period.to_on else None
    if not who.is_hands:
        return OwnPage([], papers, None)
    learned = courses(today)
    asked = concerned_by(learned, hands())
    mine = [each for each in learned if who.id in asked[each.number]]
    return OwnPage(_own(who.id, mine, today), papers, running)


def own_course(person_id: str, course: Course, today: date) -> OwnCourse:
    """One of them."""
    return _own(person_id, [course], today)[0]


def _own(person_id: str, mine: Sequence[Course], today: date) -> list[OwnCourse]:
    held = qualified([person_id], [each.number for each in mine], today)
    return [
        OwnCourse(each, stands, asked_on(each.demand, stands.proof, today), today)
        for each in mine
        if (stands := held[person_id, each.number])
    ]


@dataclass(frozen=True)
class ShownStep:
    """A step to learn; `before` is how it stood in the edition before, where only changes are asked."""

    step: Step
    before: Step | None
    changed: bool


def steps_to_learn(own: OwnCourse, before: str | None) -> list[ShownStep]:
    """All steps, or the changed ones beside what they were."""
    older = _text(before) if own.steps is not None else None
    return [
        ShownStep(step, older.step(step.id) if older else None, own.steps is not None)
        for step in own.course.text.steps
        if own.steps is None or step.id in own.steps
    ]


def _text(number: str | None) -> Edition | None:
    row = edition_row(number) if number else None
    return edition(row) if row else None
