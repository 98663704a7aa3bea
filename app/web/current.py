"""Who is asking: the role names, the current person as plain data, and the reach of a role."""

from dataclasses import dataclass, field
from enum import StrEnum

from flask import has_request_context
from flask_login import UserMixin

from app.refusals import SignInNeeded
from app.web.asked import extension, opened
from app.web.kept import kept
from app.web.words import lazy


class Role(StrEnum):
    """Roles of the contract; dated grants stand beside them."""

    WORKER = "worker"
    DRIVER = "driver"
    CREW_LEADER = "crew_leader"
    SUPERVISOR = "supervisor"
    MANAGER = "contractor_manager"
    INSPECTOR = "inspector"
    STANDARDS = "standards"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMIN = "admin"


HANDS = (Role.WORKER, Role.DRIVER, Role.CREW_LEADER)
BUREAU_WIDE = (Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.ADMIN)
EVERYBODY = tuple(Role)


@dataclass(frozen=True)
class CurrentPerson(UserMixin):  # type: ignore[misc]
    """The signed-in person; `org_path` is `/org-bureau/…/own/`, `session_id` names the sign-in.

    `proven` says that a second factor was shown at sign-in.

    `external` is a checker from outside: of the bureau nothing but what a pass names (`app.accounts.models.Pass`).
    """

    id: str
    name: str
    role: Role
    org_id: str
    org_path: str
    org_name: str = ""
    crew_id: str | None = None
    shift_id: str | None = None
    locale: str | None = None
    large_text: bool = False
    grants: frozenset[str] = field(default_factory=frozenset)
    session_id: str = ""
    external: bool = False
    proven: bool = False

    def get_id(self) -> str:
        """Flask-Login keeps the sign-in, not the person: ending it ends the session at once."""
        return self.session_id

    @property
    def is_hands(self) -> bool:
        """Does checks at points."""
        return self.role in HANDS


def maybe_person() -> CurrentPerson | None:
    """The signed-in person or None."""
    if not has_request_context():
        return None
    # Where Flask-Login keeps the user; its own way there goes through six proxies and hashes the browser's name.
    known = kept()
    if "_login_user" not in known:
        token = opened().get("_user_id")
        # Nobody, should the database be away: the answer that says so asks for the reader's language again.
        known["_login_user"] = None
        known["_login_user"] = extension("person_of_session")(token) if token else None
    user = known["_login_user"]
    return user if isinstance(user, CurrentPerson) else None


def forget_person() -> None:
    """For the rest of this request nobody is signed in: the database cannot be asked for what pages show of them."""
    kept()["_login_user"] = None


def person() -> CurrentPerson:
    """The signed-in person; raises SignInNeeded."""
    found = maybe_person()
    if found is None:
        raise SignInNeeded(lazy("Please sign in. What you typed is kept on this phone."))
    return found
