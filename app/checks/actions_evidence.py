"""The photos and voice memos of a submission: all there, used once, and which bytes were seen before (rules EV-8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.checks.actions_meeting import Call
from app.checks.rules import Submission
from app.photos.actions import staged
from app.photos.queries import known_before
from app.photos.rules import KeptPhoto, Part, PhotoUse
from app.photos.rules_proof import live_ones
from app.refusals import Conflict, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Evidence:
    """Kept files by id, whether a photo's bytes are new (False: seen in another check), and which are 现场拍摄."""

    kept: Mapping[str, KeptPhoto]
    unseen: Mapping[str, bool]
    live: Collection[str] = ()

    @property
    def in_order(self) -> list[KeptPhoto]:
        return list(self.kept.values())


def gather(photos: Sequence[str], files: Sequence[str], who: CurrentPerson, call: Call) -> Evidence:
    """Raises Conflict (missing-photos) or Invalid (a photo that another check owns)."""
    ids = [*photos, *files]
    if not ids:
        return Evidence({}, {})
    day = call.received_at.astimezone(call.zone).date()
    kept = staged(call.store, photos, person_id=who.id, day=day, ahead=call.ahead)
    kept |= staged(call.store, files, person_id=who.id, day=day, pictures=False, ahead=call.ahead)
    missing = [photo for photo in ids if photo not in kept]
    _refuse(missing)
    hashes = [photo.received_sha256 for photo in kept.values() if photo.is_picture]
    nonces = {each.id: each.nonce for each in kept.values() if each.nonce}
    known = known_before(ids, hashes, nonces.values())
    if known.owned:
        sentence = lazy("A photo was already used in another record. Take it again.")
        raise Invalid(sentence, fields={"photos": sentence})
    unseen = {photo_id: photo.received_sha256 not in known.seen for photo_id, photo in kept.items()}
    fresh = {photo_id: nonce for photo_id, nonce in nonces.items() if unseen[photo_id]}
    return Evidence(kept, unseen, live_ones(fresh, known.used) if fresh else ())


def still_there(evidence: Evidence, call: Call) -> None:
    """What was found before the transaction began has not been swept meanwhile; once its rows stand, nobody does.

    Raises Conflict (missing-photos).
    """
    _refuse([photo.id for photo in evidence.in_order if not call.store.holds(photo.place)])


def _refuse(missing: Sequence[str]) -> None:
    if missing:
        raise Conflict(
            lazy("Some photos have not arrived yet: %(n)d. They are sent again.", n=len(missing)),
            problem="missing-photos",
            extra={"missing_photos": missing},
        )


def uses(submission: Submission, evidence: Evidence) -> list[PhotoUse]:
    """Every file in its place; a photo that the body names twice is used where it is named first."""
    named: dict[str, PhotoUse] = {}

    def place(ids: Sequence[str], part: Part, step: str | None) -> None:
        for each in ids:
            if each in evidence.kept:
                named.setdefault(each, PhotoUse(evidence.kept[each], part, step, each in evidence.live))

    for answer in submission.answers:
        # Most steps have none of them.
        if answer.photos or answer.after_photos or answer.files:
            place(answer.photos, Part.EVIDENCE, answer.step)
            place(answer.after_photos, Part.AFTER, answer.step)
            place(answer.files, Part.VOICE, answer.step)
    place(submission.photos, Part.CHECK, None)
    place(submission.files, Part.VOICE, None)
    return list(named.values())
