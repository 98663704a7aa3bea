"""The top navigation as data: which address stands there for which role; only addresses that exist are shown."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app

from app.web.current import BUREAU_WIDE, HANDS, Role, maybe_person
from app.web.words import lazy

_DESK = (Role.SUPERVISOR, *BUREAU_WIDE)
_OVER_PEOPLE = (Role.ADMIN, Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR)
_ROTA = (Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS)
_PATROLS = (Role.WORKER, Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER)
_RECORDS = tuple(role for role in (*_DESK, Role.MANAGER, Role.CREW_LEADER) if role is not Role.ADMIN)
_CHANGES = (Role.CREW_LEADER, *(role for role in _DESK if role is not Role.ADMIN))
_REPAIRS = tuple(role for role in Role if role is not Role.ADMIN)
_TRAINING = tuple(role for role in Role if role is not Role.ADMIN)
_READERS = (Role.SUPERVISOR, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))
_FIGURES = tuple(role for role in _RECORDS if role is not Role.CREW_LEADER)

DAILY = ("home", "log", "spotchecks", "nonconformities", "repairs", "feedback", "desk", "stats", "standards")
# That many stand in one line of a usual screen, in both languages.
FIT = 9

_FLEET = (Role.DRIVER, Role.LEADER, Role.INSPECTOR, Role.AUDITOR)


@dataclass(frozen=True)
class Entry:
    """`key` is what a page names as its own with `{% set nav = "log" %}`; `grant` shows it to holders of that grant.

    `daily` ones stay in sight where not all fit in one line.
    """

    key: str
    path: str
    text: object
    icon: str
    roles: tuple[Role, ...]
    grant: str = ""

    @property
    def daily(self) -> bool:
        return self.key in DAILY


ENTRIES = (
    Entry("home", "/", lazy("My tasks"), "clipboard-list", HANDS),
    Entry("log", "/log", lazy("Daily log"), "calendar", _RECORDS),
    Entry("spotchecks", "/spotchecks", lazy("Spot checks"), "search", _RECORDS),
    Entry("flags", "/flags", lazy("To explain"), "message-square", _READERS),
    Entry("nonconformities", "/nonconformities", lazy("Rectification"), "wrench", _RECORDS),
    Entry("repairs", "/repairs", lazy("Repair orders"), "hammer", _REPAIRS),
    Entry("inspections", "/inspections", lazy("Inspections"), "eye", _RECORDS),
    Entry("announcements", "/inspections/announcements", lazy("Announcements"), "volume-2", (Role.WORKER, Role.DRIVER)),
    Entry("vehicles", "/vehicles", lazy("Vehicles"), "car", _FLEET, "dispatch"),
    Entry("rounds", "/rounds", lazy("Rounds"), "route", _ROTA),
    Entry("training", "/training", lazy("Training"), "badge-check", _TRAINING),
    Entry("meetings", "/meetings", lazy("Meeting rooms"), "presentation", (Role.CREW_LEADER, Role.SUPERVISOR)),
    Entry("patrols", "/patrols", lazy("Patrols"), "footprints", _PATROLS),
    Entry("feedback", "/feedback", lazy("Voices"), "message-square", _FIGURES),
    Entry("surveys", "/surveys", lazy("Satisfaction surveys"), "smile", _READERS),
    Entry("desk", "/feedback/desk", lazy("Service desk"), "phone", (), "desk"),
    Entry("contractors", "/contractors", lazy("Contractors"), "signature", _FIGURES),
    Entry("stats", "/figures", lazy("Figures"), "bar-chart", (*_FIGURES, Role.CREW_LEADER)),
    Entry("grades", "/grades", lazy("Grades"), "star", (*_FIGURES, *HANDS)),
    Entry("data", "/data", lazy("Data export"), "download", _FIGURES),
    Entry("reports", "/reports", lazy("Reports"), "file-text", _FIGURES),
    Entry("standards", "/standards", lazy("Standards"), "clipboard-check", tuple(Role)),
    Entry("points", "/points", lazy("Points"), "map-pin", _DESK),
    Entry("labels", "/labels", lazy("Labels"), "qr-code", (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)),
    Entry("voidings", "/voidings", lazy("Voiding and corrections"), "rotate-ccw", _CHANGES),
    Entry("people", "/people", lazy("People"), "users", _OVER_PEOPLE),
    Entry("history", "/history", lazy("Sealed history"), "history", (Role.AUDITOR, Role.ADMIN)),
    Entry("audit", "/audit", lazy("Audit log"), "shield", (Role.AUDITOR,)),
    Entry("keys", "/data/keys", lazy("Keys of programs"), "key", (Role.ADMIN, Role.AUDITOR)),
    Entry("exchange", "/exchange", lazy("Workbooks"), "inbox", (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)),
)


def install(app: Flask) -> None:
    """Give templates `navigation()` and, for the line at the top, `top_navigation()`."""
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["top_navigation"] = top_navigation


def top_navigation() -> tuple[list[Entry], list[Entry]]:
    """What stands in the line, and what stands behind "More" because it would not fit."""
    entries = navigation()
    if len(entries) <= FIT:
        return entries, []
    return [entry for entry in entries if entry.daily], [entry for entry in entries if not entry.daily]


def navigation() -> list[Entry]:
    """The entries of the person who is asking, in order."""
    person = maybe_person()
    if person is None:
        return []
    shown = _shown(current_app._get_current_object())[person.role]  # type: ignore[attr-defined]  # noqa: SLF001
    if person.external:
        return [entry for entry in shown if entry.key == "inspections"]
    return (
        [*shown, *(entry for entry in ENTRIES if entry.grant in person.grants and entry not in shown)]
        if person.grants
        else shown
    )


@lru_cache(maxsize=4)
def _shown(app: Flask) -> dict[Role, list[Entry]]:
    """By role; the addresses of an application stand once it serves."""
    known = {rule.rule.rstrip("/") or "/" for rule in app.url_map.iter_rules()}
    return {role: [entry for entry in ENTRIES if role in entry.roles and entry.path in known] for role in Role}
