"""What a submission asks of the disk, done before its transaction begins: others need not wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from app.checks.actions_meeting import Call
from app.photos.actions import ahead_of
from app.web.current import CurrentPerson

PARTS = ("photos", "after_photos", "files")
# More than any standard asks for; what a body names beyond waits for the transaction.
MOST = 60


def look_ahead(body: Mapping[str, Any], who: CurrentPerson, call: Call) -> Call:
    """The call with its uploads found and made durable. The body is not judged yet: what is odd in it is passed by."""
    ids = list(islice(_named(body), MOST))
    if not ids:
        return call
    day = call.received_at.astimezone(call.zone).date()
    return replace(call, ahead=ahead_of(call.store, ids, person_id=who.id, day=day))


def _named(body: Mapping[str, Any]) -> Iterator[str]:
    answers = body.get("answers")
    for part in (body, *(answers if isinstance(answers, list) else ())):
        if isinstance(part, dict):
            for name in PARTS:
                ids = part.get(name)
                if isinstance(ids, list):
                    yield from (each for each in ids if isinstance(each, str))
