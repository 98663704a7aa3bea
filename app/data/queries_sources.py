"""Where the rows come from: for each kind its columns by the name of the field, its tables, and its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, null, select
from sqlalchemy.orm import aliased

from app.checks.models import Answer, Check, CheckState, Receipt
from app.data.rules_fields import DataSet
from app.data.rules_sets import SETS
from app.data.rules_wanted import Reach, Wanted
from app.nonconformities.models import Finding
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.places.models import Building, Point
from app.standards.models import Standard

Columns = dict[str, Any]
Clauses = list[ColumnElement[bool]]
_Implementer, _Responsible = aliased(Organisation), aliased(Organisation)
_PLACE: Columns = {
    "point_code": Point.code, "point": Point.name, "building": Building.name, "floor": Point.floor,
}  # fmt: skip
_UNITS: Columns = {"implementer": _Implementer.name, "responsible": _Responsible.name}


@dataclass(frozen=True)
class Source:
    """`order` makes rows unique and begins with the column that the days are about; `read` turns a position's texts
    into its values.
    """

    dataset: DataSet
    statement: Select[Any]
    order: tuple[Any, ...]
    read: tuple[Callable[[str], Any], ...]
    clauses: Callable[[Wanted, Reach], Clauses]


def _selected(dataset: DataSet, own: Any, columns: Columns) -> list[Any]:
    """One column a field, in the order of the declaration; a field that no column is named for is the table's own."""
    found: list[Any] = [columns.get(name, getattr(own, name, None)) for name in dataset.names]
    return [column.label(name) for name, column in zip(dataset.names, found, strict=True)]


def _asked(table: Any, wanted: Wanted, reach: Reach) -> Clauses:
    clauses: Clauses = list(within(reach.scope, table.implementer_id, table.responsible_id))
    clauses += [table.implementer_id.in_(reach.units)] if reach.units is not None else []
    clauses += [table.standard_code == wanted.standard] if wanted.standard else []
    return clauses + ([Point.code == wanted.point] if wanted.point else [])


def _of_checks(wanted: Wanted, reach: Reach) -> Clauses:
    days: Clauses = [Check.business_on >= wanted.first, Check.business_on <= wanted.last]
    new: Clauses = [Check.received_at >= wanted.received_from] if wanted.received_from else []
    return [*days, *new, *_asked(Check, wanted, reach)]


def _of_findings(wanted: Wanted, reach: Reach) -> Clauses:
    begins, ends = wanted.instants(reach.zone)
    new: Clauses = [Finding.found_at >= wanted.received_from] if wanted.received_from else []
    return [Finding.found_at >= begins, Finding.found_at < ends, *new, *_asked(Finding, wanted, reach)]


def _with_units(statement: Select[Any], table: Any) -> Select[Any]:
    return statement.outerjoin(_Implementer, _Implementer.id == table.implementer_id).outerjoin(
        _Responsible, _Responsible.id == table.responsible_id
    )


_CHECK: Columns = {
    **_PLACE, **_UNITS, "record_id": Check.id, "receipt": Receipt.number, "day": Check.business_on,
    "standard": Check.standard_code, "standard_title": Standard.title, "window": Check.window_key,
    "person": Check.person_name, "void": CheckState.void,
}  # fmt: skip
_RECORDS = _with_units(
    select(*_selected(SETS["records"], Check, _CHECK))
    .join(Receipt, Receipt.check_id == Check.id)
    .join(Point, Point.id == Check.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Check.standard_code)
    .outerjoin(CheckState, CheckState.check_id == Check.id),
    Check,
)
_ANSWER: Columns = {
    **{name: column for name, column in _CHECK.items() if name != "note"},
    "step": Answer.step_id, "step_title": null(), "edition": Check.edition, "implementer_id": Check.implementer_id,
}  # fmt: skip
_ANSWERS = (
    select(*_selected(SETS["answers"], Answer, _ANSWER))
    .select_from(Check)
    .join(Answer, Answer.check_id == Check.id)
    .join(Receipt, Receipt.check_id == Check.id)
    .join(Point, Point.id == Check.point_id)
    .outerjoin(_Implementer, _Implementer.id == Check.implementer_id)
)
_FINDING: Columns = {
    **_PLACE, **_UNITS, "day": Finding.found_at, "standard": Finding.standard_code, "step": Finding.step_id,
    "record_id": Finding.check_id,
}  # fmt: skip
_FINDINGS = _with_units(
    select(*_selected(SETS["findings"], Finding, _FINDING))
    .outerjoin(Point, Point.id == Finding.point_id)
    .outerjoin(Building, Building.id == Point.building_id),
    Finding,
)
SOURCES: dict[str, Source] = {
    "records": Source(SETS["records"], _RECORDS, (Check.business_on, Check.id), (date.fromisoformat, str), _of_checks),
    "answers": Source(
        SETS["answers"],
        _ANSWERS,
        (Check.business_on, Check.id, Answer.step_id),
        (date.fromisoformat, str, str),
        _of_checks,
    ),
    "findings": Source(
        SETS["findings"], _FINDINGS, (Finding.found_at, Finding.id), (datetime.fromisoformat, str), _of_findings
    ),
}
