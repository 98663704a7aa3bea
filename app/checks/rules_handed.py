"""Who may hand in the records of whose phone."""

from typing import Protocol

from app.web.current import HANDS, CurrentPerson, Role

TAKERS = (Role.CREW_LEADER, Role.SUPERVISOR)


class Author(Protocol):
    """What is asked of the person who made a record."""

    @property
    def role(self) -> Role: ...
    @property
    def crew_id(self) -> str | None: ...
    @property
    def org_path(self) -> str: ...


def may_hand_in(taker: CurrentPerson, author: Author) -> bool:
    """A crew leader for the own crew, a supervisor for the hands of the own unit and those below it."""
    if author.role not in HANDS or taker.role not in TAKERS:
        return False
    if taker.role is Role.CREW_LEADER:
        return bool(taker.crew_id) and taker.crew_id == author.crew_id
    return author.org_path.startswith(taker.org_path)
