"""Drawing a crew's list of the day: by its leader or by the timer, once, when half of the day's work is done."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.accounts.queries import person_by_id
from app.refusals import Conflict
from app.spotchecks.actions_draws import draw, promise
from app.spotchecks.actions_promises import daily
from app.spotchecks.queries_selfchecks import crew_days, leaders
from app.spotchecks.queries_units import Looking
from app.spotchecks.rules_selfchecks import Stage
from app.web.current import CurrentPerson
from app.web.words import lazy

TOO_EARLY = lazy("The list is drawn once half of the day's tasks are done, so that nobody can pick the moment.")
NO_CREW = lazy("You lead no crew, so there is no list to draw.")


def draw_own(leader: CurrentPerson, now: datetime, zone: tzinfo) -> str:
    """The crew's list of today; asked again, the same list. Raises Conflict before half of the work is done."""
    today = now.astimezone(zone).date()
    crew = next(iter(crew_days(leader, today)), None)
    if crew is None or leader.crew_id is None:
        raise Conflict(NO_CREW)
    if crew.drawn_at is None:
        if crew.stage is not Stage.READY:
            raise Conflict(TOO_EARLY, problem="too-early")
        new = daily(today, [], [Looking(leader.org_id, leader.crew_id)])[0]
        promise(new, now, zone)
        draw(new.id, now, zone)
        return new.id
    return str(crew.draw_id)


def draw_ready(now: datetime, zone: tzinfo) -> int:
    """For the timer: the lists whose time has come."""
    today, drawn = now.astimezone(zone).date(), 0
    for person_id in leaders():
        leader = person_by_id(person_id)
        crew = next(iter(crew_days(leader, today)), None) if leader else None
        if leader and crew and crew.stage is Stage.READY:
            draw_own(leader, now, zone)
            drawn += 1
    return drawn
