"""What a submission asks of the disk, done before its transaction begins: others need not wait for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

from app.checks.actions import Told
from app.checks.actions_meeting import Call
from app.photos.actions import ahead_of
from app.refusals import Invalid
from app.web.current import CurrentPerson

# Far more than any standard asks for; what a body names beyond has to be on this machine's own disk.
MOST = 240


def look_ahead(told: Told, who: CurrentPerson, call: Call) -> Call:
    """The call with its uploads found and made durable; nothing for what will be refused."""
    if isinstance(told.content, Invalid):
        return call
    ids = list(islice(chain(*told.content.evidence_ids()), MOST))
    if not ids:
        return call
    day = call.received_at.astimezone(call.zone).date()
    return replace(call, ahead=ahead_of(call.store, ids, person_id=who.id, day=day))
