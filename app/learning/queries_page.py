"""A standard as its page of learning shows it: plan, do, check, act; and what a proposal for it can rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.learning.queries import suggestions_of
from app.learning.queries_records import Asked, records
from app.learning.queries_steps import findings_of, step_sums, voices_of, windows_of
from app.learning.rules import OPEN, Suggestion, unanswered_first
from app.learning.rules_figures import FoundSums, StepSums, Voices, Windows, always_same, always_skipped, failing
from app.learning.rules_records import Evidence, Kind, Line, Period, What
from app.nonconformities.queries_proposals import Proposal, proposals_of
from app.nonconformities.rules_proposals import Answer
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.standards.queries import EditionRow, StandardRow, edition, edition_row, edition_rows, standards
from app.standards.queries_audio import is_reached
from app.standards.queries_projects import plan_of, project_of_edition, running
from app.standards.rules import Edition
from app.standards.rules_phases import Project
from app.standards.rules_publishing import PlanLine
from app.web.current import CurrentPerson
from app.web.words import lazy

A_FEW = 5
LISTED = (What.NOTES, What.REMARKS, What.REVIEWS, What.APPEALS, What.CONTESTED, What.CONCESSIONS, What.FINDINGS)
BEHIND = {
    What.FINDINGS: Kind.FINDING,
    What.CONCESSIONS: Kind.CONCESSION,
    What.REVIEWS: Kind.REVIEW,
    What.APPEALS: Kind.APPEAL,
    What.CONTESTED: Kind.CONTESTED,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A standard by the edition that counts now; `is_used` False: it is not in force."""

    standard: StandardRow
    row: EditionRow
    edition: Edition
    is_used: bool
    coming: tuple[EditionRow, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The sums of all steps that were answered, and those that stand out."""

    sums: Mapping[str, StepSums]
    failing: list[StepSums]
    skipped: list[StepSums]
    same: list[StepSums]


@dataclass(frozen=True, slots=True)
class LearningPage:
    """All that the page shows; `lists` has (how many, the newest few) of each kind of record."""

    subject: Subject
    period: Period
    made_by: Project | None
    plan: list[PlanLine]
    windows: Windows
    steps: Steps
    found: FoundSums
    voices: Voices
    lists: Mapping[What, tuple[int, list[Line]]]
    suggestions: list[Suggestion]
    proposals: list[Proposal]
    running: list[Project]


def subject_for(number: str, who: CurrentPerson, today: date) -> Subject:
    """The standard of an edition if the person has to do with it: the edition in force, else the one named."""
    named = edition_row(number)
    if named is None or not is_reached(named.code, who):
        raise NotFound(lazy("There is no standard with this number. Check the number in the register."))
    rows = [each for each in edition_rows() if each.code == named.code]
    row = next((each for each in rows if each.in_force(today)), named)
    coming = tuple(each for each in rows if each.effective_on and each.effective_on > today)
    standard = next(each for each in standards() if each.code == named.code)
    return Subject(standard, row, edition(row), row.in_force(today), coming)


def learning_page(subject: Subject, who: CurrentPerson, period: Period) -> LearningPage:
    """About twenty queries."""
    scope, code = scope_of(who), subject.row.code
    asked = Asked(code, subject.row.number, scope, period)
    made_by = project_of_edition(subject.row.number)
    return LearningPage(
        subject=subject,
        period=period,
        made_by=made_by,
        plan=plan_of(made_by.id) if made_by else [],
        windows=windows_of(code, scope, period),
        steps=steps_of(subject, who, period),
        found=findings_of(code, scope, period),
        voices=voices_of(code, scope, period),
        lists={what: records(asked, what, size=A_FEW) for what in LISTED},
        suggestions=unanswered_first(suggestions_of(code, scope)),
        proposals=proposals_of(code),
        running=running(code),
    )


def steps_of(subject: Subject, who: CurrentPerson, period: Period) -> Steps:
    """What the answers to its steps say. One query."""
    sums = step_sums(subject.row.number, scope_of(who), period)
    steps = subject.edition.steps
    return Steps({each.step_id: each for each in sums}, failing(sums), always_skipped(sums), always_same(sums, steps))


def offered(page: LearningPage) -> dict[str, Evidence]:
    """What a proposal can rest on, by the key that a form sends."""
    number = page.subject.row.number
    found = [_of_suggestion(each, number) for each in page.suggestions if each.standing in OPEN]
    found += [_of_proposal(each, number) for each in page.proposals if each.state is Answer.OPEN]
    found += _of_steps(page)
    for what, kind in BEHIND.items():
        found += [Evidence(kind, each.ref, each.step_id, _said(each), each.link) for each in page.lists[what][1]]
    return {each.key: each for each in found}


def _said(line: Line) -> str:
    return " · ".join(text for text in (line.place, line.text) if text)


def _of_suggestion(each: Suggestion, number: str) -> Evidence:
    link = f"/standards/{number}/learning#s-{each.id}"
    return Evidence(Kind.SUGGESTION, each.id, each.step_id, each.text, link, {"voice": each.sha256 is not None})


def _of_proposal(each: Proposal, number: str) -> Evidence:
    # The page of proposals is not open to supervisors; this one is.
    link = f"/standards/{number}/learning#p-{each.id}"
    data = {"findings": list(each.findings), "reason": each.reason}
    return Evidence(Kind.PROPOSAL, each.id, each.step_id, each.text, link, data)


def _of_steps(page: LearningPage) -> list[Evidence]:
    """Each step that stands out once, with the figures of the day."""
    steps, days = page.steps, page.period.days
    wanted = dict.fromkeys(each.step_id for group in (steps.failing, steps.skipped, steps.same) for each in group)
    same = {each.step_id for each in steps.same}
    found = []
    for step_id in wanted:
        sums, step = steps.sums[step_id], page.subject.edition.step(step_id)
        fails, skips = sums.fails, sums.skips
        data = {
            "days": days, "fails": [fails.numerator, fails.denominator], "skips": [skips.numerator, skips.denominator],
            "same": step_id in same,
        }  # fmt: skip
        link = f"/standards/{page.subject.row.number}/learning/records?what=answers&step={step_id}&days={days}"
        found.append(Evidence(Kind.STEP, step_id, step_id, step.title if step else "", link, data))
    return found
