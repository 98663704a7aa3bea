"""Reads of a consultation: who was asked, who said what, and what became of it."""

from __future__ import annotations

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.standards.models_projects import OpinionDisposition, ProjectOpinion, ProjectRecipient
from app.standards.rules_consulting import Asked, Opinion, Outcome, Recipient


def recipients_of(project_id: str) -> list[Recipient]:
    """In the order in which they were named."""
    statement = (
        select(ProjectRecipient.id, ProjectRecipient.side, ProjectRecipient.unit_id, ProjectRecipient.name)
        .where(ProjectRecipient.project_id == project_id)
        .order_by(ProjectRecipient.id)
    )
    return [Recipient(key, Asked(side), unit_id, name) for key, side, unit_id, name in db.rows(statement)]


def opinions_of(project_id: str) -> list[Opinion]:
    """Oldest first, each with its newest disposition."""
    decided = {
        row.opinion_id: (Outcome(row.outcome), row.reason)
        for row in db.rows(
            select(OpinionDisposition.opinion_id, OpinionDisposition.outcome, OpinionDisposition.reason)
            .join(ProjectOpinion, ProjectOpinion.id == OpinionDisposition.opinion_id)
            .where(ProjectOpinion.project_id == project_id)
            .order_by(OpinionDisposition.id)
        )
    }
    statement = (
        select(
            ProjectOpinion.id,
            ProjectOpinion.recipient_id,
            ProjectOpinion.clause,
            ProjectOpinion.text,
            Person.name,
            ProjectOpinion.at,
        )
        .outerjoin(Person, Person.id == ProjectOpinion.by_id)
        .where(ProjectOpinion.project_id == project_id)
        .order_by(ProjectOpinion.at, ProjectOpinion.id)
    )
    return [
        Opinion(key, recipient_id, clause, text, name or "", at, *decided.get(key, (None, "")))
        for key, recipient_id, clause, text, name, at in db.rows(statement)
    ]


def opinion_owner(opinion_id: str) -> str | None:
    """The project that an opinion belongs to."""
    found: str | None = db.scalar(select(ProjectOpinion.project_id).where(ProjectOpinion.id == opinion_id))
    return found
