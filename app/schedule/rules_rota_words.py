"""Words of the rota: intervals that cannot be kept, kinds of days, kinds of absences and changes."""

from collections.abc import Mapping
from datetime import date

from app.schedule.rules_days import DayType
from app.schedule.rules_rota import DAY, ShiftPlan
from app.schedule.rules_verdicts import Heavy
from app.web.words import _, lazy

DAY_TYPES = {
    DayType.WORKDAY: lazy("Workday"),
    DayType.RESTDAY: lazy("Weekend"),
    DayType.HOLIDAY: lazy("Public holiday"),
}
WEEKDAYS = (lazy("Mon"), lazy("Tue"), lazy("Wed"), lazy("Thu"), lazy("Fri"), lazy("Sat"), lazy("Sun"))
ABSENCES = {"leave": lazy("Leave"), "rest": lazy("Day off"), "course": lazy("Course")}
CHANGES = {
    "begun": lazy("Draft begun"),
    "put": lazy("Round changed"),
    "taken": lazy("Round taken out"),
    "moved": lazy("Points handed over as proposed"),
    "imported": lazy("Rounds from a workbook"),
    "published": lazy("Published"),
    "dropped": lazy("Draft dropped"),
}


def clock(minute: int) -> str:
    """HH:MM of a minute of the shift's day, the next day's marked."""
    return f"{minute % DAY // 60:02}:{minute % 60:02}{'+1' if minute >= DAY else ''}"


def weekday(day: date) -> str:
    """Its short name."""
    return str(WEEKDAYS[day.weekday()])


def jam_sentence(each: Heavy, shifts: Mapping[str, ShiftPlan], names: Mapping[str, str]) -> str:
    """The interval named, such as 周一 07:30-08:00 需要 95 分钟，在岗 2 人 60 分钟; a holiday goes without its date."""
    load, holiday = each.load, each.day_type is DayType.HOLIDAY
    words = _(
        "%(who)s, %(day)s %(begin)s–%(end)s: %(due)d minutes are needed; %(people)d on shift have %(available)d",
        who=names.get(each.person_id) or shifts[each.crew.shift_id].name,
        day=DAY_TYPES[each.day_type] if holiday else weekday(each.day),
        begin=clock(load.start),
        end=clock(load.end),
        due=load.due,
        people=load.people,
        available=load.available,
    )
    return words if holiday else f"{words} ({each.day.isoformat()})"
