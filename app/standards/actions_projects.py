"""Deeds on projects up to the draft for review: begin, apply, draft, consult; each a line of the history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from app.organisations.queries import scope_of, unit_by_id
from app.refusals import Conflict, Forbidden, Invalid
from app.standards.actions_drafts import start
from app.standards.actions_told import tell_asked, tell_leaders
from app.standards.queries import edition_row, standards
from app.standards.queries_drafts import document_of
from app.standards.queries_projects import candidates, codes_used, events_of, project, running
from app.standards.rules_consulting import Asked, sending_faults
from app.standards.rules_document import faults_of
from app.standards.rules_numbers import next_item, next_part
from app.standards.rules_phases import EDITABLE, MOVES, Deed, Kind, Project, Side, State, after, sides_of
from app.standards.rules_publishing import USED
from app.standards.writes_projects import change_project, insert_project, insert_recipients, note
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

LONGEST = 4000
UNNUMBERED = {"number": "", "code": "", "year": 0}
WRITABLE = EDITABLE | {State.PLANNED}


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a project begins with; `place` names the item (05003), or the function (05) for an item of its own."""

    id: str
    kind: Kind
    title: str
    place: str
    from_edition: str
    responsible_id: str
    leader_id: str
    due_on: date | None
    necessity: str
    content: str
    means: str


def begin(new: NewProject, who: CurrentPerson, now: datetime, today: date, prefix: str) -> None:
    """The project stands in the list with its working number; the same id again changes nothing."""
    if project(new.id) is not None:
        return
    code, title = (_new_code(new, prefix), new.title) if new.kind is Kind.NEW else _code_of(new)
    faults = _faults(new, title, today, who)
    if faults:
        raise Invalid(lazy("The project is not complete yet."), fields=faults)
    values = {
        "id": new.id, "kind": new.kind, "code": code, "title": title, "responsible_id": new.responsible_id,
        "leader_id": new.leader_id, "state": State.PLANNED, "necessity": new.necessity, "content": new.content,
        "means": new.means, "note": "", "due_on": new.due_on, "from_edition": new.from_edition or None,
        "made_by_id": who.id, "made_at": now,
    }  # fmt: skip
    insert_project(values)
    note(new.id, "begun", who.id, now, new.necessity)


def write(found: Project, texts: Mapping[str, str], who: CurrentPerson, now: datetime) -> None:
    """Application and compilation note as they are from now on."""
    if not sides_of(who, found) & {Side.OFFICE, Side.DRAFTER} or found.state not in WRITABLE:
        raise Forbidden(lazy("Only the standards section and those who draft change this, and only before the review."))
    changes = {name: texts[name] for name in ("necessity", "content", "means", "note") if name in texts}
    if any(len(text) > LONGEST for text in changes.values()):
        sentence = lazy("This text is too long; at most %(n)d characters.", n=LONGEST)
        raise Invalid(sentence, fields={"note": sentence})
    if all(getattr(found, name) == text for name, text in changes.items()):
        return
    moved_on(change_project(found.id, found.state, **changes))
    note(found.id, "written", who.id, now, data=changes)


def apply(found: Project, who: CurrentPerson, now: datetime) -> None:
    """The application goes to the leading group; one for an end goes straight to its approval."""
    missing = {
        name: lazy("The application needs this.") for name in ("necessity", "content") if not getattr(found, name)
    }
    if missing and found.state is State.PLANNED:
        raise Invalid(lazy("The application is not complete yet."), fields=missing)
    if move(found, Deed.APPLY, who, now):
        tell_leaders(found, now)


def answer_application(found: Project, who: CurrentPerson, now: datetime, reason: str, *, agrees: bool) -> None:
    """The leading group agrees, and drafting begins, or it says why not."""
    entitled(found, Deed.AGREE, who)
    if not agrees and not reason:
        raise Invalid(lazy("Say why."), fields={"reason": lazy("Say why.")})
    if move(found, Deed.AGREE if agrees else Deed.DECLINE, who, now, reason) and agrees:
        _start_draft(found, who, now)


def begin_drafting(found: Project, who: CurrentPerson, now: datetime) -> None:
    """Research and application are optional: the draft begins, blank or from the edition to be revised."""
    if move(found, Deed.BEGIN, who, now):
        _start_draft(found, who, now)


def consult(
    found: Project,
    asked: Sequence[tuple[Asked, str | None, str]],
    comment_to: date | None,
    who: CurrentPerson,
    now: datetime,
    today: date,
) -> None:
    """Draft and note go to who works by it, who supervises, and customers. Raises Invalid: a sentence a field."""
    entitled(found, Deed.CONSULT, who)
    document = document_of(found.id)
    faults = sending_faults([side for side, _unit, _name in asked], comment_to, today)
    if not found.note:
        faults["note"] = lazy("The compilation note goes out with the draft. Write it first.")
    faults |= text_faults(document)
    if faults and found.state is State.DRAFTING:
        raise Invalid(lazy("The draft cannot go out yet."), fields=faults)
    if not move(found, Deed.CONSULT, who, now, data={"digest": digest_of(document)}, comment_to=comment_to):
        return
    named = dict.fromkeys(asked)
    rows = [{"project_id": found.id, "side": side, "unit_id": unit, "name": name} for side, unit, name in named]
    insert_recipients(rows)
    tell_asked(found, [row["unit_id"] for row in rows if row["unit_id"]], comment_to, now)


def withdraw(found: Project, who: CurrentPerson, now: datetime, reason: str) -> None:
    """The project ends without an edition; its working number is not given out again."""
    entitled(found, Deed.WITHDRAW, who)
    if not reason:
        raise Invalid(lazy("Say why."), fields={"reason": lazy("Say why.")})
    move(found, Deed.WITHDRAW, who, now, reason)


def move(
    found: Project,
    deed: Deed,
    who: CurrentPerson,
    now: datetime,
    text: str = "",
    data: Mapping[str, Any] | None = None,
    **values: Any,
) -> bool:
    """Take the project on; False when this person did it before. Raises Conflict for a skipped phase, Forbidden."""
    if _again(found, deed, who):
        return False
    then = after(found.kind, found.state, deed)
    entitled(found, deed, who)
    moved_on(change_project(found.id, found.state, state=then, **values))
    note(found.id, deed, who.id, now, text, data)
    return True


def entitled(found: Project, deed: Deed, who: CurrentPerson) -> None:
    """Raises Forbidden when this deed is somebody else's, before anything is said about what it lacks."""
    sides = sides_of(who, found)
    if not any(each.deed is deed and found.kind in each.kinds and each.who & sides for each in MOVES):
        raise Forbidden(lazy("This step of the project belongs to somebody else."))


def moved_on(done: bool) -> None:
    """Raises Conflict when somebody was faster."""
    if not done:
        raise Conflict(lazy("The project has moved on meanwhile. Open it again and look."))


def text_faults(document: Mapping[str, Any] | None) -> dict[str, object]:
    """What keeps a draft from going on: nothing written, or faults that the editor names."""
    if document is None or not document.get("steps"):
        return {"draft": lazy("The draft has no steps yet.")}
    found = faults_of(document)
    if not found:
        return {}
    first = found[0]
    where = f"{first.where}: " if first.where else ""
    return {
        "draft": lazy("%(n)d faults in the draft; the first: %(fault)s", n=len(found), fault=f"{where}{first.sentence}")
    }


def digest_of(document: Mapping[str, Any] | None) -> str:
    """Names a text whatever its number: the text that was reviewed is the one that is approved and published."""
    plain = {**(document or {}), **UNNUMBERED}
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _again(found: Project, deed: Deed, who: CurrentPerson) -> bool:
    """The last deed was this one, by this person: a form sent twice."""
    moves = [each for each in events_of(found.id) if each.kind in set(Deed)]
    if not moves or (moves[-1].kind, moves[-1].by_id) != (deed, who.id):
        return False
    return any(each.deed is deed and each.after is found.state and found.kind in each.kinds for each in MOVES)


def _start_draft(found: Project, who: CurrentPerson, now: datetime) -> None:
    start(found.id, found.from_edition, who, now, responsible_id=found.responsible_id, title=found.title)


def _new_code(new: NewProject, prefix: str) -> str:
    function, item = new.place[:2], new.place[2:]
    used = codes_used()
    found = next_part(used, prefix, function, item) if item else next_item(used, prefix, function)
    if found is None:
        sentence = lazy("All numbers there are taken.")
        raise Invalid(sentence, fields={"place": sentence})
    return found


def _code_of(new: NewProject) -> tuple[str, str]:
    """Code and title of the standard that is revised or ended."""
    row = edition_row(new.from_edition)
    if row is None or row.status not in USED:
        sentence = lazy("Choose a standard that is in force.")
        raise Invalid(sentence, fields={"from_edition": sentence})
    if others := running(row.code):
        sentence = lazy("A project for this standard is running: %(title)s.", title=others[0].title)
        raise Invalid(sentence, fields={"from_edition": sentence})
    return row.code, next(each.title for each in standards() if each.code == row.code)


def _faults(new: NewProject, title: str, today: date, who: CurrentPerson) -> dict[str, object]:
    faults: dict[str, object] = {}
    if not 0 < len(title) <= 120:
        faults["title"] = lazy("A name of at most %(n)d characters is needed.", n=120)
    if new.due_on is None or new.due_on < today:
        faults["due_on"] = lazy("Choose a day that lies ahead.")
    if new.leader_id not in {each.id for each in candidates()}:
        faults["leader_id"] = lazy("Choose who leads the project.")
    unit = unit_by_id(new.responsible_id)
    if unit is None:
        faults["responsible_id"] = lazy("Choose a unit.")
    elif who.role is Role.SUPERVISOR and unit.id not in (scope_of(who).units or frozenset()):
        faults["responsible_id"] = lazy("Choose a unit that you answer for.")
    if max(len(new.necessity), len(new.content), len(new.means)) > LONGEST:
        faults["necessity"] = lazy("This text is too long; at most %(n)d characters.", n=LONGEST)
    return faults
