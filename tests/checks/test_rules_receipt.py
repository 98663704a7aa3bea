"""Receipts and the canonical form."""

from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.checks.rules_receipt import Receipt, canonical_bytes, digest_of, receipt_of
from app.photos.rules_proof import Proof
from app.refusals import Invalid

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, JSON, max_size=5))
def test_given_any_body_when_made_canonical_then_both_ways_agree(body):
    assert canonical_bytes(body) == rfc8785.dumps(body)


def test_given_every_character_when_made_canonical_then_both_ways_agree():
    body = {"text": "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10FFFF, 7)]))}

    assert canonical_bytes(body) == rfc8785.dumps(body)


def test_given_the_order_of_keys_when_made_canonical_then_it_does_not_matter():
    assert (
        canonical_bytes({"b": 1, "a": [True, None]})
        == b'{"a":[true,null],"b":1}'
        == canonical_bytes({"a": [True, None], "b": 1})
    )
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_given_the_example_of_the_standard_when_made_canonical_then_numbers_are_shortest():
    assert canonical_bytes({"n": [1.0, 1e21, 0.002, 333333333.33333329]}) == b'{"n":[1,1e+21,0.002,333333333.3333333]}'


@pytest.mark.parametrize("body", [{"a": float("nan")}, {"a": 2**60}, {"a": "\ud800"}, {"a": {"\udfff": 1}}])
def test_given_what_has_no_canonical_form_when_made_then_it_is_refused(body):
    with pytest.raises(Invalid):
        canonical_bytes(body)


def test_given_a_receipt_when_stored_and_read_then_it_is_the_same():
    receipt = Receipt(
        "id", "261123-ABCDEF", datetime(2026, 11, 23, 1, 2, 3, 456000, UTC), "late", ("clock",),
        (("p", "s"), ("q", "t")), "d", live=("q",), proof=Proof(1, 2),
    )  # fmt: skip

    assert receipt_of(receipt.as_json()) == receipt
    assert receipt.again().repeated is True
    assert receipt.as_json()["photos"] == [
        {"id": "p", "sha256": "s", "grade": "unverified"},
        {"id": "q", "sha256": "t", "grade": "live"},
    ]
    assert receipt.as_json()["proof"] == {"grade": "unverified", "live": 1, "asked": 2}


def test_given_a_receipt_of_before_when_read_then_nothing_is_verified():
    kept = Receipt("id", "1", datetime(2026, 11, 23, tzinfo=UTC), "late", (), (("p", "s"),), "d").as_json()
    del kept["proof"]
    kept["photos"] = [{"id": "p", "sha256": "s"}]

    found = receipt_of(kept)

    assert (found.live, found.proof) == ((), Proof(0, 0))
