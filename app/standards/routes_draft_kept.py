"""What every part of a draft has in common when it is kept, changed or deleted, with or without the page's script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.standards import rules_editing as editing
from app.standards.actions_drafts import Change, Clash, Deed, change_document, named, save_part
from app.standards.forms_fields import parse_head
from app.standards.forms_questions import parse_demand, parse_question
from app.standards.forms_schedules import parse_schedule
from app.standards.forms_steps import parse_step
from app.standards.routes_draft_shown import address_of, done, editor_page, writable
from app.standards.rules_editing import part_of
from app.web.current import Role, person
from app.web.errors import problem
from app.web.words import _, lazy

WRITERS = (Role.STANDARDS, Role.SUPERVISOR)
FORMS: dict[str, Any] = {
    "head": parse_head,
    "step": parse_step,
    "schedule": parse_schedule,
    "question": parse_question,
    "training": parse_demand,
}


def keep_part(project_id: UUID, kind: str, part_id: str) -> ResponseReturnValue:
    """Keep one part; refused fields come back with the words that were typed, a clash with both versions."""
    project, draft = writable(project_id)
    part, errors = FORMS[kind](request.form, part_of(draft.document, kind, part_id))
    if errors:
        if request.accept_mimetypes.best == "application/json":
            return problem(Invalid(lazy("Not kept yet: please look at the marked field."), fields=errors))
        return editor_page(project_id, kind, part_id, part, errors), 422
    given = Change(kind, part_id, part, seen_revision(), request.form.get("whose", ""))
    who, now = person(), clock.now()
    try:
        revision = atomically(lambda: save_part(project.id, given, who, now))
    except Clash as clash:
        return _both(project_id, clash), 409
    return done(project_id, revision, kind, part_id)


def _both(project_id: UUID, clash: Clash) -> str:
    """The page on which somebody chooses whose words stand."""
    change, draft = clash.change, clash.draft
    return render_template(
        "standards/draft_clash.html",
        sentence=clash.sentence,
        draft=draft,
        change=change,
        theirs=part_of(draft.document, change.kind, change.part_id),
        clashes=clash.clashes,
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "whose")],
        back=address_of(project_id, change.kind, change.part_id),
    )


def remove_part(project_id: UUID, kind: str, part_id: str) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    if not editing.has_part(draft.document, kind, part_id):
        return done(project_id, draft.revision, "head", "")
    several = [each["id"] for each in editing.parts(draft.document, kind)]
    at = several.index(part_id)
    beside = next(iter(several[at + 1 : at + 2] or several[max(0, at - 1) : at]), "")
    deed = Deed("remove", named(kind, part_id))
    revision = change(project_id, deed, lambda text: editing.remove(text, kind, part_id))
    return done(project_id, revision, kind if beside else "head", beside, _("Deleted. “Undo” brings it back."))


def change(project_id: UUID, deed: Deed, make: Any) -> int:
    who, now = person(), clock.now()
    return atomically(lambda: change_document(str(project_id), deed, make, who, now))


def seen_revision() -> int:
    typed = request.form.get("revision", "")
    if not typed.isascii() or not typed.isdecimal() or len(typed) > len("1000000"):
        raise Invalid(lazy("This page is too old. Open the draft again."))
    return int(typed)
