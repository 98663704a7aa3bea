"""No violation that axe-core finds on the pages of the office: light, dark, large text, English; desk and phone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.audit.actions import note
from app.chain.actions_disposal import propose
from app.chain.models import Correction, Voiding
from app.checks.models import Answer
from app.db import atomically, run
from app.feedback.rules_tokens import token_of
from app.grades.rules_contract import Deduction, Event
from app.places.rules_proof import Asks
from app.places.writes import set_proof
from app.privacy.models import HeldText
from app.schedule.models import Occurrence, ScheduleEvent
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support import cases, messages, suggesting, vehicles, voices
from tests.support.appraising import registered
from tests.support.data import shown
from tests.support.findings import found
from tests.support.flagging import put_flag
from tests.support.grading import frozen_sheet
from tests.support.papers import issued_bulletin
from tests.support.readers import readers
from tests.support.repairs import order, shortage, trades_of_small_world
from tests.support.servers import module_server
from tests.support.world import check_row, filled, reported

EDITION = "JGSW05003.01-2026"
COMPLAINT, PRAISE = "00000000-0000-4000-8000-0000000000c1", "00000000-0000-4000-8000-0000000000c2"
SECRET = "only-for-tests-0123456789abcdef0123"
VOICES = (
    "/feedback/cases", "/feedback/desk", "/feedback/figures", "/feedback/figures/replied?side=misses",
    f"/feedback/{COMPLAINT}", f"/feedback/{PRAISE}", f"/f/{token_of(SECRET, COMPLAINT)}",
)  # fmt: skip
CHANGED = "00000000-0000-4000-8000-0000000000e1"
ORDER = "00000000-0000-4000-8000-0000000000d1"
REPAIRS = ("/repairs?view=all", f"/repairs/{ORDER}", "/repairs/times", "/repairs/times/orders", "/repairs/shortages")
VEHICLES = (
    "/vehicles", "/vehicles/v1", "/vehicles/dispatches", "/vehicles/ledger", "/vehicles/seals", "/vehicles/responses",
    "/vehicles/v1/file",
)  # fmt: skip
TRAINING = (
    "/training/overview", f"/training/editions/{EDITION}", "/training/crew", "/training/ledger", "/contractors",
    "/contractors/clean",
)  # fmt: skip
EVENTS = ("/meetings", "/meetings/new", "/meetings/import", "/patrols", "/patrols/new", "/events")
LEARNING = tuple(
    f"/standards/{page}"
    for page in ("learning", f"{EDITION}/learning", f"{EDITION}/learning/records?what=due", f"{EDITION}/suggest")
)
VIEWS = tuple(f"/log?view={view}" for view in ("list", "photos", "unable", "findings"))
MONTH = f"{datetime.now(UTC):%Y-%m}"
BULLETIN = "00000000-0000-4000-8000-0000000000d3"
APPRAISAL = "00000000-0000-4000-8000-0000000000d4"
PAGES = {
    "sue": (
        "/points", "/points/p1", "/labels", "/labels?stock=small&skip=1&cell-small=4&scope=all", "/log", *VIEWS,
        "/feedback", "/data", "/data/dictionary",
        "/messages", "/messages/duty", "/rounds/closings", "/rounds/days", "/rounds/rota",
        "/rounds/rota/clean", "/rounds/people", "/rounds/workload", "/exchange",
        "/stats", "/stats/records?measure=missed", "/stats/beside?figure=scope_points",
        "/standards", f"/standards/{EDITION}", *EVENTS, *VOICES, *REPAIRS, *TRAINING, "/reports",
        *LEARNING, "/suggestions",
        "/reports?form=log", "/reports/templates", "/flags", "/flags/limits", "/voidings", f"/checks/{CHANGED}",
        "/points/p2/words", "/grades", "/grades?by=person", "/grades/recognition", "/grades/unit/clean?month=2026-10",
        "/grades/unit/clean/records?month=2026-10&what=deducted",
        "/reports/bulletin", f"/reports/bulletin?month={MONTH}", f"/reports/bulletin/{BULLETIN}",
        f"/reports/bulletin/records?month={MONTH}&figure=missed&point=p2",
        f"/reports/bulletin/records?month={MONTH}&figure=satisfied",
        "/reports/evaluation?month=2026-10", "/reports/evaluation/unit/clean?month=2026-10",
        "/reports/appraisals", f"/reports/appraisals/{APPRAISAL}",
    ),
    "adm": (
        "/messages/channels", "/messages/channels/1", "/messages/channels/new/sms", "/people", "/people/new",
        "/people/ann", "/badges", "/repairs/trades", "/audit/preset",
        "/entrances", "/me/second", "/data/keys",
    ),
    "std": ("/privacy/retention", "/privacy/held", "/grades/unit/clean?month=2026-10"),
    "aud": ("/audit", "/audit/preset", "/privacy/retention", "/history"),
    "lea": (
        *("/messages", "/messages/choices", "/rounds", "/checks/unsigned", "/checks/handed", "/me", "/me/secrets"),
        "/flags/mine", "/privacy", "/me/data", *VEHICLES,
    ),
}  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {
    "light": DESK,
    "dark": {**CHINA, **PHONE, "color_scheme": "dark"},
    "large": {**CHINA, **PHONE},
    "english": {**DESK, "locale": "en-GB"},
}
HOUR = timedelta(hours=1)


def load_office(_app):
    """A day of work at two points, on the real clock: done, late in grace, missed, reported."""
    now = datetime.now(UTC)
    make.small_world()
    vehicles.fleet()
    vehicles.checked(at=now)
    readers()
    make.point("p2", "0000000001", name="一层女卫生间")
    atomically(lambda: set_proof("p2", Asks.WORD, SECRET))
    filled("p1", "B1", now - 2 * HOUR, state="in_window", steps_pass=5)
    quick = filled("p2", "B1", now - 2 * HOUR, state="in_grace", steps_pass=4, steps_fail=1, short_visit=True)
    put_flag(quick, "burst", business_on=today(), at=now, person_id="lea")
    make.occurrence("p2", "B2", now - 3 * HOUR, state="missed")
    reported("p2", "B3", now - 2 * HOUR)
    atomically(lambda: run(update(Occurrence).values(business_on=today())))
    told_things()
    said_things(now)
    broken_things(now)
    changed_record(now)
    registered(APPRAISAL, by="sue")
    issued_bulletin(BULLETIN, "care")
    frozen_sheet(month=date(2026, 10, 1), deductions=(Deduction(Event.MAJOR, 1, "f1"),))
    old_things(now)
    shown("sue", now)


def old_things(now):
    """A list of what has been kept long enough, a text to look at, and the two who read about them."""
    make.person("std", "standards", "bureau")
    make.person("aud", "auditor", "bureau")
    line = atomically(lambda: note("sign_in.ok", by_id="std"))
    atomically(lambda: propose([("audit_events", str(line))], reason="保存期满：审计日志", by_id=None, now=now))
    make.kept(HeldText, record_id="r", place="note", text="保守秘密教育室", words="秘密", by_id="ann", at=now)


def changed_record(now):
    """A record that somebody wants void, with a reading that was corrected."""
    check_row("p1", now - 2 * HOUR, None, by="ann", id=CHANGED, timing="extra", steps_pass=1)
    counts = {"key": False, "photos_due": 0, "photos_valid": 0}
    make.kept(Answer, check_id=CHANGED, step_id="S01", position=1, applicable=True, result="pass", value=5.0, **counts)
    said = {"check_id": CHANGED, "by_id": "std", "by_name": "人员std", "at": now}
    make.kept(Voiding, id=CHANGED, reason="扫错了门牌", **said)
    turned = {"field": "value", "result_was": "pass", "result_now": "fail"}
    make.kept(Correction, id=CHANGED, step_id="S01", was="5", now="9", reason="看错一位", **turned, **said)


def broken_things(now):
    """An order that waits, one repaired, something missing, a finding to print."""
    trades_of_small_world()
    order(id=ORDER, state="arrived", opened_at=now - HOUR, accepted_at=now, arrived_at=now)
    order(state="repaired", open_key=None, opened_at=now - HOUR, accepted_at=now, arrived_at=now, repaired_at=now)
    shortage(at=now)
    found(at=now)


def said_things(now):
    """A complaint that contests a record and is late, praise to be passed on, a trip to call back."""
    for kind, item_id in (("complaint", COMPLAINT), ("praise", PRAISE)):
        cases.case(kind, id=item_id, at=now - 2.5 * HOUR if kind == "complaint" else now, secret=SECRET)
    times = {"starts_at": now - 3 * HOUR, "ends_at": now - HOUR}
    make.kept(ScheduleEvent, id="dp-1", kind="dispatch", point_id="p1", facts={}, **times)
    voices.call(first_at=now - HOUR, due_at=now - 0.75 * HOUR, next_rung_at=None)
    voices.call(need="wet", state="done", first_at=now - HOUR, arrived_at=now, ended_at=now, taps=2)
    voices.rating(at=now - HOUR, words="很干净")
    voices.lead()
    suggestion = suggesting.said(at=now - HOUR)
    suggesting.said(by="sue", step_id="", at=now - HOUR)
    suggesting.became(suggestion, "taken", "采纳", by="sue", at=now)


def told_things():
    """Messages read and new, an alarm open and one taken, a channel that fails."""
    for number, reader in enumerate(("sue", "lea", "lea")):
        messages.message(reader, f"k{number}", urgent=number == 1, read_at=make.NOW if number == 2 else None)
    messages.alarm(key="open")
    messages.alarm(key="taken", taken_by_id="sue", taken_at=datetime.now(UTC))
    messages.failed_delivery(messages.channel(reason="errcode: 93000 invalid", failing_since=make.NOW))


def today():
    return datetime.now(ZoneInfo(CHINA["timezone_id"])).date()


server = module_server("office", load_office)


@pytest.mark.parametrize("person", PAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_given_an_office_page_when_inspected_then_nothing_is_found(look, person, opened, sign_in):
    page = opened(**LOOKS[look])
    sign_in(page, person)
    if look == "large":
        page.goto("/me")
        page.click("[name=large_text][value='1']")

    found = [fault for address in PAGES[person] for fault in faults(page, address)]

    assert not found, "\n".join(found)


def test_given_a_record_of_the_log_when_inspected_then_nothing_is_found(opened, sign_in):
    page = opened(**LOOKS["dark"])
    sign_in(page, "sue")
    # A log runs from six to six: what was due two and three hours ago stands, before nine, in that of the day before.
    page.goto(f"/log?day={(datetime.now(ZoneInfo(CHINA['timezone_id'])) - 9 * HOUR).date()}&view=list")
    record = page.locator("a[href^='/checks/'], a[href^='/log/windows/']").first.get_attribute("href")

    assert not faults(page, record)
