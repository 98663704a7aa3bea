"""Looking into a low rating: once, by the responsible department (rules SA-11). Never commits."""

from datetime import datetime

from sqlalchemy import update

from app.db import run
from app.feedback.models import FeedbackLead
from app.feedback.queries_ratings import lead_by_id
from app.feedback.rules_ratings import MOST_NOTE, LeadOutcome
from app.feedback.writes import note as note_event
from app.organisations.queries import scope_of
from app.refusals import Invalid, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy


def look_at_lead(item_id: str, outcome: str, note: str, me: CurrentPerson, now: datetime) -> bool:
    """Say what looking into it came to; False when somebody has said so before."""
    lead = lead_by_id(item_id)
    if lead is None or not scope_of(me).reaches(lead.implementer_id, lead.responsible_id):
        raise NotFound(lazy("There is no such rating."))
    if outcome not in set(LeadOutcome):
        raise Invalid(lazy("Say what came of it."), fields={"outcome": lazy("Say what came of it.")})
    if len(note) > MOST_NOTE:
        sentence = lazy("This text is too long; at most %(n)d characters.", n=MOST_NOTE)
        raise Invalid(sentence, fields={"note": sentence})
    values = {"looked_at": now, "looked_by_id": me.id, "outcome": outcome, "note": note.strip()}
    waiting = update(FeedbackLead).where(FeedbackLead.item_id == item_id, FeedbackLead.looked_at.is_(None))
    if not run(waiting.values(**values)).rowcount:
        return False
    note_event(item_id, "looked", me.id, now, {"outcome": outcome})
    return True
