"""The rota of the demo: minutes of the way, leave with cover, and a draft that asks too much of one person."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.demo.rules_dates import next_monday
from app.schedule.actions_absences import put_absence
from app.schedule.actions_rota import Call, begin, put_round, set_walking
from app.schedule.queries_rota import draft_of
from app.schedule.rules_absences import AbsenceForm

WAY = (3, 3, 3)
OFFICE, SUPERVISOR, LEADER = "std-01", "wk-19", "wk-28"
UNIT, FROM, TO, POINTS = "ctr-clean", "rd-clean-d1-7", "rd-clean-d1-5", ("pt-010", "pt-011")


def put_rota(zone: ZoneInfo, now: datetime) -> None:
    """Called once the rounds and the rows ahead stand."""
    office, supervisor, leader = (person_by_id(each) for each in (OFFICE, SUPERVISOR, LEADER))
    if office is None or supervisor is None or leader is None:
        return
    call = Call(now, zone)
    set_walking(office, WAY, call)
    monday = next_monday(now.astimezone(zone).date())
    away = AbsenceForm(
        str(UUID(int=1, version=4)), "wk-33", monday, monday + timedelta(days=1), "leave", "回乡", "wk-28"
    )
    put_absence(leader, away, call)
    begin(supervisor, UNIT, str(UUID(int=2, version=4)), call)
    for round_id in (FROM, TO):
        draft = draft_of(UNIT)
        if draft is None:
            return
        old = next(each for each in draft.rounds if each.id == round_id)
        points = (*old.points, *POINTS) if round_id == TO else tuple(set_aside(old.points))
        put_round(supervisor, draft.revision, replace(old, points=points), call)


def set_aside(points: tuple[str, ...]) -> list[str]:
    """The points that stay with the round."""
    return [each for each in points if each not in POINTS]
