"""The office's part of the demo's history: reports judged, photos looked at, days closed."""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from app.accounts.queries import person_by_id
from app.checks.actions import Call
from app.checks.actions_retake import RetakeWish, retake
from app.checks.actions_review import judge_unable, verdict
from app.checks.queries import check_by_id
from app.demo.actions_history import SEED, Site, keep_shot
from app.demo.pictures import Subject, drawn
from app.demo.queries_history import PhotoStep, photo_steps, supervisors, unables
from app.demo.rules_answers import Shot
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.standards.queries import edition, edition_row
from app.stats.actions import close_day
from app.web.current import CurrentPerson

REMARKS = ("", "", "午间两处漏做已提醒班长。", "交接班按时，照片清楚。", "有一处设施报修，已转设备科。", "整体正常。")
LOOKED_AT = 0.06
SENT_BACK = 0.014
BLURRED = "照片看不清，请靠近再拍一张"
REFUSED = 0.12


def play_office(days: int, site: Site, now: datetime) -> None:
    """Each supervisor goes through the days behind: judges reports, looks at some photos, closes the day."""
    today = now.astimezone(site.zone).date()
    people = [person for each in supervisors() if (person := person_by_id(each))]
    reach = [(person, scope_of(person)) for person in people]
    _judge_reports(reach, today, site)
    _look_at_photos(reach, site, now)
    for back in range(days, 0, -1):
        for person in people:
            _close(person, today - timedelta(days=back), today, site)


def _judge_reports(reach: list[tuple[CurrentPerson, Scope]], today: date, site: Site) -> None:
    """What was reported before today has its answer; today's reports still wait on the log."""
    for report in unables():
        judge = _answering(reach, report.responsible_id)
        if judge is None or report.received_at.astimezone(site.zone).date() >= today or report.settled:
            continue
        chance = Random(f"{SEED}:{report.check_id}")  # noqa: S311  believable, not secret
        refused = chance.random() < REFUSED
        said, reason = ("refused", "当时可以先做其他隔间") if refused else ("accepted", "情况属实")
        judge_unable(report.check_id, said, reason, judge, report.received_at + timedelta(hours=2))


def _look_at_photos(reach: list[tuple[CurrentPerson, Scope]], site: Site, now: datetime) -> None:
    """Some are found good, a few are sent back while the window may still be done."""
    for step in photo_steps():
        chance = Random(f"{SEED}:{step.check_id}:{step.step_id}")  # noqa: S311
        judge, roll = _answering(reach, step.responsible_id), chance.random()
        at = step.received_at + timedelta(minutes=chance.randint(5, 60))
        if judge is None or at >= now or roll >= LOOKED_AT:
            continue
        if roll < SENT_BACK and step.expire_at and at < step.expire_at:
            verdict(step.check_id, step.step_id, "retake", BLURRED, judge, at)
            _take_again(step, at + timedelta(minutes=chance.randint(6, 30)), chance, site, now)
        else:
            verdict(step.check_id, step.step_id, "ok", "", judge, at)


def _take_again(asked: PhotoStep, at: datetime, chance: Random, site: Site, now: datetime) -> None:
    """The author goes back and takes it again; what is asked for today may still be open."""
    who, row = person_by_id(asked.person_id), edition_row(asked.edition)
    step = edition(row).step(asked.step_id) if row else None
    if who is None or step is None or at >= now:
        return
    shot = Shot(str(UUID(int=chance.getrandbits(128), version=4)), step, at - timedelta(seconds=40), dirty=False)
    stamp = shot.taken_at.astimezone(site.zone).strftime("%Y-%m-%d %H:%M")
    keep_shot(shot, drawn(Subject(asked.kind, asked.point, step.title, stamp, shot.id)), who, site, at)
    wish = RetakeWish(str(UUID(int=chance.getrandbits(128), version=4)), asked.step_id, (shot.id,))
    retake(check_by_id(asked.check_id, who), wish, who, Call(at, at, site.zone, site.store, sync=False))


def _close(person: CurrentPerson, day: date, today: date, site: Site) -> None:
    chance = Random(f"{SEED}:{person.id}:{day}")  # noqa: S311
    at = datetime.combine(day, time(17, chance.randint(20, 55)), site.zone)
    if day.weekday() < 5:
        close_day(day, chance.choice(REMARKS), person, at, today)


def _answering(reach: list[tuple[CurrentPerson, Scope]], responsible_id: str) -> CurrentPerson | None:
    """The supervisor of the responsible department, never of the unit that did the work alone."""
    return next((person for person, scope in reach if scope.units and responsible_id in scope.units), None)
