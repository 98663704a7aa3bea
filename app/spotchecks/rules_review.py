"""A reviewer's sheet of verdicts on a record: what it must say, what stands after undoing, which record comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.web.words import lazy

MAX_NOTE = 500


class Verdict(StrEnum):
    """符合, 不符合, 看不清."""

    CONFORMS = "pass"
    FAILS = "fail"
    UNSEEN = "unseen"


class Reason(StrEnum):
    """Why a step does not conform, or why that cannot be seen."""

    DIRTY = "dirty"
    LACKING = "lacking"
    UNSAFE = "unsafe"
    READING = "reading"
    NOT_SHOWN = "not_shown"
    ELSEWHERE = "elsewhere"
    OLD_PHOTO = "old_photo"
    OTHER = "other"
    DARK = "dark"
    BLURRED = "blurred"
    PARTIAL = "partial"
    COVERED = "covered"


REASONS: dict[Verdict, dict[Reason, object]] = {
    Verdict.FAILS: {
        Reason.DIRTY: lazy("Dirt or litter"),
        Reason.LACKING: lazy("Items missing"),
        Reason.UNSAFE: lazy("Sign or safety lacking"),
        Reason.READING: lazy("Reading does not fit"),
        Reason.NOT_SHOWN: lazy("Photo shows something else"),
        Reason.ELSEWHERE: lazy("Photo of another place"),
        Reason.OLD_PHOTO: lazy("Photo looks old"),
        Reason.OTHER: lazy("Another reason"),
    },
    Verdict.UNSEEN: {
        Reason.DARK: lazy("Too dark"),
        Reason.BLURRED: lazy("Blurred"),
        Reason.PARTIAL: lazy("Not all of it in the picture"),
        Reason.COVERED: lazy("Something stands in front"),
    },
    Verdict.CONFORMS: {},
}
UNKNOWN_VERDICT = lazy("This is not one of the possible answers.")
UNKNOWN_REASON = lazy("Choose one of the reasons shown.")
UNKNOWN_STEP = lazy("This step is not part of the record.")
NO_REASON = lazy("Say why it does not conform.")
NO_WORDS = lazy("Say in a few words what the other reason is.")
NO_VERDICT = lazy("Say whether it conforms, does not conform or cannot be seen.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says of one step; `verdict` and `reason` as sent, so that nonsense can be told apart."""

    step_id: str
    verdict: str
    reason: str = ""
    note: str = ""

    @property
    def failed(self) -> bool:
        return self.verdict == Verdict.FAILS


@dataclass(frozen=True, slots=True)
class Sheet:
    """The verdicts of one reviewer on one record; `nth` counts the sheets of a record, undone ones too."""

    id: str
    item_id: str
    draw_id: str
    nth: int
    by_id: str
    by_name: str
    began_at: datetime | None
    at: datetime
    undone: bool
    handed_in: bool
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet as sent: `id` is made by the page, None when it is none; `began_at` is when the record was opened."""

    id: str | None
    began_at: datetime | None
    opinions: tuple[Opinion, ...]


def fault_of(opinion: Opinion) -> object | None:
    """The sentence that says what the opinion lacks; a 不符合 says why, "another reason" needs words."""
    if opinion.verdict not in set(Verdict):
        return UNKNOWN_VERDICT if opinion.verdict else NO_VERDICT
    if opinion.reason and opinion.reason not in REASONS[Verdict(opinion.verdict)]:
        return UNKNOWN_REASON
    if opinion.failed and not opinion.reason:
        return NO_REASON
    if opinion.reason == Reason.OTHER and not opinion.note.strip():
        return NO_WORDS
    return None


def faults_of(asked: Sequence[str], given: Iterable[Opinion]) -> dict[str, object]:
    """Step id to what its opinion lacks, in the order of the record; steps that the record does not have come last."""
    said = {each.step_id: each for each in given}
    found = {step: fault_of(said.get(step, Opinion(step, ""))) for step in asked}
    found |= {step: UNKNOWN_STEP for step in said if step not in found}
    return {step: fault for step, fault in found.items() if fault is not None}


def with_the_rest(asked: Sequence[str], given: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """One sweep: whatever was not singled out conforms; what was keeps its verdict."""
    said = {each.step_id: each for each in given if each.verdict}
    rest = tuple(each for step, each in said.items() if step not in asked)
    return tuple(said.get(step, Opinion(step, Verdict.CONFORMS)) for step in asked) + rest


def tidy(opinion: Opinion) -> Opinion:
    """As it is kept: a step that conforms has neither reason nor words."""
    if opinion.verdict == Verdict.CONFORMS:
        return Opinion(opinion.step_id, opinion.verdict)
    return replace(opinion, note=opinion.note.strip()[:MAX_NOTE])


def overall(opinions: Iterable[Opinion]) -> Verdict:
    """The record as a whole: one step that fails is enough; what cannot be seen is no pass."""
    said = {each.verdict for each in opinions}
    return next((verdict for verdict in (Verdict.FAILS, Verdict.UNSEEN) if verdict in said), Verdict.CONFORMS)


def standing(sheets: Iterable[Sheet]) -> Sheet | None:
    """The sheet that counts: the latest that was not undone."""
    kept = [each for each in sheets if not each.undone]
    return max(kept, key=lambda each: each.nth, default=None)


def last_of(sheets: Sequence[Sheet], by_id: str) -> Sheet | None:
    """What undo takes back: the reviewer's latest sheet of the list (`sheets` by time), unless it was handed in."""
    own = [each for each in sheets if each.by_id == by_id and not each.undone]
    return own[-1] if own and not own[-1].handed_in else None


def next_open(order: Sequence[str], here: str | None, done: Mapping[str, bool]) -> str | None:
    """The next record still to be looked at after `here`, from the start again at the end; None when all are done."""
    at = order.index(here) + 1 if here in order else 0
    return next((each for each in [*order[at:], *order[:at]] if not done.get(each)), None)
