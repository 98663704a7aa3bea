"""What the timer does and how often: one line a job; each is a deed of its room in a transaction of its own."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from app import clock
from app.accounts.actions_limits import forget_full
from app.chain.actions_daily import watch, watched_today
from app.chain.actions_seal import seal
from app.chain.actions_turn import HOLD, LEASE, sealing_turn
from app.checks.actions_notices import notice_unsigned
from app.checks.actions_review import ask_again
from app.checks.actions_standing import mark_standings
from app.checks.queries_standing import anything_unmarked
from app.data.actions_exports import make_due
from app.data.queries_exports import anything_to_do
from app.db import atomically
from app.feedback.actions_telling import raise_calls
from app.feedback.actions_tending import tend_cases
from app.feedback.queries_calls import anything_rising
from app.feedback.queries_tending import anything_to_tend
from app.flags.actions_looking import look_at_new
from app.flags.queries_new import anything_new
from app.grades.actions_freezing import look_again
from app.grades.actions_freezing import tend as freeze_grades
from app.grades.actions_telling import tell_months
from app.halfyear.actions_freezing import look_again as look_at_reports
from app.halfyear.actions_freezing import tend as freeze_reports
from app.halfyear.actions_reminding import remind as remind_of_reports
from app.learning.actions import tell_written
from app.messages.actions_deliver import Outside, carry
from app.messages.actions_forgetting import forget_old
from app.messages.queries_outbox import anything_to_carry
from app.nonconformities.actions_escalate import escalate
from app.nonconformities.queries_late import anything_late
from app.papers.actions_later import look_again as look_at_papers
from app.photos.actions_pictures import FailedPicture, drain, sweep
from app.privacy.actions_retention import make_lists
from app.schedule.actions_calendar import fill_calendar
from app.schedule.actions_notices import notice_windows, notice_yesterday
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.schedule.queries import anything_unsettled
from app.spotchecks.actions_promises import draw_closed, promise_due, waiting
from app.spotchecks.actions_review import hand_in_left
from app.spotchecks.actions_selfchecks import draw_ready
from app.standards.actions_publishing import turn
from app.surveys.actions_tending import tend as tend_surveys
from app.tallies.actions import advance, fold
from app.tallies.actions_verify import watch as recount
from app.tallies.queries_cells import anything_noted
from app.tallies.queries_today import anything_over
from app.timer_holders import new_holder
from app.training.actions_delivery import deliver_due, tell_ends
from app.training.actions_leading import welcome
from app.vehicles.actions_tending import tend
from app.vehicles.queries import anything_driven

log = logging.getLogger(__name__)


class Host(Protocol):
    """What the jobs need of the application."""

    extensions: dict[str, Any]

    def app_context(self) -> AbstractContextManager[Any]:
        """The context in which the database answers."""


@dataclass(frozen=True)
class Job:
    """Done at most once within `every`; held by one process for at most `hold`; `wanted` is a cheap look before."""

    name: str
    every: timedelta
    hold: timedelta
    work: Callable[[Host], int]
    wanted: Callable[[datetime], bool] = lambda _now: True


def _rows(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    year = now.astimezone(zone).year
    atomically(lambda: fill_calendar((year, year + 1)))
    made = atomically(lambda: make_rows(zone, now))
    return made.new + made.changed + made.gone


def _settle(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: settle_states(now))


def _calls(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: raise_calls(now))


def _notices(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: notice_windows(zone, now))


def _morning(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: notice_yesterday(zone, now) + notice_unsigned(zone, now))


def _carry(host: Host) -> int:
    settings = host.extensions["settings"]
    named = settings.message_hosts
    return carry(Outside(settings.keys, settings.base_url, settings.zone, settings.locale, named))


def _cases(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: tend_cases(now, zone))


def _surveys(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: tend_surveys(now, zone))


def _selfchecks(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: draw_ready(now, zone))


def _handins(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: hand_in_left(now, zone))


def _escalate(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: escalate(now, zone))


def _training(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return atomically(lambda: welcome(now, zone) + deliver_due(now, zone) + tell_ends(now, zone))


def _standings(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: mark_standings(now))


def _vehicles(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: tend(now, zone))


def _standards(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: turn(now.astimezone(zone).date(), now) + tell_written(now))


def _flags(_host: Host) -> int:
    return look_at_new(clock.now())


def _chain(host: Host) -> int:
    return seal(host.extensions["settings"].instance, clock.now())


def _history(host: Host) -> int:
    settings, now = host.extensions["settings"], clock.now()
    if watched_today(now, settings.zone):
        return 0
    with sealing_turn(new_holder(), now) as mine:
        if not mine:
            return 0
        seal(settings.instance, now, whole=True)
    return watch(settings.instance, now, settings.zone)


def _tallies(host: Host) -> int:
    zone = host.extensions["settings"].zone
    return fold(zone) + advance(clock.now(), zone)


def _figures(host: Host) -> int:
    return recount(clock.now(), host.extensions["settings"].zone)


def _sweep(host: Host) -> int:
    return sweep(host.extensions["photo_store"], now=clock.now())


def _retention(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: make_lists(now, zone))


def _grades(host: Host) -> int:
    return freeze_grades(clock.now(), host.extensions["settings"].zone)


def _addenda(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return look_again(now, zone) + look_at_papers(now, zone)


def _appeals(host: Host) -> int:
    now, zone = clock.now(), host.extensions["settings"].zone
    return atomically(lambda: tell_months(now, zone))


def _reports(host: Host) -> int:
    zone, now = host.extensions["settings"].zone, clock.now()
    return freeze_reports(now, zone) + atomically(lambda: remind_of_reports(now, zone))


def _later_reports(host: Host) -> int:
    return look_at_reports(clock.now(), host.extensions["settings"].zone)


def _buckets(_host: Host) -> int:
    now = clock.now()
    return atomically(lambda: forget_full(now) + forget_old(now))


def draw_pictures(host: Host) -> int:
    """Drain the queue; a picture taken by one process is left alone by the others, so no lease is needed."""
    count = 0
    while taken := drain(host.extensions["photo_store"], now=clock.now(), on_failed=_ask_again):
        count += taken
    return count


def _ask_again(failed: FailedPicture) -> None:
    """重拍: every step that carries the unreadable picture asks for it anew, in the queue's own transaction."""
    log.warning("picture %s cannot be read", failed.sha256)
    for _photo_id, check_id, step_id in failed.uses:
        ask_again(check_id, step_id, clock.now())


def _draws(host: Host) -> int:
    """Promise the draws of running periods, then make those whose period is over, each in a transaction of its own."""
    zone, now = host.extensions["settings"].zone, clock.now()
    promised = atomically(lambda: promise_due(now, zone))
    return promised + sum(atomically(partial(draw_closed, each, now, zone)) > 0 for each in waiting(now, zone))


JOBS = (
    Job("rows", timedelta(hours=1), timedelta(minutes=10), _rows),
    Job("settle", timedelta(minutes=1), timedelta(minutes=5), _settle, anything_unsettled),
    Job("calls", timedelta(minutes=1), timedelta(minutes=5), _calls, anything_rising),
    Job("cases", timedelta(minutes=1), timedelta(minutes=5), _cases, anything_to_tend),
    Job("surveys", timedelta(minutes=15), timedelta(minutes=5), _surveys),
    Job("selfchecks", timedelta(minutes=15), timedelta(minutes=5), _selfchecks),
    Job("handins", timedelta(minutes=30), timedelta(minutes=5), _handins),
    Job("escalation", timedelta(minutes=5), timedelta(minutes=5), _escalate, anything_late),
    Job("training", timedelta(hours=1), timedelta(minutes=10), _training),
    Job("standings", timedelta(minutes=1), timedelta(minutes=5), _standings, anything_unmarked),
    Job("vehicles", timedelta(minutes=5), timedelta(minutes=5), _vehicles, lambda _now: anything_driven()),
    Job("flags", timedelta(minutes=1), timedelta(minutes=10), _flags, anything_new),
    Job("standards", timedelta(minutes=15), timedelta(minutes=5), _standards),
    Job(LEASE, timedelta(seconds=25), HOLD, _chain),
    Job("history", timedelta(hours=1), timedelta(hours=2), _history),
    Job(
        "tallies",
        timedelta(minutes=1),
        timedelta(minutes=10),
        _tallies,
        lambda now: anything_noted() or anything_over(now),
    ),
    Job("figures", timedelta(hours=1), timedelta(hours=2), _figures),
    Job("sweep", timedelta(hours=1), timedelta(minutes=30), _sweep),
    Job("buckets", timedelta(hours=24), timedelta(minutes=5), _buckets),
    Job("retention", timedelta(hours=24), timedelta(minutes=10), _retention),
    Job("grades", timedelta(hours=1), timedelta(minutes=10), _grades),
    Job("appeals", timedelta(hours=6), timedelta(minutes=10), _appeals),
    Job("addenda", timedelta(hours=24), timedelta(minutes=30), _addenda),
    Job("halfyear", timedelta(minutes=15), timedelta(minutes=15), _reports),
    Job("halfyear-later", timedelta(hours=6), timedelta(minutes=30), _later_reports),
    Job("pictures", timedelta(minutes=1), timedelta(minutes=5), draw_pictures),
    Job("notices", timedelta(minutes=1), timedelta(minutes=5), _notices),
    Job("morning", timedelta(minutes=10), timedelta(minutes=5), _morning),
    Job("messages", timedelta(seconds=3), timedelta(minutes=2), _carry, anything_to_carry),
    Job("exports", timedelta(seconds=2), timedelta(minutes=2), make_due, anything_to_do),
    Job("draws", timedelta(hours=1), timedelta(minutes=30), _draws),
)
# Jobs with a thread of their own: nothing else waits for pictures, other people's servers or long files.
APART = ("pictures", "messages", "exports")
