"""Deeds on patrol routes: a crew leader or supervisor lays one out, or retires it."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.actions import note
from app.patrols.queries import choices, implementer_at, route_by_id, route_for
from app.patrols.rules import MOST_MINUTES, MOST_POINTS
from app.patrols.writes import insert_route, retire_route
from app.refusals import Conflict, Invalid, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class RouteWish:
    """A route as typed; `id` is made by the page, so that a retry is the same route."""

    id: str
    name: str
    standard_code: str
    points: tuple[str, ...]
    ordered: bool
    least_minutes: int | None = None
    most_minutes: int | None = None


def lay_out(wish: RouteWish, who: CurrentPerson, now: datetime) -> bool:
    """A new route; False when it stands already. Raises Invalid, or Conflict when its id is that of another."""
    standing = route_by_id(wish.id)
    if standing is not None:
        if (standing.standard_code, standing.points) == (wish.standard_code, wish.points):
            return False
        raise Conflict(lazy("This entry was made already with other content. Load the page again."))
    faults = faults_of(wish, who)
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
    org_id = implementer_at(wish.points[0], wish.standard_code)
    insert_route({**vars(wish), "points": list(wish.points), "org_id": org_id, "made_by_id": who.id, "made_at": now})
    note(
        "setting.changed", by_id=who.id, by_name=who.name, about=f"patrol {wish.id}", data={"points": len(wish.points)}
    )
    return True


def retire(route_id: str, who: CurrentPerson, now: datetime) -> bool:
    """Walked no longer; its sheets stay. False when it was retired before. Raises NotFound out of reach."""
    if route_for(who, route_id) is None:
        raise NotFound(lazy("There is no such route in your reach."))
    note("setting.changed", by_id=who.id, by_name=who.name, about=f"patrol {route_id}", data={"retired": True})
    return retire_route(route_id, who.id, now)


def faults_of(wish: RouteWish, who: CurrentPerson) -> dict[str, object]:
    """What speaks against a route, by field."""
    faults: dict[str, object] = {}
    if not wish.name:
        faults["name"] = lazy("Give the route a name.")
    choice = next((each for each in choices(who) if each.code == wish.standard_code), None)
    if choice is None:
        faults["standard"] = lazy("Choose what is checked at its points.")
    known = {place.id for place in choice.points} if choice else set()
    if not 2 <= len(wish.points) <= MOST_POINTS or len(set(wish.points)) < len(wish.points):
        faults["points"] = lazy("A route has 2 to %(n)d points, each once.", n=MOST_POINTS)
    elif not known.issuperset(wish.points):
        faults["points"] = lazy("The standard does not hold at all of these points.")
    faults |= _minute_faults(wish.least_minutes, wish.most_minutes)
    return faults


def _minute_faults(least: int | None, most: int | None) -> dict[str, object]:
    sentence = lazy("Minutes from 0 to %(n)d, or nothing.", n=MOST_MINUTES)
    for name, minutes in (("least", least), ("most", most)):
        if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
            return {name: sentence}
    if least is not None and most is not None and most < least:
        return {"most": lazy("The latest lies before the earliest.")}
    return {}
