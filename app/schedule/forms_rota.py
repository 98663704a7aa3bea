"""Forms of the rota: a round as typed, the revision of the page, minutes of the way, an absence."""

from collections.abc import Mapping
from uuid import UUID

from app.schedule.forms import parse_day
from app.schedule.rules_absences import ABSENT_AT_MOST, AbsenceForm
from app.schedule.rules_rota import RoundPlan
from app.schedule.rules_rota_words import ABSENCES
from app.web.words import lazy

WAY_AT_MOST = 60
LAST_PLACE = 999


def parse_round(form: Mapping[str, str], listed: Mapping[str, list[str]], org_id: str, round_id: str) -> RoundPlan:
    """`listed` holds the ticked points and windows; the field `at-POINT` says which place a point has on the way."""
    ticked = listed.get("point", [])[:200]
    places = {point: (_place(form.get(f"at-{point}", "")), ticked.index(point)) for point in ticked}
    return RoundPlan(
        id=round_id,
        name=form.get("name", "").strip()[:80],
        org_id=org_id,
        crew_id=form.get("crew", "")[:40],
        shift_id=form.get("shift", "")[:40],
        person_id=form.get("person", "")[:40],
        points=tuple(sorted(dict.fromkeys(ticked), key=lambda point: places[point])),
        windows=tuple(dict.fromkeys(listed.get("window", [])[:300])),
    )


def parse_walking(form: Mapping[str, str]) -> tuple[tuple[int, int, int] | None, dict[str, object]]:
    """Whole minutes from 0 to 60 each."""
    names = ("same_floor", "same_building", "elsewhere")
    typed = {name: form.get(name, "").strip() for name in names}
    errors: dict[str, object] = {
        name: lazy("Whole minutes from 0 to 60.")
        for name, text in typed.items()
        if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= WAY_AT_MOST)
    }
    if errors:
        return None, errors
    first, second, third = (int(typed[name]) for name in names)
    return (first, second, third), {}


def parse_absence(form: Mapping[str, str]) -> AbsenceForm:
    """Whole days, both included, at most a year; the client names the absence so that a retry is one."""
    from_on, to_on = parse_day(form.get("from_on", "").strip()), parse_day(form.get("to_on", "").strip())
    person_id, kind = form.get("person", "").strip()[:40], form.get("kind", "")
    errors: dict[str, object] = {}
    if not is_uuid(form.get("id", "")):
        errors["id"] = lazy("Load the page again.")
    if not person_id:
        errors["person"] = lazy("Choose who is away.")
    if from_on is None:
        errors["from_on"] = lazy("Say from when.")
    if to_on is None or (from_on is not None and not 0 <= (to_on - from_on).days < ABSENT_AT_MOST):
        errors["to_on"] = lazy("The last day comes after the first, within a year.")
    if kind not in ABSENCES:
        errors["kind"] = lazy("Choose a reason.")
    note, cover = form.get("note", "").strip()[:120], form.get("cover", "").strip()[:40]
    return AbsenceForm(form.get("id", "")[:36], person_id, from_on, to_on, kind, note, cover, errors)


def is_uuid(text: str) -> bool:
    """Whether it is one in its usual writing."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PLACE)) else LAST_PLACE
