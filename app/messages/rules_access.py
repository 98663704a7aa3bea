"""Who may stand at the duty-room screen and who keeps the channels: pure rules."""

from app.web.current import CurrentPerson, Role

DUTY = "duty"
KEEPERS = (Role.ADMIN,)


def may_watch(person: CurrentPerson) -> bool:
    """The duty room, which answers for the whole site, and supervisors, who see what concerns them."""
    return DUTY in person.grants or person.role is Role.SUPERVISOR
