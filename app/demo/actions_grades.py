"""The demo's last month: an appeal and its answer, a decision, the freeze, both signatures; by the real actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.days import next_month
from app.grades.actions import At, Decision, answer, appeal, decide, sign
from app.grades.actions_freezing import before_this, keep_frozen, to_freeze
from app.grades.queries import Sheet, frozen, month_of, sheets
from app.grades.rules import Grade, Kind
from app.web.current import CurrentPerson

COMPANY, ONE_DAY = "ctr-clean", timedelta(days=1)
MANAGER, OFFICE, LEADER = "mgr-01", "std-01", "ldr-01"
APPEAL = "月末东侧卫生间午后停水一小时，有两次未能在时段内完成，请核对停水通知。"
ANSWER = "经核对，停水通知为次日，两次任务当日也未报无法作业，维持原记录。"
CORRECTIVE, PREVENTIVE = "对漏拍照片的两处点位补拍复核。", "交接班前由班长逐点核对照片数量。"


def play_grades(now: datetime, zone: tzinfo) -> None:
    """Nothing where last month has no records or is still open to appeals."""
    month = before_this(now, zone)
    people = {name: person_by_id(name) for name in (MANAGER, OFFICE, LEADER)}
    manager, office, leader = (people[name] for name in (MANAGER, OFFICE, LEADER))
    if manager is None or office is None or leader is None:
        raise LookupError(MANAGER)
    spoken = [_on(month, day, zone) for day in (1, 2, 3)]
    there = {each.subject_id for each in sheets(Kind.UNIT, month, office, now, zone)}
    if spoken[-1] > now or COMPANY not in there:
        return
    said = _made(month, "appeal")
    appeal(_at(manager, month, spoken[0], zone), said, APPEAL)
    answer(_at(leader, month, spoken[1], zone), _made(month, "answer"), said, ANSWER, upheld=False)
    _decide(_at(office, month, spoken[2], zone))
    ended = datetime.combine(month_of(month, now.astimezone(zone).date()).last_day + ONE_DAY, time(0, 20), zone)
    if ended + 2 * ONE_DAY > now:
        return
    keep_frozen(month, to_freeze(month, ended, zone))
    for one in [each for each in frozen(Kind.UNIT, month) if each.subject_id == COMPANY]:
        _sign(one, _at(manager, month, ended + timedelta(hours=10), zone), "同意，整改措施已布置到班组。")
        _sign(one, _at(office, month, ended + timedelta(hours=15), zone), "")


def _decide(at: At) -> None:
    proposed = at.sheet().proposal.grade
    reason = "" if proposed else "例数不足，按现场检查评定。"
    wish = Decision(_made(at.month, "decision"), proposed or Grade.PASS, reason,
                    CORRECTIVE, PREVENTIVE)  # fmt: skip
    decide(at, wish)


def _sign(one: Sheet, at: At, words: str) -> None:
    sign(at, _made(at.month, f"sign:{at.who.id}"), one.sha256, words)


def _at(who: CurrentPerson, month: date, now: datetime, zone: tzinfo) -> At:
    return At(Kind.UNIT, COMPANY, month, who, now, zone)


def _on(month: date, day: int, zone: tzinfo) -> datetime:
    return datetime.combine(next_month(month) + timedelta(days=day), time(10, 20), zone)


def _made(month: date, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"dabiao:demo:grade:{month}:{name}"))
