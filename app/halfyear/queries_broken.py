"""Breaks in the chain of records that a half-year's walks along it found, and the records they name (rules DS-8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy import select

from app import db
from app.chain.models import ChainVerification
from app.chain.rules_faults import Fault, Kind
from app.checks.models import Check
from app.db import AnyRow
from app.halfyear.rules_figures import Broken
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.stats.rules_beside import Item
from app.web.words import _

CHECKS = "checks"


def breaks(first: datetime, until: datetime) -> tuple[Broken, ...]:
    """How many each walk found, in order; walks without a break are left out. One query."""
    return tuple(Broken(row.at.isoformat(), row.faults_found) for row in _walks(first, until))


def broken(scope: Scope, first: datetime, until: datetime, zone: tzinfo) -> list[Item]:
    """What does not fit, a line each; a check of the own reach can be opened. Two queries."""
    named = [(row, _faults(row)) for row in _walks(first, until)]
    own = _own({each.key for _row, faults in named for each in faults if each.table == CHECKS}, scope)
    found: list[Item] = []
    for row, faults in named:
        at = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}"
        found += [_item(each, at, own) for each in faults]
        if not faults:
            found.append(Item(_("%(n)d places do not fit the chain.", n=row.faults_found), at, "", False))
    return found


def _walks(first: datetime, until: datetime) -> Sequence[AnyRow]:
    walk = ChainVerification
    statement = select(walk.at, walk.faults_found, walk.faults).where(walk.at >= first, walk.at < until)
    return db.rows(statement.where(walk.faults_found > 0).order_by(walk.at))


def _faults(row: AnyRow) -> list[Fault]:
    return [Fault(Kind(each["kind"]), each["seq"], each["table"], each["key"]) for each in row.faults]


def _own(keys: set[str], scope: Scope) -> set[str]:
    statement = select(Check.id).where(Check.id.in_(keys), *within(scope, Check.implementer_id, Check.responsible_id))
    return {row.id for row in db.rows(statement)}


def _item(fault: Fault, at: str, own: set[str]) -> Item:
    href = f"/checks/{fault.key}" if fault.table == CHECKS and fault.key in own else ""
    return Item(str(fault.words), f"{at} · {fault.named}", href, False)
