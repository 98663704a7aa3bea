"""Ratings (rules SA-7, SA-7a, SA-9 to SA-11): faces, topics, satisfaction, and when a rating is a lead; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from app.days import begins
from app.schedule.rules_days import Calendar, next_workday
from app.web.words import lazy


class Face(IntEnum):
    """The five faces of SA-7a, nothing else."""

    VERY_GOOD = 5
    GOOD = 4
    FAIR = 3
    BAD = 2
    VERY_BAD = 1


class Topic(StrEnum):
    """What a rating is about (rules SA-10)."""

    CLEAN = "clean"
    PROMPT = "prompt"
    MANNER = "manner"
    FACILITY = "facility"
    ORDER = "order"


class Excluded(StrEnum):
    """Why a rating is kept outside the figures (rules SA-9)."""

    COUNTS = ""
    OWN_UNIT = "own_unit"
    STAFF = "staff"


FACE_WORDS: Mapping[Face, object] = {
    Face.VERY_GOOD: lazy("Very good"),
    Face.GOOD: lazy("Quite good"),
    Face.FAIR: lazy("Fair"),
    Face.BAD: lazy("Poor"),
    Face.VERY_BAD: lazy("Very poor"),
}
FACE_ICONS: Mapping[Face, str] = {
    Face.VERY_GOOD: "laugh",
    Face.GOOD: "smile",
    Face.FAIR: "meh",
    Face.BAD: "frown",
    Face.VERY_BAD: "angry",
}
TOPIC_WORDS: Mapping[Topic, object] = {
    Topic.CLEAN: lazy("Cleanliness"),
    Topic.PROMPT: lazy("Promptness"),
    Topic.MANNER: lazy("Manner"),
    Topic.FACILITY: lazy("Facilities"),
    Topic.ORDER: lazy("Order"),
}
ENOUGH_FOR_A_GRADE = 30
AGAIN_AFTER = timedelta(minutes=30)
SATISFIED = (Face.VERY_GOOD, Face.GOOD, Face.FAIR)
STRICTLY = (Face.VERY_GOOD, Face.GOOD)
LOW = (Face.BAD, Face.VERY_BAD)


@dataclass(frozen=True)
class Satisfaction:
    """Ratings that count, by face."""

    faces: Mapping[Face, int]

    @property
    def n(self) -> int:
        """All that count."""
        return sum(self.faces.values())

    @property
    def satisfied(self) -> int:
        """Numerator of the satisfaction rate (rules SA-7): 基本满意 and better."""
        return sum(self.faces.get(face, 0) for face in SATISFIED)

    @property
    def strictly(self) -> int:
        """Numerator of the strict rate: the top two."""
        return sum(self.faces.get(face, 0) for face in STRICTLY)

    @property
    def may_be_graded(self) -> bool:
        """Thirty ratings at least (rules SA-7)."""
        return self.n >= ENOUGH_FOR_A_GRADE


def satisfaction(counted: Iterable[tuple[int, int]]) -> Satisfaction:
    """Out of (face, how many); the same face may come several times."""
    faces = dict.fromkeys(Face, 0)
    for face, count in counted:
        faces[Face(face)] += count
    return Satisfaction(faces)


def excluded(rater_path: str | None, implementer_path: str, *, staff_device: bool) -> Excluded:
    """Whether a rating stays outside the figures: `rater_path` is the unit of who is signed in, if anybody is.

    The executing unit's own accounts never count, nor does any device on which staff has signed in once (SA-9).
    """
    if rater_path and implementer_path and (rater_path.startswith(implementer_path)):
        return Excluded.OWN_UNIT
    return Excluded.STAFF if rater_path or staff_device else Excluded.COUNTS


def is_lead(face: Face, words: str) -> bool:
    """A low rating with words becomes a lead for a check (rules SA-11)."""
    return face in LOW and bool(words.strip())


def lead_due(at: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """The end of the next workday after the local date of the rating (rules SA-11: within one workday)."""
    on = next_workday(at.astimezone(zone).date(), calendar) + timedelta(days=1)
    return begins(on, zone)


class LeadOutcome(StrEnum):
    """What looking into a low rating came to; a finding is registered by whoever saw something (rules SA-11)."""

    IN_ORDER = "in_order"
    SEEN_TO = "seen_to"
    TOLD = "told"


LEAD_WORDS: Mapping[LeadOutcome, object] = {
    LeadOutcome.IN_ORDER: lazy("Looked: all in order"),
    LeadOutcome.SEEN_TO: lazy("Put right at once"),
    LeadOutcome.TOLD: lazy("Told the unit"),
}
MOST_NOTE = 500
