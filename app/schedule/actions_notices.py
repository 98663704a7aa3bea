"""What the timer tells about windows: ends soon, not done, yesterday in numbers. Looking twice tells once."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.messages.actions_notices import tell_new
from app.messages.queries_choices import ahead_of_time
from app.messages.queries_recipients import crew_leaders, supervisors_of
from app.messages.rules_choices import DEFAULT
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind
from app.organisations.queries import units
from app.schedule.queries_notices import Reader, Window, digest_readers, ending_soon, not_done, tallies_of
from app.schedule.rules_notices import Hears, Tally, ends_soon, hears, is_digest_time, numbers
from app.web.current import Role


def notice_windows(zone: ZoneInfo, now: datetime) -> int:
    """Tell workers what ends soon, crew leaders what was not done, supervisors what still was not."""
    today = now.astimezone(zone).date()
    return tell_new([*_soon(today, zone, now), *_not_done(today, zone, now)], now)


def notice_yesterday(zone: ZoneInfo, now: datetime) -> int:
    """Yesterday in numbers, once in the morning, to crew leaders for their crew and to supervisors for their units."""
    if not is_digest_time(now, zone):
        return 0
    day = now.astimezone(zone).date() - timedelta(days=1)
    tallies = tallies_of(day)
    if not tallies:
        return 0
    paths = [(unit.id, unit.path) for unit in units()]
    return tell_new([found for each in digest_readers() if (found := _digest(each, tallies, paths, day))], now)


def _soon(today: date, zone: ZoneInfo, now: datetime) -> list[Notice]:
    windows = [each for each in ending_soon(today, now) if each.person_id]
    if not windows:
        return []
    ahead = ahead_of_time()
    return [
        _notice(Kind.DUE_SOON, [str(each.person_id)], each, zone, "/", each.end_at)
        for each in windows
        if ends_soon(each.end_at, ahead.get(str(each.person_id), DEFAULT.ahead_minutes), now)
    ]


def _not_done(today: date, zone: ZoneInfo, now: datetime) -> list[Notice]:
    leaders, supervisors = lru_cache(crew_leaders), lru_cache(supervisors_of)
    found = []
    for each in not_done(today, now):
        link, heard = f"/log/windows/{each.id}", hears(each.grace_end_at, now)
        if heard is not Hears.NOBODY:
            people = leaders(each.crew_id, each.implementer_id)
            found.append(_notice(Kind.MISSED, people, each, zone, link, each.end_at))
        if heard is Hears.SUPERVISOR:
            found.append(_notice(Kind.MISSED_STILL, supervisors(each.responsible_id), each, zone, link, each.end_at))
    return found


def _notice(kind: Kind, people: list[str], window: Window, zone: ZoneInfo, link: str, at: datetime) -> Notice:
    params = {"point": window.point, "task": window.task, "time": f"{at.astimezone(zone):%H:%M}"}
    params |= {"person": window.person} if window.person else {}
    return Notice(kind, people, params, link, f"{kind}/{window.id}")


def _digest(reader: Reader, tallies: list[Tally], paths: list[tuple[str, str]], day: date) -> Notice | None:
    if reader.role is Role.CREW_LEADER:
        found = numbers(tallies, crew_id=reader.crew_id)
    else:
        found = numbers(tallies, units={unit for unit, path in paths if path.startswith(reader.org_path)})
    if not found.due:
        return None
    params = {"day": f"{day:%m-%d}", **{name: str(count) for name, count in asdict(found).items()}}
    return Notice(Kind.DIGEST, [reader.id], params, f"/log?day={day.isoformat()}", f"{Kind.DIGEST}/{day}")
