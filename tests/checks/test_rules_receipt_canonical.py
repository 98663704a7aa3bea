"""Both ways to the canonical bytes give the same: the quick one is taken only where it is right."""

import json

import pytest
import rfc8785

from app.checks import rules_receipt
from app.checks.rules_receipt import canonical_bytes
from app.refusals import Invalid

LARGEST = 2**53 - 1
PLAIN = [
    {},
    {"b": "x", "a": None, "c": True, "d": False, "e": 0, "f": -7},
    {"list": [1, "zwei", None, [True, {"tief": "é"}]], "text": '\u0000\u001f"\\/\u2028 𠮷 中文'},
    {"most": LARGEST, "least": -LARGEST},
]
FOREIGN = [
    {"value": 7.0},
    {"value": [1, 7.5]},
    {"value": [7.5, 1]},
    {"value": {"deep": [{"deeper": 1e21}]}},
    {"\ufb33": 1, "\U0001f600": 2, "1": 3},
    {"outer": {"\ufb33": "x", "\U0001f600": "y"}},
    {"tiny": 1e-7, "whole": 100.0, "z": "x"},
]


@pytest.mark.parametrize("body", PLAIN + FOREIGN, ids=lambda body: json.dumps(body)[:40])
def test_given_any_body_when_made_canonical_then_it_is_the_form_of_rfc_8785(body):
    assert canonical_bytes(body) == rfc8785.dumps(body)


@pytest.mark.parametrize("body", PLAIN, ids=lambda body: json.dumps(body)[:40])
def test_given_a_plain_body_when_judged_then_the_quick_way_is_taken(body):
    assert rules_receipt._is_plain(body) is True


@pytest.mark.parametrize("body", FOREIGN, ids=lambda body: json.dumps(body)[:40])
def test_given_fractions_or_foreign_keys_when_judged_then_the_quick_way_is_not_taken(body):
    assert not rules_receipt._is_plain(body)


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1])
def test_given_a_whole_number_beyond_what_phones_can_say_when_made_canonical_then_it_is_refused(number):
    with pytest.raises(Invalid):
        canonical_bytes({"value": number})
