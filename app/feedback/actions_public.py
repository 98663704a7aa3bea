"""What the public says at a point: kept once, judged by the walls, a lead where it is one. Never commits."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from app.db import run
from app.feedback.actions_calls import keep_item, place_call
from app.feedback.actions_cases import NewCase, open_case
from app.feedback.actions_walls import pass_walls
from app.feedback.models import FeedbackLead
from app.feedback.queries_calls import Target, targets_at
from app.feedback.queries_items import item_by_id, rated_since
from app.feedback.rules_complaints import Voice
from app.feedback.rules_public import Kind, NewItem
from app.feedback.rules_ratings import AGAIN_AFTER, excluded, is_lead, lead_due
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check
from app.refusals import Conflict
from app.schedule.queries_plan import calendar
from app.web.words import lazy

PUBLIC = "public"
NOBODY = Target("", "", "", "", None, public=True)


@dataclass(frozen=True)
class Kept:
    """Where it stands now: the item, and the call that it began or joined."""

    item_id: str
    call_id: str | None = None
    status_path: str | None = None


def keep_said(new: NewItem, zone: ZoneInfo, photo: KeptPhoto | None = None, *, secret: str) -> Kept:
    """Keep one thing said. The same id again is the same thing; raises TooMany at the walls, Conflict when rated.

    `secret` makes the link by which the case of a question, complaint or praise is followed.
    """
    if new.said.kind is Kind.CALL:
        return Kept(new.id, place_call(new, zone).id)
    here = targets_at(new.point_id)
    about = next(iter([*(each for each in here if each.public), *here]), NOBODY)
    if item_by_id(new.id) is None:
        _first(new, about, photo, zone)
    if new.said.kind is Kind.RATING:
        return Kept(new.id)
    return Kept(new.id, status_path=_case(new, about, secret, zone))


def _first(new: NewItem, about: Target, photo: KeptPhoto | None, zone: ZoneInfo) -> None:
    if new.said.kind is Kind.RATING:
        _once(new)
    pass_walls(str(new.said.kind), new.point_id, new.visitor, new.at)
    _keep(new, about, photo)
    if new.said.kind is Kind.RATING:
        _lead(new, about, zone)


def _case(new: NewItem, about: Target, secret: str, zone: ZoneInfo) -> str:
    kind, units = Voice(str(new.said.kind)), (about.implementer_id, about.responsible_id)
    case = NewCase(new.id, kind, new.point_id, *units, new.at, contact=new.said.contact, name=new.said.name)
    return f"/f/{open_case(case, secret=secret, zone=zone).token}"


def _once(new: NewItem) -> None:
    at = rated_since(new.point_id, new.visitor.device, new.at - AGAIN_AFTER)
    if at is not None:
        raise Conflict(lazy("You have rated this place a moment ago. Thank you; come again in half an hour."))


def _keep(new: NewItem, about: Target, photo: KeptPhoto | None) -> None:
    visitor = new.visitor
    why = excluded(visitor.path, about.implementer_path, staff_device=visitor.staff_device)
    units = (about.implementer_id, about.responsible_id)
    keep_item(new, about.standard_code, units, photo=photo.sha256 if photo else None, excluded=why)
    if photo:
        owner = PhotoOwner(new.id, PUBLIC, new.point_id, about.standard_code, *units)
        rows_for_check([PhotoUse(photo, Part.FEEDBACK)], owner, at=new.at)


def _lead(new: NewItem, about: Target, zone: ZoneInfo) -> None:
    face = new.said.face
    counts = not excluded(new.visitor.path, about.implementer_path, staff_device=new.visitor.staff_device)
    if face is None or not counts or not is_lead(face, new.said.words):
        return
    units = {"implementer_id": about.implementer_id, "responsible_id": about.responsible_id}
    due: datetime = lead_due(new.at, zone, calendar())
    run(insert(FeedbackLead), {"item_id": new.id, "point_id": new.point_id, "due_at": due, "outcome": "", **units})
