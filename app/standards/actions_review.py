"""Deeds of review and approval: minutes, back for changes, approval by another person here or by its document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.refusals import Conflict, Forbidden, Invalid
from app.standards.actions_projects import digest_of, entitled, move, text_faults
from app.standards.actions_told import tell_leaders
from app.standards.queries_drafts import document_of, drafters_of
from app.standards.queries_papers import papers_of
from app.standards.queries_projects import events_of, names_of
from app.standards.rules_papers import PaperKind
from app.standards.rules_phases import WRITING, Deed, Project, State, may_approve
from app.standards.rules_review import Minutes, minutes_faults
from app.web.current import CurrentPerson
from app.web.words import lazy

OWN = lazy("Nobody approves their own draft. Somebody else has to decide.")


@dataclass(frozen=True, slots=True)
class Decree:
    """An approval given on paper: its document number (文号), who gave it, when; its scan is a paper of the project."""

    number: str
    by: str
    on: date | None


def review(found: Project, minutes: Minutes, who: CurrentPerson, now: datetime, today: date) -> None:
    """The minutes of the meeting with their conclusion: the draft for approval (报批稿), or back for changes."""
    entitled(found, Deed.PASS, who)
    faults = minutes_faults(minutes, _sent_on(found), today)
    if minutes.passed:
        faults |= text_faults(document_of(found.id))
    if faults and found.state is State.REVIEW:
        raise Invalid(lazy("The minutes are not complete yet."), fields=faults)
    data = {
        "held_on": minutes.held_on.isoformat() if minutes.held_on else None,
        "place": minutes.place,
        "present": list(minutes.present),
        "answers": dict(minutes.answers),
        "remarks": dict(minutes.remarks),
    }
    deed = Deed.PASS if minutes.passed else Deed.FAIL
    if move(found, deed, who, now, minutes.conclusion, data) and minutes.passed:
        tell_leaders(found, now)


def resubmit(found: Project, who: CurrentPerson, now: datetime) -> None:
    """Changed after a review or a refusal, to be reviewed again."""
    entitled(found, Deed.RESUBMIT, who)
    document = document_of(found.id)
    if (faults := text_faults(document)) and found.state is State.REWORK:
        raise Invalid(lazy("The draft cannot go to review yet."), fields=faults)
    digest = digest_of(document)
    move(found, Deed.RESUBMIT, who, now, data={"digest": digest}, digest=digest)


def approve(found: Project, who: CurrentPerson, now: datetime, today: date, text: str) -> None:
    """By the leader in charge, here. Raises Forbidden for the own draft, Conflict for another text."""
    if not may_approve(who.id, found, drafters_of(found.id)):
        raise Forbidden(OWN)
    same_text(found)
    move(found, Deed.APPROVE, who, now, text, approved_on=today)


def record(found: Project, decree: Decree, who: CurrentPerson, now: datetime, today: date) -> None:
    """Given on paper: recorded by its document number, with a scan."""
    entitled(found, Deed.RECORD, who)
    faults: dict[str, object] = {}
    if not 0 < len(decree.number) <= 60:
        faults["number"] = lazy("The document number is needed, as it stands on the paper.")
    if not 0 < len(decree.by) <= 60:
        faults["by"] = lazy("Name who approved it.")
    elif decree.by in names_of([found.leader_id, found.made_by_id, *drafters_of(found.id)]):
        faults["by"] = OWN
    if decree.on is None or not _passed_on(found) <= decree.on <= today:
        faults["on"] = lazy("Choose the day of the approval: not before the review, not ahead.")
    if not any(each.kind is PaperKind.APPROVAL for each in papers_of(found.id)):
        faults["scan"] = lazy("Add the scan of the approval document first.")
    if faults and found.state is State.APPROVAL:
        raise Invalid(lazy("The approval cannot be recorded yet."), fields=faults)
    same_text(found)
    data = {"number": decree.number, "by": decree.by, "on": decree.on.isoformat() if decree.on else None}
    move(found, Deed.RECORD, who, now, decree.number, data, approved_on=decree.on)


def send_back(found: Project, who: CurrentPerson, now: datetime, reason: str) -> None:
    """Not approved; what has to be changed is said."""
    entitled(found, Deed.RETURN, who)
    if not reason:
        raise Invalid(lazy("Say why."), fields={"reason": lazy("Say why.")})
    move(found, Deed.RETURN, who, now, reason)


def same_text(found: Project) -> None:
    """Raises Conflict when the text is another than the one that was sent to review."""
    if found.kind in WRITING and found.digest and digest_of(document_of(found.id)) != found.digest:
        raise Conflict(lazy("The text is another one than the one reviewed. It has to be reviewed again."))


def _sent_on(found: Project) -> date:
    """The day on which the draft went to review, by the newest event that sent it there."""
    sent = [each.at.date() for each in events_of(found.id) if each.kind in (Deed.CONCLUDE, Deed.RESUBMIT)]
    return sent[-1] if sent else found.made_at.date()


def _passed_on(found: Project) -> date:
    """The day of the meeting that let it pass; for an end the day it was applied for."""
    passed = [each.data.get("held_on") for each in events_of(found.id) if each.kind == Deed.PASS]
    return date.fromisoformat(passed[-1]) if passed and passed[-1] else found.made_at.date()
