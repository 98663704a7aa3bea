"""A project that is being drafted, with its draft, by the standards officer stan; `small_world` must stand."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.queries import person_by_id
from app.db import atomically, row
from app.standards.actions_drafts import start
from app.standards.models_drafts import Draft
from app.standards.models_projects import Project
from tests.support.builders import NOW, kept

PROJECT = "00000000-0000-4000-8000-0000000000d1"
PAGE = f"/standards/projects/{PROJECT}/draft"


def project(project_id: str = PROJECT, state: str = "drafting", **values: Any) -> str:
    defaults = {
        "kind": "new", "code": "JGSW05003.90", "title": "卫生间夜间巡查", "responsible_id": "care", "leader_id": "sue",
        "state": state, "necessity": "", "content": "", "means": "", "note": "", "due_on": date(2027, 1, 31),
        "made_by_id": "stan", "made_at": NOW, "digest": None,
    }  # fmt: skip
    return kept(Project, id=project_id, **(defaults | values))


def draft(project_id: str = PROJECT, from_edition: str | None = None, who: str = "stan") -> str:
    """Begins the draft."""
    me = person_by_id(who)
    atomically(lambda: start(project_id, from_edition, me, NOW, responsible_id="care", title="卫生间夜间巡查"))
    return project_id


def document(project_id: str = PROJECT) -> dict[str, Any]:
    return row(select(Draft.document).where(Draft.project_id == project_id)).document


def revision(project_id: str = PROJECT) -> int:
    return row(select(Draft.revision).where(Draft.project_id == project_id)).revision
