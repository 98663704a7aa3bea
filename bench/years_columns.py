"""Columns of the product's tables over the facts of bench/years.py, as texts of DuckDB."""

from datetime import timedelta

from bench.years_shape import NOW, PHOTO_DAYS, SECTIONS


def _at(column: str) -> str:
    return f"strftime({column}, '%Y-%m-%d %H:%M:%S.%f')"


_PERSON = "'w' || u || '-' || {0}"
_UNITS = {"implementer_id": "'unit' || u", "responsible_id": f"'section' || u % {SECTIONS}"}
_WHERE = {"point_id": "'p' || p", "standard_code": "'JGSW' || lpad(s::VARCHAR, 2, '0')"}
_EDITION = "'JGSW' || lpad(s::VARCHAR, 2, '0') || '-2025'"
COUNTS = {
    "steps_pass": "CASE WHEN done THEN 8 - failed::INT ELSE 0 END",
    "steps_fail": "CASE WHEN done THEN failed::INT ELSE 0 END",
    "key_due": "2",
    "key_evidenced": "CASE WHEN done THEN 2 - (more % 50 = 7)::INT ELSE 0 END",
    "key_pass": "CASE WHEN done THEN 2 - (more % 50 = 7 OR failed)::INT ELSE 0 END",
    "photos_due": "2",
    "photos_sent": "CASE WHEN done THEN 2 ELSE 0 END",
    "photos_valid": "CASE WHEN done THEN 2 - (more % 100 = 9)::INT ELSE 0 END",
}
OCCURRENCES = {
    "id": "id",
    **_WHERE,
    **_UNITS,
    **COUNTS,
    "edition": _EDITION,
    "window_key": "day || '/A/' || k",
    "business_on": "day",
    "day_type": "day_type",
    "profile": "'full'",
    "kind": "CASE WHEN p % 50 = k THEN 'handover' ELSE 'regular' END",
    "label": "'第' || (k + 1) || '次'",
    "open_at": _at("start_at - INTERVAL 10 MINUTE"),
    "start_at": _at("start_at"),
    "end_at": _at("start_at + INTERVAL 50 MINUTE"),
    "grace_end_at": _at("grace_end_at"),
    "expire_at": _at("start_at + INTERVAL 4 HOUR"),
    "expected_minutes": "8",
    "round_id": "'r' || u || '-' || n",
    "assignee_id": _PERSON.format("n"),
    "state": "state",
    "check_id": "CASE WHEN done THEN check_id END",
    "done_at": f"CASE WHEN done THEN {_at('done_at')} END",
    "done_by_id": f"CASE WHEN done THEN {_PERSON.format('by_n')} END",
    "unable_reason": "CASE WHEN state = 'unable' THEN 'closed' END",
    "awaiting_signature": "0",
    "signed": "(done AND p % 20 = 3)::INT",
    "dual_due": "(p % 20 = 3)::INT",
    "helped": "(done AND more % 10 = 3)::INT",
    "offline": "(done AND more % 40 = 5)::INT",
    "short_visit": "(done AND more % 80 = 11)::INT",
    "scanned": "(done AND more % 25 <> 2)::INT",
}
_SENT = _at("done_at")
CHECKS = {
    "id": "check_id",
    "occurrence_id": "id",
    **_WHERE,
    **_UNITS,
    **COUNTS,
    "label_code": "upper(substr(md5('p' || p), 1, 10))",
    "edition": _EDITION,
    "edition_digest": "md5(s::VARCHAR) || md5('x' || s)",
    "window_key": "day || '/A/' || k",
    "business_on": "day",
    "profile": "'full'",
    "outcome": "CASE WHEN done THEN 'done' ELSE 'unable' END",
    "unable_reason": "CASE WHEN done THEN NULL ELSE 'closed' END",
    "person_id": _PERSON.format("by_n"),
    "person_name": "'员工' || by_n",
    "person_role": "'worker'",
    "org_id": "'unit' || u",
    "shift_id": "'early'",
    **dict.fromkeys(("submitted_at", "effective_at", "received_at"), _SENT),
    "opened_at": _at("done_at - INTERVAL 4 MINUTE"),
    "phone_offset_ms": "more",
    "timing": "CASE WHEN done THEN state ELSE 'in_window' END",
    "via": "CASE WHEN more % 25 = 2 THEN 'typed' ELSE 'scan' END",
    "marks": "'[]'",
    "facts": "'{}'",
    "dwell_seconds": "240",
    "dwell_floor_seconds": "90",
    "photos_live": "2",
    "photos_asked": "2",
    "phone": "substr(md5('phone' || u || by_n), 1, 20)",
}
RECEIPTS = {
    "check_id": "check_id",
    "number": "strftime(day, '%y%m%d') || '-' || id",
    "digest": "md5(check_id) || md5('d' || check_id)",
    "received_at": _SENT,
    "person_id": _PERSON.format("by_n"),
    "answer": "'{}'",
    "body": "''",
}
STATES = {
    "check_id": "check_id",
    "unsigned_steps": "'[]'",
    "retake_steps": "'[]'",
    "unable_verdict": "CASE WHEN done THEN NULL ELSE 'accepted' END",
    "verdicts": "'{}'",
    "void": "0",
}
FINDINGS = {
    "id": "'f' || substr(check_id, 2)",
    "number": "'NC' || id",
    "key": "'check/' || check_id",
    **_WHERE,
    **_UNITS,
    "edition": _EDITION,
    "step_id": "'S01'",
    "step_title": "'地面清洁'",
    "check_id": "check_id",
    "source": "'check'",
    "severity": "'minor'",
    "fail_action": "'nc'",
    "text": "'地面有积水，需要清理'",
    "found_by_id": _PERSON.format("by_n"),
    "found_at": _SENT,
    "due_at": _at("done_at + INTERVAL 1 DAY"),
    "state": "CASE WHEN day < DATE '2026-11-16' THEN 'closed' ELSE 'to_rectify' END",
    "state_at": _SENT,
    "rectified_at": f"CASE WHEN day < DATE '2026-11-16' THEN {_at('done_at + to_hours((more % 30)::BIGINT)')} END",
    "closed_at": f"CASE WHEN day < DATE '2026-11-16' THEN {_at('done_at + INTERVAL 2 DAY')} END",
    "fixed_on_spot": "(more % 3 = 0)::INT",
    "version": "2",
    **dict.fromkeys(("repeated", "failed_rechecks", "major", "escalated"), "0"),
    **dict.fromkeys(
        ("correction", "corrective_action", "cause_text", "section_cause", "containment", "follow_up"), "''"
    ),
}
_SHA = "md5(check_id || i) || md5(i || check_id)"
PHOTOS = {
    "id": "substr(check_id, 1, 35) || i",
    "sha256": _SHA,
    "received_sha256": _SHA,
    "check_id": "check_id",
    "step_id": "'S0' || i",
    "part": "'photo'",
    "person_id": _PERSON.format("by_n"),
    **_WHERE,
    **_UNITS,
    "media_type": "'image/jpeg'",
    "bytes": "200000",
    "width": "1600",
    "height": "1200",
    "source": "'live'",
    "received_at": _SENT,
}
PICTURES = {
    "sha256": _SHA,
    "state": "'ready'",
    "queued_at": _SENT,
    "tries": "1",
    "place": f"'2026/' || {_SHA}",
    "media_type": "'image/jpeg'",
    "upright": "1",
    "width": "1600",
    "height": "1200",
}
_FACTS, _RECORDS = "facts", "facts WHERE done OR state = 'unable'"
_PAIRS = f"facts, (SELECT unnest([1, 2]) AS i) WHERE done AND day > DATE '{NOW.date() - timedelta(days=PHOTO_DAYS)}'"
TABLES: dict[str, tuple[dict[str, str], str]] = {
    "occurrences": (OCCURRENCES, _FACTS),
    "checks": (CHECKS, _RECORDS),
    "receipts": (RECEIPTS, _RECORDS),
    "check_states": (STATES, _RECORDS),
    "findings": (FINDINGS, "facts WHERE done AND failed"),
    "photos": (PHOTOS, _PAIRS),
    "pictures": (PICTURES, _PAIRS),
}
