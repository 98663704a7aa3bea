"""What an administrator, and for PINs a crew leader, does to other people's accounts."""

import secrets as random
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, update

from app import clock, db
from app.accounts.actions import account_id, end_sessions, keep_password, keep_pin, note
from app.accounts.actions_badges import end_badge
from app.accounts.models import Grant, Person
from app.accounts.queries_people import Account, admins_left_without, is_taken
from app.accounts.rules import may_set_pin, pin_fault
from app.accounts.rules_badges import CARRIERS, Reason
from app.accounts.secrets import hashed
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

# Letters that are not taken for one another when read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Sheet:
    """What the office fills in about a person; `id` counts only for a new account."""

    id: str
    name: str
    role: Role
    org_id: str
    crew_id: str | None
    shift_id: str | None


def fresh_password() -> str:
    """A password that can be read out: four groups of four."""
    return "-".join("".join(random.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def fresh_pin() -> str:
    """A PIN that the rules take."""
    while True:
        pin = f"{random.randbelow(10_000):04}"
        if pin_fault(pin) is None:
            return pin


def add_person(sheet: Sheet, password: str, by: str | None) -> None:
    """Add an account; raises Invalid when the id is taken. The unit must exist."""
    person_id = account_id(sheet.id)
    if is_taken(person_id):
        raise Invalid(lazy("The account has not been added."), fields={"id": lazy("This id is taken.")})
    row = {"id": person_id, "created_at": clock.now(), "password_hash": hashed(password), "pin_hash": ""}
    db.run(insert(Person).values(row | _columns(sheet)))
    note(person_id, "added", by, role=sheet.role.value)


def change_person(account: Account, sheet: Sheet, by: str | None) -> None:
    """Change name, role, unit, crew and shift; takes effect with the person's next request."""
    if {account.role, sheet.role} == {Role.ADMIN, Role.AUDITOR}:
        raise Conflict(
            lazy("An administrator and an auditor are two accounts. Add another account for the other role.")
        )
    if account.role is Role.ADMIN and sheet.role is not Role.ADMIN:
        _keep_an_admin(account)
    db.run(update(Person).where(Person.id == account.id).values(_columns(sheet)))
    if sheet.role not in CARRIERS:
        end_badge(account.id, Reason.TAKEN_BACK, by)
    note(account.id, "changed", by, role=sheet.role.value, org=sheet.org_id)


def disable(account: Account, by: str | None) -> None:
    """The account no longer signs in, its badge and all its sessions end at once; its records stay."""
    if account.role is Role.ADMIN:
        _keep_an_admin(account)
    db.run(update(Person).where(Person.id == account.id).values(active=False))
    end_badge(account.id, Reason.DISABLED, by)
    end_sessions(account.id)
    note(account.id, "disabled", by)


def enable(account: Account, by: str | None) -> None:
    """The account signs in again."""
    db.run(update(Person).where(Person.id == account.id).values(active=True))
    note(account.id, "enabled", by)


def reset_password(account: Account, by: str | None) -> str:
    """A fresh password, shown once to whoever asked; all sessions of the account end."""
    password = fresh_password()
    keep_password(account.id, password, by)
    end_sessions(account.id)
    return password


def reset_pin(actor: CurrentPerson, account: Account, wanted: str) -> str:
    """Set the wanted PIN, or a fresh one when none is wanted; raises Forbidden outside the own crew."""
    if not may_set_pin(actor, account.as_target()):
        raise Forbidden(lazy("You can set PINs of your own crew only."))
    pin = wanted or fresh_pin()
    if fault := pin_fault(pin):
        raise Invalid(lazy("The PIN has not been changed."), fields={"pin": fault})
    keep_pin(account.id, pin, actor.id)
    return pin


def give_grant(account: Account, name: str, from_on: date, to_on: date | None, by: str) -> None:
    """A dated grant beside the role."""
    row = {"person_id": account.id, "name": name, "from_on": from_on, "to_on": to_on, "given_by_id": by}
    db.run(insert(Grant).values(row))
    note(account.id, "grant_given", by, grant=name)


def end_grant(account: Account, grant_id: int, last_on: date, by: str) -> None:
    """The grant counts for the last time on this day; raises NotFound for another person's."""
    own = (Grant.id == grant_id, Grant.person_id == account.id)
    if db.run(update(Grant).where(*own).values(to_on=last_on)).rowcount != 1:
        raise NotFound(lazy("There is no such grant."))
    note(account.id, "grant_ended", by)


def _columns(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "role": sheet.role.value,
        "org_id": sheet.org_id,
        "crew_id": sheet.crew_id,
        "shift_id": sheet.shift_id,
    }


def _keep_an_admin(account: Account) -> None:
    if admins_left_without(account.id) == 0:
        raise Conflict(lazy("This is the last administrator. Make another one first."))
