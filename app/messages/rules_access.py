"""Who may stand at the duty-room screen and who keeps the channels: pure rules."""

from app.web.current import CurrentPerson, Role

DUTY = "duty"
KEEPERS = (Role.ADMIN,)


def may_watch(person: CurrentPerson) -> bool:
    """The duty people and the supervisors; a supervisor sees what is told to them or concerns a unit of theirs."""
    return DUTY in person.grants or person.role is Role.SUPERVISOR
