"""The office's part of the demo's history: reports judged, photos looked at, days closed."""

from datetime import date, datetime, time, timedelta
from random import Random

from app.accounts.queries import person_by_id
from app.checks.actions_review import judge_unable, verdict
from app.demo.actions_history import SEED, Site
from app.demo.queries_history import photo_steps, supervisors, unables
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.stats.actions import close_day
from app.web.current import CurrentPerson

REMARKS = ("", "", "午间两处漏做已提醒班长。", "交接班按时，照片清楚。", "有一处设施报修，已转设备科。", "整体正常。")
LOOKED_AT = 0.06
REFUSED = 0.12


def play_office(days: int, site: Site, now: datetime) -> None:
    """Each supervisor goes through the days behind: judges reports, looks at some photos, closes the day."""
    today = now.astimezone(site.zone).date()
    people = [person for each in supervisors() if (person := person_by_id(each))]
    reach = [(person, scope_of(person)) for person in people]
    _judge_reports(reach, today, site)
    _look_at_photos(reach)
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


def _look_at_photos(reach: list[tuple[CurrentPerson, Scope]]) -> None:
    for step in photo_steps():
        chance = Random(f"{SEED}:{step.check_id}:{step.step_id}")  # noqa: S311
        judge = _answering(reach, step.responsible_id)
        if judge and chance.random() < LOOKED_AT:
            verdict(
                step.check_id,
                step.step_id,
                "ok",
                "",
                judge,
                step.received_at + timedelta(minutes=chance.randint(5, 60)),
            )


def _close(person: CurrentPerson, day: date, today: date, site: Site) -> None:
    chance = Random(f"{SEED}:{person.id}:{day}")  # noqa: S311
    at = datetime.combine(day, time(17, chance.randint(20, 55)), site.zone)
    if day.weekday() < 5:
        close_day(day, chance.choice(REMARKS), person, at, today)


def _answering(reach: list[tuple[CurrentPerson, Scope]], responsible_id: str) -> CurrentPerson | None:
    """The supervisor of the responsible department, never of the unit that did the work alone."""
    return next((person for person, scope in reach if scope.units and responsible_id in scope.units), None)
