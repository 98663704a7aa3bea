"""What packs are made of, and what stands here beside one that comes in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.exchange.rules_pack_plan import Here
from app.organisations.models import Organisation
from app.photos.models import Photo, Picture
from app.photos.rules import Part
from app.standards.models import Edition, Standard
from app.standards.models_projects import Project
from app.standards.queries_audio import recordings
from app.standards.rules_audio import Recording, Scope, standing
from app.standards.rules_phases import OVER


@dataclass(frozen=True)
class StandardLine:
    """A standard to choose for a pack."""

    code: str
    title: str
    editions: int


def lines() -> list[StandardLine]:
    """The standards that have an edition, by number."""
    found: dict[str, StandardLine] = {}
    for row in db.rows(_WITH_TITLE):
        before = found.get(row.code)
        found[row.code] = StandardLine(row.code, row.title, before.editions + 1 if before else 1)
    return list(found.values())


def standard_rows(codes: Collection[str]) -> Sequence[Any]:
    """The standards that have an edition: those of these numbers, or all where none is named."""
    only = [Standard.code.in_(list(codes))] if codes else []
    return db.rows(
        select(Standard.__table__).where(Standard.code.in_(select(Edition.code)), *only).order_by(Standard.code)
    )


def edition_entries(codes: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Code to its editions as they stand in a pack, without their files."""
    found: dict[str, list[dict[str, Any]]] = {}
    statement = select(Edition.__table__).where(Edition.code.in_(list(codes))).order_by(Edition.number)
    for row in db.rows(statement):
        found.setdefault(row.code, []).append(_entry(row))
    return found


def unit_rows() -> dict[str, Any]:
    """Every unit by its id."""
    return {row.id: row for row in db.rows(select(Organisation.__table__))}


def root_unit() -> str:
    """The bureau at the top; empty where there is none."""
    return str(
        db.scalar(select(Organisation.id).where(Organisation.parent_id.is_(None)).order_by(Organisation.id)) or ""
    )


def recordings_for_all(code: str, root: str) -> list[Recording]:
    """What was recorded for the whole bureau and holds; those of crews and units are theirs."""
    found = standing(recordings(code))
    return [each for (_step, scope), each in found.items() if scope == Scope(root)]


def places_of(sha256s: Iterable[str], part: Part) -> dict[str, str]:
    """Hash to the place of the kept bytes, for those that belong to standards."""
    statement = (
        select(Picture.sha256, Picture.place)
        .join(Photo, Photo.sha256 == Picture.sha256)
        .where(Picture.sha256.in_(list(sha256s)), Photo.part == part)
        .distinct()
    )
    return {row.sha256: row.place for row in db.rows(statement)}


def here() -> Here:
    """What stands on this site."""
    editions = {
        row.number: {**_entry(row), "code": row.code} for row in db.rows(select(Edition.__table__))
    }  # fmt: skip
    known = db.rows(select(Standard.code, Standard.title, Standard.responsible_id))
    codes, owners = ({row.code: row[at] for row in known} for at in (1, 2))
    units = {row.id: row.name for row in db.rows(select(Organisation.id, Organisation.name))}
    making = db.rows(select(Project.code).where(Project.state.not_in(sorted(OVER))).distinct())
    return Here(editions, codes, owners, units, frozenset(row.code for row in making))


def nobody_here() -> bool:
    """No account was made yet."""
    return db.row(select(Person.id).limit(1)) is None


_WITH_TITLE = select(Edition.code, Standard.title).join(Standard, Standard.code == Edition.code).order_by(Edition.code)


def _entry(row: Any) -> dict[str, Any]:
    days: Mapping[str, date | None] = {
        name: getattr(row, name) for name in ("effective_on", "ended_on", "approved_on", "next_review_on")
    }
    return {
        "number": row.number,
        "year": row.year,
        "status": row.status,
        **{name: str(day) if day else None for name, day in days.items()},
        "cover_mark": row.cover_mark,
        "document": dict(row.document),
        "text": None,
    }
