"""Deeds on suggestions: somebody suggests, the standards section answers, publishing tells the author."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.learning.queries import deed_done, said_since, suggestion, written_now
from app.learning.rules import MOST_A_DAY, Standing, Suggestion, Wish, answer_faults, faults
from app.learning.writes import insert_event, insert_suggestion
from app.messages.actions import tell
from app.messages.queries_recipients import with_role
from app.messages.rules_words import Kind
from app.photos.actions import sync
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Invalid, NotFound
from app.standards.queries import EditionRow, StandardRow, edition
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

A_DAY = timedelta(days=1)
SHORT = 40


def suggest(
    wish: Wish, standard: StandardRow, row: EditionRow, voice: KeptPhoto | None,
    who: CurrentPerson, store: PhotoStore, now: datetime,
) -> bool:  # fmt: skip
    """Keep it; False when it was kept before. Raises Invalid, or Conflict when the id is that of another."""
    known = suggestion(wish.id)
    if known is not None:
        if (known.by_id, known.standard_code) == (who.id, row.code):
            return False
        raise Conflict(lazy("This entry was made already with other content. Load the page again."))
    assert_sound(wish, row, who, now, voice=voice is not None)
    step = edition(row).step(wish.step_id)
    insert_suggestion(
        {
            "id": wish.id, "standard_code": row.code, "edition": row.number, "step_id": wish.step_id,
            "step_title": step.title if step else "", "text": wish.text, "sha256": voice.sha256 if voice else None,
            "anonymous": wish.anonymous, "check_id": wish.check_id, "by_id": who.id, "unit_id": who.org_id,
            "responsible_id": standard.responsible_id, "at": now,
        }
    )  # fmt: skip
    if voice:
        # Of the bureau, not of a unit: a voice is known to colleagues, so only the standards section is shown it.
        root = who.org_path.strip("/").split("/")[0]
        owner = PhotoOwner(wish.id, who.id, "", row.code, root, root)
        rows_for_check([PhotoUse(voice, Part.VOICE, wish.step_id or None)], owner, at=now)
        sync(store, [voice])
    params = {"standard": standard.title, "text": wish.text[:SHORT] or "…"}
    link = f"/standards/{row.number}/learning#s-{wish.id}"
    tell(Kind.SUGGESTION, with_role(Role.STANDARDS), params, link, at=now, key=f"suggestion:{wish.id}")
    return True


def assert_sound(wish: Wish, row: EditionRow, who: CurrentPerson, now: datetime, *, voice: bool) -> None:
    """Raises Invalid with a sentence a field, also when this person said a great deal today."""
    found = faults(wish.text, voice=voice, step_id=wish.step_id, known=[each.id for each in edition(row).steps])
    if not found and said_since(who.id, now - A_DAY) >= MOST_A_DAY:
        found = {"text": lazy("That is %(n)d suggestions in a day. Please go on tomorrow.", n=MOST_A_DAY)}
    if found:
        raise Invalid(lazy("The suggestion is not complete yet."), fields=found)


def answer(
    suggestion_id: str, said: Standing | None, text: str, deed_id: str, who: CurrentPerson, now: datetime
) -> bool:
    """Take up, answer or decline; the author is told. False when this very answer was given before."""
    found = suggestion(suggestion_id)
    if found is None:
        raise NotFound(lazy("There is no such suggestion."))
    if deed_done(deed_id):
        return False
    if wrong := answer_faults(said, found.standing, text):
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    if said is not None:
        settle(found, said, text, deed_id, who, now)
    return True


def settle(
    found: Suggestion, said: Standing, text: str, deed_id: str, who: CurrentPerson | None, now: datetime
) -> None:
    """The event and the message to the author."""
    insert_event(found.id, said, by_id=who.id if who else None, at=now, text=text, deed_id=deed_id)
    params = {"standard": f"{found.edition} {found.step_title}".strip(), "standing": said.value, "text": text}
    if who is None or who.id != found.by_id:
        link = f"/suggestions#s-{found.id}"
        tell(Kind.SUGGESTION_ANSWERED, [found.by_id], params, link, at=now, key=f"suggestion:{found.id}:{deed_id}")


def tell_written(now: datetime) -> int:
    """Authors of suggestions that a published revision rests on: it is written into the standard now."""
    count = 0
    for suggestion_id, author_id, number in written_now():
        deed_id = str(uuid5(NAMESPACE_URL, f"dabiao:written:{suggestion_id}"))
        insert_event(suggestion_id, Standing.WRITTEN, by_id=None, at=now, text="", deed_id=deed_id)
        key = f"suggestion:{suggestion_id}:written"
        link = f"/suggestions#s-{suggestion_id}"
        tell(Kind.SUGGESTION_WRITTEN, [author_id], {"standard": number}, link, at=now, key=key)
        count += 1
    return count
