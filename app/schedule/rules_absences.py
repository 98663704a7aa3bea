"""An absence to be entered: who is away from when to when, and who stands in."""

from dataclasses import dataclass, field
from datetime import date

ABSENT_AT_MOST = 366
COVERED_AT_MOST = 31


@dataclass(frozen=True)
class AbsenceForm:
    """Whole days, both included; the client names the absence so that a retry is one."""

    id: str
    person_id: str
    from_on: date | None
    to_on: date | None
    kind: str
    note: str
    cover_id: str
    errors: dict[str, object] = field(default_factory=dict)
