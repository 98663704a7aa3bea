"""A page of a long list, cut by the database, with how many there are in all (rules MT-34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from app import db

ITEMS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of one page; of `whole` in all pages together `hits` stand above the line."""

    rows: Sequence[db.AnyRow]
    whole: int
    hits: int


def cut(statement: Any, page: int, values: Any = None) -> Cut:
    """Of an ordered select with a column `hit`; a page past the last one has no rows. Two queries."""
    among = statement.order_by(None).subquery()
    hits = func.coalesce(func.sum(case((among.c.hit, 1), else_=0)), 0)
    counted = db.row(select(func.count(), hits).select_from(among), values)
    rows = db.rows(statement.offset(skipped(page)).limit(ITEMS_A_PAGE), values)
    return Cut(rows, *map(int, counted or (0, 0)))


def skipped(page: int) -> int:
    """How many stand on the pages before."""
    return (page - 1) * ITEMS_A_PAGE


def pages_of(whole: int) -> int:
    """One at least."""
    return max(1, -(-whole // ITEMS_A_PAGE))
