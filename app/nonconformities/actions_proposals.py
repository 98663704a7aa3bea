"""Proposals to revise a standard: made by deeds and by counts, decided by the standards section (rules NC-7, NC-11)."""

from __future__ import annotations

import uuid
from datetime import datetime

from app.nonconformities import writes
from app.nonconformities.actions_here import Here
from app.nonconformities.queries import contract_of
from app.nonconformities.queries_one import Standing, standing
from app.nonconformities.queries_proposals import proposal_by_id
from app.nonconformities.rules import FindingState, due_at
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_proposals import Answer, Reason, key_of_finding
from app.nonconformities.rules_repeat import RECHECKS_FAILED
from app.nonconformities.rules_wish import Wish
from app.refusals import Invalid, NotFound, Stale
from app.web.current import CurrentPerson
from app.web.words import lazy


def propose_if_due(finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, here: Here) -> None:
    """Three failed rechecks propose it, and so does whoever refers the finding to a revision; once a finding."""
    third = deed is Deed.RETURN and finding.failed_rechecks + 1 >= RECHECKS_FAILED
    if not finding.standard_code or not (third or deed is Deed.REVISE):
        return
    writes.keep_proposal(
        {
            "id": str(uuid.uuid4()),
            "key": key_of_finding(finding.id),
            "standard_code": finding.standard_code,
            "edition": finding.edition or "",
            "step_id": finding.step_id or "",
            "step_title": finding.step_title,
            "reason": str(Reason.DECIDED if deed is Deed.REVISE else Reason.RECHECKS),
            "text": wish.text,
            "findings": [finding.id],
            "at": here.now,
            "by_id": who.id,
            "state": str(Answer.OPEN),
            "decision": "",
        }
    )


def decide(proposal_id: str, said: str, text: str, who: CurrentPerson, now: datetime) -> None:
    """Taken into a revision, or declined with the reason; a finding that was referred goes along (NC-7).

    Taken closes it: the standard changes. Declined gives it back to the unit with a new limit.
    """
    proposal = proposal_by_id(proposal_id)
    if proposal is None:
        raise NotFound(lazy("There is no such proposal."))
    if said not in (Answer.TAKEN, Answer.DECLINED):
        raise Invalid(lazy("This is not one of the possible answers."), fields={"answer": said})
    if not text:
        sentence = lazy("Say why.")
        raise Invalid(sentence, fields={"text": sentence})
    if not writes.decide_proposal(proposal_id, state=said, by_id=who.id, at=now, text=text):
        raise Stale(lazy("This has been settled already. Load the page again."))
    for finding in standing(proposal.findings):
        if finding.state is FindingState.REVISION:
            _let_go(finding, said, text, who, now)


def _let_go(finding: Standing, said: str, text: str, who: CurrentPerson, now: datetime) -> None:
    taken = said == Answer.TAKEN
    state = str(FindingState.CLOSED if taken else FindingState.TO_RECTIFY)
    due = None if taken else due_at(finding.severity, now, contract_of(finding.implementer_id))
    values = {"closed_at": now} if taken else {"due_at": due}
    if not writes.change(finding.id, finding.version, state=state, state_at=now, **values):
        raise Stale(lazy("This has been settled already. Load the page again."))
    event = {"finding_id": finding.id, "kind": "revised" if taken else "not_revised", "by_id": who.id, "at": now}
    writes.insert_events([{**event, "state": state, "text": text}])
