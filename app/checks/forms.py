"""A JSON body -> a Submission, or a sentence for each field that does not hold. Unknown fields have no effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.checks.forms_fields import UUID_TEXT, Fields
from app.checks.rules import Answer, Known, Outcome, Result, Submission, UnableReason, Via
from app.refusals import Invalid
from app.standards.rules import Cause
from app.web.words import lazy

MOST_SECRET = 40
MOST_ANSWERS = 200
MOST_PHOTOS = 20
MOST_ELAPSED_MS = 30 * 24 * 3_600_000
REASONS_BY_WORD = {
    "有人使用": "occupied", "停水停电": "outage", "会议占用": "meeting", "门锁": "locked", "天气": "weather",
}  # fmt: skip


def parse_submission(body: Mapping[str, Any]) -> Submission:
    """Raises Invalid with every field that does not hold."""
    fields = Fields(body)
    submission = _submission(fields)
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    return submission


def _submission(fields: Fields) -> Submission:
    outcome = fields.one_of("outcome", Outcome, needed=True) or Outcome.DONE
    return Submission(
        id=fields.uuid("id"),
        person=fields.text("person", 40, needed=True) or "",
        code=fields.text("code", 40, needed=True) or "",
        standard=fields.text("standard", 40, needed=True) or "",
        window=fields.text("window", 60),
        profile=fields.text("profile", 16),
        outcome=outcome,
        unable_reason=_unable_reason(fields, outcome),
        opened_at=fields.instant("opened_at"),
        submitted_at=fields.instant("submitted_at"),
        via=fields.one_of("via", Via) or Via.SCAN,
        via_reason=fields.text("via_reason", 200),
        late_reason=fields.text("late_reason", 200),
        note=fields.text("note", 2000),
        photos=fields.uuids("photos", MOST_PHOTOS),
        files=fields.uuids("files", MOST_PHOTOS),
        facts=fields.mapping("facts"),
        answers=_answers(fields),
        signatures=fields.uuids("signatures", MOST_PHOTOS),
        elapsed=_elapsed(fields.body.get("elapsed_ms")),
        secret=_secret(fields.body.get("secret")),
    )


def _elapsed(sent: Any) -> timedelta | None:
    """An addition to the contract: what cannot be a duration is as good as none."""
    is_number = isinstance(sent, int | float) and not isinstance(sent, bool)
    return timedelta(milliseconds=sent) if is_number and 0 <= sent <= MOST_ELAPSED_MS else None


def _secret(sent: Any) -> str | None:
    """An addition too: what is missing or cannot be one is as good as none, and no reason to refuse."""
    return sent.strip()[:MOST_SECRET] or None if isinstance(sent, str) else None


def _unable_reason(fields: Fields, outcome: Outcome) -> UnableReason | None:
    said = fields.body.get("unable_reason")
    words = REASONS_BY_WORD.get(said, said) if isinstance(said, str) else said
    inner = fields.inner({"unable_reason": words})
    return inner.one_of("unable_reason", UnableReason, needed=outcome is Outcome.UNABLE)


def _answers(fields: Fields) -> tuple[Answer, ...]:
    several = fields.body.get("answers")
    if several is None:
        return ()
    if not isinstance(several, list) or len(several) > MOST_ANSWERS:
        fields.refuse("answers", lazy("The answers cannot be read. Open the page again."))
        return ()
    return tuple(answer for each in several if (answer := _answer(fields, each)))


def _answer(fields: Fields, sent: Any) -> Answer | None:
    step = sent.get("step") if isinstance(sent, Mapping) else None
    if not isinstance(step, str) or not 0 < len(step) <= 8 or not step.isalnum():
        fields.refuse("answers", lazy("The answers cannot be read. Open the page again."))
        return None
    inner = fields.inner(sent, under=step)
    # Most fields of most answers are left open, and an answer says so by itself.
    return Answer(step, **{name: read(inner, name) for name, read in _OF_ANSWERS.items() if sent.get(name) is not None})


def _no_photo_reason(fields: Fields, name: str) -> str | None:
    reason = fields.text(name, 16)
    if reason not in (None, "occupied"):
        fields.refuse(name, lazy("A photo can be left out only while somebody is inside."))
        return None
    return reason


def _known(fields: Fields, name: str) -> tuple[Known, ...]:
    several = fields.body.get(name) or []
    found = []
    for each in several if isinstance(several, list) else [None]:
        finding, state = (each.get("finding"), each.get("state")) if isinstance(each, Mapping) else (None, None)
        if not isinstance(finding, str) or not UUID_TEXT.fullmatch(finding) or state not in ("still", "gone"):
            fields.refuse(name, lazy("Say of each known problem whether it is still there or gone."))
            return ()
        found.append(Known(finding.lower(), state))
    return tuple(found)


_OF_ANSWERS: Mapping[str, Callable[[Fields, str], Any]] = {
    "result": lambda fields, name: fields.one_of(name, Result),
    "value": Fields.number,
    "inputs": Fields.numbers,
    "choice": lambda fields, name: fields.text(name, 80),
    "text": lambda fields, name: fields.text(name, 2000),
    "note": lambda fields, name: fields.text(name, 2000),
    "cause": lambda fields, name: fields.one_of(name, Cause),
    "photos": lambda fields, name: fields.uuids(name, MOST_PHOTOS),
    "files": lambda fields, name: fields.uuids(name, MOST_PHOTOS),
    "no_photo_reason": _no_photo_reason,
    "fixed": Fields.truth,
    "after_photos": lambda fields, name: fields.uuids(name, MOST_PHOTOS),
    "together": Fields.truth,
    "known": _known,
    "answered_at": Fields.maybe_instant,
}
