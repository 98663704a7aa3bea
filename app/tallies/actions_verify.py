"""A recount of the windows against the tallies; each night for some months, and the administrator is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from app import clock
from app.days import begins, month_of, next_month
from app.db import atomically
from app.messages.actions import all_over, tell
from app.messages.queries_recipients import with_role
from app.messages.rules_words import Kind
from app.tallies import actions, writes
from app.tallies import queries_cells as cells
from app.tallies import queries_recount as recounts
from app.tallies.models import TODAY
from app.tallies.queries_today import covered as covered_today
from app.web.current import Role

DIFFERING = "tallies differ"
KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Verified:
    """How many months were counted again, how many cells differ, and the first of them."""

    months: int
    differing: int
    first: recounts.Difference | None


def verify(
    zone: tzinfo, months: Iterable[date] | None = None, on_month: Callable[[date], None] = lambda _month: None
) -> Verified:
    """Count the windows of these months again, or of all; changes nothing."""
    # What is brought together meanwhile is older than today.
    together = max(clock.now().astimezone(zone).date(), cells.months_before())
    count, differing, first = 0, 0, None
    for month in actions.all_months(zone) if months is None else months:
        found = _month(month, zone, together)
        count, differing, first = count + 1, differing + len(found), first or next(iter(found), None)
        on_month(month)
    found = atomically(lambda: _today(zone))
    return Verified(count, differing + len(found), first or next(iter(found), None))


def _today(zone: tzinfo) -> list[recounts.Difference]:
    """The cells of today, while nobody moves their mark: it is a day at most."""
    writes.hold_still()
    covered, until = covered_today(zone), TODAY + timedelta(days=1)
    if covered is None:
        return []
    found = [recounts.differences(each, TODAY, until, *covered) for each in recounts.RECOUNTS]
    return [each for some in found for each in some]


def _month(month: date, zone: tzinfo, together: date) -> list[recounts.Difference]:
    found: list[recounts.Difference] = []
    for recount in recounts.RECOUNTS:
        for first, last in actions.spans(month, next_month(month), month if recount.by_day else together):
            found += recounts.differences(recount, first, last, begins(first, zone), begins(last, zone))
    return found


def tonight(today: date, zone: tzinfo) -> list[date]:
    """This month, the one before, and one older in its turn, so that each is looked at."""
    known = actions.all_months(zone)
    newest = [each for each in known if month_of(today - timedelta(days=31)) <= each <= today]
    older = [each for each in known if each not in newest]
    return [*([older[today.toordinal() % len(older)]] if older else []), *newest]


def watch(now: datetime, zone: tzinfo) -> int:
    """Once a day: fold, bring days together, recount, and tell the administrator what differs."""
    today = now.astimezone(zone).date()
    if recounts.verified_since(begins(today, zone)):
        return 0
    actions.fold(zone)
    actions.advance(now, zone)
    actions.close_days(today)
    atomically(actions.tidy)
    months = tonight(today, zone)
    outcome, at = verify(zone, months), clock.now()
    atomically(lambda: _keep(outcome, months[0] if months else month_of(today), at))
    return outcome.months


def _keep(outcome: Verified, month: date, at: datetime) -> None:
    first = str(outcome.first or "")[:400]
    writes.insert_verification({"month_on": month, "at": at, "differing": outcome.differing, "first": first})
    writes.forget_verifications(at - KEPT)
    if outcome.first is None:
        all_over(DIFFERING, at)
        return
    said = {"n": str(outcome.differing), "cell": first[:200]}
    tell(Kind.TALLIES_DIFFER, with_role(Role.ADMIN), said, "/stats", at=at, key=DIFFERING, urgent=True)
