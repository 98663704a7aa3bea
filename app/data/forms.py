"""What addresses and forms of this room carry, as values; nothing that is meant otherwise passes in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from app.data.rules_keys import LONGEST_LIFE, NAME_LENGTH, PEOPLE, SCOPES
from app.data.rules_measures import BYS
from app.data.rules_wanted import MOST_DAYS, USUAL_DAYS, Wanted, too_long
from app.days import FURTHEST, NOWHERE
from app.refusals import Invalid
from app.stats.rules_month import BY
from app.web.words import lazy

MOST_A_PAGE, USUAL_A_PAGE = 1000, 200
FILTERS = ("unit", "standard", "point")
DATED = ("from", "to", "unit", "standard", "point", "received_from")
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "records": DATED,
    "answers": DATED,
    "findings": DATED,
    "points": ("unit", "standard", "point"),
    "figures": ("month", "by", "unit"),
    "measures": ("month", "by", "unit"),
}
MONTHLY: Mapping[str, tuple[str, ...]] = {"figures": BY, "measures": BYS}
"""What a row of a month may stand for; the first is the usual one."""
PAGING = ("limit", "cursor")
TOO_LONG = lazy("One question covers a year at most (%(n)d days). Ask for each year by itself.", n=MOST_DAYS)
_DAY = lazy("Write a day as 2026-11-20.")


class _Faults(dict[str, object]):
    def raise_any(self) -> None:
        if self:
            raise Invalid(lazy("Some parameters do not hold."), fields=self)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the API."""

    wanted: Wanted
    limit: int
    cursor: str
    by: str = ""


def asked(name: str, args: Mapping[str, str], today: date, zone: tzinfo) -> Asked:
    """Raises Invalid, also for parameters that this question does not have."""
    faults, known = _Faults(), (*PARAMETERS[name], *PAGING)
    for given in args:
        if given not in known:
            faults[given[:40]] = lazy("There is no such parameter here.")
    first, last = _period(name, args, today, faults)
    since = _instant(args.get("received_from", ""), zone, faults)
    wanted = Wanted(first, last, *_filters(args), since)
    limit = _limit(args.get("limit", ""), faults)
    known_by = MONTHLY.get(name, BY)
    by = args.get("by", known_by[0])
    if by not in known_by:
        faults["by"] = lazy("One of: %(these)s", these=", ".join(known_by))
    faults.raise_any()
    return Asked(wanted, limit, args.get("cursor", ""), by)


def exported(form: Mapping[str, str], today: date) -> Wanted:
    """The period and filters of a file; raises Invalid."""
    faults = _Faults()
    first, last = _days(form, faults)
    if not faults and first and last and last > today:
        last = max(first, today)
    faults.raise_any()
    return Wanted(first or today, last or today, *_filters(form))


def _filters(args: Mapping[str, str]) -> tuple[str, str, str]:
    unit, standard, point = (args.get(each, "").strip()[:60] for each in FILTERS)
    return unit, standard, point


def _period(name: str, args: Mapping[str, str], today: date, faults: _Faults) -> tuple[date, date]:
    if name in MONTHLY:
        month = _month(args.get("month", ""), today, faults)
        return month, month
    if name == "points":
        return today, today
    usual = {"to": today.isoformat(), "from": (today - timedelta(days=USUAL_DAYS - 1)).isoformat()}
    first, last = _days({**usual, **args}, faults)
    return first or today, last or today


def _days(args: Mapping[str, str], faults: _Faults) -> tuple[date | None, date | None]:
    first, last = _day(args.get("from", ""), "from", faults), _day(args.get("to", ""), "to", faults)
    if first and last and first > last:
        faults["to"] = lazy("The last day lies before the first.")
    elif first and last and too_long(first, last):
        faults["to"] = TOO_LONG
    return first, last


def _day(text: str, name: str, faults: _Faults) -> date | None:
    try:
        if len(text) == 10 and text.isascii():
            return date.fromisoformat(text)
    except ValueError:
        pass
    faults[name] = _DAY
    return None


def _month(text: str, today: date, faults: _Faults) -> date:
    if not text:
        return today.replace(day=1)
    try:
        if len(text) == 7 and text.isascii():
            return date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    faults["month"] = lazy("Write a month as 2026-11.")
    return today


def _instant(text: str, zone: tzinfo, faults: _Faults) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text[:40].replace(" ", "+"))
    except ValueError:
        instant = NOWHERE
    instant = instant if instant.tzinfo else instant.replace(tzinfo=zone)
    if FURTHEST[0] <= instant <= FURTHEST[1]:
        return instant
    faults["received_from"] = lazy("Write an instant as 2026-11-20T08:00:00+08:00.")
    return None


def _limit(text: str, faults: _Faults) -> int:
    if not text:
        return USUAL_A_PAGE
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_A_PAGE:
        return int(text)
    faults["limit"] = lazy("A number from 1 to %(most)d.", most=MOST_A_PAGE)
    return USUAL_A_PAGE


@dataclass(frozen=True, slots=True)
class KeyForm:
    """What the administrator filled in; `errors` by field."""

    id: str
    name: str
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    ends_on: date | None
    errors: Mapping[str, object]


def key_form(
    form: Mapping[str, str], scopes: Sequence[str], units: Sequence[str], known: Collection[str], today: date
) -> KeyForm:
    """`scopes` and `units` are what was ticked."""
    faults, name = _Faults(), " ".join(form.get("name", "").split())
    if not 1 <= len(name) <= NAME_LENGTH:
        faults["name"] = lazy("Name the program that reads, in 1 to %(n)d characters.", n=NAME_LENGTH)
    chosen = tuple(each for each in SCOPES if each in scopes)
    if not set(chosen) - {PEOPLE}:
        faults["scopes"] = lazy("Choose what it may read.")
    where = tuple(each for each in units if each in known)
    if not where and form.get("reach") != "all":
        faults["units"] = lazy("Choose its units, or say that it reaches all of them.")
    ends_on = _day(form.get("ends_on", ""), "ends_on", faults)
    if ends_on and not today <= ends_on <= today + LONGEST_LIFE:
        faults["ends_on"] = lazy("A day from today on, within two years.")
    made = _uuid(form.get("id", ""), faults)
    return KeyForm(made, name, chosen, () if form.get("reach") == "all" else where, ends_on, faults)


def export_id(form: Mapping[str, str]) -> str:
    """The number that the page gave the file; raises Invalid."""
    faults = _Faults()
    found = _uuid(form.get("id", ""), faults)
    faults.raise_any()
    return found


def _uuid(text: str, faults: _Faults) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        faults["id"] = lazy("Load the page again.")
        return ""
