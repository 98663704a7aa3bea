"""Flags in the demo: a few pictures used again, found by the real rules; a reason, a judgement each way, one open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.db import atomically
from app.demo.actions_arrivals import Arrival, Site
from app.demo.queries_flags import Again, used_before
from app.flags.actions_hearing import Said, do
from app.flags.actions_looking import look_at
from app.flags.queries import flags_of_check
from app.flags.queries_look import ways
from app.flags.queries_new import records_of
from app.flags.rules_hearing import Deed, Reason
from app.flags.writes import set_mark
from app.messages.queries_recipients import supervisors_of
from app.web.current import CurrentPerson

WORKER = "wk-43"
BACK, RECENT, APART = timedelta(days=2), timedelta(hours=1), timedelta(hours=2)
PEOPLE = 4
REASON = "相册里点错了，现场那张随后补传了。"
LIFTED, STANDS = "同一套隔间，照片确实一样，说明属实。", "两处用了同一张照片，请以后在现场拍。"


def used_again(coming: Sequence[Arrival], now: datetime) -> dict[str, str]:
    """Picture -> the earlier one, of a record elsewhere, whose bytes it carries, as if picked from the album."""
    earlier: dict[str, Arrival] = {}
    found: dict[str, tuple[str, str]] = {}
    for one in coming:
        if not one.shots or not now - BACK <= one.seen.received_at <= now - RECENT:
            continue
        before = earlier.setdefault(one.person_id, one)
        apart = one.seen.received_at - before.seen.received_at > APART
        if apart and one.due.point_id != before.due.point_id:
            found.setdefault(one.person_id, (one.shots[0].id, before.shots[0].id))
    return dict(found[each] for each in sorted(found, key=lambda each: (each != WORKER, each))[:PEOPLE])


def play_flags(site: Site, now: datetime) -> int:
    """Once the pictures are decoded; gives back how many records were looked at. Called outside a transaction."""
    again = used_before(now - BACK, WORKER)
    if again:
        look_at(records_of(each.check_id for each in again), ways(), now)
    for number, record in enumerate(again[1:], 1):
        _hear(number, record, site, now)
    # The history of the demo is not looked at any more; what comes in from now on is.
    atomically(lambda: set_mark(now))
    return len(again)


def _hear(number: int, record: Again, site: Site, now: datetime) -> None:
    """One explained; one explained and lifted; one explained and upheld."""
    author, judges = person_by_id(record.person_id), supervisors_of(record.responsible_id)
    judge = person_by_id(judges[0]) if judges else None
    for flag in flags_of_check(record.check_id)[:1]:
        if author:
            _do(Deed.EXPLAIN, flag.id, author, site, now, REASON)
        if number > 1 and judge:
            lift = number == 2
            _do(Deed.LIFT if lift else Deed.STANDS, flag.id, judge, site, now, LIFTED if lift else STANDS)


def _do(deed: Deed, flag: str, who: CurrentPerson, site: Site, now: datetime, words: str) -> None:
    reason = Reason.OTHER.value if deed is Deed.EXPLAIN else ""
    said = Said(str(uuid5(NAMESPACE_URL, f"dabiao:{deed}:{flag}")), words, reason)
    atomically(lambda: do(deed, flag, said, who, site.store, now))
