"""Deeds of a consultation: somebody asked answers, the section decides on each opinion, the result goes to review."""

from __future__ import annotations

from datetime import date, datetime

from app.organisations.queries import scope_of
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.standards.actions_projects import digest_of, entitled, move, text_faults
from app.standards.queries_drafts import document_of
from app.standards.queries_opinions import opinion_owner, opinions_of, recipients_of
from app.standards.rules_consulting import (
    Opinion,
    Outcome,
    Recipient,
    conclude_faults,
    disposition_faults,
    opinion_faults,
)
from app.standards.rules_phases import Deed, Project, Side, State, sides_of
from app.standards.writes_projects import insert_disposition, insert_opinion
from app.web.current import BUREAU_WIDE, CurrentPerson, Role
from app.web.words import lazy


def may_answer(found: Project, recipient: Recipient, who: CurrentPerson) -> bool:
    """The standards section writes down what it was told; a unit answers for itself while the draft is out."""
    if found.state is not State.COMMENT:
        return False
    if Side.OFFICE in sides_of(who, found):
        return True
    if recipient.unit_id is None or who.role in BUREAU_WIDE or who.role in (Role.WORKER, Role.DRIVER):
        return False
    return recipient.unit_id in (scope_of(who).units or frozenset())


def answer(  # noqa: PLR0913  an opinion as it was written
    found: Project,
    opinion_id: str,
    recipient_id: int,
    clause: str,
    text: str,
    who: CurrentPerson,
    now: datetime,
    *,
    agrees: bool,
) -> None:
    """What somebody asked says; the same id again changes nothing."""
    if opinion_owner(opinion_id) == found.id:
        return
    recipient = next((each for each in recipients_of(found.id) if each.id == recipient_id), None)
    if recipient is None or opinion_owner(opinion_id) is not None:
        sentence = lazy("Choose who says this.")
        raise Invalid(sentence, fields={"recipient": sentence})
    if found.state is not State.COMMENT:
        raise Conflict(lazy("The consultation is over."))
    if not may_answer(found, recipient, who):
        raise Forbidden(lazy("Your unit was not asked. The standards section can help."))
    if faults := opinion_faults(text, clause, agrees=agrees):
        raise Invalid(lazy("The answer is not complete yet."), fields=faults)
    values = {"id": opinion_id, "project_id": found.id, "recipient_id": recipient_id, "clause": clause, "text": text}
    insert_opinion({**values, "by_id": who.id, "at": now})


def decide(found: Project, opinion_id: str, outcome: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """What becomes of an opinion; the same again is noted once."""
    opinion = next((each for each in opinions_of(found.id) if each.id == opinion_id), None)
    if opinion is None:
        raise NotFound(lazy("There is no such opinion. Open the project again."))
    if not sides_of(who, found) & {Side.OFFICE, Side.DRAFTER}:
        raise Forbidden(lazy("Only the standards section and those who draft decide on opinions."))
    if found.state is not State.COMMENT:
        raise Conflict(lazy("The consultation is over."))
    if faults := disposition_faults(outcome, reason):
        raise Invalid(lazy("The disposition is not complete yet."), fields=faults)
    if _differs(opinion, outcome, reason):
        values = {"opinion_id": opinion_id, "outcome": outcome, "reason": reason, "by_id": who.id, "at": now}
        insert_disposition(values)


def conclude(found: Project, who: CurrentPerson, now: datetime, today: date) -> None:
    """The draft for review (送审稿) is made; from here on the text stands."""
    entitled(found, Deed.CONCLUDE, who)
    document = document_of(found.id)
    faults = conclude_faults(recipients_of(found.id), opinions_of(found.id), found.comment_to, today)
    faults |= text_faults(document)
    if faults and found.state is State.COMMENT:
        raise Invalid(lazy("The consultation is not complete yet."), fields=faults)
    digest = digest_of(document)
    move(found, Deed.CONCLUDE, who, now, data={"digest": digest}, digest=digest)


def _differs(opinion: Opinion, outcome: str, reason: str) -> bool:
    return (opinion.outcome, opinion.reason) != (Outcome(outcome), reason)
