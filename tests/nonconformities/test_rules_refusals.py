"""The sentence for somebody whose deed it is not."""

import pytest

from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_proposals import key_of_finding
from app.nonconformities.rules_refusals import (
    BY_INSPECTION,
    BY_SECTION,
    BY_UNIT,
    FINDER,
    OF_DEPARTMENT,
    OF_GROUP,
    OWN_WORK,
    why_not,
)
from app.web.current import Role
from tests.nonconformities.test_rules_deeds import CARE, CLEAN, OTHER, someone, subject


@pytest.mark.parametrize(
    ("deed", "person", "about", "sentence"),
    [
        (Deed.CLOSE, someone(Role.WORKER, person_id="ann", org=OTHER), {}, OWN_WORK),
        (Deed.CLOSE, someone(Role.WORKER), {}, OWN_WORK),
        (Deed.RETURN, someone(Role.WORKER, org=CARE), {"rectifier_org_id": CARE}, OWN_WORK),
        (Deed.RETURN, someone(Role.WORKER, org=CLEAN), {"rectifier_org_id": CARE}, OWN_WORK),
        (Deed.CLOSE, someone(Role.SUPERVISOR), {"severity": "critical"}, OF_GROUP),
        (Deed.RETURN, someone(Role.LEADER), {}, OF_DEPARTMENT),
        (Deed.MAINTAIN, someone(Role.INSPECTOR, person_id="finder"), {}, FINDER),
        (Deed.WITHDRAW, someone(Role.INSPECTOR, person_id="finder"), {}, FINDER),
        (Deed.WITHDRAW, someone(Role.SUPERVISOR), {}, BY_INSPECTION),
        (Deed.CONCEDE, someone(Role.WORKER), {}, BY_INSPECTION),
        (Deed.REVISE, someone(Role.SUPERVISOR), {}, BY_INSPECTION),
        (Deed.FOLLOW_UP, someone(Role.SUPERVISOR), {}, BY_INSPECTION),
        (Deed.SEND, someone(Role.WORKER), {}, BY_SECTION),
        (Deed.ANALYSE, someone(Role.WORKER, person_id="finder"), {}, BY_SECTION),
        (Deed.RECTIFY, someone(Role.SUPERVISOR), {}, BY_UNIT),
        (Deed.CONFIRM, someone(Role.INSPECTOR, person_id="finder"), {}, BY_UNIT),
    ],
)
def test_given_a_deed_that_is_not_theirs_when_refused_then_the_sentence_says_whose_it_is(deed, person, about, sentence):
    assert why_not(deed, person, subject(**about)) is sentence


def test_given_a_finding_when_a_revision_is_proposed_for_it_then_its_key_is_its_own():
    assert key_of_finding("a") == "finding:a"
