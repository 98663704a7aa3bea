"""Loads the demo compound into an empty database."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import insert

from app import clock
from app.accounts.models import Grant, Person
from app.accounts.secrets import hashed
from app.db import run
from app.demo.actions_references import References, drawn_references, with_references
from app.demo.actions_repairs import put_trades
from app.demo.compound import content
from app.demo.queries import is_empty
from app.demo.rules_dates import dated, moved, next_monday
from app.demo.rules_lessons import taught
from app.lobby.rules import fresh_key
from app.organisations.models import Organisation
from app.photos.store_protocol import PhotoStore
from app.places.models import Area, Building, LabelCode, Point, PointStandard
from app.refusals import Conflict
from app.schedule.actions_rows import make_rows
from app.schedule.models import CalendarDay, Crew, Handover, Round, ScheduleEvent, Shift
from app.standards.models import Edition, Standard
from app.web.words import lazy

PASSWORD, PIN = "dabiao-demo", "2468"
# Nobody of the demo is new to the work (rules SP-9).
HERE_SINCE = timedelta(days=400)
SITE = ZoneInfo("Asia/Shanghai")
STATUS = {"published_not_effective": "published"}


def load_compound(store: PhotoStore | None = None) -> None:
    """Everything but history: units, people, places, standards, rounds, and the rows ahead.

    With a photo store every step that wants a photo also gets a drawn reference picture.

    Raises Conflict when the database holds anything.
    """
    if not is_empty():
        raise Conflict(lazy("The demo compound goes into an empty database only."))
    now = clock.now()
    for part in (_organisations, _people, _places):
        part(now)
    _standards(drawn_references(store, now, SITE) if store else {})
    for part in (_points_standards, _schedule, _events):
        part(now)
    put_trades()
    make_rows(SITE, now, since=_midnight(now))


def _midnight(now: datetime) -> datetime:
    """Today from its first window on: whoever loads the demo at noon still sees a morning."""
    return now.astimezone(SITE).replace(hour=0, minute=0, second=0, microsecond=0)


def _put(table: Any, made: Iterable[dict[str, Any]]) -> None:
    rows = list(made)
    if rows:
        run(insert(table), rows)


def _organisations(_now: datetime) -> None:
    paths: dict[str, str] = {}
    made = []
    for unit in content("organisations"):
        paths[unit["id"]] = f"{paths.get(unit['parent'], '/')}{unit['id']}/"
        made.append(_renamed(unit, parent="parent_id") | {"path": paths[unit["id"]]})
    _put(Organisation, made)


def _people(now: datetime) -> None:
    password, pin = hashed(PASSWORD), hashed(PIN)
    common = {"password_hash": password, "pin_hash": pin, "pin_set_at": now, "demo": True}
    common["created_at"] = now - HERE_SINCE
    people = content("people")
    _put(Crew, (_without(_renamed(crew, org="org_id"), "leader") for crew in content("crews")))
    _put(
        Person,
        (_without(_renamed(one, org="org_id", shift="shift_id", crew="crew_id"), "grants") | common for one in people),
    )
    _put(
        Grant,
        (
            {"person_id": one["id"], "name": name, "from_on": date(2026, 1, 1), "to_on": None, "given_by_id": "adm-01"}
            for one in people
            for name in one["grants"]
        ),
    )


def _places(now: datetime) -> None:
    places = content("places")
    # The first building has its board in the lobby from the start.
    _put(Building, (one | {"board_key": None if at else fresh_key()} for at, one in enumerate(places["buildings"])))
    _put(Area, (_renamed(area, building="building_id") for area in places["areas"]))
    today = now.astimezone(SITE).date()
    _put(
        Point,
        (
            _without(_renamed(point, building="building_id", area="area_id"), "label", "standards")
            | {"attrs": dated(point["attrs"], today)}
            for point in places["points"]
        ),
    )
    issued = now - timedelta(days=60)
    _put(
        LabelCode,
        ({"code": point["label"], "point_id": point["id"], "issued_at": issued} for point in places["points"]),
    )


def _standards(references: References) -> None:
    """A standard's row tells of its newest edition; each edition keeps its own document.

    Three more stand in the register without steps: a general one, one out for comment, one abolished.
    """
    entries = [*content("standards"), *content("register_extra")]
    newest: dict[str, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda each: each["document"]["year"]):
        newest[entry["document"]["code"]] = entry
    _put(
        Standard,
        (
            {
                "code": code,
                "title": entry["document"]["title"],
                "title_en": entry["document"]["title_en"],
                "category": entry["category"],
                "point_kinds": entry["point_kinds"],
                "responsible_id": entry["responsible"],
                "public": entry["document"].get("public", False),
            }
            for code, entry in newest.items()
        ),
    )
    _put(Edition, (_edition(entry, references) for entry in entries))


def _edition(entry: dict[str, Any], references: References) -> dict[str, Any]:
    document, life = with_references(entry["document"], references), entry["lifecycle"]
    document |= taught(entry, content("training")["asks"])
    return {
        "number": document["number"],
        "code": document["code"],
        "year": document["year"],
        "status": STATUS.get(life["status"], life["status"]),
        "effective_on": _day(life.get("effective")),
        "ended_on": _day(life.get("ended")),
        "approved_on": _day(life.get("approved")),
        "next_review_on": _day(life.get("next_review_due")),
        "cover_mark": life.get("cover_mark_zh") or "",
        "document": document,
        "digest": hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest(),
    }


def _points_standards(_now: datetime) -> None:
    _put(
        PointStandard,
        (
            {
                "point_id": point["id"],
                "standard_code": here["code"],
                "implementer_id": here["implementer"],
                "responsible_id": here["responsible"],
            }
            for point in content("places")["points"]
            for here in point["standards"]
        ),
    )


def _schedule(_now: datetime) -> None:
    plan = content("schedule")
    holidays = [
        {"on": _day(on), "kind": "holiday", "name": each["name_zh"], "source": plan["source"]}
        for each in plan["holidays"]
        for on in each["days"]
    ]
    makeup = [{"on": _day(on), "kind": "makeup", "name": "调休上班", "source": plan["source"]} for on in plan["makeup"]]
    _put(CalendarDay, holidays + makeup)
    _put(Shift, plan["shifts"])
    _put(Handover, (_renamed(each, from_shift="from_shift_id", to_shift="to_shift_id") for each in plan["handovers"]))
    names = {"org": "org_id", "shift": "shift_id", "crew": "crew_id", "person": "person_id"}
    _put(Round, (_renamed(each, **names) for each in plan["rounds"]))


def _events(now: datetime) -> None:
    """The sample meetings and trips, in the week that comes."""
    sample = content("events")
    week_of, coming = date.fromisoformat(sample["week_of"]), next_monday(now.astimezone(SITE).date())
    _put(ScheduleEvent, (moved(event, week_of, coming, SITE) for event in sample["events"]))


def _renamed(entry: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in entry.items()}


def _without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
