"""Reads of standards and editions; an edition's document never changes, so a parsed one is kept in memory."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select

from app import db
from app.organisations.queries import units
from app.places.models import PointStandard
from app.standards.models import Edition as EditionTable
from app.standards.models import Standard
from app.standards.rules import Edition, parse_edition


@dataclass(frozen=True)
class EditionRow:
    """An edition's place in the register, without its text."""

    number: str
    code: str
    year: int
    status: str
    effective_on: date | None
    ended_on: date | None
    next_review_on: date | None
    cover_mark: str
    digest: str

    def in_force(self, day: date) -> bool:
        """Effective on that business date; `ended_on` is the last day (rules MT-36)."""
        if self.effective_on is None or day < self.effective_on:
            return False
        return self.ended_on is None or day <= self.ended_on


_ROW = (
    EditionTable.number,
    EditionTable.code,
    EditionTable.year,
    EditionTable.status,
    EditionTable.effective_on,
    EditionTable.ended_on,
    EditionTable.next_review_on,
    EditionTable.cover_mark,
    EditionTable.digest,
)


_POINTS_OF = select(PointStandard.standard_code.label("code"), func.count().label("points")).group_by(
    PointStandard.standard_code
)


@lru_cache(maxsize=512)
def _parsed(number: str, digest: str, database: object) -> Edition:  # noqa: ARG001  the key names the content
    document: dict[str, Any] = db.scalar(select(EditionTable.document).where(EditionTable.number == number))
    return parse_edition(document)


def edition_row(number: str) -> EditionRow | None:
    """The register row of one edition."""
    found = db.row(select(*_ROW).where(EditionTable.number == number))
    return EditionRow(*found) if found else None


def edition(row: EditionRow) -> Edition:
    """The parsed document of an edition; one query at the first use in a process, none later."""
    return _parsed(row.number, row.digest, db.db.engine)


def edition_rows() -> list[EditionRow]:
    """All editions, newest first within a standard."""
    return [EditionRow(*row) for row in db.rows(select(*_ROW).order_by(EditionTable.code, EditionTable.year.desc()))]


def edition_in_force(code: str, day: date) -> EditionRow | None:
    """The edition by which a business date is judged."""
    rows = db.rows(select(*_ROW).where(EditionTable.code == code).order_by(EditionTable.year.desc()))
    return next((found for found in (EditionRow(*row) for row in rows) if found.in_force(day)), None)


@dataclass(frozen=True)
class StandardRow:
    """A standard by its number without year."""

    code: str
    title: str
    title_en: str
    category: str
    responsible_id: str
    public: bool


def standards() -> list[StandardRow]:
    """The register in number order."""
    statement = select(
        Standard.code, Standard.title, Standard.title_en, Standard.category, Standard.responsible_id, Standard.public
    ).order_by(Standard.code)
    return [StandardRow(*row) for row in db.rows(statement)]


@dataclass(frozen=True)
class RegisterLine:
    """A line of the register (标准明细表, rules LC-9): the edition people see first, and where it stands."""

    standard: StandardRow
    edition: EditionRow
    department: str
    points: int


def register(only: frozenset[str] | None, today: date) -> list[RegisterLine]:
    """The register in number order, for some standards or all: the edition in force, else the newest. Three queries."""
    departments = {unit.id: unit.name for unit in units()}
    points: dict[str, int] = {row.code: row.points for row in db.rows(_POINTS_OF)}
    editions: dict[str, list[EditionRow]] = {}
    for found in edition_rows():
        editions.setdefault(found.code, []).append(found)
    return [
        RegisterLine(
            line,
            next((one for one in editions[line.code] if one.in_force(today)), editions[line.code][0]),
            departments.get(line.responsible_id, ""),
            points.get(line.code, 0),
        )
        for line in standards()
        if line.code in editions and (only is None or line.code in only)
    ]


def codes_implemented_by(unit_ids: frozenset[str]) -> frozenset[str]:
    """The standards that these units implement somewhere: all that their people may read."""
    found = db.rows(select(PointStandard.standard_code).where(PointStandard.implementer_id.in_(unit_ids)).distinct())
    return frozenset(row.standard_code for row in found)
