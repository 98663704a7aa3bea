"""The page of a unit's rota: its rounds by shift, the verdict in words, the proposal, and what was done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.places.queries import points_within
from app.schedule.queries_feasible import Checked, check_rota
from app.schedule.queries_plan import EVERYWHERE
from app.schedule.queries_rota import (
    Change,
    Draft,
    Named,
    changes_of,
    draft_of,
    names_of,
    published_rounds,
    unit_in_reach,
)
from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import batches
from app.schedule.rules_rota import RoundPlan, ShiftPlan
from app.schedule.rules_rota_words import clock, jam_sentence
from app.schedule.rules_verdicts import Heavy, heaviest, moves, starts
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class StartLine:
    """When to begin at a point; `late` minutes past the window when it is done."""

    at: str
    point: str
    late: int


@dataclass(frozen=True)
class RoundLine:
    """A round with the names of what it is made of, and its staggered starts by kind of day."""

    round: RoundPlan
    person: str
    points: Sequence[str]
    starts: Mapping[DayType, Sequence[StartLine]]


@dataclass(frozen=True)
class ShiftBlock:
    """The rounds of one shift."""

    shift: ShiftPlan
    clocks: tuple[str, str]
    rounds: Sequence[RoundLine]


@dataclass(frozen=True)
class Jam:
    """An interval that nobody can keep: in words, whose round can be changed, and when groups of it could begin."""

    sentence: str
    round_id: str
    people_needed: int
    people: int
    batches: Sequence[str]


@dataclass(frozen=True)
class HeavyLine:
    """The heaviest interval of a shift on a kind of day."""

    shift: str
    day_type: DayType
    day: date
    clocks: tuple[str, str]
    due: int
    available: int
    people: int
    fits: bool


@dataclass(frozen=True)
class MoveLine:
    """A proposed move in names."""

    point: str
    giver: str
    taker: str


@dataclass(frozen=True)
class RotaPage:
    """Everything the page shows; without a draft it is what is published."""

    unit: Named
    draft: Draft | None
    blocks: Sequence[ShiftBlock]
    checked: Checked
    jams: Sequence[Jam]
    heavy: Sequence[HeavyLine]
    moves: Sequence[MoveLine]
    changes: Sequence[Change]
    names: Mapping[str, str]


def rota_page(person: CurrentPerson, org_id: str, on: date, zone: ZoneInfo) -> RotaPage:
    """Raises NotFound out of reach."""
    unit, draft = unit_in_reach(person, org_id), draft_of(org_id)
    rounds = draft.rounds if draft else tuple(published_rounds([org_id]))
    checked = check_rota(rounds, org_id, on, zone)
    points = {each.id: each.name for each in points_within(EVERYWHERE)}
    names = names_of(sorted({each.person_id for each in rounds}))
    titles = {each.id: each for each in rounds}
    return RotaPage(
        unit=unit,
        draft=draft,
        blocks=_blocks(rounds, checked, points, names),
        checked=checked,
        jams=[_jam(each, checked, names) for each in checked.jams],
        heavy=[_heavy(each, checked) for each in heaviest(checked.works, checked.staff)],
        moves=[
            MoveLine(points[move.point_id], titles[move.from_round].name, titles[move.to_round].name)
            for move in (moves(checked.works, checked.staff) if checked.jams else ())
        ],
        changes=changes_of(org_id),
        names=names,
    )


def _blocks(
    rounds: Sequence[RoundPlan], checked: Checked, points: Mapping[str, str], names: Mapping[str, str]
) -> list[ShiftBlock]:
    begun: dict[str, dict[DayType, list[StartLine]]] = {}
    for (_, day_type), lines in starts(checked.works, checked.staff).items():
        for one in lines:
            line = StartLine(clock(one.at), points.get(one.task.point_id, ""), one.late)
            begun.setdefault(one.task.round_id, {}).setdefault(day_type, []).append(line)
    return [
        ShiftBlock(
            shift,
            (clock(shift.starts), clock(shift.ends)),
            [
                RoundLine(
                    each,
                    names.get(each.person_id, ""),
                    [points.get(point, point) for point in each.points],
                    begun.get(each.id, {}),
                )
                for each in rounds
                if each.shift_id == shift.id
            ],
        )
        for shift in checked.staff.shifts.values()
        if any(each.shift_id == shift.id for each in rounds)
    ]


def _jam(each: Heavy, checked: Checked, names: Mapping[str, str]) -> Jam:
    held = [one.id for one in checked.staff.rounds if one.shift_id == each.crew.shift_id]
    own = [one.id for one in checked.staff.rounds if one.id in held and one.person_id == each.person_id]
    return Jam(
        jam_sentence(each, checked.staff.shifts, names),
        (own or held or [""])[0],
        each.load.people_needed,
        each.load.people,
        [clock(at) for at in batches(each.load)],
    )


def _heavy(each: Heavy, checked: Checked) -> HeavyLine:
    load = each.load
    shift = checked.staff.shifts[each.crew.shift_id]
    clocks = (clock(load.start), clock(load.end))
    return HeavyLine(shift.name, each.day_type, each.day, clocks, load.due, load.available, load.people, load.fits)
