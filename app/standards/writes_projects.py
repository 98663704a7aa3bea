"""Inserts and guarded updates of projects; a state changes only from the one that the writer saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.db import run
from app.places.models import PointStandard
from app.standards.models import Edition, Standard
from app.standards.models_projects import (
    EditionReview,
    ImplementationPlan,
    OpinionDisposition,
    Project,
    ProjectEvent,
    ProjectOpinion,
    ProjectRecipient,
    StandardPaper,
)
from app.standards.rules_phases import State


def insert_project(values: Mapping[str, Any]) -> None:
    """A project as it begins."""
    run(insert(Project).values(**values))


def change_project(project_id: str, seen: State, **values: Any) -> bool:
    """New values while the project is where the writer saw it; False when it has moved on."""
    return run(update(Project).where(Project.id == project_id, Project.state == seen).values(**values)).rowcount == 1


def note(
    project_id: str, kind: str, by_id: str, at: datetime, text: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """Append to the history."""
    values = {"project_id": project_id, "kind": kind, "by_id": by_id, "at": at, "text": text, "data": data}
    run(insert(ProjectEvent).values(**values))


def insert_recipients(rows: Sequence[Mapping[str, Any]]) -> None:
    """Whom the draft goes to."""
    run(insert(ProjectRecipient), list(rows))


def insert_opinion(values: Mapping[str, Any]) -> None:
    """What somebody asked says."""
    run(insert(ProjectOpinion).values(**values))


def insert_disposition(values: Mapping[str, Any]) -> None:
    """What becomes of an opinion."""
    run(insert(OpinionDisposition).values(**values))


def insert_paper(values: Mapping[str, Any]) -> None:
    """A file."""
    run(insert(StandardPaper).values(**values))


def insert_plan(values: Mapping[str, Any]) -> None:
    """The plan of implementation as it is from now on."""
    run(insert(ImplementationPlan).values(**values))


def insert_review(values: Mapping[str, Any]) -> None:
    """A review of an edition."""
    run(insert(EditionReview).values(**values))


def insert_standard(values: Mapping[str, Any]) -> None:
    """A standard that is new in the register."""
    run(insert(Standard).values(**values))


def change_standard(code: str, **values: Any) -> None:
    """What the register says of a standard whatever its edition."""
    run(update(Standard).where(Standard.code == code).values(**values))


def insert_edition(values: Mapping[str, Any]) -> None:
    """An edition; its document is never changed afterwards."""
    run(insert(Edition).values(**values))


def change_edition(number: str, **values: Any) -> None:
    """Where an edition stands in the register: state, last day, next review, cover mark."""
    run(update(Edition).where(Edition.number == number).values(**values))


def insert_points(rows: Sequence[Mapping[str, Any]]) -> None:
    """Where a standard holds, and who implements it there."""
    run(insert(PointStandard), list(rows))
