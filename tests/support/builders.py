"""Builders of rows: a small world in the database, each thing with believable defaults; call inside an app context.

The world: /bureau/ owns the section care, the contractor /bureau/care/clean/ works for it, /bureau/other/ is foreign.
Pictures come from tests.support.pictures, steps and editions from tests.support.standards.
"""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.accounts.models import Grant, Person
from app.accounts.secrets import hashed
from app.db import atomically, run
from app.organisations.models import Organisation
from app.places.models import Area, Building, LabelCode, Point, PointStandard
from app.schedule.models import Crew, Occurrence, Round, Shift
from app.standards.models import Edition, Standard
from tests.support.standards import edition_document

NOW = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)  # Monday 08:40 at the site
PASSWORD, PIN = "dabiao-demo", "2468"
CODE = "7K3QX9M2TA"
_hashes: dict[str, str] = {}
_numbers = itertools.count(1)


def kept(table: type, **values: Any) -> Any:
    """Insert one row in a transaction of its own and give back its first key."""
    return atomically(lambda: run(insert(table).values(**values))).inserted_primary_key[0]


def hash_of(secret: str) -> str:
    """The same hash for the same secret, made once: argon2id is slow on purpose."""
    if secret not in _hashes:
        _hashes[secret] = hashed(secret)
    return _hashes[secret]


def org(org_id: str = "care", parent: str | None = "/bureau/", kind: str = "section", **values: Any) -> str:
    path = f"{parent or '/'}{org_id}/"
    above = (parent or "/").strip("/").split("/")[-1] or None
    return kept(
        Organisation,
        id=org_id,
        name=values.pop("name", f"单位{org_id}"),
        kind=kind,
        parent_id=above,
        path=path,
        **values,
    )


def orgs() -> None:
    """The four units of the small world."""
    org("bureau", None, "bureau")
    org("care")
    org("clean", "/bureau/care/", "contractor")
    org("other")


def person(person_id: str = "ann", role: str = "worker", org_id: str = "clean", **values: Any) -> str:
    defaults = {
        "name": values.pop("name", f"人员{person_id}"),
        "password_hash": hash_of(values.pop("password", PASSWORD)),
        "pin_hash": hash_of(values.pop("pin", PIN)),
        "created_at": NOW,
    }
    return kept(Person, id=person_id, role=role, org_id=org_id, **(defaults | values))


def grant(person_id: str, name: str = "recheck", from_on: date = date(2026, 1, 1), to_on: date | None = None) -> int:
    return kept(Grant, person_id=person_id, name=name, from_on=from_on, to_on=to_on, given_by_id=None)


def place(risk: int = 2, *, photo_allowed: bool = True, zone: str = "red") -> None:
    """One building with one area."""
    kept(Building, id="b1", code="01", name="1号楼")
    kept(Area, id="a1", building_id="b1", name="卫生间区", zone=zone, risk=risk, photo_allowed=photo_allowed)


def point(point_id: str = "p1", code: str = CODE, **values: Any) -> str:
    """A point with a label code of its own; `place` must stand."""
    defaults = {
        "code": f"01-01-WC-{next(_numbers):02}",
        "name": "1号楼1层男卫生间",
        "kind": "restroom",
        "building_id": "b1",
        "floor": "1F",
        "area_id": "a1",
        "zone": "red",
        "risk": 2,
        "attrs": {},
    }
    kept(Point, id=point_id, **(defaults | values))
    kept(LabelCode, code=code, point_id=point_id, issued_at=NOW - timedelta(days=30))
    return point_id


def standard(*steps: dict[str, Any], code: str = "JGSW05003.01", year: int = 2026, **keys: Any) -> str:
    """A standard with one edition in force since January; gives back the edition's number."""
    document = edition_document(*steps, code=code, year=year, number=f"{code}-{year}", **keys)
    kept(
        Standard,
        code=code,
        title=document["title"],
        point_kinds=["restroom"],
        responsible_id="care",
        public=document["public"],
    )
    return kept(
        Edition,
        number=document["number"],
        code=code,
        year=year,
        status="effective",
        effective_on=date(year, 1, 1),
        document=document,
        digest="0" * 64,
    )


def works_at(point_id: str = "p1", code: str = "JGSW05003.01", implementer: str = "clean", responsible: str = "care"):
    return kept(
        PointStandard, point_id=point_id, standard_code=code, implementer_id=implementer, responsible_id=responsible
    )


def crew(crew_id: str = "c1", org_id: str = "clean") -> str:
    kept(Shift, id="early", name="早班", starts="06:30", ends="14:30", day_types=["workday", "restday", "holiday"])
    return kept(Crew, id=crew_id, name="一班", org_id=org_id)


def round_of(person_id: str = "ann", points: tuple[str, ...] = ("p1",), **values: Any) -> str:
    defaults = {
        "id": f"r-{person_id}",
        "name": "一层",
        "org_id": "clean",
        "crew_id": "c1",
        "shift_id": "early",
        "windows": ["JGSW05003.01/A/A1", "JGSW05003.01/A/A2"],
    }
    return kept(Round, person_id=person_id, points=list(points), **(defaults | values))


def occurrence(
    point_id: str = "p1", window: str = "A2", start: datetime = NOW - timedelta(minutes=10), **values: Any
) -> int:
    """A window of 50 minutes with 15 of grace, open now unless `start` says otherwise."""
    day = values.pop("business_on", date(2026, 11, 23))
    defaults = {
        "standard_code": "JGSW05003.01",
        "edition": "JGSW05003.01-2026",
        "window_key": f"{day}/A/{window}",
        "business_on": day,
        "day_type": "workday",
        "profile": "full",
        "kind": "window",
        "open_at": start,
        "start_at": start,
        "end_at": start + timedelta(minutes=50),
        "grace_end_at": start + timedelta(minutes=65),
        "expire_at": start + timedelta(hours=4),
        "expected_minutes": 8,
        "implementer_id": "clean",
        "responsible_id": "care",
    }
    return kept(Occurrence, point_id=point_id, **(defaults | values))


def small_world(*steps: dict[str, Any]) -> None:
    """Everything a check needs: Ann of the contractor has one restroom with one open window; Bob is a stranger."""
    orgs()
    person("ann", "worker", "clean", crew_id="c1", shift_id="early")
    person("bob", "worker", "other")
    person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
    person("sue", "supervisor", "care")
    place()
    point()
    standard(*steps)
    works_at()
    crew()
    round_of()
    occurrence()


def submission(check_id: str = "00000000-0000-4000-8000-000000000001", **keys: Any) -> dict[str, Any]:
    """The body of POST /api/v1/checks for the open window of the small world."""
    return {
        "id": check_id, "person": "ann", "code": CODE, "standard": "JGSW05003.01-2026", "window": "2026-11-23/A/A2",
        "profile": None, "outcome": "done", "unable_reason": None, "opened_at": "2026-11-23T08:31:05+08:00",
        "submitted_at": "2026-11-23T08:37:40+08:00", "via": "scan", "via_reason": None, "late_reason": None,
        "note": None, "photos": [], "files": [], "facts": {}, "answers": [answer()], "signatures": [],
    } | keys  # fmt: skip


def answer(step: str = "S01", result: str = "pass", **keys: Any) -> dict[str, Any]:
    return {
        "step": step, "result": result, "value": None, "inputs": None, "choice": None, "text": None, "note": None,
        "cause": None, "photos": [], "files": [], "no_photo_reason": None, "fixed": False, "after_photos": [],
        "together": False, "known": [], "answered_at": "2026-11-23T08:32:11+08:00",
    } | keys  # fmt: skip
