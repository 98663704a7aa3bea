"""What was answered at the steps of an edition and how its windows ended: sums by step and state, one query each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from app import db
from app.checks.models import Answer, Check
from app.checks.queries_voiding import STANDS
from app.checks.rules import Result
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.rules_public import Kind as FeedbackKind
from app.feedback.rules_ratings import Excluded, Face
from app.learning.rules_figures import FoundSums, Spread, StepSums, Voices, Windows
from app.learning.rules_records import Period
from app.nonconformities.models import Finding
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE, ON_TIME, State

NOT_DUE = frozenset({State.UNABLE, State.EXEMPT, State.VOID})
REPORTED = frozenset({State.UNABLE, State.EXEMPT})


def windows_of(code: str, scope: Scope, period: Period) -> Windows:
    """Of the windows whose grace ended in the period."""
    reach = within(scope, Occurrence.implementer_id, Occurrence.responsible_id)
    statement = select(Occurrence.state, func.count()).where(Occurrence.standard_code == code, *reach)
    ended = Occurrence.grace_end_at.between(period.begins, period.ends)
    counts = {State(state): n for state, n in db.rows(statement.where(ended).group_by(Occurrence.state))}

    def of(states: Any) -> int:
        return sum(n for state, n in counts.items() if state in states)

    return Windows(of(frozenset(State) - NOT_DUE), of(DONE), of(ON_TIME), of({State.MISSED}), of(REPORTED))


def step_sums(edition: str, scope: Scope, period: Period) -> list[StepSums]:
    """Of the answers to steps that applied; whoever judged a fail as fine or the other way round is heeded."""
    skipped = Answer.result == Result.NOT_APPLICABLE
    statement = (
        select(
            Answer.step_id, func.count(), _how_many(Answer.result == Result.FAIL), _how_many(skipped),
            func.count(Answer.note), func.count(Answer.value), func.min(Answer.value), func.max(Answer.value),
            func.count(Answer.choice), func.min(Answer.choice), func.max(Answer.choice),
        )
        .join(Check, Check.id == Answer.check_id)
        .where(Check.edition == edition, Answer.applicable, *checks_in(scope, period))
        .group_by(Answer.step_id)
        .order_by(Answer.step_id)
    )  # fmt: skip
    return [
        StepSums(step, n, failed, skips, notes, Spread(*reading), Spread(*choice))
        for step, n, failed, skips, notes, *spreads in db.rows(statement)
        for reading, choice in [(spreads[:3], spreads[3:])]
    ]


def checks_in(scope: Scope, period: Period) -> list[Any]:
    """Where-clauses: records of the period within reach."""
    reach = within(scope, Check.implementer_id, Check.responsible_id)
    return [*reach, STANDS, Check.effective_at.between(period.begins, period.ends)]


def findings_of(code: str, scope: Scope, period: Period) -> FoundSums:
    """Of the findings of the period; what was taken back counts nowhere."""
    reach = within(scope, Finding.implementer_id, Finding.responsible_id)
    closed = Finding.closed_at.is_not(None)
    statement = (
        select(Finding.cause, closed, Finding.fixed_on_spot, func.count())
        .where(Finding.standard_code == code, Finding.state != "withdrawn", *reach)
        .where(Finding.found_at.between(period.begins, period.ends))
        .group_by(Finding.cause, closed, Finding.fixed_on_spot)
    )
    causes: dict[str, int] = {}
    total = standing = fixed = 0
    for cause, is_closed, on_spot, n in db.rows(statement):
        causes[cause or ""] = causes.get(cause or "", 0) + n
        total, standing, fixed = total + n, standing + (0 if is_closed else n), fixed + (n if on_spot else 0)
    return FoundSums(dict(sorted(causes.items(), key=lambda pair: (-pair[1], pair[0]))), total, standing, fixed)


def voices_of(code: str, scope: Scope, period: Period) -> Voices:
    """Of what visitors said at the points about this standard."""
    item = FeedbackItem
    reach = within(scope, item.implementer_id, item.responsible_id)
    rated = (item.kind == FeedbackKind.RATING) & (item.excluded == Excluded.COUNTS)
    statement = (
        select(
            _how_many(rated), _how_many(rated & (item.face <= Face.BAD)), func.sum(case((rated, item.face), else_=0)),
            _how_many(item.kind == FeedbackKind.COMPLAINT), _how_many(FeedbackCase.classified == "valid"),
        )
        .outerjoin(FeedbackCase, FeedbackCase.item_id == item.id)
        .where(item.standard_code == code, item.at.between(period.begins, period.ends), *reach)
    )  # fmt: skip
    found = db.row(statement)
    return Voices(*(int(each or 0) for each in found)) if found else Voices()


def _how_many(clause: Any) -> Any:
    return func.coalesce(func.sum(case((clause, 1), else_=0)), 0)
