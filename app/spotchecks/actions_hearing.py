"""From a difference to a decision: the person's account, the decision, the appeal; every deed is an event (SP-8)."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.messages.actions import tell
from app.messages.rules_words import Kind as Message
from app.nonconformities.rules import FindingSource
from app.refusals import Conflict, Forbidden, Invalid, Stale
from app.spotchecks import writes
from app.spotchecks.actions_reviews import register_differences
from app.spotchecks.queries_reviews import (
    EventRow,
    ReviewRow,
    events_of,
    looked_at,
    review_by_id,
    steps_of,
)
from app.spotchecks.rules_agreement import StepOpinion
from app.spotchecks.rules_hearing import (
    AFTER,
    ALREADY,
    DECISIONS,
    MAX_WORDS,
    Deed,
    State,
    may_decide,
    may_speak,
    may_write_down,
    refusal,
    term_after,
)
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_YOURS = lazy("This is not for you to say. The person who did the work is heard, somebody from outside decides.")
NO_WORDS = lazy("Say in a few words how it was.")
NO_REASON = lazy("Give the reason in a few words.")


def do(deed: Deed, review_id: str, words: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> State:
    """One deed on a difference. Raises Forbidden, Invalid without words, Conflict out of turn, Stale in a race."""
    review = review_by_id(review_id, who)
    if review.state is None:
        raise Conflict(ALREADY)
    was, events = State(review.state), events_of(review.id)
    if not _may(deed, review, was, events, who):
        raise Forbidden(NOT_YOURS)
    if not words.strip() or len(words) > MAX_WORDS:
        sentence = NO_WORDS if deed in (Deed.HEAR, Deed.APPEAL) else NO_REASON
        raise Invalid(sentence, fields={"words": sentence})
    heard = any(each.kind == Deed.HEAR for each in events)
    why_not = refusal(deed, was, review.appeal_until, now, heard=heard)
    if why_not:
        raise Conflict(why_not, problem="out-of-turn")
    after = AFTER[deed]
    if not writes.move_state(review.id, was, state=str(after), appeal_until=term_after(deed, was, now)):
        raise Stale(ALREADY)
    _note(review.id, str(deed), words, who, now)
    if deed in (Deed.STANDS, Deed.UNTRUE):
        _register(review, who, now, zone)
    if deed in DECISIONS:
        link = f"/spotchecks/reviews/{review.id}"
        key = f"decided:{review.id}:{len(events)}"
        tell(Message.SPOTCHECK_DECIDED, [review.executor_id], {"point": review.point}, link, at=now, key=key)
    return after


def decided_by(events: list[EventRow]) -> str | None:
    """Who decided last."""
    return next((each.by_id for each in reversed(events) if each.kind in set(DECISIONS)), None)


def _may(deed: Deed, review: ReviewRow, state: State, events: list[EventRow], who: CurrentPerson) -> bool:
    if deed is Deed.HEAR:
        return may_speak(who, review.executed) or may_write_down(who, review.executed)
    if deed is Deed.APPEAL:
        return may_speak(who, review.executed)
    return may_decide(who, review.executed, decided_by(events), state)


def _register(review: ReviewRow, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """What stands becomes a finding, once, in the common loop."""
    record = looked_at(review.check_id)
    if record is None or review.finding_id:
        return
    steps = [
        StepOpinion(each.step_id, each.step_title, each.key, each.said, each.verdict, each.reason, each.note,
                    tuple(each.photos))
        for each in steps_of(review.id)
    ]  # fmt: skip
    finding = register_differences(review.id, record, steps, FindingSource.SPOTCHECK, review.by_id, now, zone)
    if finding:
        writes.link_finding(review.id, finding)
        _note(review.id, "finding", "", who, now, {"finding": finding})


def _note(
    review_id: str, kind: str, words: str, who: CurrentPerson, now: datetime, data: dict[str, str] | None = None
) -> None:
    said = {"words": words.strip()} if words.strip() else {}
    writes.insert_event(
        {
            "review_id": review_id,
            "kind": kind,
            "by_id": who.id,
            "by_name": who.name,
            "at": now,
            "data": said | (data or {}),
        }
    )
