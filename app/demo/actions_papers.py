"""The demo's bulletins of last month: put up by the standards section, issued by the leader; by the real actions."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.grades.actions_freezing import before_this
from app.grades.queries import month_of
from app.papers.actions import At, issue, put_up
from app.papers.queries_shown import Shown, shown
from app.papers.rules_kept import as_json
from app.web.current import CurrentPerson

OFFICE, LEADER, SITE, SECTION = "std-01", "ldr-01", "", "dept-wuye"
WORDS = "本月记录只有一家社会化服务单位一天的任务，请结合样本量阅读；各科按期限完成整改。"


def play_papers(now: datetime, zone: tzinfo) -> None:
    """The site's is issued, that of one section waits for its issue; nothing where last month has no records."""
    office, leader = person_by_id(OFFICE), person_by_id(LEADER)
    if office is None or leader is None:
        raise LookupError(OFFICE)
    month = before_this(now, zone)
    last = month_of(month, now.astimezone(zone).date()).last_day
    made = min(datetime.combine(last + timedelta(days=1), time(9, 10), zone), now - timedelta(hours=2))
    for unit_id in (SITE, SECTION):
        if shown(month, unit_id, office, made, zone).body.is_empty:
            continue
        put_up(_at(shown(month, unit_id, office, made, zone), office, made, zone), _made(unit_id, "draft"), WORDS)
    ready = shown(month, SITE, leader, made, zone)
    if ready.draft is not None:
        issue(_at(ready, leader, made + timedelta(hours=1), zone), _made(SITE, "paper"), ready.sha256)


def _at(found: Shown, who: CurrentPerson, now: datetime, zone: tzinfo) -> At:
    return At(found.named, as_json(found.body), found.sha256, found.body.is_empty, who, now, zone)


def _made(unit_id: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"dabiao:demo:paper:{unit_id}:{name}"))
