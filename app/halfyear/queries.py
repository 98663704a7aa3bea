"""Reads of reports: who reports, texts while they are written, frozen figures, signed papers and addenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, union

from app import db
from app.halfyear import rules_changes
from app.halfyear.models import HalfyearAddendum, HalfyearDraft, HalfyearFreeze, HalfyearPaper
from app.halfyear.rules import REPORTING, WHOLE, Half, Part, Reporter, may_see
from app.halfyear.rules_changes import Change
from app.halfyear.rules_figures import Figures, from_json
from app.organisations.queries import units
from app.places.models import PointStandard
from app.refusals import NotFound
from app.standards.models import Standard
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such report within your reach.")
THE_WHOLE = Reporter(WHOLE, "")


@dataclass(frozen=True)
class Draft:
    """The text of a part; `revision` 0 was never saved."""

    part: Part
    text: str = ""
    revision: int = 0
    by_id: str = ""
    by_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Frozen:
    """Figures as they froze."""

    id: str
    figures: Figures
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Paper:
    """A signed report; `freeze_id` None: signed before the figures were frozen."""

    id: str
    half: str
    unit_id: str
    unit_name: str
    texts: Mapping[str, str]
    figures: Figures
    freeze_id: str | None
    figures_at: datetime
    sha256: str
    by_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Added:
    """补记: what the records said later."""

    changes: list[Change]
    figures: Figures
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Kept:
    """Everything that is kept of one report."""

    drafts: Mapping[Part, Draft]
    frozen: Frozen | None = None
    paper: Paper | None = None
    addenda: list[Added] = field(default_factory=list)

    @property
    def last(self) -> Figures | None:
        """The figures that were kept last: what a new look is held against."""
        if self.addenda:
            return self.addenda[-1].figures
        return self.frozen.figures if self.frozen else None


def reporters() -> list[Reporter]:
    """Units that lead a standard, answer for one at a point or carry it out there, in tree order. Two queries."""
    busy = union(
        select(Standard.responsible_id), select(PointStandard.implementer_id), select(PointStandard.responsible_id)
    )
    known = {row[0] for row in db.rows(busy)}
    return [
        Reporter(unit.id, unit.name, unit.kind, unit.path)
        for unit in units()
        if unit.kind in REPORTING and unit.id in known
    ]


def reporter(unit_id: str, who: CurrentPerson) -> Reporter:
    """The unit of an address, or the summary; raises NotFound out of reach."""
    every = (THE_WHOLE, *reporters())
    found = next((each for each in every if each.id == unit_id), None)
    if found is None or not may_see(who, found):
        raise NotFound(NOT_THERE)
    return found


def kept(half: Half, unit_id: str) -> Kept:
    """One report. Four queries."""
    found = kept_of(half, [unit_id])
    return found[unit_id]


def kept_of(half: Half, unit_ids: Iterable[str]) -> dict[str, Kept]:
    """The reports of many units. Four queries."""
    ids = list(unit_ids)
    drafts, frozen, papers, addenda = _drafts(half, ids), _frozen(half, ids), _papers(half, ids), _addenda(half, ids)
    return {each: Kept(drafts.get(each, {}), frozen.get(each), papers.get(each), addenda.get(each, [])) for each in ids}


def draft_of(half: Half, unit_id: str, part: Part) -> Draft:
    """The text of one part."""
    return _drafts(half, [unit_id]).get(unit_id, {}).get(part, Draft(part))


def paper_of(half: Half, unit_id: str) -> Paper | None:
    """What was signed."""
    return _papers(half, [unit_id]).get(unit_id)


def is_frozen(half: Half) -> bool:
    statement = select(HalfyearFreeze.id).where(HalfyearFreeze.half == half.key).limit(1)
    return db.scalar(statement) is not None


def _of(table: Any, half: Half, ids: list[str]) -> Any:
    return select(*table.__table__.columns).where(table.half == half.key, table.unit_id.in_(ids))


def _drafts(half: Half, ids: list[str]) -> dict[str, dict[Part, Draft]]:
    found: dict[str, dict[Part, Draft]] = {}
    for row in db.rows(_of(HalfyearDraft, half, ids)):
        part = Part(row.part)
        found.setdefault(row.unit_id, {})[part] = Draft(part, row.text, row.revision, row.by_id, row.by_name, row.at)
    return found


def _frozen(half: Half, ids: list[str]) -> dict[str, Frozen]:
    rows = db.rows(_of(HalfyearFreeze, half, ids))
    return {row.unit_id: Frozen(row.id, from_json(row.body), row.sha256, row.at) for row in rows}


def _papers(half: Half, ids: list[str]) -> dict[str, Paper]:
    return {
        row.unit_id: Paper(
            row.id, row.half, row.unit_id, row.unit_name, row.texts, from_json(row.body), row.freeze_id,
            row.figures_at, row.sha256, row.by_id, row.by_name, row.at,
        )
        for row in db.rows(_of(HalfyearPaper, half, ids))
    }  # fmt: skip


def _addenda(half: Half, ids: list[str]) -> dict[str, list[Added]]:
    found: dict[str, list[Added]] = {}
    for row in db.rows(_of(HalfyearAddendum, half, ids).order_by(HalfyearAddendum.id)):
        one = Added(rules_changes.from_json(row.changes), from_json(row.body), row.sha256, row.at)
        found.setdefault(row.unit_id, []).append(one)
    return found
