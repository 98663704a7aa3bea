"""A project that is being drafted, with its draft, by the standards officer stan; `small_world` must stand."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.queries import person_by_id
from app.db import atomically, row
from app.standards.actions_drafts import Deed, change_document, start
from app.standards.models_drafts import Draft
from app.standards.models_projects import Project
from app.standards.rules_editing import add_schedule, add_steps
from tests.support.builders import NOW, kept
from tests.support.standards import step_document

PROJECT = "00000000-0000-4000-8000-0000000000d1"
QUESTION = {
    "id": "Q1", "stem": "地面怎样才算合格？", "options": ["无积水", "有积水"], "answer": 0, "step": "S01", "points": 80,
    "key": True,
}  # fmt: skip
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


def with_parts(project_id: str, responsible_id: str, who: str = "stan") -> None:
    """The draft of any project with the step S01, the schedule A and the question Q1."""
    me = person_by_id(who)

    def begin() -> None:
        start(project_id, None, me, NOW, responsible_id=responsible_id, title="开水间清洁")
        change_document(project_id, Deed("add", "S01"), lambda text: add_steps(text, [step_document()]), me, NOW)
        change_document(project_id, Deed("add", "schedule A"), lambda text: add_schedule(text, "20261123"), me, NOW)

        change_document(project_id, Deed("add", "question Q1"), lambda text: {**text, "exam": [QUESTION]}, me, NOW)

    atomically(begin)


def document(project_id: str = PROJECT) -> dict[str, Any]:
    return row(select(Draft.document).where(Draft.project_id == project_id)).document


def revision(project_id: str = PROJECT) -> int:
    return row(select(Draft.revision).where(Draft.project_id == project_id)).revision
