"""Papers put up, issued and added to, within reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.organisations.queries import units
from app.papers.models import Paper, PaperAddendum, PaperDraft
from app.papers.queries_reach import NOT_THERE, SITE, about, choices
from app.papers.rules import Bulletin, PaperKind
from app.papers.rules_kept import from_json
from app.refusals import NotFound
from app.web.current import BUREAU_WIDE, CurrentPerson

MOST = 200


@dataclass(frozen=True)
class Named:
    """Which paper: its kind, its first month, how many months, and the unit ("" the site)."""

    kind: PaperKind
    first: date
    months: int
    unit_id: str


@dataclass(frozen=True)
class Draft:
    """A paper put up for issue, with words of who did."""

    id: str
    words: str
    by_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Issued:
    """A paper as it left, with its draft; `number` of the `year` among the papers of its kind and unit."""

    id: str
    kind: str
    first: date
    months: int
    unit_id: str
    year: int
    number: int
    body: Mapping[str, Any]
    sha256: str
    by_id: str
    by_name: str
    at: datetime
    draft: Draft

    @property
    def bulletin(self) -> Bulletin:
        return from_json(self.body)

    @property
    def named(self) -> Named:
        return Named(PaperKind(self.kind), self.first, self.months, self.unit_id)


@dataclass(frozen=True)
class Added:
    """A later state of the figures of an issued paper."""

    body: Mapping[str, Any]
    sha256: str
    at: datetime


_PAPER = (
    Paper.id, Paper.kind, Paper.first, Paper.months, Paper.unit_id, Paper.year, Paper.number, Paper.body, Paper.sha256,
    Paper.by_id, Paper.by_name, Paper.at,
)  # fmt: skip
_DRAFT = (PaperDraft.id, PaperDraft.words, PaperDraft.by_id, PaperDraft.by_name, PaperDraft.at)
_BOTH = select(*_PAPER, *(column.label(f"draft_{column.key}") for column in _DRAFT)).join(
    PaperDraft, PaperDraft.id == Paper.draft_id
)


def draft_of(named: Named) -> Draft | None:
    """The newest."""
    statement = select(*_DRAFT).where(
        PaperDraft.kind == named.kind, PaperDraft.first == named.first, PaperDraft.months == named.months,
        PaperDraft.unit_id == named.unit_id,
    )  # fmt: skip
    row = db.row(statement.order_by(PaperDraft.at.desc(), PaperDraft.id).limit(1))
    return Draft(*row) if row else None


def draft_exists(draft_id: str) -> bool:
    return db.scalar(select(PaperDraft.id).where(PaperDraft.id == draft_id)) is not None


def issued_of(named: Named) -> Issued | None:
    """The paper of this kind, time and unit, once it is issued."""
    row = db.row(
        _BOTH.where(
            Paper.kind == named.kind, Paper.first == named.first, Paper.months == named.months,
            Paper.unit_id == named.unit_id,
        )
    )  # fmt: skip
    return _issued(row) if row else None


def issued_by_id(paper_id: str, who: CurrentPerson) -> Issued:
    """Raises NotFound out of reach."""
    row = db.row(_BOTH.where(Paper.id == paper_id))
    if row is None:
        raise NotFound(NOT_THERE)
    about(row.unit_id, who)
    return _issued(row)


def issued_since(first: date, kind: PaperKind) -> list[Issued]:
    """Of all units, for months from this one on."""
    rows = db.rows(_BOTH.where(Paper.first >= first, Paper.kind == kind).order_by(Paper.at, Paper.id))
    return [_issued(row) for row in rows]


def issued_for(who: CurrentPerson, kind: PaperKind | None = None, first: date | None = None) -> list[Issued]:
    """Within reach, the newest first, at most two hundred; of a kind, of a month."""
    mine = [each.id for each in choices(who)]
    if who.role in BUREAU_WIDE and not who.external:
        mine.append(SITE)
    statement = _BOTH.where(Paper.unit_id.in_(mine))
    if kind is not None:
        statement = statement.where(Paper.kind == kind)
    if first is not None:
        statement = statement.where(Paper.first == first)
    return [_issued(row) for row in db.rows(statement.order_by(Paper.at.desc(), Paper.id).limit(MOST))]


def names_of(papers: Sequence[Issued]) -> dict[str, str]:
    """Unit -> its name today, for lists; the site by the name of the bureau."""
    known = units()
    found = {each.id: each.name for each in known}
    return {each.unit_id: found.get(each.unit_id, known[0].name if known else "") for each in papers}


def addenda_of(paper_id: str) -> list[Added]:
    """In order."""
    columns = (PaperAddendum.body, PaperAddendum.sha256, PaperAddendum.at)
    rows = db.rows(select(*columns).where(PaperAddendum.paper_id == paper_id).order_by(PaperAddendum.id))
    return [Added(*row) for row in rows]


def next_number(kind: PaperKind, unit_id: str, year: int) -> int:
    """期号: counts within the year."""
    used = select(func.max(Paper.number)).where(Paper.kind == kind, Paper.unit_id == unit_id, Paper.year == year)
    return (db.scalar(used) or 0) + 1


def paper_exists(paper_id: str) -> bool:
    return db.scalar(select(Paper.id).where(Paper.id == paper_id)) is not None


def _issued(row: db.AnyRow) -> Issued:
    width = len(_PAPER)
    return Issued(*[*row[:width], Draft(*row[width:])])
