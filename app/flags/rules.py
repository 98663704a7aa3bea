"""What a rule looks at and what it says: visits, pictures, readings, ways, and a finding with its reason; no database.

A finding is a reason to look, never a refusal and never an accusation: it names what was compared with what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

NOTHING = timedelta(0)
Numbers = Mapping[str, float | int | str]


class FlagKind(StrEnum):
    """What looks unusual about a record."""

    PICTURE_SAME = "picture_same"
    PICTURE_ALIKE = "picture_alike"
    PICTURE_OLD = "picture_old"
    SHORT_VISIT = "short_visit"
    FAST_WALK = "fast_walk"
    MANY_ACCOUNTS = "many_accounts"
    BURST = "burst"
    CLOCK = "clock"
    SAME_VALUE = "same_value"
    LAST_DIGITS = "last_digits"
    NEIGHBOUR_SHIFT = "neighbour_shift"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`numbers` are what was measured and the limit it was held against (JSON-able, units in the names);

    `compared_with` names the other records by their check ids, `about` the check that it stands on, `subject` its
    photo or step, empty for the record as a whole.
    """

    kind: FlagKind
    about: str
    numbers: Numbers
    compared_with: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One check as the rules see it. `opened_at` and `submitted_at` are the phone's, `offset` is server minus phone.

    `hands`: how many people did it together (author, and whoever signed or is named with it).
    `phone`: the random name of the device, None when unknown; `team_phone`: a phone that a team shares on purpose.
    `contradicts`: the clocks of one record contradict each other (set back between opening, submitting and sending).
    """

    check: str
    point: str
    person: str
    opened_at: datetime
    submitted_at: datetime
    received_at: datetime
    dwell_seconds: int
    floor_seconds: int
    offset: timedelta = NOTHING
    hands: int = 1
    phone: str | None = None
    team_phone: bool = False
    via: str = "scan"
    contradicts: bool = False

    @property
    def began(self) -> datetime:
        """Opened, or the first photo taken shortly before; on the server's clock."""
        return min(self.opened_at + self.offset, self.ended - timedelta(seconds=self.dwell_seconds))

    @property
    def ended(self) -> datetime:
        """Submitted, on the server's clock: late syncing moves nothing."""
        return min(self.submitted_at + self.offset, self.received_at)


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """A picture of a check. `retake`: sent because it was asked for again. `bits`: likeness hash, None when unknown.

    `sent_at`: when it arrived; `visited_at`: when its check was submitted, by the true clock, where that is known.
    """

    photo: str
    check: str
    point: str
    person: str
    sha256: str
    bits: int | None
    sent_at: datetime
    source: str = "live"
    taken_at: datetime | None = None
    retake: bool = False
    visited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read at a step of a point; `digits` after the decimal point are what the step asks for."""

    check: str
    point: str
    person: str
    step: str
    value: float
    read_at: datetime
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Look:
    """All that the rules need about one new record; each field is fetched once, newest last.

    `before`: the same person's visits of the last 12 hours by `ended`. `on_phone`: visits sent from the same phone in
    that time, whoever sent them. `way_seconds`: usual seconds from the point of each check named, to this point.
    `likely`: pictures of the last 90 days with the same sha256 or a near hash. `readings`: own and others' of the same
    steps in 90 days, this record's included. `recent`: the person's visits of the last 7 days; `scanned`: points whose
    label anybody scanned in the last 14 days, so it can be read.
    """

    visit: Visit
    before: tuple[Visit, ...] = ()
    on_phone: tuple[Visit, ...] = ()
    way_seconds: Mapping[str, int] = field(default_factory=dict)
    photos: tuple[PhotoSeen, ...] = ()
    likely: tuple[PhotoSeen, ...] = ()
    readings: tuple[Reading, ...] = ()
    recent: tuple[Visit, ...] = ()
    scanned: frozenset[str] = frozenset()
