"""What happens to cases by itself: review past the limit, praise at rest, reminders once, contacts wiped."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.feedback import writes_complaints as writes
from app.feedback.actions_complaints import shut
from app.feedback.actions_judging import upgrade_by_time
from app.feedback.queries_complaints import Case, find_case
from app.feedback.queries_tending import contacts_to_wipe, late_cases, resting_praise, up_for_review
from app.feedback.rules_complaints import DESK
from app.messages.actions import tell
from app.messages.queries_recipients import holders, supervisors_of, with_role
from app.messages.rules_words import Kind
from app.web.current import Role


def tend_cases(now: datetime, zone: tzinfo) -> int:
    """Everything that is due; gives back how many things were done. Twice at once does a thing once."""
    done = 0
    for item_id in up_for_review(now):
        if case := find_case(item_id):
            upgrade_by_time(case, now, zone)
            _tell(Kind.COMPLAINT_REVIEW, case, now, zone, "case-review", with_role(Role.INSPECTOR))
            done += 1
    for item_id in resting_praise(now):
        shut(item_id, now, None)
        done += 1
    for item_id in late_cases(now):
        if case := find_case(item_id):
            done += _tell(Kind.COMPLAINT_LATE, case, now, zone, f"case-late/{case.state}", [])
    return done + wipe_contacts(now)


def wipe_contacts(now: datetime) -> int:
    """DS-7: contact data of closed cases is emptied; the row stays as proof of when."""
    wiped = [item_id for item_id in contacts_to_wipe() if writes.wipe_contact(item_id, now)]
    for item_id in wiped:
        writes.insert_event(item_id, "contact_wiped", now)
    return len(wiped)


def _tell(kind: Kind, case: Case, now: datetime, zone: tzinfo, key: str, more: list[str]) -> int:
    people = {*more, *holders(DESK, now.astimezone(zone).date())}
    people |= set(supervisors_of(case.responsible_id)) if case.responsible_id else set()
    params = {"number": case.number, "point": case.point or ""}
    return tell(kind, people, params, f"/feedback/{case.item_id}", at=now, key=f"{key}/{case.item_id}")
