"""Findings: limits by severity, and what is not registered again."""

from datetime import timedelta

import pytest

from app.nonconformities.rules import OpenFinding, due_at, still_open
from tests.support.answers import at

NOW = at("08:40")


@pytest.mark.parametrize(("severity", "hours"), [("critical", 4), ("major", 24), ("minor", 72)])
def test_given_a_severity_when_registered_then_the_limit_follows(severity, hours):
    assert due_at(severity, NOW) == NOW + timedelta(hours=hours)


def test_given_open_findings_when_somebody_says_gone_then_only_the_others_stand():
    first, second = OpenFinding("a", "S01", "灯", NOW), OpenFinding("b", "S02", "水", NOW)

    assert still_open([first, second], {"a": "gone", "b": "still"}) == {"S02": second}
    assert still_open([first, second], {}) == {"S01": first, "S02": second}
