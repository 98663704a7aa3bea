"""What the windows of bench/years.py hang on: units, people, buildings, points, standards, rounds."""

from typing import Any

from sqlalchemy import insert

from app.accounts.models import Person
from app.db import atomically, run
from app.organisations.models import Organisation
from app.places.models import Area, Building, LabelCode, Point, PointStandard
from app.schedule.models import Crew, Round, Shift
from app.standards.models import Edition, Standard
from bench.years_shape import BUILDINGS, NOW, PEOPLE, POINTS, SECTIONS, STANDARDS, UNITS
from tests.support.standards import edition_document, step_document

STEPS = 8
_DAY_TYPES = ["workday", "restday", "holiday"]
_CODES = [f"JGSW{number:02}" for number in range(STANDARDS)]


def fill_small() -> None:
    """All of it, in one transaction."""
    atomically(lambda: [run(insert(table), rows) for table, rows in small_rows().items()])


def small_rows() -> dict[Any, list[dict[str, Any]]]:
    """Table to rows, in an order in which they can be inserted."""
    red = {"name": "公共区", "zone": "red", "risk": 2}
    standard = {"point_kinds": ["restroom"], "responsible_id": "section0"}
    return {
        Organisation: _organisations(),
        Person: _people(),
        Building: [{"id": f"b{n}", "code": f"{n:02}", "name": f"{n + 1}号楼"} for n in range(BUILDINGS)],
        Area: [{"id": f"a{n}", "building_id": f"b{n}", **red} for n in range(BUILDINGS)],
        Point: [_point(n) for n in range(POINTS)],
        LabelCode: [{"code": f"C{n:09}", "point_id": f"p{n}", "issued_at": NOW} for n in range(POINTS)],
        Standard: [{"code": each, "title": f"标准{each}", **standard} for each in _CODES],
        Edition: [_edition(each) for each in _CODES],
        PointStandard: [row for n in range(POINTS) for row in _works(n)],
        Shift: [{"id": "early", "name": "早班", "starts": "06:00", "ends": "22:00", "day_types": _DAY_TYPES}],
        Crew: [{"id": f"c{u}", "name": "一班", "org_id": f"unit{u}"} for u in range(UNITS)],
        Round: [_round(u, n) for u in range(UNITS) for n in range(PEOPLE)],
    }


def _organisations() -> list[dict[str, Any]]:
    made = [{"id": "bureau", "name": "机关事务局", "kind": "bureau", "parent_id": None, "path": "/bureau/"}]
    for n in range(SECTIONS):
        section = {"id": f"section{n}", "name": f"第{n + 1}科", "kind": "section"}
        made.append({**section, "parent_id": "bureau", "path": f"/bureau/section{n}/"})
    for u in range(UNITS):
        above = f"section{u % SECTIONS}"
        unit = {"id": f"unit{u}", "name": f"服务单位{u + 1}", "kind": "contractor"}
        made.append({**unit, "parent_id": above, "path": f"/bureau/{above}/unit{u}/"})
    return made


def _people() -> list[dict[str, Any]]:
    made = [_person("leader", "局领导", "leader", "bureau")]
    made += [_person(f"sup{n}", f"主管{n}", "supervisor", f"section{n}") for n in range(SECTIONS)]
    for u in range(UNITS):
        made.append(_person(f"man{u}", f"经理{u}", "contractor_manager", f"unit{u}"))
        made += [_person(f"w{u}-{n}", f"员工{u}-{n}", "worker", f"unit{u}", f"c{u}") for n in range(PEOPLE)]
    return made


def _person(person_id: str, name: str, role: str, org_id: str, crew_id: str | None = None) -> dict[str, Any]:
    return {"id": person_id, "name": name, "role": role, "org_id": org_id, "crew_id": crew_id, "created_at": NOW}


def _point(n: int) -> dict[str, Any]:
    building = n % BUILDINGS
    return {
        "id": f"p{n}", "code": f"{building:02}-{n:05}", "name": f"{building + 1}号楼{n % 9 + 1}层卫生间{n}",
        "kind": "restroom", "building_id": f"b{building}", "floor": f"{n % 9 + 1}F", "area_id": f"a{building}",
        "zone": "red", "risk": 2, "attrs": {},
    }  # fmt: skip


def _works(n: int) -> list[dict[str, Any]]:
    units = {"implementer_id": f"unit{n % UNITS}", "responsible_id": f"section{n % SECTIONS}"}
    return [{"point_id": f"p{n}", "standard_code": _CODES[each % STANDARDS], **units} for each in (n, n + 7)]


def _edition(code: str) -> dict[str, Any]:
    steps = [step_document(f"S{n:02}", "photo" if n < 3 else "none", key=n < 3) for n in range(1, STEPS + 1)]
    document = edition_document(*steps, code=code, year=2025, number=f"{code}-2025")
    return {
        "number": f"{code}-2025", "code": code, "year": 2025, "status": "effective", "document": document,
        "effective_on": NOW.date().replace(year=2025, month=1, day=1), "digest": "0" * 64,
    }  # fmt: skip


def _round(u: int, n: int) -> dict[str, Any]:
    points = [f"p{p}" for p in range(POINTS) if (p % UNITS, p // UNITS % PEOPLE) == (u, n)]
    return {
        "id": f"r{u}-{n}", "name": f"责任区{n}", "org_id": f"unit{u}", "crew_id": f"c{u}", "shift_id": "early",
        "person_id": f"w{u}-{n}", "points": points, "windows": [],
    }  # fmt: skip
