"""Reads behind the page of a point: the point with its standards, its open windows and its last checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from app import db
from app.accounts.models import Person
from app.checks.models import Check
from app.checks.rules import Place
from app.checks.rules_page import PagePoint, Recent
from app.organisations.models import Organisation
from app.places.models import Area, Building, LabelCode, Point, PointStandard
from app.places.rules import CodeLife
from app.schedule.models import Occurrence as Row
from app.schedule.queries import COLUMNS, STILL_OPEN, Occurrence, occurrence_of
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


_POINT = (
    Point.id, Point.code, LabelCode.code.label("label_code"), Point.name, Point.name_en, Point.zone, Point.risk,
    Point.photo_allowed & Area.photo_allowed, Building.name, Point.floor,
)  # fmt: skip
_LIFE = (LabelCode.issued_at, LabelCode.replaced_by, LabelCode.valid_until, LabelCode.withdrawn_at)
_HERE = (
    PointStandard.standard_code, PointStandard.implementer_id, PointStandard.responsible_id, Organisation.path,
)  # fmt: skip
_EDITION = (
    Edition.number, Edition.code, Edition.year, Edition.status, Edition.effective_on, Edition.ended_on,
    Edition.next_review_on, Edition.cover_mark, Edition.digest,
)  # fmt: skip


def _joined() -> Select[Any]:
    columns: tuple[Any, ...] = (*_POINT, Point.attrs, Point.active, *_LIFE, *_HERE)
    return (
        select(*columns)
        .select_from(Point)
        .join(Area, Area.id == Point.area_id)
        .join(Building, Building.id == Point.building_id)
        .outerjoin(PointStandard, PointStandard.point_id == Point.id)
        .outerjoin(Organisation, Organisation.id == PointStandard.implementer_id)
        .order_by(PointStandard.standard_code)
    )


_CURRENT = and_(LabelCode.point_id == Point.id, LabelCode.replaced_by.is_(None), LabelCode.withdrawn_at.is_(None))
_BY_LABEL = _joined().join(LabelCode, LabelCode.point_id == Point.id).where(LabelCode.code == bindparam("code"))
_BY_CODE = _joined().outerjoin(LabelCode, _CURRENT).where(Point.code == bindparam("code"))
_BY_IDS = _joined().outerjoin(LabelCode, _CURRENT).where(Point.id.in_(bindparam("ids", expanding=True)))


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


def open_windows(point_id: str, now: datetime) -> list[Window]:
    """What a check now could fill, by start."""
    return windows_where(Row.point_id == point_id, Row.state.in_(STILL_OPEN), Row.open_at <= now, Row.expire_at >= now)


def windows_of_day(person_id: str, day: date, now: datetime) -> list[Window]:
    """What a person has still to do that day: the own round and what was claimed, over midnight too."""
    mine = (Row.assignee_id == person_id) | (Row.claimed_by_id == person_id)
    return windows_where(mine, Row.state.in_(STILL_OPEN), Row.expire_at >= now, Row.business_on <= day)


def window_by_key(point_id: str, standard_code: str, key: str) -> Window | None:
    """One window, whatever has become of it."""
    found = windows_where(Row.point_id == point_id, Row.standard_code == standard_code, Row.window_key == key)
    return found[0] if found else None


def windows_where(*clauses: ColumnElement[bool]) -> list[Window]:
    statement = (
        select(*COLUMNS, *(column.label(f"edition_{column.key}") for column in _EDITION), Person.name.label("claimer"))
        .join(Edition, Edition.number == Row.edition)
        .outerjoin(Person, Person.id == Row.claimed_by_id)
        .where(*clauses)
        .order_by(Row.start_at, Row.standard_code)
    )
    return [_window(row) for row in db.rows(statement)]


def editions_of(codes: Iterable[str]) -> list[EditionRow]:
    """All editions of these standards, newest first."""
    statement = select(*_EDITION).where(Edition.code.in_(list(codes))).order_by(Edition.code, Edition.year.desc())
    return [EditionRow(*row) for row in db.rows(statement)]


def recent_checks(point_id: str, codes: Sequence[str]) -> tuple[Recent, ...]:
    """The last few at a point under these standards, newest first."""
    statement = (
        select(Check.id, Check.effective_at, Check.outcome, Check.steps_fail, Check.person_name)
        .where(Check.point_id == point_id, Check.standard_code.in_(list(codes)))
        .order_by(Check.received_at.desc())
        .limit(RECENT_CHECKS)
    )
    return tuple(
        Recent(
            row.id, row.effective_at, "unable" if row.outcome == "unable" else _result(row.steps_fail), row.person_name
        )
        for row in db.rows(statement)
    )


def name_of(person_id: str) -> str | None:
    found: str | None = db.scalar(select(func.min(Person.name)).where(Person.id == person_id))
    return found


def _result(steps_fail: int) -> str:
    return "fail" if steps_fail else "pass"


def _window(row: Any) -> Window:
    count = len(COLUMNS)
    edition = EditionRow(*row[count : count + len(_EDITION)])
    names = Occurrence.__dataclass_fields__
    occurrence = occurrence_of(_Part(dict(zip(names, row[:count], strict=True))))
    return Window(occurrence, edition, row.claimer)


class _Part:
    """The occurrence's part of a wider row, as `occurrence_of` reads rows."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        self._mapping = mapping


def _here(found: Sequence[Any], *, with_life: bool) -> PointHere:
    first = tuple(found[0])
    point = PagePoint(*first[:2], first[2] or "", *first[3:10])  # type: ignore[call-arg]
    life = CodeLife(*first[12:16]) if with_life else None
    standards = tuple(StandardAt(*tuple(row)[16:20]) for row in found if row.standard_code)
    return PointHere(point, Place(first[10] or {}, photo_allowed=bool(first[7])), bool(first[11]), life, standards)
