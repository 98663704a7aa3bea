"""A JSON body -> a Submission, or a sentence for each field that does not hold. Unknown fields have no effect."""

from __future__ import annotations

from collections.abc import Mapping
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
    return Answer(
        step=step,
        result=inner.one_of("result", Result),
        value=inner.number("value"),
        inputs=inner.numbers("inputs"),
        choice=inner.text("choice", 80),
        text=inner.text("text", 2000),
        note=inner.text("note", 2000),
        cause=inner.one_of("cause", Cause),
        photos=inner.uuids("photos", MOST_PHOTOS),
        files=inner.uuids("files", MOST_PHOTOS),
        no_photo_reason=_no_photo_reason(inner),
        fixed=inner.truth("fixed"),
        after_photos=inner.uuids("after_photos", MOST_PHOTOS),
        together=inner.truth("together"),
        known=_known(inner),
        answered_at=inner.maybe_instant("answered_at"),
    )


def _no_photo_reason(fields: Fields) -> str | None:
    reason = fields.text("no_photo_reason", 16)
    if reason not in (None, "occupied"):
        fields.refuse("no_photo_reason", lazy("A photo can be left out only while somebody is inside."))
        return None
    return reason


def _known(fields: Fields) -> tuple[Known, ...]:
    several = fields.body.get("known") or []
    found = []
    for each in several if isinstance(several, list) else [None]:
        finding, state = (each.get("finding"), each.get("state")) if isinstance(each, Mapping) else (None, None)
        if not isinstance(finding, str) or not UUID_TEXT.fullmatch(finding) or state not in ("still", "gone"):
            fields.refuse("known", lazy("Say of each known problem whether it is still there or gone."))
            return ()
        found.append(Known(finding.lower(), state))
    return tuple(found)
