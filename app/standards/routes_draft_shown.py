"""The page of a draft and its pieces, for the routes that show or change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.refusals import Conflict, Forbidden, TooLarge
from app.standards import rules_words as words
from app.standards.actions_drafts import draft, named
from app.standards.forms_fields import ASPECTS
from app.standards.forms_steps import VERDICTS
from app.standards.queries_drafts import Draft, changes_of, evidence_classes, point_attributes, versions_of
from app.standards.queries_projects import project_for
from app.standards.rules_choices import FACTS, JOINS, OPERATORS, POINT_PREFIX, STEP_PREFIX, label_of, rows_of, words_of
from app.standards.rules_compare import LABELS
from app.standards.rules_document import faults_of
from app.standards.rules_document_exam import points_together
from app.standards.rules_document_limits import span
from app.standards.rules_editing import has_part, next_step_id, part_of, parts
from app.standards.rules_history import redo_to, undo_to
from app.standards.rules_phases import EDITABLE, Project, may_draft
from app.standards.rules_questions import MAX_OPTIONS, PASS_SCORE, SPECIAL_WORDS, next_question_id
from app.standards.rules_repeats import WEEKDAYS, repeat_of
from app.standards.rules_words import ANCHOR
from app.web.current import person
from app.web.words import _, lazy

MAX_BYTES_PASTED = 480_000
FIELDS = {
    "min": lazy("At least"),
    "max": lazy("At most"),
    "unit": lazy("Unit"),
    "external": lazy("Limit from outside"),
    "clause": lazy("Clause number"),
    "pass_choices": lazy("Answers that pass"),
    "finding_choices": lazy("Answers that open a finding"),
    "fail_action": lazy("A failure"),
    "windows": lazy("Windows"),
    "rrule": lazy("How often"),
    "day_types": lazy("Kinds of day"),
    "label_zh": lazy("Name of the schedule"),
    "summary": lazy("What it rules"),
    "acceptance": lazy("Acceptance"),
    "speaks_to": lazy("Checklist of what it speaks to"),
    "expected_minutes": lazy("Usual time, minutes"),
    "stem": lazy("Exam question"),
    "answers": lazy("Answers to choose from"),
    "points": lazy("Worth, points"),
    "step": lazy("Step"),
    "pass_score": lazy("Pass mark"),
    "valid_months": lazy("Holds, months"),
    "special": lazy("Special work"),
    "certificates": lazy("Certificates, one a line"),
}
DEEDS = {
    "start": lazy("begun"),
    "edit": lazy("changed"),
    "add": lazy("added"),
    "duplicate": lazy("duplicated"),
    "remove": lazy("deleted"),
    "move": lazy("put at another place"),
    "paste": lazy("pasted from a table"),
    "undo": lazy("undone"),
    "redo": lazy("redone"),
    "picture": lazy("picture changed"),
}


def writable(project_id: UUID) -> tuple[Project, Draft]:
    """The project and its draft for somebody who may change it now; raises NotFound, Forbidden or Conflict."""
    project = project_for(str(project_id), person())
    if not may_draft(project, person()):
        if project.state not in EDITABLE:
            raise Conflict(lazy("The draft is not open for changes now: the project has moved on."))
        raise Forbidden(lazy("The standards section and those who draft this standard write here."))
    return project, draft(project.id)


def editor_page(
    project_id: UUID,
    kind: str,
    part_id: str,
    part: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
) -> str:
    """The page with one part open; `part` is what somebody filled in and could not be kept."""
    project, text = writable(project_id)
    if not has_part(text.document, kind, part_id):
        kind, part_id = "head", ""
    versions = versions_of(text.project_id)
    return render_template(
        "standards/draft.html",
        project=project,
        draft=text,
        kind=kind,
        part_id=part_id,
        part=part or part_of(text.document, kind, part_id),
        errors=errors or {},
        undo=undo_to(versions),
        redo=redo_to(versions),
        changes=changes_of(text.project_id, 12),
        picture_id=uuid4(),
        **_lists(text, named(kind, part_id)),
        **_choices(text.document),
    )


def done(project_id: UUID, revision: int, kind: str, part_id: str, said: str = "") -> ResponseReturnValue:
    """Back to the part; for the page's script the pieces that have changed."""
    if request.accept_mimetypes.best == "application/json":
        text = draft(str(project_id))
        versions = versions_of(text.project_id)
        lists = {"draft": text, "project_id": project_id, "kind": kind, "part_id": part_id}
        shown = {**lists, **_lists(text, named(kind, part_id)), "words": words}
        return jsonify(
            {
                "revision": revision,
                "list": render_template("standards/_draft_list.html", **shown),
                "faults": render_template("standards/_draft_faults.html", **shown),
                "undo": undo_to(versions) is not None,
                "redo": redo_to(versions) is not None,
                "said": said or _("Kept."),
            }
        )
    if said:
        flash(said, "ok")
    return redirect(address_of(project_id, kind, part_id), 303)


def pasted_table() -> str:
    """The table of the clipboard as HTML, which the page's script sends as a file: it is longer than what is typed."""
    given = request.files.get("table")
    if given is None:
        return ""
    body = given.stream.read(MAX_BYTES_PASTED + 1)
    given.close()
    if len(body) > MAX_BYTES_PASTED:
        raise TooLarge(lazy("That is too much at once. Paste a smaller table."))
    return body.decode("utf-8", "replace")


def address_of(project_id: UUID, kind: str, part_id: str) -> str:
    """Where a part of the draft is written."""
    chosen: dict[str, Any] = {} if kind == "head" else {kind: part_id}
    return url_for("standards_drafts.edit", project_id=project_id, **chosen)


def field_word(name: str) -> Any:
    """A field of a draft by its word."""
    return LABELS.get(name, FIELDS.get(name, name))


def fact_words(name: str) -> str:
    """A fact by its words, without the steps of a draft."""
    return label_of(name, {})


def value_words(value: Any) -> str:
    """What stands in a field, as somebody reads it."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        if "right" in value:
            return f"{value['text']} ✓" if value["right"] else str(value["text"])
        conditional = {"fact", "all", "any", "not"} & set(value)
        return (
            words_of(value, {})
            if conditional
            else "；".join(f"{name} {value_words(each)}" for name, each in value.items())
        )
    return "、".join(value_words(each) for each in value) if isinstance(value, list) else str(value)


def _lists(text: Draft, here: str) -> dict[str, Any]:
    """What stands beside the form: the steps with their faults, and those of this part."""
    faults = faults_of(text.document)
    questions = parts(text.document, "question")
    counts: dict[str, int] = {}
    for each in faults:
        counts[each.where] = counts.get(each.where, 0) + 1
    return {
        "steps": text.document["steps"],
        "schedules": text.document["schedules"],
        "faults": faults,
        "fault_counts": counts,
        "own_faults": [each for each in faults if each.where == here],
        "new_id": next_step_id(text.document),
        "questions": questions,
        "exam_points": points_together(questions),
        "new_question": next_question_id(text.document),
    }


def _choices(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the form offers to choose from."""
    titles = {step["id"]: step["title"] for step in document["steps"]}
    return {
        "words": words,
        "aspects": ASPECTS,
        "verdicts": VERDICTS,
        "facts": FACTS,
        "joins": JOINS,
        "operators": OPERATORS,
        "attributes": [POINT_PREFIX + name for name in point_attributes()],
        "answers": {f"{STEP_PREFIX}{step_id}.result": f"{step_id} {title}" for step_id, title in titles.items()},
        "rows_of": rows_of,
        "repeat_of": repeat_of,
        "weekdays": WEEKDAYS,
        "anchors": ANCHOR,
        "span": span,
        "deeds": DEEDS,
        "specials": SPECIAL_WORDS,
        "max_options": MAX_OPTIONS,
        "least_mark": PASS_SCORE,
        "classes": evidence_classes(),
        "said": lambda condition: words_of(condition, titles),
    }
