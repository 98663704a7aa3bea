"""Deeds on files: a paper of a project, the approved text of an edition. Told by their bytes; nothing is replaced."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from app.refusals import Conflict, Forbidden, Invalid
from app.standards.queries import EditionRow
from app.standards.queries_papers import paper
from app.standards.rules_papers import PaperKind, media_type_of
from app.standards.rules_phases import Project, Side, State, sides_of
from app.standards.writes_projects import insert_paper, note
from app.web.current import CurrentPerson, Role
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came in, under the id that the page gave it."""

    id: str
    kind: str
    name: str
    body: bytes


def add_paper(found: Project, sent: Sent, who: CurrentPerson, now: datetime) -> None:
    """A paper of a project; the same id again changes nothing."""
    if _there_already(sent.id, project_id=found.id):
        return
    if not sides_of(who, found) & {Side.OFFICE, Side.DRAFTER}:
        raise Forbidden(lazy("Only the standards section and those who draft add papers."))
    if found.state is State.WITHDRAWN:
        raise Conflict(lazy("This project is over. A change begins with a new one."))
    if sent.kind not in set(PaperKind):
        sentence = lazy("Choose what kind of paper it is.")
        raise Invalid(sentence, fields={"kind": sentence})
    kind = PaperKind(sent.kind)
    insert_paper(_row(sent, kind, who, now) | {"project_id": found.id})
    note(found.id, "paper", who.id, now, sent.name[-120:], {"kind": kind})


def add_text(row: EditionRow, sent: Sent, who: CurrentPerson, now: datetime) -> None:
    """The approved text of an edition as PDF or Word; an earlier one stays in the file."""
    if _there_already(sent.id, edition=row.number):
        return
    if who.role is not Role.STANDARDS:
        raise Forbidden(lazy("Only the standards section does this."))
    insert_paper(_row(sent, PaperKind.TEXT, who, now) | {"edition": row.number})


def _there_already(paper_id: str, project_id: str | None = None, edition: str | None = None) -> bool:
    known = paper(paper_id)
    if known is None:
        return False
    if (known.project_id, known.edition) != (project_id, edition):
        raise Conflict(lazy("Open the page again."))
    return True


def _row(sent: Sent, kind: PaperKind, who: CurrentPerson, now: datetime) -> dict[str, object]:
    media_type = media_type_of(sent.body, kind)
    return {
        "id": sent.id, "kind": kind, "name": sent.name[-120:] or "-", "media_type": media_type,
        "sha256": hashlib.sha256(sent.body).hexdigest(), "size": len(sent.body), "body": sent.body,
        "by_id": who.id, "at": now,
    }  # fmt: skip
