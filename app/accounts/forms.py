"""Forms of the people page into values, each mistake with its own sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.accounts.rules import GRANTS
from app.web.current import Role
from app.web.words import lazy

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
_PLACE = re.compile(r"[\w.:/-]{0,40}")


@dataclass(frozen=True)
class PersonForm:
    """What was filled in about a person, as typed, and what is wrong with it."""

    id: str
    name: str
    role: str
    org_id: str
    crew_id: str
    shift_id: str
    errors: Mapping[str, object]


@dataclass(frozen=True)
class GrantForm:
    """A grant as filled in; `from_on` stands whenever there are no errors."""

    name: str
    from_on: date | None
    to_on: date | None
    errors: Mapping[str, object]


def parse_person(form: Mapping[str, str], *, units: set[str], new: bool) -> PersonForm:
    """Read the person form; `units` are the ids that exist."""
    given = {name: form.get(name, "").strip() for name in ("id", "name", "role", "org_id", "crew_id", "shift_id")}
    given["id"] = given["id"].lower()
    errors: dict[str, object] = {}
    if new and not _ID.fullmatch(given["id"]):
        errors["id"] = lazy("3 to 40 small letters, digits, dots or dashes, such as wk-31.")
    if not 0 < len(given["name"]) <= 60 or not given["name"].isprintable():
        errors["name"] = lazy("A name of at most 60 characters is needed.")
    if given["role"] not in set(Role):
        errors["role"] = lazy("Choose a role.")
    if given["org_id"] not in units:
        errors["org_id"] = lazy("Choose a unit.")
    if not _PLACE.fullmatch(given["crew_id"]):
        errors["crew_id"] = lazy("Take a crew from the list, or leave it empty.")
    if not _PLACE.fullmatch(given["shift_id"]):
        errors["shift_id"] = lazy("Take a shift from the list, or leave it empty.")
    if given["role"] == Role.CREW_LEADER and not given["crew_id"]:
        errors["crew_id"] = lazy("A crew leader needs a crew.")
    return PersonForm(**given, errors=errors)


def parse_grant(form: Mapping[str, str]) -> GrantForm:
    """Read the grant form; an empty last day is open-ended."""
    errors: dict[str, object] = {}
    name = form.get("grant", "")
    if name not in GRANTS:
        errors["grant"] = lazy("Choose what is granted.")
    first, last = (_day(form, field, errors) for field in ("from_on", "to_on"))
    if first is None and "from_on" not in errors:
        errors["from_on"] = lazy("The first day is needed.")
    if first and last and last < first:
        errors["to_on"] = lazy("The last day lies before the first.")
    return GrantForm(name, first, last, errors)


def _day(form: Mapping[str, str], field: str, errors: dict[str, object]) -> date | None:
    text = form.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        errors[field] = lazy("A date such as 2026-11-23 is needed.")
        return None
