"""The editor of a draft: the page, and one route for each deed; each answers a form and the page's script alike."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid, NotFound
from app.standards import rules_editing as editing
from app.standards.actions_drafts import Deed, step_back
from app.standards.routes_draft_kept import FORMS, WRITERS, change, keep_part, remove_part, seen_revision
from app.standards.routes_draft_shown import (
    done,
    editor_page,
    fact_words,
    field_word,
    pasted_table,
    value_words,
    writable,
)
from app.standards.rules_paste import steps_of
from app.standards.rules_paste_cells import MAX_ROWS, TooManyRows
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("standards_drafts", __name__, url_prefix="/standards/projects/<uuid:project_id>/draft")
bp.add_app_template_filter(field_word, "draft_field")
bp.add_app_template_filter(fact_words, "draft_fact")
bp.add_app_template_filter(value_words, "draft_value")


@bp.get("")
@guarded(*WRITERS)
def edit(project_id: UUID) -> ResponseReturnValue:
    for kind in ("step", "schedule", "question", "training"):
        if request.args.get(kind):
            return editor_page(project_id, kind, request.args[kind][:20])
    return editor_page(project_id, "head", "")


@bp.post("/head")
@guarded(*WRITERS)
def save_head(project_id: UUID) -> ResponseReturnValue:
    return keep_part(project_id, "head", "")


@bp.post("/steps/<step_id>")
@guarded(*WRITERS)
def save_step(project_id: UUID, step_id: str) -> ResponseReturnValue:
    return keep_part(project_id, "step", step_id)


@bp.post("/schedules/<schedule_id>")
@guarded(*WRITERS)
def save_schedule(project_id: UUID, schedule_id: str) -> ResponseReturnValue:
    return keep_part(project_id, "schedule", schedule_id)


@bp.post("/steps")
@guarded(*WRITERS)
def add_step(project_id: UUID) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    after = request.form.get("after") or None
    new_id = _new_id(draft.document)
    if editing.has_part(draft.document, "step", new_id):
        return done(project_id, draft.revision, "step", new_id)
    title = _("New step")
    revision = change(
        project_id,
        Deed("add", new_id),
        lambda text: editing.add_steps(text, [editing.blank_step(new_id, title)], after),
    )
    return done(project_id, revision, "step", new_id)


@bp.post("/steps/<step_id>/duplicate")
@guarded(*WRITERS)
def duplicate(project_id: UUID, step_id: str) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    new_id = _new_id(draft.document)
    if editing.has_part(draft.document, "step", new_id):
        return done(project_id, draft.revision, "step", new_id)
    revision = change(project_id, Deed("duplicate", step_id), lambda text: editing.duplicate(text, step_id, new_id))
    return done(project_id, revision, "step", new_id)


@bp.post("/steps/<step_id>/move")
@guarded(*WRITERS)
def move(project_id: UUID, step_id: str) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    here = editing.place_of(draft.document, step_id)
    to = {"up": here - 1, "down": here + 1}.get(request.form.get("to", ""))
    if to is None:
        typed = request.form.get("to", "")
        if not typed.isascii() or not typed.isdecimal() or len(typed) > len("1000"):
            raise Invalid(lazy("Say where the step goes."))
        to = int(typed)
    revision = change(project_id, Deed("move", step_id), lambda text: editing.move(text, step_id, max(0, to)))
    return done(project_id, revision, "step", step_id, _("Moved."))


@bp.post("/steps/<step_id>/remove")
@guarded(*WRITERS)
def remove_step(project_id: UUID, step_id: str) -> ResponseReturnValue:
    return remove_part(project_id, "step", step_id)


@bp.post("/schedules")
@guarded(*WRITERS)
def add_schedule(project_id: UUID) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    today = clock.today(current_app.extensions["settings"].zone)
    letter = request.form.get("id", "")[:1]
    if letter and editing.has_part(draft.document, "schedule", letter):
        return done(project_id, draft.revision, "schedule", letter)
    made = editing.add_schedule(draft.document, today.strftime("%Y%m%d"))["schedules"][-1]["id"]
    revision = change(
        project_id, Deed("add", f"schedule {made}"), lambda text: editing.add_schedule(text, today.strftime("%Y%m%d"))
    )
    return done(project_id, revision, "schedule", made)


@bp.post("/schedules/<schedule_id>/remove")
@guarded(*WRITERS)
def remove_schedule(project_id: UUID, schedule_id: str) -> ResponseReturnValue:
    return remove_part(project_id, "schedule", schedule_id)


@bp.post("/paste")
@guarded(*WRITERS)
def paste(project_id: UUID) -> ResponseReturnValue:
    _project, draft = writable(project_id)
    html, text = pasted_table(), request.form.get("text", "")
    first = _new_id(draft.document)
    if editing.has_part(draft.document, "step", first):
        return done(project_id, draft.revision, "step", first)
    try:
        steps = steps_of(html, text, int(first[1:]))
    except TooManyRows as many:
        raise Invalid(lazy("The table has more than %(n)d rows. Paste a part of it.", n=MAX_ROWS)) from many
    if not steps:
        raise Invalid(lazy("No step was found in what you pasted. Copy the table in Word or Excel and paste it here."))
    after = request.form.get("after") or None
    revision = change(project_id, Deed("paste", first), lambda text: editing.add_steps(text, steps, after))
    return done(project_id, revision, "step", first, _("%(n)d steps added from the table.", n=len(steps)))


@bp.post("/undo")
@guarded(*WRITERS)
def undo(project_id: UUID) -> ResponseReturnValue:
    return _step_back(project_id, again=False)


@bp.post("/redo")
@guarded(*WRITERS)
def redo(project_id: UUID) -> ResponseReturnValue:
    return _step_back(project_id, again=True)


def _step_back(project_id: UUID, *, again: bool) -> ResponseReturnValue:
    project, _draft = writable(project_id)
    seen, who, now = seen_revision(), person(), clock.now()
    revision = atomically(lambda: step_back(project.id, seen, who, now, again=again))
    kind, part_id = request.form.get("kind", "head"), request.form.get("part", "")
    if kind not in FORMS:
        raise NotFound(lazy("This part is no longer in the draft. Open the draft again."))
    return done(project_id, revision, kind, part_id, _("Made again.") if again else _("Undone."))


def _new_id(document: Any) -> str:
    """The number that the page gave the new step, so that a form sent twice adds one step."""
    given = request.form.get("id", "")
    return given if editing.NUMBERED.fullmatch(given) else editing.next_step_id(document)
