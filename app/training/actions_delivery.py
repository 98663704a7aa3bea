"""Texts reach whom they concern (rules TR-1, TR-6), newcomers get somebody beside them, ends are told in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import insert

from app.db import run
from app.messages.actions_notices import tell_new
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind
from app.standards.queries import edition, edition_rows
from app.standards.rules import Edition
from app.standards.rules_compare import changed_steps
from app.training.models import Delivery
from app.training.queries import qualified, training_settings
from app.training.queries_ends import ending_papers, leaders_of
from app.training.queries_exams import has
from app.training.queries_people import Course, concerned_by, courses, hands
from app.training.queries_steps import delivered_pairs


def deliver(person_id: str, course: Course, on: date, now: datetime, by_id: str | None = None) -> bool:
    """Once a person and edition; whoever is qualified for the edition before is asked the changed steps only."""
    if has(Delivery, person_id=person_id, edition=course.number):
        return False
    before = _edition_before(course)
    known = before is not None and qualified([person_id], [before.number], on)[person_id, before.number].qualified
    _put(person_id, course, before if known else None, on, now, by_id)
    return True


def deliver_due(now: datetime, zone: tzinfo) -> int:
    """For the timer: every edition in force or published reaches everybody whom it concerns, and each is told."""
    today = now.astimezone(zone).date()
    people, learned = hands(), courses(today)
    wanted, standing = concerned_by(learned, people), delivered_pairs([each.number for each in learned])
    made = 0
    for course in learned:
        fresh = [person_id for person_id in wanted[course.number] if (person_id, course.number) not in standing]
        if fresh:
            made += _deliver_all(fresh, course, today, now)
    return made


def _deliver_all(person_ids: list[str], course: Course, on: date, now: datetime) -> int:
    before = _edition_before(course)
    known = qualified(person_ids, [before.number], on) if before else {}
    for person_id in person_ids:
        held = known.get((person_id, before.number)) if before else None
        _put(person_id, course, before if held and held.qualified else None, on, now, None)
    until = max(course.row.effective_on or on, on)
    params = {"standard": course.text.title, "day": until.isoformat()}
    key = f"training:{course.number}"
    tell_new([Notice(Kind.TRAINING, person_ids, params, f"/training/read/{course.number}", key)], now)
    return len(person_ids)


def tell_ends(now: datetime, zone: tzinfo) -> int:
    """For the timer: certificates that end soon or have ended are told to their holder and the crew leader."""
    today, settings = now.astimezone(zone).date(), training_settings()
    ending = ending_papers(today + timedelta(days=settings.remind_days))
    leaders = leaders_of({each.crew_id for each in ending if each.crew_id})
    notices = []
    for each in ending:
        kind = Kind.CERTIFICATE_OVER if each.valid_to < today else Kind.CERTIFICATE_ENDS
        params = {"certificate": each.name, "person": each.person, "day": each.valid_to.isoformat()}
        people = sorted({each.person_id, *leaders.get(each.crew_id or "", ())})
        notices.append(Notice(kind, people, params, "/training", f"{kind}:{each.person_id}:{each.id}"))
    return tell_new(notices, now)


def _edition_before(course: Course) -> Edition | None:
    """The newest older edition of the same standard that had steps."""
    older = [row for row in edition_rows() if row.code == course.row.code and row.year < course.row.year]
    texts = (edition(row) for row in sorted(older, key=lambda row: -row.year))
    return next((text for text in texts if text.steps), None)


def _put(person_id: str, course: Course, before: Edition | None, on: date, now: datetime, by_id: str | None) -> None:
    values: Mapping[str, object] = {
        "person_id": person_id,
        "edition": course.number,
        "on": on,
        "asked": list(changed_steps(before, course.text)) if before else None,
        "before": before.number if before else None,
        "by_id": by_id,
        "at": now,
    }
    run(insert(Delivery).values(**values))
