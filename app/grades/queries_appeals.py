"""Until when an appeal is taken, and by when it is answered (rules GR-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from app.grades.queries import Month, Sheet
from app.grades.rules_history import Happened
from app.grades.rules_time import Phase, gr10_answer_by, gr10_appeals_until
from app.schedule.queries_plan import calendar


@dataclass(frozen=True)
class Appeals:
    """GR-10: whether an appeal is taken today and until when; `decided`: against a decision that changed the grade."""

    until: date
    open: bool
    decided: bool


def appeals_of(found: Sheet, month: Month, zone: tzinfo, today: date) -> Appeals:
    """Until the month freezes; five workdays against a decision. One query where there is one."""
    heard = found.heard_at
    if heard is None:
        free = found.appeal is None and not found.id
        return Appeals(month.last_day, free and month.phase is Phase.OPEN, decided=False)
    until = gr10_appeals_until(month.last_day, heard.astimezone(zone).date(), calendar())
    return Appeals(until, today <= until, decided=True)


def answer_by(appeal: Happened, last_day: date, zone: tzinfo) -> date:
    """When the evaluation group owes its answer."""
    return gr10_answer_by(last_day, appeal.at.astimezone(zone).date(), calendar())
