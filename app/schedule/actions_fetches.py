"""What this process has noted lately about phones that fetched: a page that is read again writes nothing."""

from collections import OrderedDict
from datetime import datetime, timedelta

# A phone's last call is known to the minute, which is all that 未同步 needs (contract, Which clock).
LATELY = timedelta(minutes=1)
MOST_NOTES = 4096


class Fetches:
    """The newest notes of this process; an older one gives way and is then written again."""

    def __init__(self) -> None:
        self._noted: OrderedDict[tuple[str, int], datetime] = OrderedDict()

    def knows(self, person_id: str, occurrence_id: int, boundary: datetime | None, now: datetime) -> bool:
        """Whether this fetch says nothing new: noted within a minute, on the same side of end + grace."""
        noted = self._noted.get((person_id, occurrence_id))
        if noted is None or not noted <= now < noted + LATELY:
            return False
        return boundary is None or (noted > boundary) == (now > boundary)

    def keep(self, person_id: str, occurrence_id: int, now: datetime) -> None:
        """Noted, and committed."""
        self._noted[person_id, occurrence_id] = now
        self._noted.move_to_end((person_id, occurrence_id))
        while len(self._noted) > MOST_NOTES:
            self._noted.popitem(last=False)
