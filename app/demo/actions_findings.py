"""Findings in the demo's history: put right and rechecked at believable hours, one of an inspection in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import SEED, Site
from app.demo.compound import content
from app.demo.pictures import Subject, drawn
from app.demo.queries_findings import Open, Place, open_findings_of_demo, places_of
from app.demo.queries_history import hands_by_unit, supervisors
from app.nonconformities.actions_deeds import do
from app.nonconformities.actions_here import Here
from app.nonconformities.actions_register import register
from app.nonconformities.queries_one import standing
from app.nonconformities.rules import FindingSource, FindingState, NewFinding
from app.nonconformities.rules_close import Filled
from app.nonconformities.rules_deeds import Deed, may
from app.nonconformities.rules_wish import Wish
from app.organisations.queries import scope_of
from app.photos.actions import keep
from app.photos.rules import Upload
from app.standards.queries import edition, edition_in_force
from app.web.current import CurrentPerson

INSPECTOR = "wk-23"
SAID = content("findings")
LEFT_OPEN, NOT_RECHECKED, FAILED, WITH_PHOTO = 0.22, 0.3, 0.14, 0.35
MEASURES = {"cause_text": SAID["cause"], "corrective_action": SAID["action"]}


@dataclass
class _Stage:
    """One finding being played: who stands where, and the clock that only goes on."""

    site: Site
    now: datetime
    chance: Random
    id: str
    point: str
    kind: str
    photo_allowed: bool

    def say(self, deed: Deed, who: CurrentPerson | None, at: datetime, **said: object) -> bool:
        """Do it through the real action; False when its hour lies ahead or nobody is there."""
        if who is None or at >= self.now:
            return False
        finding = standing([self.id])[0]
        if not may(deed, who, finding.subject, scope_of(who)):
            return False
        photos = self._photo(who, at) if said.pop("photo", False) and self.photo_allowed else ()
        wish = Wish(self._id(), finding.version, photos=photos, **said)  # type: ignore[arg-type]
        return do(self.id, deed, wish, who, Here(at, self.site.zone, self.site.store, sync=False))

    def _photo(self, who: CurrentPerson, at: datetime) -> tuple[str]:
        local, photo_id = at.astimezone(self.site.zone), self._id()
        body = drawn(Subject(self.kind, self.point, SAID["after"], local.strftime("%Y-%m-%d %H:%M"), photo_id))
        keep(
            self.site.store,
            Upload(photo_id, body, who.id),
            max_bytes=self.site.max_photo_bytes,
            now=at,
            day=local.date(),
        )
        return (photo_id,)

    def _id(self) -> str:
        # Two findings of one check have the same luck, never the same number.
        return str(uuid5(UUID(self.id), str(self.chance.getrandbits(128))))


def play_findings(site: Site, now: datetime) -> None:
    """What checks left open goes on; then the inspection group's own, one in each state of the loop."""
    for each in open_findings_of_demo():
        _go_on(each, site, now)
    for number, story in enumerate(SAID["stories"]):
        _tell(story, number, site, now)


def _go_on(found: Open, site: Site, now: datetime) -> None:
    chance = Random(f"{SEED}:finding:{found.point}:{found.found_at}")  # noqa: S311  believable, not secret
    stage = _Stage(site, now, chance, found.id, found.point, found.kind, found.photo_allowed)
    at = found.rectified_at or found.found_at + timedelta(hours=chance.uniform(0.6, 30 if _minor(found) else 12))
    if found.state is FindingState.REGISTERED and not _put_right(stage, found, at):
        return
    if chance.random() >= NOT_RECHECKED:
        _recheck(stage, found, at + timedelta(hours=chance.uniform(1, 40)))


def _put_right(stage: _Stage, found: Open, at: datetime) -> bool:
    """Somebody of the unit does it, most of the time; what is out of order waits for its trade."""
    people = hands_by_unit().get(found.implementer_id, [])
    if not people or stage.chance.random() < LEFT_OPEN or found.cause == "facility":
        return False
    who, text = person_by_id(stage.chance.choice(people)), stage.chance.choice(SAID["corrections"])
    if found.severity == "critical":
        contained_at = found.found_at + timedelta(minutes=25)
        stage.say(Deed.CONTAIN, who, contained_at, kind="fenced", text=SAID["fenced"])
    proof = {"photo": True} if stage.chance.random() < WITH_PHOTO else {"no_photo": SAID["no_photo"]}
    return stage.say(Deed.RECTIFY, who, at, correction=text, **MEASURES, **proof)


def _recheck(stage: _Stage, found: Open, at: datetime) -> None:
    """By the department, or the inspection group; now and then it does not pass the first time."""
    chief, chance = _supervisor(found.responsible_id), stage.chance
    about = standing([found.id])[0].subject
    fits = chief is not None and may(Deed.CLOSE, chief, about, scope_of(chief))
    judge = chief if fits else person_by_id(INSPECTOR)
    _complete(stage, standing([found.id])[0].filled, chief, at - timedelta(minutes=20))
    if chance.random() < FAILED and stage.say(Deed.RETURN, judge, at, kind="on_site", text=SAID["returned"]):
        at += timedelta(hours=chance.uniform(1, 6))
        stage.say(
            Deed.RECTIFY, person_by_id(found.found_by_id or ""), at, correction=SAID["again"], photo=True, **MEASURES
        )
        at += timedelta(hours=chance.uniform(1, 20))
    now_is = standing([found.id])[0]
    if now_is.repeated and not now_is.section_cause:
        stage.say(Deed.ANALYSE, chief, at, text=SAID["section"])
    if now_is.state is FindingState.TO_RECHECK:
        stage.say(Deed.CLOSE, judge, at + timedelta(minutes=3), kind="on_site", text=SAID["passed"])


def _complete(stage: _Stage, filled: Filled, chief: CurrentPerson | None, at: datetime) -> None:
    """What the next scanner called gone has no papers yet: the department adds them."""
    if filled.severity == "critical" and not filled.containment:
        stage.say(Deed.CONTAIN, chief, at, kind="out_of_use", text=SAID["stopped"])
    if filled.severity != "minor" and not filled.cause_text:
        stage.say(Deed.COMPLETE, chief, at + timedelta(minutes=1), **MEASURES)


def _minor(found: Open) -> bool:
    return found.severity == "minor"


def _tell(story: dict[str, object], number: int, site: Site, now: datetime) -> None:
    """One finding of the inspection group, deed by deed, hours counted from when it was found."""
    places = places_of(str(story["unit"]), str(story["kind"]))
    if not places:
        return
    place = places[number % len(places)]
    found_at = now - timedelta(hours=float(str(story["hours_ago"])))
    made = register(_new(story, place, found_at), zone=site.zone)
    chance = Random(f"{SEED}:story:{number}")  # noqa: S311
    stage = _Stage(site, now, chance, made.id, place.point, place.kind, place.photo_allowed)
    for deed in story["deeds"]:  # type: ignore[attr-defined]
        said = {name: value for name, value in deed.items() if name not in ("deed", "by", "after", "days")}
        if "days" in deed:
            said["until"] = date.fromordinal(now.date().toordinal() + deed["days"])
        who = person_by_id(deed["by"])
        stage.say(Deed(deed["deed"]), who, found_at + timedelta(hours=deed["after"]), **said)


def _new(story: dict[str, object], place: Place, at: datetime) -> NewFinding:
    row = edition_in_force(place.standard_code, at.date())
    step = edition(row).steps[0] if row else None
    return NewFinding(
        source=FindingSource(str(story["source"])),
        implementer_id=place.implementer_id,
        responsible_id=place.responsible_id,
        severity=str(story["severity"]),
        text=str(story["text"]),
        at=at,
        point_id=place.point_id,
        standard_code=place.standard_code,
        edition=row.number if row else None,
        step_id=step.id if step else None,
        step_title=step.title if step else "",
        cause="work",
        found_by_id=INSPECTOR,
        key=f"demo:{story['text']}"[:120],
    )


def _supervisor(unit_id: str) -> CurrentPerson | None:
    people = (person_by_id(each) for each in supervisors())
    return next((each for each in people if each and each.org_id == unit_id), None)
