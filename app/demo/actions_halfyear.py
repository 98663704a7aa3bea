"""The last half-year of the demo: two months of greenery, frozen and signed, and a draft of this half-year.

By the real actions under a moved clock. The standard of greenery has been in force for years, most others came later.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import delete

from app import clock
from app.accounts.queries import person_by_id
from app.db import atomically, run
from app.demo.actions_arrivals import Site, arrivals
from app.demo.actions_lastmonth import is_plain, keep_arrivals
from app.demo.queries_history import windows_behind
from app.halfyear.actions import At, save_text, seen_of, sign
from app.halfyear.actions_freezing import keep_frozen, to_freeze
from app.halfyear.queries import kept, reporters
from app.halfyear.queries_list import writers_of
from app.halfyear.rules import Half, Part, Reporter, freezes_at, half_of
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.schedule.models import Occurrence

STANDARD, UNITS, OWING, WRITING = "JGSW05004.01", ("dept-wuye", "ctr-green"), "dept-shebei", "dept-wuye"
DAYS = timedelta(days=60)
LATER = timedelta(days=2)
TEXTS = {
    Part.FREQUENCY: "室外绿化按周养护，雨天顺延，个别时段超时补做，已补齐记录。",
    Part.EFFECT: "修剪、浇灌和病虫害巡查有据可查，关键点留痕齐全；准时率与目标的差距主要在雨天。",
    Part.PROBLEMS: "汛期连续降雨时养护时段集中，人手不足。",
    Part.ACTIONS: "下半年雨天顺延方案写入排班，由物业主管负责，八月底前完成。",
}
IN_TRAINING = {Part.LED: "本单位标准处于宣贯培训阶段，尚未形成实施记录，下半年起按计划实施。"}
DRAFT = {
    Part.EFFECT: "卫生间日常保洁准时率稳定，交接班时段仍是薄弱环节。",
    Part.PROBLEMS: "（待补充：设备老化点位清单）",
}


def play_last_half(days: int, site: Site, now: datetime) -> int:
    """The last days of the last half-year, unless the history reaches back that far. How many checks."""
    half = half_of(now.astimezone(site.zone).date()).before
    ends = freezes_at(half, site.zone)
    if now - timedelta(days=days) <= ends + LATER:
        return 0
    with clock.at(ends):
        atomically(lambda: _plan(site, ends))
        coming = [each for each in arrivals(windows_behind(ends), site.zone, ends) if is_plain(each)]
        keep_arrivals(coming, site)
    with clock.at(ends + LATER):
        atomically(lambda: settle_states(ends + LATER))
    return len(coming)


def _plan(site: Site, ends: datetime) -> None:
    """The rows of those days; those of others and what starts after them are taken out again."""
    first = ends - DAYS
    make_rows(site.zone, ends - timedelta(seconds=1), days=0, since=first - timedelta(seconds=1))
    others = Occurrence.standard_code != STANDARD
    run(delete(Occurrence).where(Occurrence.start_at >= first, Occurrence.start_at < ends, others))
    run(delete(Occurrence).where(Occurrence.start_at >= ends, Occurrence.start_at < ends + timedelta(days=1)))


def play_halfyear(now: datetime, site: Site) -> None:
    """The freeze, the signatures of all but one unit, and the text of this half-year begun in another."""
    this = half_of(now.astimezone(site.zone).date())
    frozen_at = freezes_at(this.before, site.zone) + timedelta(minutes=5)
    keep_frozen(this.before, to_freeze(this.before, frozen_at, site.zone))
    for unit in reporters():
        if unit.id != OWING and kept(this.before, unit.id).frozen is not None:
            signed_at = min(frozen_at + timedelta(days=1, hours=9), now)
            _sign(_at(unit, this.before, signed_at, site), TEXTS if unit.id in UNITS else IN_TRAINING)
        if unit.id == WRITING:
            _write(_at(unit, this, now, site), DRAFT)


def _at(unit: Reporter, half: Half, at: datetime, site: Site) -> At:
    who = person_by_id(writers_of(unit)[0])
    if who is None:
        raise LookupError(unit.id)
    return At(unit, half, who, at, site.zone)


def _write(at: At, texts: dict[Part, str]) -> None:
    for part, text in texts.items():
        save_text(at, part, text, 0)


def _sign(at: At, texts: dict[Part, str]) -> None:
    if at.unit.id != at.who.org_id and not at.unit.path.startswith(at.who.org_path):
        return
    _write(at, texts)
    paper_id = str(uuid5(NAMESPACE_URL, f"dabiao:demo:halfyear:{at.half.key}:{at.unit.id}"))
    sign(at, paper_id, seen_of(kept(at.half, at.unit.id)))
