"""What the timer does for spot checks: promise the draws of every plan and day ahead, draw what has closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo

from app.days import ONE_DAY
from app.messages.actions import tell
from app.messages.queries_recipients import supervisors_of, with_role
from app.messages.rules_words import Kind as Message
from app.spotchecks.actions_draws import draw, is_whole, promise_all
from app.spotchecks.queries_draws import closed_undrawn, find_draw
from app.spotchecks.queries_plans import PlanRow, running_plans
from app.spotchecks.queries_units import Looking, crews_led, implemented_pairs, looking_units
from app.spotchecks.rules import Kind, Method, Mode, Period, Rhythm, Scope, before_event, period_of
from app.spotchecks.rules_lots import NewDraw, lots_of
from app.spotchecks.rules_sizes import SHARE
from app.web.current import Role


def promise_due(now: datetime, zone: tzinfo) -> int:
    """Today's and tomorrow's period of every plan, and the lists of both days for every unit and crew."""
    today = now.astimezone(zone).date()
    plans, units, crews = running_plans(), looking_units(), crews_led()
    fresh: list[NewDraw] = []
    for day in (today, today + ONE_DAY):
        fresh += [each for plan in plans for each in draws_of_plan(plan, day)]
        fresh += daily(day, units, crews)
    return promise_all(fresh, now, zone)


def draw_closed(draw_id: str, now: datetime, zone: tzinfo) -> int:
    """Draw one list whose period is over, and tell those who look at it."""
    n = draw(draw_id, now, zone)
    row = find_draw(draw_id)
    if n and row:
        people = with_role(Role.INSPECTOR) if is_whole(row) else supervisors_of(row.owner_id)
        link = "/spotchecks/onsite" if row.mode == Mode.ONSITE else f"/spotchecks/draws/{row.id}/review"
        params = {"n": str(row.sample), "total": str(row.population)}
        tell(Message.SPOTCHECK_DRAWN, people, params, link, at=now, key=f"drawn:{row.id}")
    return n


def waiting(now: datetime, zone: tzinfo) -> list[str]:
    """Draws that the timer has to make now."""
    return closed_undrawn(now, now.astimezone(zone).date())


def daily(day: date, units: Iterable[Looking], crews: Iterable[Looking]) -> list[NewDraw]:
    """The lists of a day: 抽查 by each department with supervisors, 自查 by each crew with a leader (SP-2)."""
    return [_of_day(day, Kind.SPOT, each) for each in units] + [_of_day(day, Kind.SELF, each) for each in crews]


def _of_day(day: date, kind: Kind, looking: Looking) -> NewDraw:
    return NewDraw(
        kind, Mode.DESK, Method.WEIGHTED, Rhythm.DAILY, Scope.UNIT, looking.unit_id, Period(day, day), SHARE,
        crew_id=looking.crew_id,
    )  # fmt: skip


def draws_of_plan(plan: PlanRow, today: date) -> Iterator[NewDraw]:
    """What a plan wants drawn of the period that runs today; irregular ones name their own days."""
    period = period_of_plan(plan, today)
    if period is None:
        return
    pairs = implemented_pairs(plan.owner_path) if plan.scope == Scope.LOTS else []
    wanted = [
        (unit, code)
        for unit, code in pairs
        if plan.implementer_id in (None, unit) and plan.standard_code in (None, code)
    ]
    for implementer, standard in lots_of(Scope(plan.scope), wanted):
        yield NewDraw(
            Kind(plan.kind), Mode(plan.mode), Method(plan.method), Rhythm(plan.rhythm), Scope(plan.scope),
            plan.owner_id, period, plan.size, plan.id, implementer or plan.implementer_id,
            standard or plan.standard_code, plan.area_id,
        )  # fmt: skip


def period_of_plan(plan: PlanRow, today: date) -> Period | None:
    """The days that the plan covers now; None before an irregular plan's days are named or after they are over."""
    if plan.rhythm != Rhythm.IRREGULAR:
        return period_of(Rhythm(plan.rhythm), today)
    if plan.from_on is None or plan.to_on is None:
        return None
    named = before_event(plan.to_on) if plan.scope == Scope.EVENT else Period(plan.from_on, plan.to_on)
    return named if named.to_on >= today else None
