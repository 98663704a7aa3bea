"""Reads behind the page of a point: the point with its standards, its open windows and its last checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select

from app import db
from app.accounts.models import Person
from app.checks.models import Check
from app.checks.rules import Place
from app.checks.rules_page import PagePoint, Recent
from app.days import ONE_DAY
from app.organisations.models import Organisation
from app.places.models import Area, Building, LabelCode, Point, PointStandard
from app.places.rules import CodeLife
from app.schedule.models import Occurrence as Row
from app.schedule.queries import STILL_OPEN, Occurrence
from app.schedule.rules_days import NIGHT
from app.schedule.rules_states import State
from app.standards.models import Edition
from app.standards.queries import EditionRow

RECENT_CHECKS = 5


@dataclass(frozen=True, slots=True)
class StandardAt:
    code: str
    implementer_id: str
    responsible_id: str
    implementer_path: str


@dataclass(frozen=True, slots=True)
class PointHere:
    """A point as a code leads to it; `life` is None when the point's own code was typed."""

    point: PagePoint
    place: Place
    active: bool
    life: CodeLife | None
    standards: tuple[StandardAt, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """An occurrence with the edition it will be judged by and the name of who took it in hand."""

    occurrence: Occurrence
    edition: EditionRow
    claimed_by: str | None


_POINTS, _AREAS, _BUILDINGS = Point.__table__, Area.__table__, Building.__table__
_LABELS, _AT, _UNITS = LabelCode.__table__, PointStandard.__table__, Organisation.__table__
_ROWS, _EDITIONS, _PEOPLE, _CHECKS = Row.__table__, Edition.__table__, Person.__table__, Check.__table__
_POINT = (
    _POINTS.c.id,
    _POINTS.c.code,
    _LABELS.c.code.label("label_code"),
    *(_POINTS.c[name] for name in ("name", "name_en", "zone", "risk")),
    _POINTS.c.photo_allowed & _AREAS.c.photo_allowed,
    _BUILDINGS.c.name,
    _POINTS.c.floor,
)
_LIFE = tuple(_LABELS.c[name] for name in ("issued_at", "replaced_by", "valid_until", "withdrawn_at"))
_HERE = (_AT.c.standard_code, _AT.c.implementer_id, _AT.c.responsible_id, _UNITS.c.path)
_EDITION = tuple(_EDITIONS.c[name] for name in EditionRow.__dataclass_fields__)
_OCCURRENCE = tuple(_ROWS.c[name] for name in Occurrence.__dataclass_fields__)


def _joined() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(*_POINT, _POINTS.c.attrs, _POINTS.c.active, *_LIFE, *_HERE),
        *(_POINTS.c.calls_open, _POINTS.c.kind, _POINTS.c.asks),
    )
    return (
        select(*columns)
        .select_from(_POINTS)
        .join(_AREAS, _AREAS.c.id == _POINTS.c.area_id)
        .join(_BUILDINGS, _BUILDINGS.c.id == _POINTS.c.building_id)
        .outerjoin(_AT, _AT.c.point_id == _POINTS.c.id)
        .outerjoin(_UNITS, _UNITS.c.id == _AT.c.implementer_id)
        .order_by(_AT.c.standard_code)
    )


_CURRENT = and_(_LABELS.c.point_id == _POINTS.c.id, _LABELS.c.replaced_by.is_(None), _LABELS.c.withdrawn_at.is_(None))
_BY_LABEL = db.Prepared(
    _joined().join(_LABELS, _LABELS.c.point_id == _POINTS.c.id).where(_LABELS.c.code == bindparam("code"))
)
_BY_CODE = _joined().outerjoin(_LABELS, _CURRENT).where(_POINTS.c.code == bindparam("code"))
_BY_IDS = _joined().outerjoin(_LABELS, _CURRENT).where(_POINTS.c.id.in_(bindparam("ids", expanding=True)))
_WINDOWS: Select[Any] = (
    select(
        *_OCCURRENCE, *(column.label(f"edition_{column.key}") for column in _EDITION), _PEOPLE.c.name.label("claimer")
    )
    .join(_EDITIONS, _EDITIONS.c.number == _ROWS.c.edition)
    .outerjoin(_PEOPLE, _PEOPLE.c.id == _ROWS.c.claimed_by_id)
    .order_by(_ROWS.c.start_at, _ROWS.c.standard_code)
)
_STILL_OPEN = _ROWS.c.state.in_(STILL_OPEN)
_AT_POINT = _ROWS.c.point_id == bindparam("point_id")
# What opens first stands first, so the first that is not open yet is the next one.
_OPEN_AND_NEXT = db.Prepared(
    _WINDOWS.where(_AT_POINT, _STILL_OPEN, _ROWS.c.expire_at >= bindparam("now")).order_by(None)
    .order_by(_ROWS.c.open_at, _ROWS.c.start_at, _ROWS.c.standard_code).limit(40)
)  # fmt: skip
_OF_PERSON = _WINDOWS.where(
    (_ROWS.c.assignee_id == bindparam("person")) | (_ROWS.c.claimed_by_id == bindparam("person")),
    _STILL_OPEN,
    _ROWS.c.expire_at >= bindparam("now"),
    (_ROWS.c.business_on <= bindparam("day"))
    | ((_ROWS.c.business_on <= bindparam("next_day")) & (_ROWS.c.start_at <= bindparam("night"))),
)
_BY_KEY = _WINDOWS.where(
    _AT_POINT, _ROWS.c.standard_code == bindparam("standard_code"), _ROWS.c.window_key == bindparam("window_key")
)
_OF_CODES = db.Prepared(
    select(*_EDITION)
    .where(_EDITIONS.c.code.in_(bindparam("codes", expanding=True)))
    .order_by(_EDITIONS.c.code, _EDITIONS.c.year.desc())
)
_RECENT = db.Prepared(
    select(_CHECKS.c.id, _CHECKS.c.effective_at, _CHECKS.c.outcome, _CHECKS.c.steps_fail, _CHECKS.c.person_name)
    .where(_CHECKS.c.point_id == bindparam("point_id"), _CHECKS.c.standard_code.in_(bindparam("codes", expanding=True)))
    .order_by(_CHECKS.c.received_at.desc())
    .limit(RECENT_CHECKS)
)


def point_here(code: str, *, is_label: bool) -> PointHere | None:
    """By label code or by the point's own code. One query."""
    found = db.rows(_BY_LABEL if is_label else _BY_CODE, {"code": code})
    return _here(found, with_life=is_label) if found else None


def points_here(point_ids: Iterable[str]) -> dict[str, PointHere]:
    """Several points by id, with the code that their labels carry now."""
    grouped: dict[str, list[Any]] = {}
    for row in db.rows(_BY_IDS, {"ids": list(point_ids)}):
        grouped.setdefault(row.id, []).append(row)
    return {point_id: _here(rows, with_life=False) for point_id, rows in grouped.items()}


def open_and_next(point_id: str, codes: Sequence[str], now: datetime) -> tuple[list[Window], Window | None]:
    """What a check now could fill, by start, and the first that opens later. One query."""
    found = [window for window in _windows(_OPEN_AND_NEXT, point_id=point_id, now=now) if _of(window, codes)]
    ahead = (window for window in found if window.occurrence.open_at > now)
    open_now = [window for window in found if window.occurrence.open_at <= now]
    return sorted(open_now, key=lambda window: window.occurrence.start_at), next(ahead, None)


def windows_of_day(person_id: str, day: date, now: datetime) -> list[Window]:
    """What a person has still to do that day: the own round and what was claimed, over midnight too.

    A night shift takes the windows of the next business date along before midnight.
    """
    return _windows(_OF_PERSON, person=person_id, day=day, now=now, next_day=day + ONE_DAY, night=now + NIGHT)


def window_by_key(point_id: str, standard_code: str, key: str) -> Window | None:
    """One window, whatever has become of it."""
    found = _windows(_BY_KEY, point_id=point_id, standard_code=standard_code, window_key=key)
    return found[0] if found else None


def editions_of(codes: Iterable[str]) -> list[EditionRow]:
    """All editions of these standards, newest first."""
    return [EditionRow(*row) for row in db.rows(_OF_CODES, {"codes": list(codes)})]


def recent_checks(point_id: str, codes: Sequence[str]) -> tuple[Recent, ...]:
    """The last few at a point under these standards, newest first."""
    found = db.rows(_RECENT, {"point_id": point_id, "codes": list(codes)})
    return tuple(
        Recent(
            row.id, row.effective_at, "unable" if row.outcome == "unable" else _result(row.steps_fail), row.person_name
        )
        for row in found
    )


def name_of(person_id: str) -> str | None:
    found: str | None = db.scalar(select(func.min(Person.name)).where(Person.id == person_id))
    return found


def _result(steps_fail: int) -> str:
    return "fail" if steps_fail else "pass"


def _of(window: Window, codes: Sequence[str]) -> bool:
    return window.occurrence.standard_code in codes


def _windows(statement: Select[Any] | db.Prepared, **named: Any) -> list[Window]:
    return [_window(tuple(row)) for row in db.rows(statement, named)]


def _window(values: tuple[Any, ...]) -> Window:
    middle = len(_OCCURRENCE)
    occurrence = Occurrence(**dict(zip(Occurrence.__dataclass_fields__, values[:middle], strict=True)))
    return Window(replace(occurrence, state=State(occurrence.state)), EditionRow(*values[middle:-1]), values[-1])


def _here(found: Sequence[Any], *, with_life: bool) -> PointHere:
    first = tuple(found[0])
    point = PagePoint(*first[:2], first[2] or "", *first[3:10], *first[20:23])  # type: ignore[call-arg]
    life = CodeLife(*first[12:16]) if with_life else None
    standards = tuple(StandardAt(*tuple(row)[16:20]) for row in found if row.standard_code)
    return PointHere(point, Place(first[10] or {}, photo_allowed=bool(first[7])), bool(first[11]), life, standards)
