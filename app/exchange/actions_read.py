"""Reads a workbook into what it would do: changes and faults, for all sheets of its kind together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.exchange.queries import Known, areas_of_buildings, known, titles_taken, units_of_crews
from app.exchange.rules import Change, Fault, Kind, Parsed, Reading, SheetPlan
from app.exchange.rules_reading import read_sheet, refuse_empty, refuse_hostile, sheet_names
from app.exchange.rules_sheets import AWAY, HERE, PEOPLE, POINTS, ROUNDS, SHEETS, STANDARDS, STEPS, WINDOWS
from app.exchange.rules_standards import standards_faults
from app.exchange.rules_values import FAULTS_AT_MOST, changes_of, parse_lines
from app.schedule.queries_choices import choices_of
from app.schedule.queries_rota import round_homes
from app.schedule.rules_absences import ABSENT_AT_MOST, COVERED_AT_MOST
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

Rows = Mapping[str, Sequence[Parsed]]
Check = Callable[[Rows, Known, date, CurrentPerson], list[Fault]]


def read(kind: Kind, body: bytes, person: CurrentPerson, today: date) -> Reading:
    """Changes nothing. Raises TooLarge, Unsupported or Invalid where the file is no workbook of this kind."""
    refuse_hostile(body)
    refuse_empty(sheet_names(body), SHEETS[kind])
    stands, faults, rows = known(kind, person), list[Fault](), dict[str, list[Parsed]]()
    for plan in SHEETS[kind]:
        lines, wrong = read_sheet(body, plan)
        rows[plan.name], wrong_values = parse_lines(plan, lines, stands.choices)
        faults += [*wrong, *wrong_values]
    if not faults:
        faults = CHECKS[kind](rows, stands, today, person)
    changes = [] if faults else [each for plan in SHEETS[kind] for each in _changes(plan, rows, stands)]
    same = sum(len(each) for each in rows.values()) - len(changes)
    return Reading(kind, changes, faults[:FAULTS_AT_MOST], max(same, 0))


def kind_of(body: bytes) -> Kind | None:
    """Which kind a workbook is, by its sheets."""
    refuse_hostile(body)
    names = set(sheet_names(body))
    return next((kind for kind, plans in SHEETS.items() if names & {plan.name for plan in plans}), None)


def _changes(plan: SheetPlan, rows: Rows, stands: Known) -> list[Change]:
    parsed = rows[plan.name]
    if plan is AWAY:
        # An absence that stands is the same, whoever covers: cover is taken back on its own page.
        parsed = [
            each
            for each in parsed
            if tuple(str(each.values[key]) for key in plan.keys) not in stands.current[plan.name]
        ]
    return changes_of(plan, parsed, stands.current[plan.name], stands.choices)


def _check_points(rows: Rows, stands: Known, _today: date, _who: CurrentPerson) -> list[Fault]:
    buildings, faults = areas_of_buildings(), list[Fault]()
    for row in rows[POINTS.name]:
        if buildings.get(str(row.values["area"])) != row.values["building"]:
            faults.append(_at(row, "area", lazy("This area is in another building.")))
    codes = {str(row.values["code"]) for row in rows[POINTS.name]} | {key[0] for key in stands.current[POINTS.name]}
    faults += [
        _at(row, "point", lazy("There is no point with this code, here or in the workbook."))
        for row in rows[HERE.name]
        if row.values["point"] not in codes
    ]
    return faults


def _check_people(rows: Rows, stands: Known, _today: date, _who: CurrentPerson) -> list[Fault]:
    crews, faults = units_of_crews(), list[Fault]()
    after = {key[0]: values for key, values in stands.current[PEOPLE.name].items()}
    for row in rows[PEOPLE.name]:
        after[str(row.values["id"])] = row.values
        crew = str(row.values["crew"])
        if row.values["role"] == Role.CREW_LEADER and not crew:
            faults.append(_at(row, "crew", lazy("A crew leader needs a crew.")))
        if crew and crews.get(crew) != row.values["unit"]:
            faults.append(_at(row, "crew", lazy("This crew belongs to another unit.")))
        if not str(row.values["id"]).replace("-", "").isalnum() or not str(row.values["id"]).isascii():
            faults.append(_at(row, "id", lazy("An account has letters, digits and - only.")))
    if not any(each["role"] == Role.ADMIN and each["active"] for each in after.values()) and rows[PEOPLE.name]:
        faults.append(_at(rows[PEOPLE.name][0], "role", lazy("No administrator would be left.")))
    return faults


def _check_rounds(rows: Rows, stands: Known, today: date, _who: CurrentPerson) -> list[Fault]:
    crews, faults = units_of_crews(), list[Fault]()
    choices = {unit: choices_of(unit, today) for unit in {str(row.values["unit"]) for row in rows[ROUNDS.name]}}
    for row in rows[ROUNDS.name]:
        unit = str(row.values["unit"])
        known_to, before = choices[unit], stands.current[ROUNDS.name].get((str(row.values["id"]),))
        people, points = {"", *(each.id for each in known_to.people)}, {each.id for each in known_to.points}
        windows = {each.reference for each in known_to.windows}
        rules = (
            ("unit", not before or before["unit"] == unit, lazy("This round belongs to another unit.")),
            ("crew", crews.get(str(row.values["crew"])) == unit, lazy("This crew belongs to another unit.")),
            ("person", row.values["person"] in people, lazy("This person belongs to another unit.")),
            ("points", points >= _listed(row, "points"), lazy("This unit does not work at all of these points.")),
            ("windows", windows >= _listed(row, "windows"), lazy("Its standards do not have all of these windows.")),
        )
        faults += [_at(row, key, sentence) for key, holds, sentence in rules if not holds]
    homes = round_homes([str(row.values["id"]) for row in rows[ROUNDS.name]])
    faults += [
        _at(row, "id", lazy("This round belongs to another unit."))
        for row in rows[ROUNDS.name]
        if homes.get(str(row.values["id"]), row.values["unit"]) != row.values["unit"]
    ]
    return faults + _check_away(rows[AWAY.name])


def _check_away(rows: Sequence[Parsed]) -> list[Fault]:
    faults = list[Fault]()
    for row in rows:
        first, last = (date.fromisoformat(str(row.values[key])) for key in ("from_on", "to_on"))
        if not 0 <= (last - first).days < ABSENT_AT_MOST:
            faults.append(_at(row, "to_on", lazy("The last day comes after the first, within a year.")))
        if row.values["cover"] == row.values["person"]:
            faults.append(_at(row, "cover", lazy("Choose somebody else to stand in.")))
        if row.values["cover"] and (last - first).days >= COVERED_AT_MOST:
            faults.append(_at(row, "cover", lazy("Cover can be given for a month at most.")))
    return faults


def _check_standards(rows: Rows, _stands: Known, today: date, who: CurrentPerson) -> list[Fault]:
    heads, steps, windows = (rows[plan.name] for plan in (STANDARDS, STEPS, WINDOWS))
    return standards_faults(heads, steps, windows, titles_taken(who), today)


def _listed(row: Parsed, key: str) -> set[str]:
    value = row.values[key]
    return set(value) if isinstance(value, tuple) else set()


def _at(row: Parsed, key: str, sentence: object) -> Fault:
    return Fault(row.sheet, row.cells[key], sentence)


CHECKS: Mapping[Kind, Check] = {
    Kind.POINTS: _check_points,
    Kind.PEOPLE: _check_people,
    Kind.ROUNDS: _check_rounds,
    Kind.STANDARDS: _check_standards,
}
