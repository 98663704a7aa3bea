"""Deeds at the end of a project: plan of implementation, publication, the last day; reviews, and dates that come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from app.days import ONE_DAY
from app.organisations.queries import unit_by_id
from app.organisations.rules import Scope
from app.places.queries import all_standards_here, points_within
from app.refusals import Conflict, Forbidden, Invalid
from app.standards.actions_projects import UNNUMBERED, digest_of, entitled, move, text_faults
from app.standards.actions_review import same_text
from app.standards.actions_told import remind, tell_published
from app.standards.queries import EditionRow, edition_rows, standards
from app.standards.queries_drafts import document_of
from app.standards.queries_papers import is_reviewed
from app.standards.queries_projects import plan_of, running
from app.standards.rules_numbers import numbered
from app.standards.rules_phases import ENDING, Deed, Kind, Project, State
from app.standards.rules_publishing import (
    CONVERTED_MARK,
    PUBLISHED,
    SUPERSEDED,
    USED,
    PlanLine,
    Standing,
    Wish,
    ending_faults,
    publish_faults,
    status_on,
)
from app.standards.rules_review import TRIAL_MARK, ReviewOutcome, confirmed_mark, next_review, outcome_faults
from app.standards.writes_projects import (
    change_edition,
    change_standard,
    insert_edition,
    insert_plan,
    insert_points,
    insert_review,
    insert_standard,
    note,
)
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

EVERYWHERE = Scope(None, answering=True)
OFFICE_ONLY = lazy("Only the standards section does this.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A review as it was held; `basis` names what made it due, such as a newly issued national standard."""

    id: str
    outcome: str
    reason: str
    basis: str
    on: date | None


def write_plan(found: Project, lines: Sequence[PlanLine], who: CurrentPerson, now: datetime) -> None:
    """The plan of implementation as it is from now on; it can be written until the standard is published."""
    if who.role is not Role.STANDARDS:
        raise Forbidden(OFFICE_ONLY)
    if found.state in (State.WITHDRAWN, State.PUBLISHED):
        raise Conflict(lazy("This project is over. A change begins with a new one."))
    if not lines:
        sentence = lazy("Write at least one line.")
        raise Invalid(sentence, fields={"plan": sentence})
    if list(lines) == plan_of(found.id):
        return
    plain = [{**asdict(each), "from_on": str(each.from_on), "to_on": str(each.to_on)} for each in lines]
    insert_plan({"project_id": found.id, "lines": plain, "by_id": who.id, "at": now})
    note(found.id, "plan", who.id, now)


def publish(found: Project, wish: Wish, who: CurrentPerson, now: datetime, today: date) -> str:
    """The approved text becomes an edition (or the standard ends); gives its number. Raises Invalid, Conflict."""
    if found.state is State.PUBLISHED and found.edition:
        return found.edition
    entitled(found, Deed.PUBLISH, who)
    if found.kind in ENDING:
        return _end(found, wish, who, now, today)
    document = document_of(found.id)
    rows = [each for each in edition_rows() if each.code == found.code]
    known = [each for each in rows if each.effective_on is not None]
    approved_on = found.approved_on or today
    faults = publish_faults(wish, approved_on, today, plan_of(found.id), [_standing(each) for each in known])
    if not known and not _is_placed(wish):
        faults["points"] = lazy("Choose where the standard holds, and who works there.")
    faults |= text_faults(document)
    if faults and found.state is State.APPROVED:
        raise Invalid(lazy("The standard cannot be published yet."), fields=faults)
    same_text(found)
    number = numbered(found.code, approved_on.year)
    if move(found, Deed.PUBLISH, who, now, number, edition=number) and wish.effective_on:
        _put_standard(found, document or {}, wish)
        _put_edition(found, number, document or {}, wish, approved_on)
        _let_lapse(rows, wish.effective_on)
        tell_published(found, number, wish.effective_on, wish.implementer_id, now)
    return number


def review_edition(row: EditionRow, verdict: Verdict, who: CurrentPerson, now: datetime, today: date) -> None:
    """The outcome of a review (复审): a confirmation marks the cover; the others begin with a project of their own."""
    if is_reviewed(verdict.id):
        return
    if who.role is not Role.STANDARDS:
        raise Forbidden(OFFICE_ONLY)
    faults = outcome_faults(verdict.outcome, verdict.reason, verdict.on, today)
    if row.status not in USED:
        faults["outcome"] = lazy("Choose a standard that is in force.")
    if verdict.outcome == ReviewOutcome.CONFIRM and (others := running(row.code)):
        faults["outcome"] = lazy("A project for this standard is running: %(title)s.", title=others[0].title)
    if faults or verdict.on is None:
        raise Invalid(lazy("The review is not complete yet."), fields=faults)
    values = {"id": verdict.id, "edition": row.number, "on": verdict.on, "outcome": verdict.outcome}
    insert_review({**values, "reason": verdict.reason, "basis": verdict.basis, "by_id": who.id, "at": now})
    if verdict.outcome == ReviewOutcome.CONFIRM:
        mark = confirmed_mark(verdict.on)
        change_edition(row.number, cover_mark=mark, status="effective", next_review_on=next_review(verdict.on))


def turn(today: date, now: datetime) -> int:
    """What the dates bring: editions take effect and lapse, reviews are called to mind. Gives how many changed."""
    rows, changed = edition_rows(), 0
    for row in rows:
        newer = [_standing(each) for each in rows if each.code == row.code]
        status = status_on(_standing(row), today, newer)
        if status != row.status:
            change_edition(row.number, status=status)
            changed += 1
    known = {each.code: each for each in standards()}
    return changed + remind(((known[row.code], row) for row in rows if row.status in USED), today, now)


def _end(found: Project, wish: Wish, who: CurrentPerson, now: datetime, today: date) -> str:
    """The standard lapses after its last day; its number stays in the register and is not used again."""
    if (faults := ending_faults(wish.effective_on, today)) and found.state is State.APPROVED:
        raise Invalid(lazy("The standard cannot be ended yet."), fields=faults)
    number = found.from_edition or ""
    if move(found, Deed.PUBLISH, who, now, number, {"ends_on": str(wish.effective_on)}, edition=number):
        mark = {"cover_mark": CONVERTED_MARK} if found.kind is Kind.CONVERT else {}
        change_edition(number, ended_on=wish.effective_on, **mark)
    return number


def _is_placed(wish: Wish) -> bool:
    known = {each.id for each in points_within(EVERYWHERE)}
    return bool(wish.points) and set(wish.points) <= known and unit_by_id(wish.implementer_id) is not None


def _put_standard(found: Project, document: Mapping[str, Any], wish: Wish) -> None:
    head = {
        "title": document["title"],
        "title_en": document.get("title_en") or "",
        "public": bool(document.get("public")),
    }
    known = {each.code: each for each in standards()}
    if found.code in known:
        change_standard(found.code, **head)
    else:
        kin = [each.category for code, each in known.items() if code.split(".")[0] == found.code.split(".")[0]]
        rest = {"category": kin[0] if kin else "", "point_kinds": [], "responsible_id": found.responsible_id}
        insert_standard({**head, **rest, "code": found.code})
    owners = {"implementer_id": wish.implementer_id, "responsible_id": found.responsible_id}
    there = {each.point_id for each in all_standards_here() if each.standard_code == found.code}
    points = [
        {"point_id": point_id, "standard_code": found.code, **owners}
        for point_id in dict.fromkeys(wish.points)
        if found.from_edition is None and point_id not in there
    ]
    if points:
        insert_points(points)


def _put_edition(found: Project, number: str, document: Mapping[str, Any], wish: Wish, approved_on: date) -> None:
    text = {**document, **UNNUMBERED, "number": number, "code": found.code, "year": approved_on.year}
    values = {
        "number": number, "code": found.code, "year": approved_on.year, "status": PUBLISHED,
        "effective_on": wish.effective_on, "ended_on": None, "approved_on": approved_on,
        "next_review_on": wish.next_review_on, "cover_mark": TRIAL_MARK if wish.trial else "",
        "document": text, "digest": digest_of(text),
    }  # fmt: skip
    insert_edition(values)


def _let_lapse(known: Sequence[EditionRow], effective_on: date) -> None:
    """The edition before holds until the day before (rules LC-4); a draft in the register has had its time."""
    last = effective_on - ONE_DAY
    for row in known:
        if row.effective_on is None:
            change_edition(row.number, status=SUPERSEDED)
        elif row.status in (*USED, PUBLISHED) and (row.ended_on is None or row.ended_on > last):
            change_edition(row.number, ended_on=last)


def _standing(row: EditionRow) -> Standing:
    return Standing(row.number, row.year, row.status, row.effective_on, row.ended_on, row.cover_mark)
