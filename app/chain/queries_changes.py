"""What the page of a record shows of its voiding and its corrections, and what the reader may do about them."""

from __future__ import annotations

from dataclasses import dataclass

from app.chain.queries_voiding import (
    Proposal,
    concerned,
    corrections_of,
    field_of,
    latest,
    said_now,
    voidings_of,
)
from app.chain.rules_voiding import Field, Standing, may_decide, may_propose
from app.checks.queries import AnswerRow, CheckRow
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class Changes:
    """Proposals about one record, as this person sees them."""

    check: CheckRow
    who: CurrentPerson
    concerned: frozenset[str]
    voidings: tuple[Proposal, ...]
    corrections: tuple[Proposal, ...]

    @property
    def void(self) -> Proposal | None:
        """The voiding that stands."""
        return next((each for each in self.voidings if each.standing is Standing.STANDS), None)

    @property
    def asked(self) -> Proposal | None:
        """The voiding that waits for a second person."""
        return next((each for each in self.voidings if each.standing is Standing.OPEN), None)

    @property
    def may_propose(self) -> bool:
        return not self.check.state.void and may_propose(self.who, self.concerned)

    def may_decide(self, proposal: Proposal) -> bool:
        units = {"implementer_id": self.check.implementer_id, "responsible_id": self.check.responsible_id}
        return may_decide(self.who, self.concerned, by_id=proposal.by_id, **units)

    def may_correct(self, answer: AnswerRow) -> bool:
        """One proposal a step at a time; a step that did not apply has nothing to correct."""
        waits = any(each.standing is Standing.OPEN for each in self.of(answer.step_id))
        return self.may_propose and answer.applicable and answer.result != "not_applicable" and not waits

    def of(self, step_id: str) -> list[Proposal]:
        return [each for each in self.corrections if each.step_id == step_id]

    def now(self, answer: AnswerRow) -> tuple[str, str]:
        """What stands for the step now, and its result."""
        return said_now(answer, latest(self.corrections))

    def field(self, answer: AnswerRow) -> Field:
        return field_of(answer)


def changes_of(check: CheckRow, who: CurrentPerson) -> Changes:
    """Three queries."""
    own = concerned(check.id, check.person_id)
    return Changes(check, who, own, tuple(voidings_of(check.id)), tuple(corrections_of(check.id)))
