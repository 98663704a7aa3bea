"""Deed of the timer: settle what the clock alone decides — missed, not yet known. Doing it twice does it once."""

from collections import defaultdict
from datetime import datetime

from app.schedule.queries import unsettled
from app.schedule.rules_states import Known, State, settle
from app.schedule.writes import Note, move_state


def settle_states(now: datetime) -> int:
    """Bring every overdue occurrence to its state at `now`; gives back how many changed."""
    moves: dict[tuple[State, State], list[int]] = defaultdict(list)
    for each in unsettled(now):
        after = settle(each.due, Known(phones=each.phones, announced=each.announced), now)
        if after is not each.state:
            moves[each.state, after].append(each.id)
    return sum(len(move_state(ids, (old,), new, Note(str(new), now))) for (old, new), ids in moves.items())
