"""What others decide about a record: photos, 无法作业, 不适用; every decision is an event beside the record."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from app.checks import writes
from app.checks.actions_counting import assert_counts, recount, step_of
from app.checks.actions_holding import held
from app.checks.queries import CheckRow, check_by_id, find_check
from app.checks.rules_review import NOT_APPLIED, PhotoVerdict, StepVerdict, UnableVerdict, may_judge, photo_key
from app.nonconformities.actions import register_from_desk
from app.nonconformities.queries import desk_finding
from app.nonconformities.rules import Draft, Where
from app.refusals import Conflict, Forbidden, Invalid, Stale
from app.schedule.actions import judge_unable as settle_unable
from app.schedule.queries import occurrence_by_id
from app.schedule.rules_states import State
from app.standards.rules import Step
from app.web.current import CurrentPerson
from app.web.words import lazy

FAILED_PICTURE_WAITS = timedelta(hours=24)
SETTLED = lazy("This has been settled already. Load the page again.")


def verdict(check_id: str, step_id: str, said: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """合格 or 退回补拍 for the photos of a step; the latter only while the window may still be done."""
    check = _for_judging(check_id, who)
    step_of(check, step_id)
    if said not in set(PhotoVerdict):
        raise Invalid(lazy("This is not one of the possible answers."), fields={"verdict": said})
    asked = said == PhotoVerdict.RETAKE
    if asked and (check.expire_at is None or now > check.expire_at):
        raise Conflict(
            lazy("The window is over. Open a finding instead of asking for another photo."), problem="too-late"
        )
    if asked and not reason.strip():
        sentence = lazy("Say in a few words what the photo has to show.")
        raise Invalid(sentence, fields={"reason": sentence})
    steps = [step for step in check.state.retake_steps if step != step_id]
    verdicts = dict(check.state.verdicts or {})
    # A picture that cannot be opened stays none until it was taken again.
    verdicts[photo_key(step_id, verdicts, NOT_APPLIED | {StepVerdict.UNREADABLE})] = said
    verdicts[f"{step_id}.reason"] = reason.strip()[:200]
    changed = {"retake_steps": [*steps, step_id] if asked else steps, "verdicts": verdicts}
    writes.keep_state(check.id, **changed, **({"retake_until": check.expire_at} if asked else {}))
    kind = "retake_asked" if asked else "photos_ok"
    writes.insert_event(
        check.id, kind, at=now, by_id=who.id, by_name=who.name, step_id=step_id, data={"reason": reason[:200]}
    )


def judge_unable(check_id: str, said: str, reason: str, who: CurrentPerson, now: datetime) -> None:
    """Accepted leaves the figures, refused counts as missed unless it was done after all. Raises Stale when settled."""
    check = _for_judging(check_id, who)
    if said not in (UnableVerdict.ACCEPTED, UnableVerdict.REFUSED):
        raise Invalid(lazy("This is not one of the possible answers."), fields={"verdict": said})
    if check.state.unable_verdict != UnableVerdict.PENDING:
        raise Stale(SETTLED)
    writes.keep_state(check.id, unable_verdict=said)
    writes.insert_event(
        check.id, f"unable_{said}", at=now, by_id=who.id, by_name=who.name, data={"reason": reason[:200]}
    )
    due = occurrence_by_id(check.occurrence_id) if check.occurrence_id else None
    if due and due.state is State.UNABLE:
        settle_unable(due.id, accepted=said == UnableVerdict.ACCEPTED, by_id=who.id, at=now, reason=reason[:200])


def judge_not_applicable(
    check_id: str, step_id: str, accepted: bool, reason: str, who: CurrentPerson, now: datetime, *, zone: tzinfo
) -> None:
    """A yes lets it stand; a no turns it into a fail and registers what was not done. Raises Stale when settled."""
    check = _for_judging(check_id, who)
    verdicts = dict(check.state.verdicts or {})
    if verdicts.get(step_id) != UnableVerdict.PENDING:
        raise Stale(SETTLED)
    verdicts[step_id] = str(StepVerdict.NA_ACCEPTED if accepted else StepVerdict.NA_REFUSED)
    writes.keep_state(check.id, verdicts=verdicts)
    data = {"reason": reason[:200]}
    writes.insert_event(check.id, verdicts[step_id], at=now, by_id=who.id, by_name=who.name, step_id=step_id, data=data)
    if not accepted:
        recount(check, verdicts, who.id, now)
        open_desk_finding(check, step_id, reason, who, now, zone)


def open_finding(
    check_id: str, step_id: str, text: str, severity: str, who: CurrentPerson, now: datetime, *, zone: tzinfo
) -> str:
    """开整改 from the desk; gives back the finding's id. The same words again while it stands are the same finding."""
    check = _for_judging(check_id, who)
    step = step_of(check, step_id)
    if not text.strip():
        sentence = lazy("Say in a few words what has to be put right.")
        raise Invalid(sentence, fields={"text": sentence})
    if severity not in ("minor", "major", "critical"):
        raise Invalid(lazy("This is not one of the possible answers."), fields={"severity": severity})
    draft = _draft(step, text.strip()[:2000], severity, "work")
    return desk_finding(check.id, step_id, draft.text, severity) or _open(check, draft, who, now, zone)


def open_desk_finding(
    check: CheckRow, step_id: str, reason: str, who: CurrentPerson, now: datetime, zone: tzinfo
) -> str:
    """What failed only when somebody else looked is registered as the step itself would have; the finding's id."""
    step = step_of(check, step_id)
    draft = _draft(step, reason or step.title, str(step.severity), str(step.cause_default))
    return _open(check, draft, who, now, zone)


def ask_again(check_id: str, step_id: str | None, now: datetime) -> None:
    """A picture that could not be decoded is asked for again (重拍) and does not count; for the picture queue."""
    found = find_check(check_id)
    if found is None or step_id is None:
        return
    check = held(found)
    if check.state.void or step_id in check.state.retake_steps:
        return
    verdicts = dict(check.state.verdicts or {})
    verdicts |= {photo_key(step_id, verdicts): str(StepVerdict.UNREADABLE), f"{step_id}.reason": ""}
    until = max(check.expire_at or now, now + FAILED_PICTURE_WAITS)
    steps = [*check.state.retake_steps, step_id]
    writes.keep_state(check.id, retake_steps=steps, retake_until=until, verdicts=verdicts)
    writes.insert_event(check.id, "picture_failed", at=now, step_id=step_id)
    recount(check, verdicts, None, now)


def _for_judging(check_id: str, who: CurrentPerson) -> CheckRow:
    check = held(check_by_id(check_id, who))
    fits = may_judge(
        who, author_id=check.person_id, implementer_id=check.implementer_id, responsible_id=check.responsible_id
    )
    if not fits:
        raise Forbidden(lazy("This is decided by the responsible department, outside the unit that did the work."))
    assert_counts(check)
    return check


def _draft(step: Step, text: str, severity: str, cause: str) -> Draft:
    return Draft(step.id, step.title, severity, cause, str(step.fail_action), text)


def _open(check: CheckRow, draft: Draft, who: CurrentPerson, now: datetime, zone: tzinfo) -> str:
    where = Where(check.point_id, check.standard_code, check.edition, check.implementer_id, check.responsible_id)
    finding_id, number = register_from_desk(check.id, where, draft, by_id=who.id, at=now, zone=zone)
    data = {"finding": finding_id, "number": number}
    writes.insert_event(
        check.id, "finding_opened", at=now, by_id=who.id, by_name=who.name, step_id=draft.step_id, data=data
    )
    return finding_id
