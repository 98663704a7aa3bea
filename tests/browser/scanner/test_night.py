"""A night patrol: two points walked by their scans alone, one missed; guard and supervisor see it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.patrols.models import PatrolRoute
from qr.payload import check_character
from tests.browser.conftest import DESK
from tests.support import builders as a
from tests.support.cameras import clip
from tests.support.scanning import label
from tests.support.servers import module_server
from tests.support.standards import step_document as step
from tests.support.walk import load_walk

BEATS = tuple(nine + check_character(nine) for nine in ("NGHT00001", "NGHT00002", "NGHT00003"))
ROUTE = "00000000-0000-4000-8000-000000000077"


def load_night(app):
    """Three points where being there is all that is asked; the time of the third is over."""
    load_walk(app)
    a.person("sue", "supervisor", "care", name="主管")
    a.standard(step("S01", title="到点"), code="JGSW05006.01", confirm="together")
    now = datetime.now(UTC)
    day = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    for number, code in enumerate(BEATS, 1):
        a.point(f"night{number}", code, name=f"夜巡点{number}")
        a.works_at(f"night{number}", "JGSW05006.01")
        start = now - (timedelta(minutes=10) if number < 3 else timedelta(hours=5))
        common = {"standard_code": "JGSW05006.01", "edition": "JGSW05006.01-2026", "assignee_id": "wk-01"}
        a.occurrence(f"night{number}", window="N", start=start, business_on=day, label="夜间巡更", **common)
    a.kept(
        PatrolRoute, id=ROUTE, name="夜间路线", org_id="clean", standard_code="JGSW05006.01",
        points=["night1", "night2", "night3"], ordered=True, least_minutes=None, most_minutes=60, made_by_id="sue",
        made_at=now,
    )  # fmt: skip


server = module_server("night", load_night)


def test_given_a_night_when_points_are_scanned_then_the_scan_is_enough_and_the_sheet_shows_who_was_where_and_what_not(
    scanner, server, film, opened, sign_in
):
    clip(film, *(text for code in BEATS[:2] for text in (label(server, code), None)), each=30)
    scanner.goto("/p?patrol=1")
    scanner.locator("#patrol-count", has_text="2").wait_for(timeout=30_000)
    scanner.locator("#patrol-list li", has_text="已送达").nth(1).wait_for()

    scanner.goto("/patrols")
    run = scanner.locator("section", has_text="夜间路线")
    assert "2/3" in run.inner_text().replace(" ", "")
    desk = opened(**DESK)
    sign_in(desk, "sue")
    desk.goto(f"/patrols/{ROUTE}")
    assert "漏巡" in desk.locator("tbody tr", has_text="夜巡点3").inner_text()
    assert "保洁一班-01" in desk.locator("tbody tr", has_text="夜巡点1").inner_text()
