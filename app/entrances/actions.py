"""Who came through a house becomes one of our people: linked before, named by a claim, made by a rule, or refused."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.accounts.actions import account_id, end_sessions, note
from app.accounts.actions_people import Sheet
from app.accounts.models import Person
from app.accounts.queries import Credentials, credentials
from app.accounts.rules_factor import POWERFUL
from app.audit.actions import note as audit
from app.db import run
from app.entrances.models import Identity
from app.entrances.queries import Known, known_as, known_by, unit_exists
from app.entrances.rules import House, account_named, placed, worth_keeping
from app.refusals import Conflict, Invalid, NotFound
from app.web.current import CurrentPerson, Role
from app.web.words import lazy


def arrive(house: House, claims: Mapping[str, Any]) -> str | None:
    """The account of who came, made when a rule says so; None when an administrator has to decide. It is kept."""
    subject, now = str(claims["sub"]), clock.now()
    known = known_by(house.id, subject)
    seen = {"name": str(claims.get("name") or "")[:60], "claims": worth_keeping(house, claims), "last_at": now}
    if known:
        run(update(Identity).where(Identity.id == known.id).values(seen))
        # What an administrator has ended is not linked again by a claim or a rule.
        if known.person_id or known.how == "ended":
            return known.person_id
    found, how = _found(house, claims)
    if known is None:
        row = {"house": house.id, "subject": subject, "first_at": now, "how": "", **seen}
        run(insert(Identity).values(row))
    if found:
        link = {"person_id": found, "how": how, "linked_at": now}
        run(update(Identity).where(Identity.house == house.id, Identity.subject == subject).values(link))
        note(found, "entrance_linked", None, house=house.id, how=how)
    return found or None


def _found(house: House, claims: Mapping[str, Any]) -> tuple[str, str]:
    """By a verified claim, then by a rule. Who decides over others is linked by an administrator only."""
    named = account_named(house, claims)
    account = credentials(account_id(named)) if named else None
    if account and account.active and account.role not in POWERFUL:
        return account.id, "claim"
    rule = placed(claims, house.rules)
    if rule is None or not unit_exists(rule.unit):
        return "", ""
    role = Role(rule.role)
    sheet = Sheet(fresh_id(house, str(claims["sub"])), _name(claims), role, rule.unit, None, None)
    _add(sheet, house)
    return sheet.id, "rule"


def fresh_id(house: House, subject: str) -> str:
    """The same for the same person of the same house; says nothing about them."""
    return f"{house.id}-{hashlib.sha256(f'{house.id}/{subject}'.encode()).hexdigest()[:12]}"


def _name(claims: Mapping[str, Any]) -> str:
    name = "".join(
        letter for letter in str(claims.get("name") or claims.get("preferred_username") or "") if letter.isprintable()
    )
    return name.strip()[:60] or "?"


def _add(sheet: Sheet, house: House) -> None:
    """An account without a password: it opens through the house only."""
    if credentials(sheet.id) is not None:
        return
    row = {"id": sheet.id, "name": sheet.name, "role": sheet.role.value, "org_id": sheet.org_id}
    run(insert(Person).values(row | {"created_at": clock.now(), "password_hash": "", "pin_hash": ""}))
    note(sheet.id, "entrance_made", None, house=house.id, role=sheet.role.value, org=sheet.org_id)


def link(identity_id: int, typed: str, by: CurrentPerson) -> Credentials:
    """An administrator says who that is. Raises NotFound, Invalid, Conflict when it was decided meanwhile."""
    _one(identity_id)
    account = credentials(account_id(typed))
    if account is None or not account.active:
        raise Invalid(lazy("Nothing has been linked."), fields={"account": lazy("There is no such account in use.")})
    if account.id == by.id:
        raise Invalid(
            lazy("Nothing has been linked."), fields={"account": lazy("Another administrator links your account.")}
        )
    changes = {"person_id": account.id, "how": "admin", "linked_at": clock.now(), "linked_by_id": by.id}
    free = (Identity.id == identity_id, Identity.person_id.is_(None))
    if run(update(Identity).where(*free).values(changes)).rowcount != 1:
        raise Conflict(lazy("This was decided in the meantime."))
    note(account.id, "entrance_linked", by.id, how="admin")
    audit("rights.entrance_linked", by_id=by.id, by_name=by.name, about=account.id)
    return account


def unlink(identity_id: int, by: CurrentPerson) -> Known:
    """The house opens this account no more; its sessions end. Raises NotFound, Conflict."""
    known = _one(identity_id)
    if known.person_id is None:
        raise Conflict(lazy("This was decided in the meantime."))
    changes = {"person_id": None, "how": "ended", "linked_at": clock.now(), "linked_by_id": by.id}
    run(update(Identity).where(Identity.id == identity_id).values(changes))
    end_sessions(known.person_id)
    note(known.person_id, "entrance_unlinked", by.id)
    audit("rights.entrance_unlinked", by_id=by.id, by_name=by.name, about=known.person_id)
    return known


def _one(identity_id: int) -> Known:
    known = known_as(identity_id)
    if known is None:
        raise NotFound(lazy("There is no such arrival."))
    return known
