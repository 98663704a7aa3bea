"""Reads of appraisals from outside: the list within reach, one with its paper, those of a unit and a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.appraisals.models import AppraisalWithdrawal as Withdrawal
from app.appraisals.models import OutsideAppraisal as Row
from app.appraisals.rules import Appraisal, Party, Result, Way
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such appraisal within your reach.")
_by, _withdrawer = aliased(Person), aliased(Person)
_LIST = (
    select(
        Row.id, Row.way, Row.party, Row.unit_id, Organisation.name.label("unit"), Row.held_on, Row.assessor, Row.asked,
        Row.satisfied, Row.tenths, Row.said, Row.wants, Row.name.label("file"), Row.media_type,
        _by.name.label("by_name"), Row.at, Withdrawal.reason, _withdrawer.name.label("withdrawn_by"),
    )
    .join(Organisation, Organisation.id == Row.unit_id)
    .outerjoin(_by, _by.id == Row.by_id)
    .outerjoin(Withdrawal, Withdrawal.appraisal_id == Row.id)
    .outerjoin(_withdrawer, _withdrawer.id == Withdrawal.by_id)
    .order_by(Row.held_on.desc(), Row.id)
)  # fmt: skip


def appraisals(who: CurrentPerson, most: int, skip: int = 0) -> list[Appraisal]:
    """Those within reach, the newest first, with those that were withdrawn."""
    reach = scope_of(who).units
    near = [] if reach is None else [Row.unit_id.in_(reach)]
    return _appraisals(_LIST.where(*near).limit(most).offset(skip))


def appraisal(appraisal_id: str, who: CurrentPerson) -> Appraisal:
    """One; raises NotFound out of reach."""
    found, reach = _appraisals(_LIST.where(Row.id == appraisal_id)), scope_of(who).units
    if not found or (reach is not None and found[0].unit_id not in reach):
        raise NotFound(NOT_THERE)
    return found[0]


def registered(appraisal_id: str) -> Mapping[str, Any] | None:
    """What was registered under this id, without the bytes; None when nothing was."""
    columns = [column for column in Row.__table__.columns if column.name != "body"]
    row = db.row(select(*columns).where(Row.id == appraisal_id))
    return row._asdict() if row else None


def of_unit(unit_id: str, first: date, before: date) -> list[Appraisal]:
    """Those that count, held from `first` and before `before`; the caller knows that the unit is within reach."""
    held = _LIST.where(Row.unit_id == unit_id, Row.held_on >= first, Row.held_on < before)
    return [each for each in _appraisals(held) if each.counts]


def body_of(appraisal_id: str) -> bytes | None:
    """The bytes of its paper."""
    body = db.scalar(select(Row.body).where(Row.id == appraisal_id))
    return None if body is None else bytes(body)


def _appraisals(statement: Any) -> list[Appraisal]:
    return [_appraisal(row) for row in db.rows(statement)]


def _appraisal(row: Sequence[Any]) -> Appraisal:
    key, way, party, unit_id, unit, held_on, assessor, asked, satisfied, tenths, *words, reason, withdrawn_by = row
    result = Result(asked, satisfied, tenths)
    named = (key, Way(way), Party(party), unit_id, unit, held_on, assessor, result)
    said, wants, file, media_type, by_name, at = words
    return Appraisal(*named, said, wants, file, media_type, by_name or "", at, reason or "", withdrawn_by or "")
