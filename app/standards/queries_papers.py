"""Reads of files and reviews of standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from app import db
from app.accounts.models import Person
from app.standards.models_projects import EditionReview, Project, StandardPaper
from app.standards.rules_papers import Paper, PaperKind
from app.standards.rules_review import ReviewOutcome

_PAPER = select(
    StandardPaper.id, StandardPaper.project_id, StandardPaper.edition, StandardPaper.kind, StandardPaper.name,
    StandardPaper.media_type, StandardPaper.sha256, StandardPaper.size,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """A review of an edition (复审)."""

    on: date
    outcome: ReviewOutcome
    reason: str
    basis: str
    project_id: str | None
    by_name: str
    at: datetime


def papers_of(project_id: str) -> list[Paper]:
    """The files of a project, oldest first."""
    return _papers(_PAPER.where(StandardPaper.project_id == project_id).order_by(StandardPaper.at, StandardPaper.id))


def paper(paper_id: str) -> Paper | None:
    """One file, without its bytes."""
    found = _papers(_PAPER.where(StandardPaper.id == paper_id))
    return found[0] if found else None


def paper_body(paper_id: str) -> bytes:
    """Its bytes."""
    body: bytes = db.scalar(select(StandardPaper.body).where(StandardPaper.id == paper_id))
    return bytes(body)


def text_of(number: str) -> Paper | None:
    """The approved text of an edition: the newest one that was sent in for it or for the project it came of."""
    ours = select(Project.id).where(Project.edition == number)
    statement = _PAPER.where(
        StandardPaper.kind == PaperKind.TEXT,
        or_(StandardPaper.edition == number, StandardPaper.project_id.in_(ours)),
    )
    found = _papers(statement.order_by(StandardPaper.at.desc(), StandardPaper.id).limit(1))
    return found[0] if found else None


def reviews_of(number: str) -> list[Review]:
    """The reviews of an edition, newest first."""
    statement = (
        select(
            EditionReview.on,
            EditionReview.outcome,
            EditionReview.reason,
            EditionReview.basis,
            EditionReview.project_id,
            Person.name,
            EditionReview.at,
        )
        .outerjoin(Person, Person.id == EditionReview.by_id)
        .where(EditionReview.edition == number)
        .order_by(EditionReview.on.desc(), EditionReview.at.desc())
    )
    return [
        Review(on, ReviewOutcome(outcome), reason, basis, project_id, name or "", at)
        for on, outcome, reason, basis, project_id, name, at in db.rows(statement)
    ]


def is_reviewed(review_id: str) -> bool:
    """Whether this review was noted already."""
    return db.scalar(select(EditionReview.id).where(EditionReview.id == review_id)) is not None


def _papers(statement: object) -> list[Paper]:
    return [
        Paper(key, project_id, edition, PaperKind(kind), name, media_type, sha256, size)
        for key, project_id, edition, kind, name, media_type, sha256, size in db.rows(statement)  # type: ignore[arg-type]
    ]
