"""What becomes of a flag: its author may give a reason, somebody else judges, and not before the author was heard."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.web.current import BUREAU_WIDE, CurrentPerson, Role
from app.web.words import lazy

TIME_TO_SPEAK = timedelta(days=3)
MOST_WORDS = 500
WATERMARK, LATE = "records", "pictures"
"""What the job calls its marks: of records, and of pictures that were decoded late."""
READERS = (Role.SUPERVISOR, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))


class State(StrEnum):
    """OPEN: nobody has spoken yet. One that stands says that the observation is right, not who is to blame."""

    OPEN = "open"
    EXPLAINED = "explained"
    STANDS = "stands"
    LIFTED = "lifted"


class Deed(StrEnum):
    """EXPLAIN 有原因, by the author; STANDS 成立 and LIFT 不成立, by somebody else."""

    EXPLAIN = "explain"
    STANDS = "stands"
    LIFT = "lift"


class Reason(StrEnum):
    """What people tap: each is an honest way to look unusual."""

    WORKED_FIRST = "worked_first"
    TOGETHER = "together"
    NETWORK = "network"
    PHONE = "phone"
    LABEL = "label"
    PICTURE = "picture"
    STEADY = "steady"
    OTHER = "other"


AFTER = {Deed.EXPLAIN: State.EXPLAINED, Deed.STANDS: State.STANDS, Deed.LIFT: State.LIFTED}
EVENT = {Deed.EXPLAIN: "explained", Deed.STANDS: "stands", Deed.LIFT: "lifted"}
JUDGED = (State.STANDS, State.LIFTED)
# The sampling weight stays while a flag is open or stands, and goes once it is lifted (rules SP-9).
WEIGHS = (State.OPEN, State.EXPLAINED, State.STANDS)

ALREADY = lazy("This has been judged already. Load the page again.")
WAIT = lazy("Hear the person first: they have three days to give a reason.")
NO_REASON = lazy("Give the reason in a few words.")
NO_WORDS = lazy("Choose a reason, write a few words or say them.")
TOO_LONG = lazy("That is too long: at most %(n)d characters.", n=MOST_WORDS)
NOT_YOURS = lazy("This is not for you to say. The person who did the work is heard, somebody else judges.")


def refusal(deed: Deed, state: State, flagged_at: datetime, now: datetime) -> object | None:
    """Why the deed cannot be done now; None when it can.

    Explaining is possible until the judgement, as often as there is something to add. 成立 waits until the author was
    heard, or let the time pass; 不成立 needs no waiting: nobody is hurt by it.
    """
    if state in JUDGED:
        return ALREADY
    if deed is Deed.STANDS and state is State.OPEN and now <= flagged_at + TIME_TO_SPEAK:
        return WAIT
    return None


def may_explain(who: CurrentPerson, author_id: str) -> bool:
    """Only the author."""
    return who.id == author_id


def words_fault(deed: Deed, words: str, *, reason: bool, voice: bool) -> object | None:
    """What is wrong with what was said: a judgement needs words, an explanation a reason, words or a voice."""
    if len(words) > MOST_WORDS:
        return TOO_LONG
    if deed is Deed.EXPLAIN:
        return None if words or reason or voice else NO_WORDS
    return None if words else NO_REASON
