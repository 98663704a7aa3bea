"""What people do about a flag: the author gives a reason, somebody else judges; a judgement may move a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.checks.rules_review import may_judge
from app.flags.queries import FlagRow, deed_done, flag_by_id
from app.flags.queries_thresholds import judged_of
from app.flags.rules import FlagKind
from app.flags.rules_hearing import (
    AFTER,
    ALREADY,
    EVENT,
    NOT_YOURS,
    Deed,
    State,
    may_explain,
    refusal,
    words_fault,
)
from app.flags.rules_limits import DEFAULTS, Judged, moves
from app.flags.rules_words import REASONS
from app.flags.writes import insert_event, insert_threshold, move_state
from app.messages.actions import tell
from app.messages.queries_recipients import supervisors_of
from app.messages.rules_words import Kind
from app.photos.actions import sync
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Forbidden, Invalid, Stale
from app.web.current import CurrentPerson

SHORT = 60


@dataclass(frozen=True)
class Said:
    """What came with a deed; `id` is made by the page, so that a repeat is known."""

    id: str
    words: str = ""
    reason: str = ""
    voice: KeptPhoto | None = None


def do(deed: Deed, flag_id: str, said: Said, who: CurrentPerson, store: PhotoStore, now: datetime) -> State:
    """One deed on a flag that the person reaches; the same deed twice is one.

    Raises NotFound, Forbidden, Invalid without words, Conflict out of turn, Stale in a race.
    """
    flag = flag_by_id(flag_id, who)
    if deed_done(said.id):
        return State(flag.state)
    assert_open(deed, flag, said, who, now)
    was, after = State(flag.state), AFTER[deed]
    if not move_state(flag.id, was, after):
        raise Stale(ALREADY)
    _note(deed, flag, said, who, store, now)
    if deed is Deed.EXPLAIN:
        _tell_judges(flag, said, now)
    else:
        _move_limit(flag, after, who, now)
        _tell_author(flag, after, said, now)
    return after


def assert_open(deed: Deed, flag: FlagRow, said: Said, who: CurrentPerson, now: datetime) -> None:
    """Raises when this person may not do that, has said nothing, or not yet."""
    if not may(deed, flag, who):
        raise Forbidden(NOT_YOURS)
    fault = words_fault(deed, said.words, reason=said.reason in REASONS, voice=said.voice is not None)
    if fault:
        raise Invalid(fault, fields={"words": fault})
    why_not = refusal(deed, State(flag.state), flag.at, now)
    if why_not:
        raise Conflict(why_not, problem="out-of-turn")


def may(deed: Deed, flag: FlagRow, who: CurrentPerson) -> bool:
    """The author explains, a supervisor from outside the unit judges."""
    if deed is Deed.EXPLAIN:
        return may_explain(who, flag.person_id)
    units = {"implementer_id": flag.implementer_id, "responsible_id": flag.responsible_id}
    return may_judge(who, author_id=flag.person_id, **units)


def _note(deed: Deed, flag: FlagRow, said: Said, who: CurrentPerson, store: PhotoStore, now: datetime) -> None:
    insert_event(
        {
            "flag_id": flag.id,
            "kind": EVENT[deed],
            "reason": said.reason if said.reason in REASONS else "",
            "words": said.words,
            "sha256": said.voice.sha256 if said.voice else None,
            "by_id": who.id,
            "by_name": who.name,
            "at": now,
            "deed_id": said.id,
        }
    )
    if said.voice:
        owner = PhotoOwner(said.id, who.id, flag.point_id, flag.standard_code, flag.implementer_id, flag.responsible_id)
        rows_for_check([PhotoUse(said.voice, Part.VOICE)], owner, at=now)
        sync(store, [said.voice])


def _move_limit(flag: FlagRow, after: State, who: CurrentPerson, now: datetime) -> None:
    """Judged flags move the limit of their kind for the unit that answers; a row says from where to where and why."""
    kind = FlagKind(flag.kind)
    judged = judged_of(flag.responsible_id)
    this = Judged(kind, after is State.STANDS)
    earlier = [*judged]
    earlier.remove(this)
    now_is = {each.kind: each for each in moves(DEFAULTS, judged)}
    was = {each.kind: each for each in moves(DEFAULTS, earlier)}
    if kind not in now_is or now_is[kind].now == was[kind].now:
        return
    insert_threshold(
        {
            "org_id": flag.responsible_id,
            "field": now_is[kind].field,
            "before": was[kind].now,
            "after": now_is[kind].now,
            "stood": now_is[kind].upheld,
            "lifted": now_is[kind].not_upheld,
            "flag_id": flag.id,
            "by_id": who.id,
            "by_name": who.name,
            "at": now,
        }
    )


def _tell_judges(flag: FlagRow, said: Said, now: datetime) -> None:
    text = said.words[:SHORT] or (str(REASONS[said.reason]) if said.reason in REASONS else "…")
    params = {"point": flag.point, "person": flag.person, "text": text}
    people = [each for each in supervisors_of(flag.responsible_id) if each != flag.person_id]
    link = f"/checks/{flag.check_id}#flag-{flag.id}"
    tell(Kind.FLAG_EXPLAINED, people, params, link, at=now, key=f"flag:{flag.id}:explained")


def _tell_author(flag: FlagRow, after: State, said: Said, now: datetime) -> None:
    params = {"point": flag.point, "standing": after.value, "text": said.words[:SHORT]}
    link = f"/checks/{flag.check_id}#flag-{flag.id}"
    tell(Kind.FLAG_JUDGED, [flag.person_id], params, link, at=now, key=f"flag:{flag.id}:judged")
