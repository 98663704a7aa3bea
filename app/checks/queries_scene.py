"""What a submission meets, in one read: label, point, units, the edition it names and the occurrence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, select

from app import db
from app.checks.rules import Place
from app.checks.rules_timing import Span
from app.organisations.models import Organisation
from app.places.models import Area, LabelCode, Point, PointStandard
from app.places.rules import CodeLife
from app.places.rules_proof import Asks
from app.schedule.models import Occurrence
from app.standards.models import Edition
from app.standards.queries import EditionRow


@dataclass(frozen=True, slots=True)
class DueRow:
    """The occurrence that a submission names."""

    id: int
    edition: str
    window_key: str
    business_on: date
    day_type: str
    profile: str
    kind: str
    open_at: datetime
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    implementer_id: str
    responsible_id: str
    assignee_id: str | None
    facts: Mapping[str, Any] | None
    state: str
    check_id: str | None
    claimed_by_id: str | None
    unable_reason: str | None

    @property
    def span(self) -> Span:
        return Span(self.open_at, self.end_at, self.grace_end_at, self.expire_at)


@dataclass(frozen=True, slots=True)
class Scene:
    """`implementer_id` is None where the standard does not hold; `older_label`: a replaced code still opens."""

    label: str
    life: CodeLife | None
    older_label: bool
    point_id: str
    point_code: str
    point_name: str
    active: bool
    place: Place
    implementer_id: str | None
    responsible_id: str | None
    implementer_path: str | None
    edition: EditionRow | None
    due: DueRow | None
    asks: Asks | None = None
    secret: str | None = None


_LABELS, _POINTS, _AREAS = LabelCode.__table__, Point.__table__, Area.__table__
_HERE, _UNITS = PointStandard.__table__, Organisation.__table__
_EDITIONS, _ROWS = Edition.__table__, Occurrence.__table__
_OLDER = _LABELS.alias("older")
_DUE = tuple(_ROWS.c[name] for name in DueRow.__dataclass_fields__)
_EDITION = tuple(_EDITIONS.c[name] for name in EditionRow.__dataclass_fields__)
_POINT = (
    *(_POINTS.c[name] for name in ("id", "code", "name", "active", "attrs")),
    _POINTS.c.photo_allowed & _AREAS.c.photo_allowed,
    _HERE.c.implementer_id,
    _HERE.c.responsible_id,
    _UNITS.c.path,
    _POINTS.c.asks,
    _POINTS.c.secret,
)
_LABEL = (_LABELS.c.code, _LABELS.c.issued_at, _LABELS.c.replaced_by, _LABELS.c.valid_until, _LABELS.c.withdrawn_at)
_OLDER_OPENS = exists().where(
    _OLDER.c.replaced_by == _LABELS.c.code, _OLDER.c.withdrawn_at.is_(None), _OLDER.c.valid_until > bindparam("at")
)


def _joined() -> Select[Any]:
    here = and_(_HERE.c.point_id == _POINTS.c.id, _HERE.c.standard_code == bindparam("standard_code"))
    due = and_(
        _ROWS.c.point_id == _POINTS.c.id,
        _ROWS.c.standard_code == bindparam("standard_code"),
        _ROWS.c.window_key == bindparam("window_key"),
    )
    return (
        select(*_LABEL, _OLDER_OPENS, *_POINT, *_EDITION, *_DUE)
        .select_from(_POINTS)
        .join(_AREAS, _AREAS.c.id == _POINTS.c.area_id)
        .outerjoin(_HERE, here)
        .outerjoin(_UNITS, _UNITS.c.id == _HERE.c.implementer_id)
        .outerjoin(_EDITIONS, _EDITIONS.c.number == bindparam("edition"))
        .outerjoin(_ROWS, due)
    )


_BY_LABEL = db.Prepared(
    _joined().join(_LABELS, _LABELS.c.point_id == _POINTS.c.id).where(_LABELS.c.code == bindparam("code"))
)
_CURRENT = and_(_LABELS.c.point_id == _POINTS.c.id, _LABELS.c.replaced_by.is_(None), _LABELS.c.withdrawn_at.is_(None))
_BY_POINT = _joined().outerjoin(_LABELS, _CURRENT).where(_POINTS.c.code == bindparam("code"))


def scene(
    code: str, *, is_label: bool, edition: str, standard_code: str, window: str | None, at: datetime
) -> Scene | None:
    """The scene of a label code (or a point's own code); None for a code that leads nowhere. One query."""
    statement = _BY_LABEL if is_label else _BY_POINT
    named = {"code": code, "edition": edition, "standard_code": standard_code, "window_key": window or "", "at": at}
    found = db.row(statement, named)
    return _scene(tuple(found)) if found else None


def _scene(found: tuple[Any, ...]) -> Scene:
    label, older, point, edition, due = found[0:5], found[5], found[6:17], found[17:26], found[26:]
    return Scene(
        label=label[0] or "",
        life=CodeLife(*label[1:]) if label[0] else None,
        older_label=bool(older),
        point_id=point[0],
        point_code=point[1],
        point_name=point[2],
        active=point[3],
        place=Place(attrs=point[4] or {}, photo_allowed=bool(point[5])),
        implementer_id=point[6],
        responsible_id=point[7],
        implementer_path=point[8],
        edition=EditionRow(*edition) if edition[0] else None,
        due=DueRow(*due) if due[0] is not None else None,
        asks=Asks(point[9]) if point[9] else None,
        secret=point[10],
    )
