"""What the service desk enters: calls, questions, complaints and praise by telephone, trips asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.feedback import writes_complaints as writes
from app.feedback.actions_calls import place_call, target_for
from app.feedback.actions_cases import NewCase, open_case
from app.feedback.actions_complaints import Hand, reply
from app.feedback.queries_desk import places_for, vehicle_of
from app.feedback.queries_items import item_by_id
from app.feedback.rules_calls import Need
from app.feedback.rules_complaints import DESK, Voice, may_handle
from app.feedback.rules_desk import CALL, MOST_CANDIDATES, Entry, Place, places_meant, trip_item
from app.feedback.rules_public import Kind, NewItem, Said, Source, Visitor
from app.feedback.rules_ratings import Face, is_lead, lead_due
from app.refusals import Forbidden, Invalid, NotFound
from app.schedule.queries_plan import calendar
from app.web.current import CurrentPerson
from app.web.words import _, lazy


@dataclass(frozen=True, slots=True)
class Entered:
    """`number` and `token` are those of a case; a call has none."""

    id: str
    number: str = ""
    token: str = ""


def enter(entry: Entry, who: CurrentPerson, now: datetime, *, secret: str, zone: ZoneInfo) -> Entered:
    """Keep what came by telephone; the same id again is the same entry. Raises Invalid when the place is not clear."""
    hold_handler(who)
    place = _place(entry, who)
    if entry.kind == CALL:
        said = Said(Kind.CALL, need=entry.need, words=entry.words)
        visitor = Visitor(device="", address="", person_id=who.id)
        place_call(
            NewItem(entry.id, str(place.id if place else ""), said, visitor, now, Source.DESK_PHONE, who.id), zone
        )
        return Entered(entry.id)
    units = _units(place, who)
    if item_by_id(entry.id) is None:
        writes.insert_item(_item(entry, place, units, who, now))
    opened = open_case(_case(entry, place, units, who, now), secret=secret, zone=zone)
    if entry.said and entry.kind != Voice.PRAISE:
        _said_at_once(entry, who, now)
    return Entered(entry.id, opened.number, opened.token)


def keep_trip(event_id: str, face: int, words: str, who: CurrentPerson, now: datetime, zone: ZoneInfo) -> bool:
    """SA-12: what the passenger of a trip says when called back; a low face with words is a lead (SA-11).

    False when somebody has asked already.
    """
    hold_handler(who)
    vehicle = vehicle_of(event_id)
    if vehicle is None:
        raise NotFound(lazy("There is no such trip."))
    if face not in set(Face):
        raise Invalid(lazy("Choose a face."), fields={"face": lazy("Choose a face.")})
    if item_by_id(trip_item(event_id)):
        return False
    target = target_for(vehicle, Need.WET)
    units = (target.standard_code, target.implementer_id, target.responsible_id) if target else ("", "", "")
    row = _row(trip_item(event_id), "trip", vehicle, words.strip()[:500], units, who, now)
    writes.insert_item({**row, "face": face})
    writes.insert_event(trip_item(event_id), "called_back", now, who.id, {"trip": event_id})
    if target and is_lead(Face(face), words):
        lead = {"item_id": trip_item(event_id), "point_id": vehicle, "due_at": lead_due(now, zone, calendar())}
        writes.insert_lead({**lead, "implementer_id": units[1], "responsible_id": units[2], "outcome": ""})
    return True


def hold_handler(who: CurrentPerson) -> None:
    """Raises Forbidden for everybody but supervisors and the service desk."""
    if not may_handle(who):
        raise Forbidden(lazy("Your account does not reach this page. Your crew leader or supervisor can help."))


def _place(entry: Entry, who: CurrentPerson) -> Place | None:
    if not entry.typed:
        return None
    meant = places_meant(entry.typed, places_for(who))
    if len(meant) == 1:
        return meant[0]
    sentence: object = lazy("No place fits. Type its code or a part of its name.")
    if meant:
        named = _(", ").join(each.typed for each in meant[:MOST_CANDIDATES])
        sentence = _("Several places fit, take one from the list: %(names)s", names=named)
    raise Invalid(sentence, fields={"point": sentence})


def _units(place: Place | None, who: CurrentPerson) -> tuple[str, str, str]:
    """Who serves the place; without one a supervisor's own department answers, the desk hands it on."""
    target = target_for(place.id, Need.WET) if place else None
    if target:
        return target.standard_code, target.implementer_id, target.responsible_id
    return "", "", "" if DESK in who.grants else who.org_id


def _item(
    entry: Entry, place: Place | None, units: tuple[str, str, str], who: CurrentPerson, now: datetime
) -> dict[str, object]:
    return _row(entry.id, entry.kind, place.id if place else None, entry.words, units, who, now)


def _row(
    item_id: str,
    kind: str,
    point_id: str | None,
    words: str,
    units: tuple[str, str, str],
    who: CurrentPerson,
    now: datetime,
) -> dict[str, object]:
    standard, implementer, responsible = units
    return {
        "id": item_id, "point_id": point_id, "kind": kind, "words": words, "source": str(Source.DESK_PHONE),
        "by_id": who.id, "standard_code": standard, "implementer_id": implementer, "responsible_id": responsible,
        "at": now,
    }  # fmt: skip


def _case(entry: Entry, place: Place | None, units: tuple[str, str, str], who: CurrentPerson, now: datetime) -> NewCase:
    return NewCase(
        entry.id, Voice(entry.kind), place.id if place else None, units[1], units[2], now,
        contact=entry.contact, name=entry.name, proposed=entry.proposed, by_id=who.id, happened_at=entry.happened_at,
    )  # fmt: skip


def _said_at_once(entry: Entry, who: CurrentPerson, now: datetime) -> None:
    """What was answered on the telephone is the first reply."""
    reply(Hand(entry.id, who, now, key=f"said/{entry.id}"), entry.said)
