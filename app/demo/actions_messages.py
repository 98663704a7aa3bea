"""What people were told in the demo's last days, what they have read, and two channels that are switched off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.accounts.models import Grant
from app.accounts.queries import person_by_id
from app.checks.actions_notices import notice_unsigned
from app.db import run
from app.demo.actions_history import Site
from app.messages.actions_alarms import take
from app.messages.actions_channels import Sheet, add_channel
from app.messages.actions_choices import choose
from app.messages.actions_notices import tell_new
from app.messages.actions_spread import spread
from app.messages.models import Delivery
from app.messages.queries_alarms import open_alarms
from app.messages.rules_choices import DEFAULT
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind
from app.messages.writes import mark_read_before
from app.schedule.actions_notices import notice_windows, notice_yesterday

# The guards' crew leaders sit in the duty room around the clock.
DUTY_ROOM = ("wk-55", "wk-58", "wk-61")
LAST_DAYS, READ_BEFORE = 2, timedelta(hours=10)
ALARMS_LEFT = 3
# Shown, never called: both are switched off.
CHANNELS: tuple[dict[str, Any], ...] = (
    {"name": "物业值班群（示例）", "kind": "wecom_robot", "kinds": ["call_waits", "finding_critical"], "unit_ids": []},
    {"name": "设备班组群（示例）", "kind": "dingtalk_robot", "kinds": ["repair"], "unit_ids": ["dept-shebei"]},
)
PLACES = {
    "wecom_robot": "https://qyapi.weixin.qq.com/x?key=demo",
    "dingtalk_robot": "https://oapi.dingtalk.com/x?t=demo",
}


def play_messages(days: int, site: Site, now: datetime, secret_key: str) -> None:
    """Through the timers' own deeds, hour by hour; `days` is how far the history goes back."""
    for person_id in DUTY_ROOM:
        given = {"person_id": person_id, "name": "duty", "from_on": date(2026, 1, 1), "given_by_id": "adm-01"}
        run(insert(Grant).values(**given, to_on=None))
    first = now - timedelta(days=min(days, LAST_DAYS))
    hours = int((now - first) / timedelta(hours=1))
    for at in (first + timedelta(hours=number) for number in range(1, hours + 1)):
        notice_windows(site.zone, at)
        notice_yesterday(site.zone, at)
    notice_unsigned(site.zone, now)
    mark_read_before(now - READ_BEFORE, now - READ_BEFORE)
    _play_duty_room(now)
    _play_choices(now)
    _play_channels(now, secret_key)
    # What was told before any channel stood is not carried outside later.
    while spread(site.zone, now):
        pass


def _play_duty_room(now: datetime) -> None:
    """All but the newest things have been taken."""
    watcher = person_by_id(DUTY_ROOM[0])
    if watcher is None:
        return
    standing = open_alarms(watcher)
    for each in standing[: max(0, len(standing) - ALARMS_LEFT)]:
        take(each.id, watcher, min(now, each.at + timedelta(minutes=4)))


def _play_choices(now: datetime) -> None:
    for person_id, choice in (
        ("wk-01", replace(DEFAULT, ahead_minutes=15, mobile="13800000001")),
        ("wk-63", replace(DEFAULT, quiet_from="09:00", quiet_to="17:00")),
    ):
        who = person_by_id(person_id)
        if who:
            choose(who, choice, now)


def _play_channels(now: datetime, secret_key: str) -> None:
    office = person_by_id("adm-01")
    if office is None:
        return
    plain = {"settings": {}, "quiet_from": "21:30", "quiet_to": "06:30", "active": False}
    for each in CHANNELS:
        number = add_channel(office, Sheet({**plain, **each}, PLACES[each["kind"]], ""), secret_key, now)
    at = now - timedelta(hours=5)
    times = dict.fromkeys(("at", "since_at", "next_at"), at) | {"done_at": at + timedelta(minutes=1)}
    fault = {"state": "failed", "tries": 1, "reason": "errcode: 310000 sign not match"}
    said = {"kind": Kind.TEST, "params": {"channel": CHANNELS[-1]["name"], "person": office.name}, "link": "/messages"}
    run(
        insert(Delivery).values(
            channel_id=number, key="trial/demo", urgent=False, people=[office.id], **said, **times, **fault
        )
    )
    params = {"channel": CHANNELS[-1]["name"], "fault": "errcode"}
    tell_new([Notice(Kind.CHANNEL_FAILED, [office.id], params, "/messages/channels", "channel/demo")], at)
