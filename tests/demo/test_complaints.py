"""Complaints of the demo: whatever day it is, a story that ends can end."""

import pytest

from app.demo.actions_complaints import settled
from app.demo.compound import content

STORIES = content("complaints")


@pytest.mark.parametrize("told", STORIES, ids=[str(number) for number in range(len(STORIES))])
def test_given_a_story_when_it_closes_then_it_rules_on_a_contested_record_and_else_stays_as_told(told):
    ready = settled(told)

    assert bool(ready.get("record")) >= bool(told.get("close"))
    assert {name: ready[name] for name in told} == told
    assert told.get("close") or ready == told
