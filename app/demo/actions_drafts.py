"""What the department has written so far into the draft of a revision: a stricter limit, a new step, another order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.demo.compound import content
from app.standards.actions_drafts import Change, Deed, change_document, draft, save_part
from app.standards.rules_editing import add_steps, move, part_of
from app.web.current import CurrentPerson

MINUTES = timedelta(minutes=7)


def write_revision(project_id: str, who: CurrentPerson, at: datetime) -> None:
    """The edits of the demo one after another, as the editor would keep them."""
    told, then = content("drafts"), at
    for edit in told["edits"]:
        then += MINUTES
        _keep(
            project_id, "step", edit["step"], {name: value for name, value in edit.items() if name != "step"}, who, then
        )
    new, after = told["added"]["step"], told["added"]["after"]
    change_document(project_id, Deed("add", new["id"]), lambda text: add_steps(text, [new], after), who, then + MINUTES)
    step, to = told["moved"]["step"], told["moved"]["to"]
    change_document(project_id, Deed("move", step), lambda text: move(text, step, to), who, then + 2 * MINUTES)
    _keep(project_id, "head", "", {"speaks_to": told["speaks_to"]}, who, then + 3 * MINUTES)


def _keep(project_id: str, kind: str, part_id: str, values: dict[str, Any], who: CurrentPerson, at: datetime) -> None:
    text = draft(project_id)
    part = {**part_of(text.document, kind, part_id), **values}
    save_part(project_id, Change(kind, part_id, part, text.revision), who, at)
