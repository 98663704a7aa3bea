"""Deeds on drafts: begin, save a change on top of another's, undo, redo; every version stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.refusals import Invalid, NotFound, Stale, TooLarge
from app.standards.queries_drafts import Draft, document_at, draft_of, edition_document, versions_of
from app.standards.rules_editing import MAX_BYTES, blank, has_part, part_of, with_part
from app.standards.rules_history import Version, merge, redo_to, undo_to
from app.standards.writes_drafts import insert_draft, insert_revision, put_text
from app.web.current import CurrentPerson
from app.web.words import lazy

WITHOUT = {"number": "", "code": "", "year": 0}


@dataclass(frozen=True, slots=True)
class Deed:
    """What the history says of a version: the deed, the part it touched, the version that it shows again."""

    name: str
    part: str = ""
    back_to: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A part as somebody left it, who had seen `revision`; `whose` words stand where two changed the same field."""

    kind: str
    part_id: str
    part: Mapping[str, Any]
    revision: int
    whose: str = ""


class Clash(Stale):
    """Two people changed the same fields in different ways; `theirs` is the part as it stands now."""

    def __init__(self, draft: Draft, change: Change, clashes: tuple[str, ...]) -> None:
        sentence = lazy("%(who)s changed this part at the same time. Choose whose words stand.", who=draft.by or "—")
        super().__init__(sentence, fields={}, extra={"revision": draft.revision, "clashes": list(clashes)})
        self.draft, self.change, self.clashes = draft, change, clashes


def start(
    project_id: str, from_edition: str | None, who: CurrentPerson, now: datetime, *, responsible_id: str, title: str
) -> None:
    """The draft of a project begins, blank or with the text of an edition; a second time changes nothing."""
    if draft_of(project_id) is not None:
        return
    text = edition_document(from_edition) if from_edition else None
    document = {**text, **WITHOUT} if text else blank(title)
    insert_draft(
        {
            "project_id": project_id,
            "responsible_id": responsible_id,
            "from_edition": from_edition if text else None,
            "document": document,
            "revision": 1,
            "updated_by_id": who.id,
            "updated_at": now,
        }
    )
    _keep(project_id, Version(1, 0), document, who, now, Deed("start"))


def draft(project_id: str) -> Draft:
    """The draft; raises NotFound."""
    found = draft_of(project_id)
    if found is None:
        raise NotFound(lazy("There is no such draft. Open the list of projects."))
    return found


def save_part(project_id: str, change: Change, who: CurrentPerson, now: datetime) -> int:
    """One part as somebody left it, laid over what others did since; gives the new revision. Raises Clash, NotFound."""
    now_there = draft(project_id)
    theirs = part_of(now_there.document, change.kind, change.part_id)
    base = _seen(now_there, change)
    both = merge(base, change.part, theirs)
    if both.clashes and change.whose not in ("mine", "theirs"):
        raise Clash(now_there, change, both.clashes)
    part = both.part | ({name: theirs.get(name) for name in both.clashes} if change.whose == "theirs" else {})
    if part == theirs:
        return now_there.revision
    document = with_part(now_there.document, change.kind, change.part_id, part)
    return _put(now_there, document, who, now, Deed("edit", named(change.kind, change.part_id)))


def change_document(
    project_id: str,
    deed: Deed,
    make: Callable[[Mapping[str, Any]], dict[str, Any]],
    who: CurrentPerson,
    now: datetime,
) -> int:
    """A change of order or number of parts, made on the newest text; gives the new revision."""
    now_there = draft(project_id)
    document = make(now_there.document)
    if document == now_there.document:
        return now_there.revision
    return _put(now_there, document, who, now, deed)


def step_back(project_id: str, revision: int, who: CurrentPerson, now: datetime, *, again: bool = False) -> int:
    """Undo the last change, or (`again`) make it once more; a page that is older than the draft is refused."""
    now_there = draft(project_id)
    if revision != now_there.revision:
        raise Stale(lazy("%(who)s has changed the draft meanwhile. Look at it first.", who=now_there.by or "—"))
    versions = versions_of(project_id)
    target = redo_to(versions) if again else undo_to(versions)
    document = document_at(project_id, target) if target else None
    if document is None:
        raise Invalid(lazy("There is nothing to redo.") if again else lazy("There is nothing to undo."))
    return _put(now_there, document, who, now, Deed("redo" if again else "undo", back_to=target))


def _seen(now_there: Draft, change: Change) -> Mapping[str, Any]:
    """The part as it was when the page was made; an unknown revision counts as the present one."""
    if change.revision == now_there.revision:
        return part_of(now_there.document, change.kind, change.part_id)
    document = document_at(now_there.project_id, change.revision)
    if document is None or not has_part(document, change.kind, change.part_id):
        raise Stale(lazy("This page is too old. Open the draft again."))
    return part_of(document, change.kind, change.part_id)


def _put(before: Draft, document: dict[str, Any], who: CurrentPerson, now: datetime, deed: Deed) -> int:
    if len(orjson.dumps(document)) > MAX_BYTES:
        raise TooLarge(lazy("The standard has become too long. Make two standards of it."))
    if not put_text(before.project_id, before.revision, document, who.id, now):
        raise Stale(lazy("%(who)s has changed the draft meanwhile. Look at it first.", who=before.by or "—"))
    place = next(each.place for each in versions_of(before.project_id) if each.revision == before.revision)
    made = Version(before.revision + 1, place, deed.back_to)
    _keep(before.project_id, made, document, who, now, deed)
    return made.revision


def _keep(
    project_id: str, made: Version, document: dict[str, Any], who: CurrentPerson, now: datetime, deed: Deed
) -> None:
    insert_revision(
        {
            "project_id": project_id,
            "revision": made.revision,
            "parent": made.parent,
            "back_to": made.back_to,
            "deed": deed.name,
            "part": deed.part,
            "document": document,
            "by_id": who.id,
            "at": now,
        }
    )


def named(kind: str, part_id: str) -> str:
    """A part as the history and the faults name it."""
    return {"head": "", "step": part_id, "training": "training"}.get(kind, f"{kind} {part_id}")
