"""Texts that look classified: kept apart before their record is, looked at by the standards section."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.audit.actions import note
from app.checks.writes import insert_event
from app.db import atomically, run
from app.privacy.models import HeldText
from app.privacy.queries import Waiting, held_places
from app.privacy.rules_held import Held, taken_out
from app.web.classified import marks_in
from app.web.current import CurrentPerson


def hold(body: Mapping[str, Any], me: CurrentPerson | None) -> Mapping[str, Any]:
    """The record without what looks classified; that is kept first, so that nothing is lost when the record is not."""
    plain, held = taken_out(body, marks_in)
    record_id = str(body.get("id", ""))[:40]
    if held and record_id:
        atomically(lambda: _keep(record_id, held, me))
    return plain


def _keep(record_id: str, held: list[Held], me: CurrentPerson | None) -> None:
    known, now, by_id = held_places(record_id), clock.now(), me.id if me else None
    for each in held:
        if each.place in known:
            continue
        words = "、".join(each.words)[:40]
        kept = {"record_id": record_id, "place": each.place, "text": each.text[:4000], "words": words}
        run(insert(HeldText).values(kept | {"by_id": by_id, "at": now}))
        note("privacy.hidden", by_id=by_id, about=record_id, data={"words": words, "place": each.place})


def decide(text: Waiting, me: CurrentPerson, *, classified: bool) -> bool:
    """Looked at: a classified text goes for good, another may be read again; False when somebody was quicker."""
    gone = {"text": ""} if classified else {}
    decided = {"classified": classified, "decided_by_id": me.id, "decided_at": clock.now()} | gone
    open_still = (HeldText.id == text.id, HeldText.classified.is_(None))
    if run(update(HeldText).where(*open_still).values(decided)).rowcount != 1:
        return False
    if text.is_check and not classified:
        insert_event(
            text.record_id, "text_shown", by_id=me.id, by_name=me.name, at=clock.now(), data={"reason": text.text}
        )
    kind = "privacy.removed" if classified else "privacy.shown"
    note(kind, by_id=me.id, about=text.record_id, data={"words": text.words, "place": text.place})
    return True
