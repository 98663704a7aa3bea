"""Deeds on a unit's rota: begin a draft, change it round by round, take the proposal, publish what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.refusals import Conflict, Invalid, NotFound, Stale
from app.schedule.actions_rows import make_rows
from app.schedule.queries_choices import Choices, choices_of
from app.schedule.queries_feasible import Checked, check_rota
from app.schedule.queries_rota import Draft, draft_of, published_rounds, rota_state, round_homes, unit_in_reach
from app.schedule.rules_rota import RoundPlan
from app.schedule.rules_rota_words import clock
from app.schedule.rules_verdicts import Move, moves, starts
from app.schedule.writes_rota import (
    Deed,
    change_draft,
    close_draft,
    insert_change,
    insert_draft,
    insert_walk,
    put_rounds,
    told,
)
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Call:
    """When and where a deed is done."""

    at: datetime
    zone: ZoneInfo


def begin(person: CurrentPerson, org_id: str, rota_id: str, call: Call) -> None:
    """A draft of what is published now; asked again, or while one stands, nothing changes."""
    unit_in_reach(person, org_id)
    deed = Deed(person.id, call.at)
    if insert_draft(rota_id, org_id, published_rounds([org_id]), deed):
        insert_change(rota_id, "begun", deed)


def put_round(person: CurrentPerson, revision: int, new: RoundPlan, call: Call) -> None:
    """A round of the draft becomes this one, or it is added. The same again changes nothing."""
    draft = _draft(person, new.org_id)
    fault = _fault(new, choices_of(new.org_id, call.at.astimezone(call.zone).date()))
    if fault:
        raise Invalid(fault[1], fields={fault[0]: fault[1]})
    if round_homes([new.id]).get(new.id, new.org_id) != new.org_id:
        raise NotFound(lazy("There is no such round in this unit."))
    old = next((each for each in draft.rounds if each.id == new.id), None)
    if old == new:
        return
    rounds = [new if each.id == new.id else each for each in draft.rounds] + ([] if old else [new])
    data = {"before": told([old])[0] if old else None, "after": told([new])[0]}
    _change(draft, revision, rounds, lambda: insert_change(draft.id, "put", Deed(person.id, call.at), new.id, data))


def take_round(person: CurrentPerson, org_id: str, revision: int, round_id: str, call: Call) -> None:
    """A round leaves the draft; one that is not there is gone already."""
    draft = _draft(person, org_id)
    gone = [each for each in draft.rounds if each.id == round_id]
    if gone:
        rest, deed = [each for each in draft.rounds if each.id != round_id], Deed(person.id, call.at)
        data = {"before": told(gone)[0]}
        _change(draft, revision, rest, lambda: insert_change(draft.id, "taken", deed, round_id, data))


def put_rota(person: CurrentPerson, org_id: str, rounds: Sequence[RoundPlan], source: str, call: Call) -> None:
    """All rounds of a draft at once, as a workbook has them."""
    draft, deed = _draft(person, org_id), Deed(person.id, call.at)
    if list(draft.rounds) != list(rounds):
        data = {"before": told(draft.rounds), "source": source}
        _change(draft, draft.revision, rounds, lambda: insert_change(draft.id, "imported", deed, None, data))


def adopt(person: CurrentPerson, org_id: str, revision: int, call: Call) -> list[Move]:
    """The proposed moves are made in the draft; gives them back."""
    draft = _draft(person, org_id)
    checked = check_rota(draft.rounds, org_id, call.at.astimezone(call.zone).date(), call.zone)
    proposed = moves(checked.works, checked.staff)
    rounds = list(draft.rounds)
    for move in proposed:
        rounds = [_after(each, move) for each in rounds]
    if proposed:
        data, deed = {"moves": [asdict(each) for each in proposed]}, Deed(person.id, call.at)
        _change(draft, revision, rounds, lambda: insert_change(draft.id, "moved", deed, None, data))
    return proposed


def publish(person: CurrentPerson, org_id: str, rota_id: str, revision: int, call: Call) -> None:
    """The draft becomes the rota that rows are made from, if people can do it; asked again it is published already.

    Raises Conflict while a gap stands or an interval that nobody can keep: there is no way around (rules SC-2).
    """
    if rota_state(rota_id) == "published":
        return
    draft, deed = _draft(person, org_id), Deed(person.id, call.at)
    checked = check_rota(draft.rounds, org_id, call.at.astimezone(call.zone).date(), call.zone)
    if checked.hindered:
        raise Conflict(lazy("This rota cannot be done as it stands, so it is not published. The list says where."))
    before = told(published_rounds([org_id]))
    if not close_draft(draft.id, revision, "published", deed):
        raise _stale()
    put_rounds(org_id, draft.rounds, plans(checked))
    insert_change(draft.id, "published", deed, None, {"before": before})
    make_rows(call.zone, call.at)


def drop(person: CurrentPerson, org_id: str, rota_id: str, revision: int, call: Call) -> None:
    """The draft goes; what is published stays. Asked again it is gone already."""
    if rota_state(rota_id) == "dropped":
        return
    draft, deed = _draft(person, org_id), Deed(person.id, call.at)
    if not close_draft(draft.id, revision, "dropped", deed):
        raise _stale()
    insert_change(draft.id, "dropped", deed)


def set_walking(person: CurrentPerson, minutes: tuple[int, int, int], call: Call) -> None:
    """The minutes of the way from now on; the old ones stay on record."""
    names = ("same_floor", "same_building", "elsewhere")
    insert_walk({**dict(zip(names, minutes, strict=True)), "by_id": person.id, "at": call.at})


def plans(checked: Checked) -> dict[str, dict[str, list[str]]]:
    """Staggered starts by round and kind of day, each as `06:40 POINT CODE/SCHEDULE/WINDOW`."""
    found: dict[str, dict[str, list[str]]] = {}
    for (_, day_type), begun in starts(checked.works, checked.staff).items():
        for start in begun:
            task = start.task
            line = f"{clock(start.at)[:5]} {task.point_id} {task.reference}"
            found.setdefault(task.round_id, {}).setdefault(str(day_type), []).append(line)
    return found


def _draft(person: CurrentPerson, org_id: str) -> Draft:
    unit_in_reach(person, org_id)
    draft = draft_of(org_id)
    if draft is None:
        raise Conflict(lazy("Nobody is working on this rota. Begin a draft first."))
    return draft


def _change(draft: Draft, revision: int, rounds: Sequence[RoundPlan], note: Callable[[], Any]) -> None:
    if not change_draft(draft.id, revision, rounds):
        raise _stale()
    note()


def _stale() -> Stale:
    return Stale(lazy("Somebody has changed this rota meanwhile. Load the page again."))


def _after(each: RoundPlan, move: Move) -> RoundPlan:
    if each.id == move.from_round:
        return replace(each, points=tuple(point for point in each.points if point != move.point_id))
    return replace(each, points=(*each.points, move.point_id)) if each.id == move.to_round else each


def _fault(new: RoundPlan, known: Choices) -> tuple[str, object] | None:
    """The first thing in a round that the unit does not have."""
    points, windows = {each.id for each in known.points}, {each.reference for each in known.windows}
    people = {"", *(each.id for each in known.people)}
    rules = (
        ("name", bool(new.name), lazy("Give the round a name.")),
        ("shift", new.shift_id in {each.id for each in known.shifts}, lazy("Choose a shift.")),
        ("crew", new.crew_id in {each.id for each in known.crews}, lazy("Choose a crew.")),
        ("person", new.person_id in people, lazy("Choose somebody of this unit who works at points.")),
        ("points", bool(new.points) and points >= set(new.points), lazy("Choose points at which this unit works.")),
        ("windows", bool(new.windows) and windows >= set(new.windows), lazy("Choose windows of its standards.")),
    )
    return next(((field, sentence) for field, holds, sentence in rules if not holds), None)
