"""Given findings open at a point, when the next worker answers, then each is said to be there or gone."""

from datetime import UTC, datetime, timedelta

from app.demo.rules_answers import said_again
from app.nonconformities.rules import OpenFinding

FOUND = datetime(2026, 11, 20, 2, tzinfo=UTC)


def body():
    return {"code": "7K3QX9M2TA", "answers": [{"step": "S01", "result": "pass"}, {"step": "S02", "result": "pass"}]}


def test_given_a_fresh_finding_when_answered_then_it_is_still_there_and_the_step_fails_with_a_cause():
    sent = body()

    said_again(sent, [OpenFinding("f1", "S01", "漏水", FOUND)], FOUND + timedelta(hours=1))

    assert sent["answers"][0]["known"] == [{"finding": "f1", "state": "still"}]
    assert sent["answers"][0]["result"] == "fail" and sent["answers"][0]["cause"]
    assert sent["answers"][1] == {"step": "S02", "result": "pass"}


def test_given_a_finding_of_days_ago_when_answered_then_it_is_gone_and_the_step_passes():
    sent = body()

    said_again(sent, [OpenFinding("f1", "S01", "漏水", FOUND)], FOUND + timedelta(days=3))

    assert sent["answers"][0] == {"step": "S01", "result": "pass", "known": [{"finding": "f1", "state": "gone"}]}
