"""MT-20 of a contractor's month, held to its contract, and the findings that make it (rules CT-8, MT-34)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement

from app.contractors.queries import Standing, contract_in
from app.contractors.queries_scope import NONE_SPARED, findings_in, spared_in
from app.organisations.rules import Scope
from app.stats.queries_beside import ItemsPage
from app.stats.queries_closed import closings, findings
from app.stats.queries_cut import ITEMS_A_PAGE, skipped
from app.stats.rules_beside import Item
from app.stats.rules_formulas import closed_in_time
from app.tallies.queries import Asked
from app.tallies.rules_rates import Rate

EVERYWHERE = Scope(None, answering=True)


def closed_rate(org_id: str, contract: Standing, month: date, now: datetime, zone: tzinfo) -> Rate:
    """整改按期率 (rules MT-20) over the contract's standards and days, without those spared (CT-8)."""
    return closed_in_time(closings(_asked(org_id, month, now, zone), _held(org_id, contract, month, zone)))


def closed_page(org_id: str, month: date, page: int, now: datetime, zone: tzinfo) -> ItemsPage:
    """A page of exactly the findings that the rate counts, with the rate; none where no contract rules the month."""
    contract = contract_in(org_id, month)
    if contract is None:
        return ItemsPage([], Rate(0, 0), 1)
    asked, held = _asked(org_id, month, now, zone), _held(org_id, contract, month, zone)
    found = findings(asked, held, skipped(page), ITEMS_A_PAGE)
    items = [Item(one.text, one.number, f"/nonconformities/{one.id}", one.closing.in_time) for one in found]
    return ItemsPage(items, closed_in_time(closings(asked, held)), page)


def _asked(org_id: str, month: date, now: datetime, zone: tzinfo) -> Asked:
    """Who may see the contractor was asked before: its own findings are the same to everybody."""
    return Asked(month, now, zone, EVERYWHERE, {"implementer_id": org_id})


def _held(org_id: str, contract: Standing, month: date, zone: tzinfo) -> list[ColumnElement[bool]]:
    return findings_in(contract, spared_in(month).get(org_id, NONE_SPARED), zone)
