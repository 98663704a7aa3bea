"""Who is told what about a standard's life; each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.messages.actions import tell
from app.messages.actions_notices import tell_new
from app.messages.queries_recipients import crew_leaders, supervisors_of, with_role
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind
from app.standards.queries import EditionRow, StandardRow
from app.standards.rules_phases import Project
from app.standards.rules_review import reminder_due
from app.web.current import Role


def tell_asked(project: Project, unit_ids: Iterable[str], comment_to: date | None, now: datetime) -> None:
    """Those who lead and supervise the units that are asked."""
    people = {who for unit in unit_ids for who in (*supervisors_of(unit), *crew_leaders(unit_id=unit))}
    params = {"standard": project.title, "day": comment_to.isoformat() if comment_to else ""}
    key = f"project:{project.id}:comment"
    tell(Kind.STANDARD_COMMENT, sorted(people), params, _page(project), at=now, key=key)


def tell_leaders(project: Project, now: datetime) -> None:
    """The leader in charge: an application or a draft waits for a decision."""
    params = {"standard": project.title}
    key = f"project:{project.id}:decide:{now:%Y%m%d%H%M%S}"
    tell(Kind.STANDARD_DECIDE, with_role(Role.LEADER), params, _page(project), at=now, key=key)


def tell_published(project: Project, number: str, effective_on: date, unit_id: str, now: datetime) -> None:
    """Those who answer for it and those who do the work: what takes effect, and when."""
    people = {*supervisors_of(project.responsible_id), *crew_leaders(unit_id=unit_id or project.responsible_id)}
    params = {"standard": f"{number} {project.title}", "day": effective_on.isoformat()}
    key = f"edition:{number}:published"
    tell(Kind.STANDARD_PUBLISHED, sorted(people), params, f"/standards/{number}", at=now, key=key)


def remind(editions: Iterable[tuple[StandardRow, EditionRow]], today: date, now: datetime) -> int:
    """180, 90 and 30 days before the review, and once it is overdue (rules LC-2)."""
    office, notices = with_role(Role.STANDARDS), []
    for standard, row in editions:
        due = reminder_due(row.next_review_on, today) if row.next_review_on else None
        if due is None or row.next_review_on is None:
            continue
        people = [*office, *supervisors_of(standard.responsible_id)]
        params = {"standard": f"{row.number} {standard.title}", "day": row.next_review_on.isoformat()}
        kind = Kind.STANDARD_REVIEW if due else Kind.STANDARD_OVERDUE
        key = f"review:{row.number}:{row.next_review_on}:{due}"
        notices.append(Notice(kind, people, params, f"/standards/{row.number}", key))
    return tell_new(notices, now)


def _page(project: Project) -> str:
    return f"/standards/projects/{project.id}"
