"""What the doctor says at each side of a limit."""

from datetime import UTC, datetime, timedelta

import pytest

from app.operations import rules_doctor as rules
from app.operations.rules_doctor import Found, Health

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OK, LOOK, WRONG = Health.OK, Health.LOOK, Health.WRONG


@pytest.mark.parametrize(
    ("found", "health"),
    [
        (rules.schema("0033", "0033"), OK),
        (rules.schema("0032", "0033"), WRONG),
        (rules.schema("", "0033"), WRONG),
        (rules.space("disk", 15, 100), OK),
        (rules.space("disk", 14, 100), LOOK),
        (rules.space("disk", 5, 100), LOOK),
        (rules.space("disk", 4, 100), WRONG),
        (rules.space("disk", 0, 0), WRONG),
        (rules.queue(3, NOW - timedelta(minutes=10), NOW), OK),
        (rules.queue(3, NOW - timedelta(minutes=10, seconds=1), NOW), LOOK),
        (rules.queue(0, None, NOW), OK),
        (rules.ahead(NOW + timedelta(days=7), NOW), OK),
        (rules.ahead(NOW + timedelta(days=6, hours=23), NOW), LOOK),
        (rules.ahead(None, NOW), LOOK),
        (rules.clocks(2.0), OK),
        (rules.clocks(-2.0), OK),
        (rules.clocks(2.1), LOOK),
        (rules.clocks(-2.1), LOOK),
        (rules.files(5, []), OK),
        (rules.files(5, ["2026-11-22/x"]), WRONG),
        (rules.bucket(""), OK),
        (rules.bucket("nobody answers"), WRONG),
        (rules.spool(0, None, NOW), OK),
        (rules.spool(3, NOW - timedelta(minutes=15), NOW), OK),
        (rules.spool(3, NOW - timedelta(minutes=15, seconds=1), NOW), LOOK),
        (rules.history(None, NOW, key_is_here=True), LOOK),
        (rules.history(rules.Walk(NOW - timedelta(days=2), 5, 0, 0), NOW, key_is_here=True), OK),
        (rules.history(rules.Walk(NOW - timedelta(days=2, seconds=1), 5, 0, 0), NOW, key_is_here=True), LOOK),
        (rules.history(rules.Walk(NOW, 5, 1, 0), NOW, key_is_here=True), WRONG),
        (rules.history(rules.Walk(NOW, 5, 0, 3), NOW, key_is_here=True), LOOK),
        (rules.history(rules.Walk(NOW, 5, 0, 0), NOW, key_is_here=False), LOOK),
        (rules.key_file(0o600), OK),
        (rules.key_file(0o640), WRONG),
        (rules.key_file(0o604), WRONG),
        (rules.key_file(None), OK),
    ],
)
def test_given_a_thing_when_looked_at_then_its_health_is_told(found, health):
    assert found.health is health
    assert found.said


def test_given_jobs_when_one_is_over_its_rhythm_and_patience_then_it_is_named():
    rhythm = {"rows": timedelta(hours=1), "settle": timedelta(minutes=1)}

    in_time = rules.jobs({"rows": NOW - timedelta(minutes=75), "settle": NOW - timedelta(minutes=16)}, rhythm, NOW)
    late = rules.jobs({"rows": NOW - timedelta(minutes=75, seconds=1), "other": None}, rhythm, NOW)

    assert in_time == Found("timer", OK, "2 jobs in time")
    assert late.health is LOOK
    assert "late: rows, settle;" in late.said


def test_given_findings_when_summed_up_then_the_worst_counts():
    ok, look, wrong = (Found("x", health, "") for health in Health)

    assert [rules.worst(each) for each in ([], [ok], [ok, look], [look, wrong, ok])] == [OK, OK, LOOK, WRONG]
