"""Flags in the demo: a few pictures used again, found by the real rules; a reason, a judgement each way, one open."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.queries_flags import Shot, pairs_of_demo
from app.flags.actions_hearing import Said, do
from app.flags.actions_looking import look_at
from app.flags.queries import flags_of_check
from app.flags.queries_look import ways
from app.flags.queries_new import records_of
from app.flags.rules_hearing import Deed, Reason
from app.flags.writes import set_mark
from app.messages.queries_recipients import supervisors_of
from app.photos.actions import keep
from app.photos.rules import Part, PhotoUse, Upload
from app.photos.writes import rows_for_check
from app.web.current import CurrentPerson

WORKER = "wk-43"
BACK, RECENT = timedelta(days=2), timedelta(hours=1)
REASON = "相册里点错了，现场那张随后补传了。"
LIFTED, STANDS = "同一套隔间，照片确实一样，说明属实。", "两处用了同一张照片，请以后在现场拍。"


def play_flags(site: Site, now: datetime) -> int:
    """Once the pictures are decoded; gives back how many records were looked at. Called outside a transaction."""
    pairs = pairs_of_demo(now - BACK, now - RECENT, WORKER, 4)
    for first, second in pairs:
        _use_again(first, second, site)
    chosen = [second.check_id for _first, second in pairs]
    if chosen:
        look_at(records_of(chosen), ways(), now)
    for number, (_first, second) in enumerate(pairs[1:], 1):
        _hear(number, second, site, now)
    # The history of the demo is not looked at any more; what comes in from now on is.
    atomically(lambda: set_mark(now))
    return len(chosen)


def _use_again(first: Shot, second: Shot, site: Site) -> None:
    """The picture of the first record goes with the second one too, as if picked from the album."""
    _record, content = site.store.read(first.place)
    name = str(uuid5(NAMESPACE_URL, f"dabiao:used-again:{second.check_id}"))
    day = second.received_at.astimezone(site.zone).date()
    upload = Upload(name, content, second.person_id)
    kept = keep(site.store, upload, max_bytes=site.max_photo_bytes, now=second.received_at, day=day)[0]
    atomically(lambda: rows_for_check([PhotoUse(kept, Part.CHECK)], second.owner, at=second.received_at))


def _hear(number: int, shot: Shot, site: Site, now: datetime) -> None:
    """One explained; one explained and lifted; one explained and upheld."""
    author, judges = person_by_id(shot.person_id), supervisors_of(shot.responsible_id)
    judge = person_by_id(judges[0]) if judges else None
    for flag in flags_of_check(shot.check_id)[:1]:
        if author:
            _do(Deed.EXPLAIN, flag.id, author, site, now, REASON)
        if number > 1 and judge:
            lift = number == 2
            _do(Deed.LIFT if lift else Deed.STANDS, flag.id, judge, site, now, LIFTED if lift else STANDS)


def _do(deed: Deed, flag: str, who: CurrentPerson, site: Site, now: datetime, words: str) -> None:
    reason = Reason.OTHER.value if deed is Deed.EXPLAIN else ""
    said = Said(str(uuid5(NAMESPACE_URL, f"dabiao:{deed}:{flag}")), words, reason)
    atomically(lambda: do(deed, flag, said, who, site.store, now))
