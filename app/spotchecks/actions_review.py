"""Deeds of a reviewer at the desk: a sheet of verdicts, taking it back, handing in. Rows are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import insert

from app import db
from app.accounts.queries import person_by_id
from app.refusals import Conflict, Invalid, NotFound
from app.spotchecks.actions_reviews import keep_review
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from app.spotchecks.queries_review import lists_left, sheet_by_id, sheets_of_item
from app.spotchecks.queries_review_page import NO_LIST, ReviewPage, review_list
from app.spotchecks.rules import Kind
from app.spotchecks.rules_opinions import NewReview, Way
from app.spotchecks.rules_review import NewSheet, Sheet, faults_of, standing
from app.web.current import CurrentPerson
from app.web.words import lazy

OTHER_CONTENT = lazy("This sheet was sent before with other answers. Load the page again.")
HANDED_IN = lazy("This record has been handed in. Nothing can be changed any more.")
NOT_LAST = lazy("Only your latest sheet can be taken back, as long as it is not handed in.")
INCOMPLETE = lazy("Some steps still need your answer.")


LEFT_LYING = timedelta(hours=4)


def taken_by(name: str) -> object:
    """The sentence for the second reviewer of a record."""
    return lazy("%(name)s has looked at this record meanwhile. Go on with the next one.", name=name)


@dataclass(frozen=True, slots=True)
class Kept:
    """The sheet that stands now, and the record that comes next; None when all have been looked at."""

    sheet_id: str
    next_id: str | None


def keep_sheet(page: ReviewPage, asked: list[str], form: NewSheet, who: CurrentPerson, now: datetime) -> Kept:
    """Keep what a reviewer says of a record; the same sheet again changes nothing.

    Raises Invalid with a sentence a step, Conflict when somebody else was quicker or all is handed in.
    """
    item = page.here.drawn
    if form.id is None:
        raise Invalid(lazy("The page is incomplete. Load it again."))
    sheets = sheets_of_item(item.id)
    repeat = next((each for each in sheets if each.id == form.id), None)
    if repeat is None:
        _refuse(sheets, who)
        faults = faults_of(asked, form.opinions)
        if faults:
            raise Invalid(INCOMPLETE, fields=faults)
        _insert(page, form, len(sheets) + 1, who, now)
    elif repeat.opinions != form.opinions or repeat.by_id != who.id:
        raise Conflict(OTHER_CONTENT)
    return Kept(form.id, review_list(item.draw_id, who).next_after(item.id))


def undo_sheet(sheet_id: str, who: CurrentPerson, now: datetime) -> str:
    """Take back the own latest sheet of a list; gives back its record. Undone before: nothing changes."""
    sheet = sheet_by_id(sheet_id)
    if sheet is None or sheet.by_id != who.id:
        raise NotFound(NO_LIST)
    if sheet.undone:
        return sheet.item_id
    found = review_list(sheet.draw_id, who)
    if found.undoable is None or found.undoable.id != sheet.id:
        raise Conflict(HANDED_IN if sheet.handed_in else NOT_LAST)
    db.run(insert(SheetUndo), {"sheet_id": sheet.id, "at": now})
    return sheet.item_id


def hand_in(draw_id: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> int:
    """Make the own sheets of a list final: second opinions from now on. How many; the second time none are left."""
    found = review_list(draw_id, who)
    way = Way.SELF if found.head.kind == Kind.SELF else Way.DESK
    checks = {each.drawn.id: each.drawn.check_id for each in found.all}
    for sheet in found.to_hand_in:
        new = NewReview(
            sheet.id, way, checks[sheet.item_id], sheet.opinions, item_id=sheet.item_id, began_at=sheet.began_at
        )
        keep_review(new, who, now, zone)
    return len(found.to_hand_in)


def hand_in_left(now: datetime, zone: tzinfo) -> int:
    """For the timer: what a reviewer left lying is handed in for them."""
    done = 0
    for draw_id, person_id in lists_left(now - LEFT_LYING):
        who = person_by_id(person_id)
        done += hand_in(draw_id, who, now, zone) if who else 0
    return done


def _refuse(sheets: list[Sheet], who: CurrentPerson) -> None:
    stands = standing(sheets)
    if stands is None:
        return
    if stands.by_id != who.id:
        raise Conflict(taken_by(stands.by_name), problem="taken")
    if stands.handed_in:
        raise Conflict(HANDED_IN)


def _insert(page: ReviewPage, form: NewSheet, nth: int, who: CurrentPerson, now: datetime) -> None:
    steps = [
        {"step": each.step_id, "verdict": each.verdict, "reason": each.reason, "note": each.note}
        for each in form.opinions
    ]
    began = min(form.began_at, now) if form.began_at else None
    row = {"id": form.id, "item_id": page.here.drawn.id, "draw_id": page.here.drawn.draw_id, "nth": nth}
    common = {"by_id": who.id, "by_name": who.name, "began_at": began, "at": now, "steps": steps}
    db.run(insert(ReviewSheet), row | common)
