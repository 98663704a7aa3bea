"""Months that are hard to count: a new edition or another unit in the middle, 29 February, days moved, many points."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from app import clock
from app.db import atomically, row, run
from app.places.models import Point, PointStandard
from app.schedule.models import Occurrence
from app.standards.models import Edition
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.counting import queries_counted
from tests.support.findings import found
from tests.support.readers import body, readers, signed_in
from tests.support.world import filled

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANY = 10_000
OLD, NEW = "JGSW05003.01-2026", "JGSW05003.01-2027"


@pytest.fixture
def world(app):
    """Two contractors of one section, everything at one point; the clock stands some days later."""
    with clock.at(NOW + 2 * DAY):
        with app.app_context():
            make.small_world()
            atomically(lambda: run(delete(Occurrence)))
            readers()
            make.org("guard", "/bureau/care/", "contractor", name="保安公司")
            make.person("gus", "contractor_manager", "guard")
        yield app


def tile(text, title):
    """What stands in the tile of a figure: (percentage, hits, of how many)."""
    found_ = re.search(
        rf'<span class="label">{title}</span> <strong class="num">(?:<a [^>]*>)?([^<]+)(?:</a>)?</strong>\s*'
        r'<span class="sub small num">(\d+)/(\d+) 次', text,
    )  # fmt: skip
    return (found_[1], int(found_[2]), int(found_[3])) if found_ else None


def test_mt36_given_an_edition_that_changed_in_the_month_when_opened_then_both_count_as_they_were_judged(world):
    with world.app_context():
        make.kept(Edition, **_copy_of(OLD, number=NEW, year=2027, effective_on=date(2026, 11, 16)))
        for number in range(20):
            values = {"key_due": 2, "key_evidenced": 2} if number < 10 else {"key_due": 3, "key_evidenced": 1}
            start = NOW - 15 * DAY + number * DAY / 2
            filled("p1", f"E{number}", start, edition=OLD if number < 10 else NEW, **values)
        make.point("p2", "0000000001", name="一层女卫生间")
        for point, edition in (("p1", OLD), ("p2", NEW)):
            found(point_id=point, edition=edition, step_id="S01", source="check", at=NOW - DAY)

    text = body(signed_in(world, "leo"), "/figures/board?month=2026-11")

    assert tile(text, "准时率") == ("100.0%", 20, 20)
    assert tile(text, "关键点留痕率") == ("60.0%", 30, 50)
    step = re.search(r'href="(/figures/found[^"]*)">(\d+)<', text)
    assert int(step[2]) == 2
    assert body(signed_in(world, "leo"), step[1].replace("&amp;", "&")).count('class="whole"') == 2


def test_given_a_point_given_to_another_unit_in_the_month_when_each_reads_then_each_answers_for_its_own_days(world):
    with world.app_context():
        for number in range(8):
            filled("p1", f"C{number}", NOW - 10 * DAY + number * HOUR, implementer_id="clean")
        for number in range(4):
            make.occurrence("p1", f"G{number}", NOW - 3 * DAY + number * HOUR, state="missed", implementer_id="guard")
        atomically(
            lambda: run(update(PointStandard).where(PointStandard.point_id == "p1").values(implementer_id="guard"))
        )

    seen = {who: tile(body(signed_in(world, who), "/figures/board?month=2026-11"), "准时率") for who in ("meg", "gus")}
    whole = body(signed_in(world, "leo"), "/figures/board?month=2026-11")

    assert seen == {"meg": ("100.0%", 8, 8), "gus": ("0.0%", 0, 4)}
    assert tile(whole, "准时率") == ("66.7%", 8, 12)
    for unit, expected in (("clean", ("100.0%", 8, 8)), ("guard", ("0.0%", 0, 4))):
        text = body(signed_in(world, "leo"), f"/figures/board?month=2026-11&unit={unit}")
        assert tile(text, "准时率") == expected


def test_given_a_window_on_29_february_when_the_months_are_read_then_it_lies_in_its_month_only(world):
    leap = datetime(2028, 2, 29, 15, 30, tzinfo=UTC)  # 23:30 at the site
    with clock.at(datetime(2028, 3, 5, tzinfo=UTC)):
        with world.app_context():
            make.occurrence("p1", "L1", leap - 2 * HOUR, state="missed", business_on=date(2028, 2, 29))
            filled("p1", "L2", leap - 4 * HOUR, business_on=date(2028, 2, 29))
            filled("p1", "M1", leap + HOUR, business_on=date(2028, 3, 1))
        client = signed_in(world, "leo")
        february = body(client, "/figures/board?month=2028-02")
        march = body(client, "/figures/board?month=2028-03")

    assert tile(february, "准时率") == ("50.0%", 1, 2)
    assert re.search(r'rel="next" href="[^"]*month=2028-03"', february)
    assert re.search(r">2028-02</a></th><td class=\"num\"><a [^>]*>50\.0%</a></td><td class=\"num\">1/2</td>", march)
    assert tile(march, "准时率") == ("100.0%", 1, 1)


def test_mt15_given_a_saturday_worked_instead_when_opened_then_it_is_no_holiday_and_the_holiday_is(world):
    saturday, holiday = NOW - 9 * DAY, NOW - 5 * DAY
    with world.app_context():
        for number in range(4):
            filled("p1", f"S{number}", saturday + number * HOUR, business_on=saturday.date(), day_type="workday")
        filled("p1", "H1", holiday, business_on=holiday.date(), day_type="holiday")
        make.occurrence("p1", "H2", holiday + HOUR, state="missed", business_on=holiday.date(), day_type="holiday")

    client = signed_in(world, "leo")
    text = body(client, "/figures/board?month=2026-11")

    assert tile(text, "准时率") == ("83.3%", 5, 6)
    assert tile(text, "节假日覆盖率") == ("50.0%", 1, 2)
    opened = re.search(r'href="(/stats/records[^"]*measure=holiday)"', text)[1].replace("&amp;", "&")
    assert re.search(r"\b2 个时段", body(client, opened))


def test_mt31_given_nothing_due_but_reports_when_opened_then_a_dash_stands_for_every_rate(world):
    with world.app_context():
        make.occurrence("p1", "X1", NOW - DAY, state="exempt")
    text = body(signed_in(world, "leo"), "/figures/board?month=2026-11")

    assert tile(text, "准时率") in (None, ("—", 0, 0))
    assert not re.search(r"\d%</a></strong>", text)
    assert "NaN" not in text


def test_given_ten_thousand_points_when_opened_then_few_lines_and_statements_stand_for_them_all(world):
    with world.app_context():
        _many_points()
    client = signed_in(world, "leo")
    body(client, "/figures/board?month=2026-11")

    with queries_counted() as made:
        text = body(client, "/figures/board?month=2026-11")

    assert len(made) <= 40, f"{len(made)} statements"
    assert tile(text, "准时率") == ("90.0%", MANY * 9 // 10, MANY)
    section = text[text.index("<h2>漏做最多的点位") :]
    assert section[: section.index("</section>")].count('<th scope="row">') == 30
    assert re.search(r"另 9,97\d 个点位", text)
    assert len(text) < 200_000


def _copy_of(edition, **changed):
    """The columns of an edition with some changed."""
    return {**row(select(*Edition.__table__.c).where(Edition.number == edition))._mapping, **changed}


def _many_points():
    """Ten thousand points with one window each; every tenth was missed."""
    start = NOW - DAY
    common = {"kind": "restroom", "building_id": "b1", "floor": "1F", "area_id": "a1", "zone": "red", "risk": 2}
    points = [{"id": f"m{n}", "code": f"M-{n}", "name": f"第{n}间", "attrs": {}, **common} for n in range(MANY)]
    times = {"open_at": start, "start_at": start, "end_at": start + HOUR, "grace_end_at": start + 1.25 * HOUR}
    window = {
        "standard_code": "JGSW05003.01", "edition": OLD, "window_key": "2026-11-22/A/A1", "business_on": start.date(),
        "day_type": "workday", "profile": "full", "kind": "window", "expire_at": start + 4 * HOUR,
        "expected_minutes": 8, "implementer_id": "clean", "responsible_id": "care", **times,
    }  # fmt: skip
    windows = [{"point_id": f"m{n}", "state": "in_window" if n % 10 else "missed", **window} for n in range(MANY)]
    atomically(lambda: (run(insert(Point), points), run(insert(Occurrence), windows)))
