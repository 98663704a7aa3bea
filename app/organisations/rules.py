"""What a role may reach: plain data, no tables."""

from dataclasses import dataclass

from app.web.current import BUREAU_WIDE, CurrentPerson, Role


@dataclass(frozen=True)
class Scope:
    """The units a person reaches; None means the whole bureau.

    They reach the point-standards that they implement; with `answering` also those they answer for (contract, Roles).
    """

    units: frozenset[str] | None
    answering: bool = False

    def reaches(self, implementer_id: str, responsible_id: str) -> bool:
        """Whether a record of these two units lies in the scope."""
        if self.units is None:
            return True
        return implementer_id in self.units or (self.answering and responsible_id in self.units)


NOWHERE = "//"


def roots_of(person: CurrentPerson) -> tuple[str | None, bool]:
    """The path prefix whose subtree the person reaches (None: everything) and whether responsibility counts too.

    A checker from outside reaches no unit: what they may see is named by a pass.
    """
    if person.external:
        return NOWHERE, False
    if person.role in BUREAU_WIDE:
        return None, True
    return person.org_path, person.role is Role.SUPERVISOR
