"""Random rotas against the minute-by-minute model: nothing missed, nothing doubled."""

from collections import Counter
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.schedule.rules_days import Calendar, DayType
from app.schedule.rules_plan import EditionPlan, PointPlan, Site, plan
from app.schedule.rules_recurrence import Recurrence, Roll
from app.schedule.rules_schedules import Schedule, ScheduleKind
from app.schedule.rules_windows import Window, WindowKind
from tests.support.minutes import NAMES, Plan, Rule, Walk

DAY = timedelta(days=1)
ZONES = ("Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")
# Around Spring Festival, the clock changes, leap days of 2024 and 2028, National Day, the turn of a year.
FIRSTS = tuple(
    map(
        date.fromisoformat,
        (
            "2026-02-11",
            "2026-02-25",
            "2024-02-26",
            "2028-02-27",
            "2026-03-27",
            "2026-10-23",
            "2026-04-02",
            "2026-09-30",
            "2026-12-29",
        ),
    )
)
CONDITIONS = (
    (None, lambda _facts, _day, _kind: True),
    ({"fact": "point.attrs.open", "eq": True}, lambda facts, _day, _kind: facts["open"]),
    ({"not": {"fact": "date.weekday", "in": ["MO", "SU"]}}, lambda _facts, day, _kind: day.weekday() not in (0, 6)),
    (
        {"any": [{"fact": "date.day_type", "eq": "holiday"}, {"fact": "date.month", "gte": 10}]},
        lambda _facts, day, kind: kind == "holiday" or day.month >= 10,
    ),
    (
        {"all": [{"fact": "weather.rain_24h_mm", "lt": 5}, {"fact": "point.attrs.absent", "eq": 1}]},
        lambda _facts, _day, _kind: False,
    ),
)


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["DAILY", "DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule = Rule(freq, interval=draw(st.sampled_from([1, 1, 1, 2, 3])))
    if freq == "YEARLY":
        rule.months, rule.month_days = draw(st.sampled_from([((2,), (29,)), ((2, 10), (1, 28)), ((12, 1), (31, 1))]))
    elif freq == "MONTHLY":
        if draw(st.booleans()):
            rule.month_days = draw(st.sampled_from([(5,), (10,), (29,), (31,), (-1,), (1, 15, 30)]))
        else:
            rule.weekdays = draw(st.sampled_from([((1, 5),), ((3, 2),), ((-1, 4),), ((0, 6),)]))
    else:
        picked = draw(st.sets(st.integers(0, 6), max_size=4))
        rule.weekdays = tuple((0, weekday) for weekday in sorted(picked))
    if freq in ("DAILY", "WEEKLY", "MONTHLY") and draw(st.integers(0, 3)) == 0:
        rule.months = tuple(sorted(draw(st.sets(st.integers(1, 12), min_size=3, max_size=9))))
    return rule


@st.composite
def windows(draw):
    made = []
    for number in range(draw(st.integers(1, 3))):
        start, length = draw(st.integers(0, 1439)), draw(st.integers(1, 600))
        over = (start + length) // 1440
        after = draw(st.sampled_from([0, 5, 30, 600, 2880]))
        made.append((f"W{number}", start, (start + length) % 1440, over, draw(st.integers(0, 60)), after))
    return tuple(made)


@st.composite
def plans(draw, first, effective, number):
    condition, applies = draw(st.sampled_from(CONDITIONS))
    types = draw(st.sets(st.sampled_from(["workday", "restday", "holiday"]), min_size=1))
    made = Plan(
        rule=draw(rules()),
        dtstart=first + draw(st.integers(-420, 5)) * DAY,
        types=tuple(sorted(types)),
        roll=draw(st.booleans()),
        windows=draw(windows()),
        applies=applies,
        effective=effective,
        number=number,
    )
    made.condition = condition
    return made


@st.composite
def rotas(draw):
    first = draw(st.sampled_from(FIRSTS))
    around = st.integers(-12, 14).map(lambda shift: first + shift * DAY)
    holidays = draw(st.sets(around, max_size=8))
    makeups = draw(st.sets(around.filter(lambda day: day.weekday() >= 5), max_size=2))
    older = draw(plans(first, date(2020, 1, 1), "X-2020"))
    made = [older]
    if draw(st.booleans()):
        made.append(draw(plans(first, first + draw(st.integers(-1, 6)) * DAY, "X-2026")))
        older.ended = draw(st.sampled_from([None, first + 3 * DAY]))
    points = {"p1": {"open": True}, "p2": {"open": draw(st.booleans())}}
    return first, made, points, holidays, makeups, ZoneInfo(draw(st.sampled_from(ZONES)))


def ruled(first, last, made, points, holidays, makeups, zone):
    editions = [EditionPlan(each.number, "X", each.effective, each.ended, (_schedule(each),)) for each in made]
    places = [PointPlan(name, ("X",), {"point.attrs.open": facts["open"]}) for name, facts in points.items()]
    return plan(Site(places, editions, Calendar(frozenset(holidays), frozenset(makeups)), zone), first, last)


def _schedule(made):
    types = frozenset(map(DayType, made.types))
    recurrence = Recurrence(made.rule.text(), made.dtstart, types, Roll.NEXT if made.roll else Roll.NONE)
    return Schedule(
        "A", ScheduleKind.CALENDAR, types, made.condition, recurrence, tuple(map(_window, made.windows)), None
    )


def _window(told):
    name, start, end, over, before, after = told
    clock = (time(*divmod(each, 60)) for each in (start, end))
    return Window(name, *clock, over, before, after, "full", WindowKind.REGULAR, 5)


def _eve_of_leap_day():
    rule = Rule("YEARLY", months=(2,), month_days=(29,))
    made = Plan(
        rule, date(2024, 2, 29), ("workday",), True, (("W0", 1425, 15, 1, 0, 5),), CONDITIONS[0][1], date(2020, 1, 1)
    )
    made.number, made.condition = "X-2020", None
    return date(2028, 2, 27), [made], {"p1": {"open": True}}, set(), set(), ZoneInfo("Asia/Shanghai")


@settings(max_examples=120)
@example(_eve_of_leap_day())
@given(rotas())
def test_given_a_random_rota_when_it_is_planned_then_a_walk_through_every_minute_finds_the_same(rota):
    first, made, points, holidays, makeups, zone = rota
    last = first + 6 * DAY

    due = ruled(first, last, made, points, holidays, makeups, zone)

    walked = Walk(made, points, holidays, makeups, zone).run(first, last)
    keys = Counter((each.point_id, each.edition, each.span.business_on, each.window_id) for each in due)
    assert set(keys.values()) <= {1}
    assert set(keys) == set(walked)
    for each in due:
        marks = walked[each.point_id, each.edition, each.span.business_on, each.window_id]
        assert (each.span.opens_at, each.span.start_at, each.span.end_at) == (
            marks["opens"],
            marks["start"],
            marks["end"],
        )
        assert (each.span.grace_end_at, each.expire_at) == (marks["grace"], marks["expire"])


@settings(max_examples=40)
@given(rotas(), st.integers(0, 5))
def test_given_a_random_rota_when_it_is_planned_in_two_parts_then_the_parts_are_the_whole(rota, cut):
    first, made, points, holidays, makeups, zone = rota
    last, middle = first + 6 * DAY, first + cut * DAY

    whole = ruled(first, last, made, points, holidays, makeups, zone)
    parts = [
        *ruled(first, middle, made, points, holidays, makeups, zone),
        *ruled(middle + DAY, last, made, points, holidays, makeups, zone),
    ]

    assert Counter(parts_key(each) for each in parts) == Counter(parts_key(each) for each in whole)


def parts_key(each):
    return each.point_id, each.edition, each.window_key, each.span, each.expire_at


def test_given_the_model_when_weekdays_are_named_then_its_names_are_those_of_the_calendar():
    assert [NAMES[(date(2026, 11, 23) + step * DAY).weekday()] for step in range(7)] == list(NAMES)
