"""Records in bulk for exports, keys for the API, and questions asked with them; call inside an app context."""

import uuid
from datetime import timedelta

from sqlalchemy import insert

from app import clock
from app.checks.models import Answer, Check, CheckState, Receipt
from app.data.actions_keys import KeyWish, make_key
from app.data.models import DataExport
from app.data.rules_keys import SCOPES
from app.db import atomically, run
from tests.support.builders import NOW, kept

TODAY = NOW.date()


def key(scopes=tuple(SCOPES), units=(), days=30, name="数据平台"):
    """A key that counts from now on, as its holder has it."""
    wish = KeyWish(str(uuid.uuid4()), name, scopes, units, TODAY + timedelta(days=days))
    return atomically(lambda: make_key(wish, "adm", NOW))


def ask(app, key, path, at=NOW, **headers):
    """The answer of the API."""
    with clock.at(at):
        client = app.test_client()
        return client.get(f"/api/data/v1/{path}", headers={"Authorization": f"Bearer {key}", **headers})


def many(count, *, answers=1, day=TODAY, a_day=1000, org="clean", start=1001, **values):
    """So many records with so many answers each, made by Ann at her point, a thousand a day going back."""
    for begun in range(start, start + count, 5000):
        numbers = range(begun, min(begun + 5000, start + count))
        checks = [_check(n, day - timedelta(days=(n - start) // a_day), org) | values for n in numbers]
        atomically(lambda: _insert(checks, answers))  # noqa: B023


def _insert(checks, answers):
    run(insert(Check), checks)
    run(insert(Receipt), [_receipt(each) for each in checks])
    run(insert(CheckState), [_state(each) for each in checks])
    steps = [_answer(each, step) for each in checks for step in range(1, answers + 1)]
    if steps:
        run(insert(Answer), steps)


def _check(number, day, org):
    at = NOW - timedelta(minutes=number % 600)
    numbers = ("steps_pass", "steps_fail", "key_due", "key_evidenced", "key_pass", "photos_due", "photos_sent")
    return {
        "id": str(uuid.UUID(int=number, version=4)), "occurrence_id": None, "point_id": "p1",
        "label_code": "7K3QX9M2TA",
        "standard_code": "JGSW05003.01", "edition": "JGSW05003.01-2026", "edition_digest": "0" * 64, "window_key": None,
        "business_on": day, "profile": "full", "outcome": "done", "unable_reason": None, "person_id": "ann",
        "person_name": "人员ann", "person_role": "worker", "org_id": org, "shift_id": None, "implementer_id": org,
        "responsible_id": "care", "opened_at": at, "submitted_at": at, "effective_at": at, "received_at": at,
        "phone_offset_ms": 0, "timing": "window", "via": "scan", "via_reason": None, "late_reason": None, "note": None,
        "marks": ["received"], "facts": {}, "photos_valid": 0, "dwell_seconds": 60, "dwell_floor_seconds": 30,
        "photos_live": 0, "photos_asked": 0, "phone": None, **dict.fromkeys(numbers, 1),
    }  # fmt: skip


def _receipt(check):
    number = f"261123-{int(check['id'].replace('-', '')[-12:], 16):012d}"
    return {
        "check_id": check["id"], "number": number, "digest": "0" * 64, "received_at": check["received_at"],
        "person_id": "ann", "answer": {}, "body": b"",
    }  # fmt: skip


def _state(check):
    return {
        "check_id": check["id"], "unsigned_steps": [], "retake_steps": [], "retake_until": None, "unable_verdict": None,
        "verdicts": {},
    }  # fmt: skip


def _answer(check, step):
    return {
        "check_id": check["id"], "step_id": f"S{step:02}", "position": step, "applicable": True, "result": "pass",
        "said": None, "value": 4.5, "unit": "°C", "limit_min": 0.0, "limit_max": 8.0, "warned": False, "inputs": None,
        "choice": None, "text": None, "note": None, "cause": None, "key": True, "photos_due": 0, "photos_valid": 0,
        "no_photo_reason": None, "fixed": False, "together": False, "answered_at": check["received_at"],
    }  # fmt: skip


def shown(person_id, now):
    """Files of a person in each state, and a key, so that the pages have something to show."""
    query = {"from": "2026-11-01", "to": "2026-11-23", "unit": "", "standard": "", "point": ""}
    common = {"what": "records", "form": "xlsx", "query": query, "mark": "", "locale": "zh_Hans_CN", "by_id": person_id}
    until = now + timedelta(days=1)
    states = {"waiting": {}, "running": {"rows_done": 2000, "taken_until": until}, "ready": {"bytes": 4096}}
    for number, (state, more) in enumerate({**states, "failed": {"fault": "full"}}.items(), 1):
        kept(DataExport, id=str(uuid.uuid4()), number=number, state=state, rows_whole=9000, at=now, **common, **more)
    key(units=("care",))
    key(days=-400, name="旧平台")
