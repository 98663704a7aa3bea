"""The exam of a draft and what the standard asks of people: pass mark, validity, certificates (rules TR-2, TR-4)."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.standards import rules_editing as editing
from app.standards.actions_drafts import Deed
from app.standards.routes_draft_kept import WRITERS, change, keep_part, remove_part
from app.standards.routes_draft_shown import done, writable
from app.standards.rules_questions import NUMBERED, next_question_id
from app.web.guards import guarded

bp = Blueprint("standards_draft_exam", __name__, url_prefix="/standards/projects/<uuid:project_id>/draft")


@bp.post("/training")
@guarded(*WRITERS)
def save_demand(project_id: UUID) -> ResponseReturnValue:
    return keep_part(project_id, "training", "1")


@bp.post("/questions")
@guarded(*WRITERS)
def add(project_id: UUID) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    given = request.form.get("question", "")
    new_id = given if NUMBERED.fullmatch(given) else next_question_id(draft.document)
    if editing.has_part(draft.document, "question", new_id):
        return done(project_id, draft.revision, "question", new_id)
    deed = Deed("add", f"question {new_id}")
    revision = change(project_id, deed, lambda text: editing.add_question(text, new_id))
    return done(project_id, revision, "question", new_id)


@bp.post("/questions/<question_id>")
@guarded(*WRITERS)
def save(project_id: UUID, question_id: str) -> ResponseReturnValue:
    return keep_part(project_id, "question", question_id)


@bp.post("/questions/<question_id>/remove")
@guarded(*WRITERS)
def remove(project_id: UUID, question_id: str) -> ResponseReturnValue:
    return remove_part(project_id, "question", question_id)
