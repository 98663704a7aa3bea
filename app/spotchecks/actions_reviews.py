"""The one door for second opinions: at the desk, on site, by the crew itself (rules SP-8, SP-13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from app.messages.actions import tell
from app.messages.rules_words import Kind as Message
from app.nonconformities.actions_register import register
from app.nonconformities.rules import FindingSource, NewFinding
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.spotchecks import writes
from app.spotchecks.queries_reviews import (
    Looked,
    ReviewRow,
    find_review,
    looked_at,
    point_name,
    review_of_subject,
    said_in,
)
from app.spotchecks.rules import is_independent
from app.spotchecks.rules_agreement import Outcome, StepOpinion, is_in_time, outcome_of
from app.spotchecks.rules_hearing import HEARING, State
from app.spotchecks.rules_opinions import Kept, NewReview, Way
from app.spotchecks.rules_review import REASONS, Verdict, faults_of, tidy
from app.standards.queries import edition, edition_row
from app.standards.rules import Edition
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_RECORD = lazy("There is no such record, or it belongs to another unit.")
NOT_YOURS = lazy("Who did the work, or belongs to the unit that did it, does not check it. Leave it to somebody else.")
INCOMPLETE = lazy("Some steps still need your answer.")


def keep_review(new: NewReview, who: CurrentPerson, now: datetime, zone: tzinfo) -> Kept:
    """Keep a second opinion on a record; the caller has made sure that the list or the point is within reach.

    The same id again gives the same answer. Raises Forbidden for the executor and the executor's unit, Conflict when
    somebody else was first, Invalid with a sentence a step.
    """
    earlier = find_review(new.id)
    if earlier:
        return _repeated(earlier, who)
    record = looked_at(new.check_id)
    if record is None:
        raise NotFound(NO_RECORD)
    if not is_independent(who, record.executed, new.kind):
        raise Forbidden(NOT_YOURS)
    other = review_of_subject(new.subject)
    if other and other.id == new.id:
        # The same sending, kept by its twin in the moment between the two looks.
        return _repeated(other, who)
    if other:
        raise Conflict(taken_by(other), problem="taken")
    text = _text_of(record)
    steps = _steps(new, text)
    in_time = new.way is not Way.ONSITE or is_in_time(record.done_at, record.valid_minutes, now)
    outcome = outcome_of(steps, in_time=in_time)
    writes.insert_review(_row(new, record, who, now, outcome), (_step_row(new.id, each) for each in steps))
    _follow(new, record, steps, outcome, who, now, zone)
    return Kept(new.id, outcome, steps)


def taken_by(other: ReviewRow) -> object:
    """The sentence for the second inspector of a record."""
    return lazy("%(name)s has checked this record already. Your answers were not kept.", name=other.by_name)


def _repeated(earlier: ReviewRow, who: CurrentPerson) -> Kept:
    if earlier.by_id != who.id:
        raise Conflict(taken_by(earlier), problem="taken")
    return Kept(earlier.id, Outcome(earlier.outcome))


def _text_of(record: Looked) -> Edition:
    row = edition_row(record.edition)
    if row is None:
        raise NotFound(NO_RECORD)
    return edition(row)


def _steps(new: NewReview, text: Edition) -> tuple[StepOpinion, ...]:
    """What was said of every step, beside what the record says; raises Invalid with a sentence for each gap."""
    said = said_in(new.check_id)
    faults = faults_of([each.step_id for each in said], new.opinions)
    if faults:
        raise Invalid(INCOMPLETE, fields=faults)
    given = {each.step_id: tidy(each) for each in new.opinions}
    titles = {step.id: step.title for step in text.steps}
    return tuple(
        StepOpinion(
            each.step_id, titles.get(each.step_id, each.step_id), each.key, each.result,
            given[each.step_id].verdict, given[each.step_id].reason, given[each.step_id].note,
            tuple((new.photos or {}).get(each.step_id, ())),
        )
        for each in said
    )  # fmt: skip


def _row(new: NewReview, record: Looked, who: CurrentPerson, now: datetime, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": new.id, "subject": new.subject, "kind": str(new.way), "item_id": new.item_id, "check_id": record.check_id,
        "point_id": record.point_id, "standard_code": record.standard_code, "implementer_id": record.implementer_id,
        "responsible_id": record.responsible_id, "executor_id": record.person_id, "by_id": who.id, "by_name": who.name,
        "began_at": new.began_at, "at": now, "outcome": str(outcome), "note": new.note.strip()[:500],
    }  # fmt: skip


def _step_row(review_id: str, step: StepOpinion) -> dict[str, Any]:
    return {
        "review_id": review_id, "step_id": step.step_id, "step_title": step.step_title[:120], "key": step.key,
        "said": step.said, "verdict": step.verdict, "reason": step.reason, "note": step.note,
        "photos": list(step.photos),
    }  # fmt: skip


def _follow(
    new: NewReview,
    record: Looked,
    steps: Sequence[StepOpinion],
    outcome: Outcome,
    who: CurrentPerson,
    now: datetime,
    zone: tzinfo,
) -> None:
    """A crew and a late look find something at the point at once; a difference first hears the person."""
    if outcome is Outcome.AGREES:
        return
    if outcome is Outcome.POINT or new.way is Way.SELF:
        source = FindingSource.SELFCHECK if new.way is Way.SELF else FindingSource.SPOTCHECK
        register_differences(new.id, record, steps, source, who.id, now, zone)
        return
    writes.insert_state({"review_id": new.id, "state": str(State.OPEN), "appeal_until": now + HEARING})
    writes.insert_event({"review_id": new.id, "kind": "differs", "by_id": who.id, "by_name": who.name, "at": now})
    place = point_name(record.point_id)
    params = {"point": place, "until": (now + HEARING).astimezone(zone).strftime("%m-%d %H:%M")}
    link = f"/spotchecks/reviews/{new.id}"
    tell(Message.SPOTCHECK_DIFFERS, [record.person_id], params, link, at=now, key=f"differs:{new.id}")


def register_differences(
    review_id: str,
    record: Looked,
    steps: Iterable[StepOpinion],
    source: FindingSource,
    by_id: str,
    now: datetime,
    zone: tzinfo,
) -> str | None:
    """A finding for every step that was passed and does not conform; the id of the first, None without any."""
    text, first = _text_of(record), None
    for step in steps:
        if not step.differs:
            continue
        known = text.step(step.step_id)
        new = NewFinding(
            source=source, source_id=review_id, implementer_id=record.implementer_id,
            responsible_id=record.responsible_id, severity=str(known.severity) if known else "minor",
            text=_words(step), at=now, point_id=record.point_id, standard_code=record.standard_code,
            edition=record.edition, step_id=step.step_id, step_title=step.step_title,
            cause=str(known.cause_default) if known else None, photos=step.photos, check_id=record.check_id,
            found_by_id=by_id, key=f"spotcheck:{review_id}:{step.step_id}",
        )  # fmt: skip
        finding = register(new, zone=zone)
        first = first or finding.id
    return first


def _words(step: StepOpinion) -> str:
    """What was found, in the reviewer's words or those of the reason."""
    reasons = {str(code): str(words) for code, words in REASONS[Verdict.FAILS].items()}
    said = [reasons.get(step.reason, ""), step.note]
    return " · ".join(each for each in said if each) or step.step_title
