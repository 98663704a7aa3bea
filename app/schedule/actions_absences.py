"""Deeds on absences: somebody is away, with or without a stand-in, and is back earlier. Rows ahead follow at once."""

from app.days import ONE_DAY
from app.refusals import Invalid, NotFound
from app.schedule.actions_cover import Moment, cover_round
from app.schedule.actions_rota import Call
from app.schedule.actions_rows import make_rows
from app.schedule.queries_crew import on_duty, rounds_within
from app.schedule.queries_days import absence_in_reach, hands_in_reach
from app.schedule.rules_absences import COVERED_AT_MOST, AbsenceForm
from app.schedule.writes_rota import Deed, end_absence, insert_absence
from app.web.current import CurrentPerson
from app.web.words import lazy


def put_absence(person: CurrentPerson, form: AbsenceForm, call: Call) -> bool:
    """Somebody in reach is away on whole days; who stands in gets the rounds of those days. False when it stands.

    Without a stand-in the windows are nobody's and count for the unit only, until a crew leader gives them to somebody.
    """
    if form.from_on is None or form.to_on is None:
        raise ValueError("an absence needs its days")
    if form.person_id not in {each.id for each in hands_in_reach(person)}:
        raise NotFound(lazy("This person is not in your reach."))
    row = {
        "id": form.id,
        "person_id": form.person_id,
        "from_on": form.from_on,
        "to_on": form.to_on,
        "kind": form.kind,
        "note": form.note,
    }
    if not insert_absence({**row, "by_id": person.id, "at": call.at}):
        return False
    if form.cover_id:
        _cover(person, form, call)
    make_rows(call.zone, call.at)
    return True


def take_absence_back(person: CurrentPerson, absence_id: str, call: Call) -> bool:
    """They are there after all; False when it was taken back before. Cover that was given stays as it is."""
    if absence_in_reach(person, absence_id) is None:
        raise NotFound(lazy("There is no such absence in your reach."))
    ended = end_absence(absence_id, Deed(person.id, call.at))
    if ended:
        make_rows(call.zone, call.at)
    return ended


def _cover(person: CurrentPerson, form: AbsenceForm, call: Call) -> None:
    if form.from_on is None or form.to_on is None or form.cover_id == form.person_id:
        sentence = lazy("Choose somebody else to stand in.")
        raise Invalid(sentence, fields={"cover": sentence})
    days = (form.to_on - form.from_on).days + 1
    if days > COVERED_AT_MOST:
        sentence = lazy("Cover can be given for a month at most.")
        raise Invalid(sentence, fields={"cover": sentence})
    today = call.at.astimezone(call.zone).date()
    held = [each for each in rounds_within(person) if each.person_id == form.person_id]
    for number in range(days):
        day = form.from_on + number * ONE_DAY
        doing = on_duty(held, day) if day >= today else {}
        for each in held:
            if doing.get(each.id) == form.person_id:
                was = form.person_id
                cover_round(person, each.id, day, to_id=form.cover_id, was=was, at=Moment(call.at, today))
