"""Deeds of exchange: a workbook comes in, is looked at first, and is taken over whole or not at all."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from app.accounts.actions import note
from app.accounts.actions_people import Sheet, change_person, disable, enable
from app.accounts.queries_people import account_within
from app.accounts.rules import Reach
from app.exchange.actions_call import Office
from app.exchange.actions_read import read
from app.exchange.actions_standards import put_standards
from app.exchange.queries import known, point_ids
from app.exchange.queries_imports import body_of, import_of
from app.exchange.rules import Change, Kind, Reading
from app.exchange.rules_content import GUIDE, IMPORTED
from app.exchange.rules_sheets import AWAY, HERE, POINTS, ROUNDS, SHEETS
from app.exchange.rules_values import cell_rows
from app.exchange.rules_writing import template_bytes
from app.exchange.writes import insert_import, insert_person, mark_applied, put_point, put_standard_here
from app.places.actions import replace_code
from app.refusals import Conflict, NotFound
from app.schedule.actions_absences import put_absence
from app.schedule.actions_rota import Call, begin, put_rota
from app.schedule.actions_rows import make_rows
from app.schedule.queries_rota import draft_of
from app.schedule.rules_absences import AbsenceForm
from app.schedule.rules_rota import RoundPlan
from app.web.current import CurrentPerson, Role
from app.web.words import lazy
from qr.payload import new_code

MAY: Mapping[Kind, tuple[Role, ...]] = {
    Kind.POINTS: (Role.STANDARDS,),
    Kind.PEOPLE: (Role.ADMIN,),
    Kind.ROUNDS: (Role.STANDARDS, Role.SUPERVISOR),
    Kind.STANDARDS: (Role.STANDARDS,),
}


@dataclass(frozen=True)
class Sent:
    """A file as it came in; the client names it, so that a retry is one."""

    id: str
    kind: Kind
    name: str
    body: bytes


def template(kind: Kind, person: CurrentPerson, call: Call, *, filled: bool) -> bytes:
    """The workbook to fill in, with what stands now or empty."""
    stands = known(kind, person)
    rows = {
        plan.name: cell_rows(plan, stands.current[plan.name].values(), stands.choices) if filled else []
        for plan in SHEETS[kind]
    }
    return template_bytes(SHEETS[kind], rows, stands.choices, GUIDE, call.at)


def take_in(sent: Sent, person: CurrentPerson, call: Call) -> Reading:
    """Keep the workbook for a dry run; raises where it is no workbook of this kind."""
    reading = read(sent.kind, sent.body, person, _today(call))
    row = {"id": sent.id, "kind": str(sent.kind), "name": sent.name[:120], "body": sent.body}
    digest = hashlib.sha256(sent.body).hexdigest()
    insert_import({**row, "sha256": digest, "by_id": person.id, "at": call.at})
    return reading


def apply(import_id: str, person: CurrentPerson, call: Office) -> None:
    """Everything it says, or nothing: raises Conflict where something does not hold. Done before, nothing happens."""
    came = import_of(person.id, import_id)
    if came is None or came.kind is Kind.PACK:
        raise NotFound(lazy("There is no such workbook of yours."))
    if came.applied_at:
        return
    reading = read(came.kind, body_of(import_id), person, _today(call))
    if reading.faults:
        raise Conflict(lazy("Something in the workbook does not hold. Nothing was changed."))
    if mark_applied(import_id, person.id, call.at, counts_of(reading)):
        put_changes(reading, came.name, person, call)


def put_changes(reading: Reading, source: str, person: CurrentPerson, call: Office) -> None:
    """The changes of a reading without faults."""
    PUT[reading.kind](reading.changes, source, person, call)


def counts_of(reading: Reading) -> dict[str, int]:
    """How many rows are new, changed, the same."""
    new = sum(change.new for change in reading.changes)
    return {"new": new, "changed": len(reading.changes) - new, "same": reading.same}


def _put_points(changes: Sequence[Change], _source: str, person: CurrentPerson, call: Call) -> None:
    ids = point_ids()
    for change in changes:
        if change.sheet == POINTS.name:
            code = str(change.values["code"])
            point_id, attrs = ids.get(code, (f"pt-{uuid4().hex[:12]}", {}))
            put_point(_point_row(point_id, attrs, change.values), new=code not in ids)
            if code not in ids:
                ids[code] = (point_id, {})
                replace_code(point_id, "", new_code(), IMPORTED, person.id, call.at)
    for change in changes:
        if change.sheet == HERE.name:
            told = change.values
            units = {"implementer_id": told["implementer"], "responsible_id": told["responsible"]}
            put_standard_here({"point_id": ids[str(told["point"])][0], "standard_code": told["standard"], **units})
    make_rows(call.zone, call.at)


def _point_row(point_id: str, attrs: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    same = ("code", "name", "name_en", "kind", "floor", "zone", "risk", "photo_allowed", "active")
    opened = {name: told[name] for name in ("open_on_restday", "open_on_holiday")}
    places = {"building_id": told["building"], "area_id": told["area"]}
    return {"id": point_id, **{name: told[name] for name in same}, **places, "attrs": {**attrs, **opened}}


def _put_people(changes: Sequence[Change], _source: str, person: CurrentPerson, call: Call) -> None:
    for change in changes:
        told = change.values
        role, crew, shift = Role(str(told["role"])), str(told["crew"]) or None, str(told["shift"]) or None
        sheet = Sheet(str(told["id"]), str(told["name"]), role, str(told["unit"]), crew, shift)
        if change.new:
            row = {"id": sheet.id, "name": sheet.name, "role": role.value, "org_id": sheet.org_id, "crew_id": crew}
            insert_person({**row, "shift_id": shift, "active": bool(told["active"]), "created_at": call.at})
            note(sheet.id, "added", person.id, role=role.value)
        else:
            _change_person(sheet, active=bool(told["active"]), by_id=person.id)


def _change_person(sheet: Sheet, *, active: bool, by_id: str) -> None:
    account = account_within(Reach(everybody=True), sheet.id)
    if account.active and not active:
        disable(account, by_id)
    elif active and not account.active:
        enable(account, by_id)
    change_person(account, sheet, by_id)


def _put_rounds(changes: Sequence[Change], source: str, person: CurrentPerson, call: Call) -> None:
    """Rounds go into the draft of their unit, to be published there; absences count at once."""
    new = [_round(change) for change in changes if change.sheet == ROUNDS.name]
    for unit in sorted({each.org_id for each in new}):
        begin(person, unit, str(uuid4()), call)
        draft = draft_of(unit)
        named = {each.id: each for each in new if each.org_id == unit}
        kept = [named.pop(each.id, each) for each in (draft.rounds if draft else ())]
        put_rota(person, unit, [*kept, *named.values()], source, call)
    for change in changes:
        if change.sheet == AWAY.name:
            put_absence(person, _absence(change), call)


def _round(change: Change) -> RoundPlan:
    told: Mapping[str, Any] = change.values
    ids = (told["id"], told["name"], told["unit"], told["crew"], told["shift"], told["person"])
    return RoundPlan(*ids, points=tuple(told["points"]), windows=tuple(told["windows"]))


def _absence(change: Change) -> AbsenceForm:
    """Named by what it says: the same line imported twice is one absence."""
    told = change.values
    first, last = date.fromisoformat(str(told["from_on"])), date.fromisoformat(str(told["to_on"]))
    name = str(uuid5(NAMESPACE_URL, "/".join(change.key)))
    return AbsenceForm(name, str(told["person"]), first, last, str(told["kind"]), str(told["note"]), str(told["cover"]))


def _today(call: Call) -> date:
    return call.at.astimezone(call.zone).date()


PUT: Mapping[Kind, Callable[[Sequence[Change], str, CurrentPerson, Office], None]] = {
    Kind.POINTS: _put_points,
    Kind.PEOPLE: _put_people,
    Kind.ROUNDS: _put_rounds,
    Kind.STANDARDS: put_standards,
}
