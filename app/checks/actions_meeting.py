"""A submission meets its point, edition and window: refused with a sentence, or kept with marks (contract 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.checks.queries_scene import DueRow, Scene, scene
from app.checks.rules import Mark, Place, Submission
from app.checks.rules_meeting import DEFAULT_PROFILE, code_of, may_work, profiles_of, standard_number, window_of_edition
from app.checks.rules_timing import Clocked, site_time, timing
from app.photos.rules import KeptPhoto
from app.photos.store_protocol import PhotoStore
from app.refusals import Forbidden, Gone, Invalid, NotFound
from app.schedule.queries_plan import calendar
from app.schedule.rules_days import day_type
from app.standards.queries import EditionRow
from app.standards.queries import edition as edition_of
from app.standards.rules import Edition
from app.standards.rules_facts import facts_asked, facts_of, facts_taken
from app.web.current import CurrentPerson
from app.web.words import lazy
from qr.payload import BadCode, read_code

UNKNOWN_CODE = lazy("No point has this code. Check the code on the label and type it again.")


class Named(Protocol):
    """What names an occurrence: a submission, a claim, a call ahead of one."""

    @property
    def code(self) -> str:
        """As scanned or typed."""

    @property
    def standard(self) -> str:
        """The number with its year."""

    @property
    def window(self) -> str | None:
        """The window's key; None outside the plan."""


@dataclass(frozen=True, slots=True)
class Call:
    """When a call arrived and what the phone's clock showed then; `sync` is off only for made history.

    `handed_in`: it came on a file by somebody else's hand (actions_handed). `phone`: the random name of the device.
    `ahead`: its uploads whose names were made durable before the transaction (actions_ahead); None: nobody looked.
    """

    received_at: datetime
    phone_time: datetime | None
    zone: ZoneInfo
    store: PhotoStore
    sync: bool = True
    handed_in: bool = False
    phone: str | None = None
    ahead: Mapping[str, KeptPhoto] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a submission is judged by."""

    scene: Scene
    due: DueRow | None
    row: EditionRow
    edition: Edition
    profile: str
    facts: Mapping[str, Any]
    implementer_id: str
    responsible_id: str
    clocked: Clocked
    business_on: date
    marks: tuple[Mark, ...]

    @property
    def place(self) -> Place:
        return self.scene.place


def meet(submission: Submission, who: CurrentPerson, call: Call) -> Meeting:
    """Raises NotFound, Gone, Forbidden or Invalid; everything else is kept and marked."""
    opened = site_time(submission.opened_at, call.phone_time, call.received_at)
    found = scene_named(submission, call.received_at)
    marks = _label_marks(found, opened, call.received_at)
    implementer, responsible, moved = _units(found, who)
    row = _edition_row(found, submission, opened.astimezone(call.zone).date())
    edition = edition_of(row)
    _refuse_strange_window(edition, submission, found.due)
    span = found.due.span if found.due else None
    clocked = timing(
        submission.opened_at, submission.submitted_at, call.phone_time, call.received_at, span, submission.elapsed
    )
    business_on = found.due.business_on if found.due else clocked.effective_at.astimezone(call.zone).date()
    profile = _profile(edition, submission, found.due)
    return Meeting(
        scene=found, due=found.due, row=row, edition=edition, profile=profile,
        facts=_facts(found, submission, edition, profile, business_on),
        implementer_id=implementer, responsible_id=responsible, clocked=clocked, business_on=business_on,
        marks=(*marks, *moved, *_edition_marks(found, row, call), *_person_marks(found.due, who)),
    )  # fmt: skip


def scene_named(named: Named, at: datetime) -> Scene:
    """What a call names by label code, or by the point's own code; raises NotFound."""
    number = standard_number(named.standard)
    try:
        code, is_label = read_code(named.code), True
    except BadCode:
        code, is_label = named.code.strip().upper(), False
    found = scene(code, is_label=is_label, edition=number, standard_code=code_of(number), window=named.window, at=at)
    if found is None:
        raise NotFound(UNKNOWN_CODE)
    return found


def scene_within_reach(named: Named, who: CurrentPerson, at: datetime) -> Scene:
    """The same for those whose unit works there; raises Forbidden for others."""
    found = scene_named(named, at)
    if not may_work(who, found.implementer_path):
        raise Forbidden(_FOREIGN_SENTENCE)
    return found


def _label_marks(found: Scene, opened: datetime, received_at: datetime) -> tuple[Mark, ...]:
    if not found.active or (found.life and not found.life.opens_at(opened)):
        raise Gone(lazy("This label was withdrawn. Scan the new label at the point, or ask your crew leader."))
    withdrawn = found.life is not None and not found.life.opens_at(received_at)
    return (Mark.LABEL_WITHDRAWN,) if withdrawn else ()


def _units(found: Scene, who: CurrentPerson) -> tuple[str, str, tuple[Mark, ...]]:
    """Implementer and responsible department; a point that moved to another unit meanwhile keeps those of the row."""
    due = found.due
    if found.implementer_id and found.responsible_id and may_work(who, found.implementer_path):
        moved = due is not None and due.implementer_id != found.implementer_id
        return found.implementer_id, found.responsible_id, (Mark.POINT_MOVED,) if moved else ()
    if due and due.implementer_id == who.org_id and may_work(who, who.org_path):
        return due.implementer_id, due.responsible_id, (Mark.POINT_MOVED,)
    if found.implementer_id is None:
        raise Invalid(_STANDARD_SENTENCE, fields={"standard": _STANDARD_SENTENCE})
    raise Forbidden(_FOREIGN_SENTENCE)


_FOREIGN_SENTENCE = lazy("This point belongs to another unit. You can look at its public page.")
_STANDARD_SENTENCE = lazy("This standard is not done at this point. Open the page again.")


def _edition_row(found: Scene, submission: Submission, opened_on: date) -> EditionRow:
    row = found.edition
    if row is None or row.code != code_of(standard_number(submission.standard)):
        raise Invalid(_STANDARD_SENTENCE, fields={"standard": _STANDARD_SENTENCE})
    own = found.due is not None and found.due.edition == row.number
    if not own and not row.in_force(opened_on):
        sentence = lazy("The edition %(number)s was not in force then. Open the page again.", number=row.number)
        raise Invalid(sentence, fields={"standard": sentence})
    return row


def _edition_marks(found: Scene, row: EditionRow, call: Call) -> tuple[Mark, ...]:
    other = found.due is not None and found.due.edition != row.number
    ended = not row.in_force(call.received_at.astimezone(call.zone).date())
    return (Mark.EDITION_OLDER,) if other or ended else ()


def _person_marks(due: DueRow | None, who: CurrentPerson) -> tuple[Mark, ...]:
    if due is None:
        return ()
    claimed = due.claimed_by_id not in (None, who.id)
    helped = due.assignee_id not in (None, who.id) and due.claimed_by_id != who.id
    return (*((Mark.CLAIMED_BY_OTHER,) if claimed else ()), *((Mark.HELPED,) if helped else ()))


def _refuse_strange_window(edition: Edition, submission: Submission, due: DueRow | None) -> None:
    if submission.window and due is None and not window_of_edition(edition, submission.window):
        sentence = lazy("There is no such window at this point. Open the page again.")
        raise Invalid(sentence, fields={"window": sentence})


def _profile(edition: Edition, submission: Submission, due: DueRow | None) -> str:
    if due:
        return due.profile
    profile = submission.profile or DEFAULT_PROFILE
    if profile not in profiles_of(edition):
        sentence = lazy("This standard has no such kind of check. Open the page again.")
        raise Invalid(sentence, fields={"profile": sentence})
    return profile


def _facts(found: Scene, submission: Submission, edition: Edition, profile: str, on: date) -> Mapping[str, Any]:
    due = found.due
    facts = facts_of(
        on=on,
        day_type=due.day_type if due else str(day_type(on, calendar())),
        profile=profile,
        window_key=due.window_key if due else None,
        kind=due.kind if due else "regular",
        attrs=found.place.attrs,
    )
    return {**facts, **((due.facts if due else None) or {}), **facts_taken(submission.facts, facts_asked(edition))}
