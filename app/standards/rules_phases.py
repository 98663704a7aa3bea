"""The life of a standard as one table of deeds: from which state to which, and by whom (rules LC-1); pure.

Drafting, consultation, review and approval cannot be skipped; research and the application can.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.refusals import Conflict
from app.web.current import CurrentPerson, Role
from app.web.words import lazy


class Kind(StrEnum):
    NEW = "new"
    REVISE = "revise"
    ABOLISH = "abolish"
    CONVERT = "convert"


class State(StrEnum):
    PLANNED = "planned"
    APPLIED = "applied"
    DRAFTING = "drafting"
    COMMENT = "comment"
    REVIEW = "review"
    REWORK = "rework"
    APPROVAL = "approval"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Phase(StrEnum):
    """The phases that a standard passes; 修订 and 废止 are kinds of projects (rules 16, 8)."""

    RESEARCH = "research"
    APPLICATION = "application"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    REVIEW = "review"
    APPROVAL = "approval"
    PUBLICATION = "publication"


class Deed(StrEnum):
    APPLY = "apply"
    AGREE = "agree"
    DECLINE = "decline"
    BEGIN = "begin"
    CONSULT = "consult"
    CONCLUDE = "conclude"
    PASS = "pass"  # noqa: S105  the draft passes its review
    FAIL = "fail"
    RESUBMIT = "resubmit"
    APPROVE = "approve"
    RECORD = "record"
    RETURN = "return"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """As what a person stands before a project."""

    OFFICE = "office"
    DRAFTER = "drafter"
    LEADERSHIP = "leadership"


MANDATORY = (Phase.DRAFTING, Phase.CONSULTATION, Phase.REVIEW, Phase.APPROVAL)
WRITING = frozenset({Kind.NEW, Kind.REVISE})
ENDING = frozenset({Kind.ABOLISH, Kind.CONVERT})
OVER = frozenset({State.PUBLISHED, State.WITHDRAWN})
EDITABLE = frozenset({State.DRAFTING, State.COMMENT, State.REWORK})
PHASE_OF = {
    State.PLANNED: Phase.RESEARCH,
    State.APPLIED: Phase.APPLICATION,
    State.DRAFTING: Phase.DRAFTING,
    State.COMMENT: Phase.CONSULTATION,
    State.REVIEW: Phase.REVIEW,
    State.REWORK: Phase.REVIEW,
    State.APPROVAL: Phase.APPROVAL,
    State.APPROVED: Phase.PUBLICATION,
    State.PUBLISHED: Phase.PUBLICATION,
}
_OFFICE, _LEADERS = frozenset({Side.OFFICE}), frozenset({Side.LEADERSHIP})
_BOTH = frozenset({Side.OFFICE, Side.DRAFTER})


@dataclass(frozen=True, slots=True)
class Move:
    """`phase` is the one that the deed belongs to."""

    deed: Deed
    phase: Phase
    before: State
    after: State
    who: frozenset[Side]
    kinds: frozenset[Kind] = WRITING


MOVES = (
    Move(Deed.APPLY, Phase.APPLICATION, State.PLANNED, State.APPLIED, _BOTH),
    Move(Deed.APPLY, Phase.APPLICATION, State.PLANNED, State.APPROVAL, _BOTH, ENDING),
    Move(Deed.AGREE, Phase.APPLICATION, State.APPLIED, State.DRAFTING, _LEADERS),
    Move(Deed.DECLINE, Phase.APPLICATION, State.APPLIED, State.PLANNED, _LEADERS),
    Move(Deed.BEGIN, Phase.DRAFTING, State.PLANNED, State.DRAFTING, _OFFICE),
    Move(Deed.CONSULT, Phase.CONSULTATION, State.DRAFTING, State.COMMENT, _OFFICE),
    Move(Deed.CONCLUDE, Phase.CONSULTATION, State.COMMENT, State.REVIEW, _OFFICE),
    Move(Deed.PASS, Phase.REVIEW, State.REVIEW, State.APPROVAL, _OFFICE),
    Move(Deed.FAIL, Phase.REVIEW, State.REVIEW, State.REWORK, _OFFICE),
    Move(Deed.RESUBMIT, Phase.REVIEW, State.REWORK, State.REVIEW, _BOTH),
    Move(Deed.APPROVE, Phase.APPROVAL, State.APPROVAL, State.APPROVED, _LEADERS, WRITING | ENDING),
    Move(Deed.RECORD, Phase.APPROVAL, State.APPROVAL, State.APPROVED, _OFFICE, WRITING | ENDING),
    Move(Deed.RETURN, Phase.APPROVAL, State.APPROVAL, State.REWORK, _LEADERS),
    Move(Deed.RETURN, Phase.APPROVAL, State.APPROVAL, State.PLANNED, _LEADERS, ENDING),
    Move(Deed.PUBLISH, Phase.PUBLICATION, State.APPROVED, State.PUBLISHED, _OFFICE, WRITING | ENDING),
    *(
        Move(Deed.WITHDRAW, PHASE_OF[state], state, State.WITHDRAWN, _OFFICE, WRITING | ENDING)
        for state in State
        if state not in OVER and state is not State.APPROVED
    ),
)


@dataclass(frozen=True, slots=True)
class Project:
    """A standard's project as it stands; `edition` is what came of it."""

    id: str
    kind: Kind
    code: str
    title: str
    responsible_id: str
    leader_id: str
    state: State
    necessity: str
    content: str
    means: str
    note: str
    due_on: date
    from_edition: str | None
    comment_to: date | None
    digest: str | None
    approved_on: date | None
    edition: str | None
    made_by_id: str
    made_at: datetime
    responsible: str = ""
    leader: str = ""
    asked: frozenset[str] = field(default_factory=frozenset)

    @property
    def phase(self) -> Phase:
        """Where it stands; one that was withdrawn stands nowhere and counts as research."""
        return PHASE_OF.get(self.state, Phase.RESEARCH)


def sides_of(person: CurrentPerson, project: Project) -> frozenset[Side]:
    """What the person is to this project."""
    found = {
        Side.OFFICE: person.role is Role.STANDARDS,
        Side.DRAFTER: person.id in (project.leader_id, project.made_by_id),
        Side.LEADERSHIP: person.role is Role.LEADER,
    }
    return frozenset(side for side, holds in found.items() if holds)


def deeds(person: CurrentPerson, project: Project) -> frozenset[Deed]:
    """What this person may do now."""
    sides = sides_of(person, project)
    return frozenset(
        move.deed for move in MOVES if move.before is project.state and project.kind in move.kinds and move.who & sides
    )


def after(kind: Kind, state: State, deed: Deed) -> State:
    """The state that follows; raises Conflict naming the phase that stands before it."""
    for move in MOVES:
        if move.deed is deed and move.before is state and kind in move.kinds:
            return move.after
    raise Conflict(_what_first(kind, state, deed))


def may_draft(project: Project, person: CurrentPerson) -> bool:
    """Whether the person may change the draft now."""
    return project.state in EDITABLE and bool(sides_of(person, project) & _BOTH)


def may_approve(person_id: str, project: Project, drafters: Collection[str]) -> bool:
    """Nobody approves their own draft: neither who leads or began it nor who wrote any of it."""
    return person_id not in {project.leader_id, project.made_by_id, *drafters}


def _what_first(kind: Kind, state: State, deed: Deed) -> object:
    if state in OVER:
        return lazy("This project is over. A change begins with a new one.")
    order = list(Phase)
    here = order.index(PHASE_OF[state])
    wanted = next((order.index(move.phase) for move in MOVES if move.deed is deed and kind in move.kinds), -1)
    if wanted > here and kind in WRITING:
        return lazy("Drafting, consultation, review and approval come one after another; none can be skipped.")
    return lazy("The project has moved on meanwhile. Open it again and look.")
