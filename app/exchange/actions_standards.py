"""What a workbook of standards becomes: projects with drafts; review, approval and publication follow as always."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from app.exchange.actions_call import Office
from app.exchange.rules import Change, Values
from app.exchange.rules_sheets import STANDARDS, STEPS, WINDOWS
from app.exchange.rules_standards import Document, documents_of
from app.standards.actions_drafts import Deed, change_document
from app.standards.actions_projects import NewProject, begin, begin_drafting
from app.standards.queries_projects import project
from app.standards.rules_phases import Kind
from app.web.current import CurrentPerson


def put_standards(changes: Sequence[Change], _source: str, person: CurrentPerson, call: Office) -> None:
    """A project for each standard, in drafting, with the text of its rows."""
    rows = [
        [change.values for change in changes if change.sheet == plan.name] for plan in (STANDARDS, STEPS, WINDOWS)
    ]  # fmt: skip
    documents = documents_of(*rows)
    for told in rows[0]:
        _put(told, documents[str(told["key"])], person, call)


def _put(told: Values, document: Document, person: CurrentPerson, call: Office) -> None:
    today, project_id = call.at.astimezone(call.zone).date(), str(uuid4())
    new = NewProject(
        id=project_id,
        kind=Kind.NEW,
        title=str(told["title"]),
        place=str(told["place"]),
        from_edition="",
        responsible_id=str(told["unit"]),
        leader_id=str(told["leader"]),
        due_on=date.fromisoformat(str(told["due_on"])),
        necessity=str(told["necessity"]),
        content="",
        means="",
    )
    begin(new, person, call.at, today, call.prefix)
    found = project(project_id)
    if found is not None:
        begin_drafting(found, person, call.at)
        change_document(project_id, Deed("paste"), lambda _text: document, person, call.at)
