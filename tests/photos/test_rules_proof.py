"""Nonces and grades (design/promises: a page claims no more than its grade): what is genuine, whose, when, once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.photos.rules_proof import (
    PICTURES,
    Bearer,
    Grade,
    Proof,
    Taken,
    hand_out,
    key_of,
    live_ones,
    proof_of,
    proven,
)

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
KEY, SALT, ANN = key_of("s" * 40), b"\x01\x02\x03\x04\x05\x06", Bearer("ann", "phone-a")
SHIFT, TOLERANCE, ARRIVES = timedelta(hours=14), timedelta(minutes=2), timedelta(hours=72)
SECOND = timedelta(seconds=1)


def taken(at, received=None, offset=timedelta(0)):
    return Taken(at, offset, received or at)


def batch(now=NOW):
    return hand_out(KEY, ANN, now, SALT)


def name_of(number, now=NOW):
    return f"{int(now.timestamp()):08x}010203040506{number:02x}"


def test_given_a_batch_when_handed_out_then_it_says_for_how_long_and_how_many():
    made = hand_out(KEY, ANN, NOW.replace(microsecond=7), SALT)

    assert made.as_json() == {
        "stem": made.stem, "issued_at": "2026-11-23T00:30:00+00:00", "valid_until": "2026-11-23T14:30:00+00:00",
        "pictures": 240,
    }  # fmt: skip
    assert len(made.stem.split("-")[2]) == 32


@given(some.integers(0, PICTURES - 1), some.integers(0, 14 * 3600), some.integers(0, 72 * 3600))
def test_given_a_nonce_of_the_batch_when_the_picture_lies_in_the_shift_then_it_is_proven_by_its_own_name(n, s, later):
    at = NOW + timedelta(seconds=s)
    received = min(at + timedelta(seconds=later), NOW + SHIFT + ARRIVES)

    assert proven(KEY, ANN, f"{batch().stem}-{n}", taken(at, received)) == name_of(n)


@given(some.integers(0, PICTURES - 1), some.integers(0, PICTURES - 1))
def test_given_two_numbers_when_proven_then_their_names_differ_as_they_do(one, other):
    names = [proven(KEY, ANN, f"{batch().stem}-{n}", taken(NOW)) for n in (one, other)]

    assert (names[0] == names[1]) == (one == other)
    assert all(len(name) == 22 for name in names)


@pytest.mark.parametrize(
    ("at", "received", "right"),
    [
        (NOW - TOLERANCE, NOW, True),
        (NOW - TOLERANCE - SECOND, NOW, False),
        (NOW + SHIFT + TOLERANCE, NOW + SHIFT + TOLERANCE, True),
        (NOW + SHIFT + TOLERANCE + SECOND, NOW + SHIFT + ARRIVES, False),
        (NOW + TOLERANCE, NOW, True),
        (NOW + TOLERANCE + SECOND, NOW, False),
        (NOW, NOW + SHIFT + ARRIVES, True),
        (NOW, NOW + SHIFT + ARRIVES + SECOND, False),
        (None, NOW, False),
        (datetime.max.replace(tzinfo=UTC), NOW, False),
    ],
)
def test_given_the_time_of_a_picture_when_outside_the_life_of_the_nonce_then_nothing_is_proven(at, received, right):
    found = proven(KEY, ANN, f"{batch().stem}-0", Taken(at, timedelta(0), received))

    assert found == (name_of(0) if right else "")


def test_given_a_phone_whose_clock_is_off_when_the_call_tells_by_how_much_then_the_picture_is_put_right():
    off = timedelta(days=400)

    assert proven(KEY, ANN, f"{batch().stem}-3", taken(NOW - off, NOW, off)) == name_of(3)
    assert proven(KEY, ANN, f"{batch().stem}-3", taken(NOW - off, NOW)) == ""
    assert proven(KEY, ANN, f"{batch().stem}-3", taken(datetime.max.replace(tzinfo=UTC), NOW, off)) == ""


@given(some.integers(0, 63), some.sampled_from("0123456789abcdef"))
def test_given_a_letter_changed_when_judged_then_nothing_is_proven(place, letter):
    stem = batch().stem
    place %= len(stem)
    forged = stem[:place] + letter + stem[place + 1 :]

    found = proven(KEY, ANN, f"{forged}-0", taken(NOW))

    assert found == (name_of(0) if forged == stem else "")


@pytest.mark.parametrize(
    "bearer", [Bearer("bob", "phone-a"), Bearer("ann", "phone-b"), Bearer("", ""), Bearer("phone-a", "ann")]
)
def test_given_anothers_nonce_when_judged_then_nothing_is_proven(bearer):
    assert proven(KEY, bearer, f"{batch().stem}-0", taken(NOW)) == ""


def test_given_names_that_join_alike_when_judged_then_they_are_told_apart():
    nonce = hand_out(KEY, Bearer("b\nc", "a"), NOW, SALT).stem + "-0"

    assert proven(KEY, Bearer("c", "a"), nonce, taken(NOW)) == ""


def test_given_another_key_when_judged_then_nothing_is_proven():
    assert proven(key_of("t" * 40), ANN, f"{batch().stem}-0", taken(NOW)) == ""
    assert key_of("s" * 40) != b"s" * 40


@pytest.mark.parametrize(
    "ending", ["", "-", "-240", "-999", "-00", "-01", "-1000", "--1", "- 1", "-1\n", "-1-1", "-a", "-٣", "-239x"]
)
def test_given_no_number_of_the_batch_when_judged_then_nothing_is_proven(ending):
    assert proven(KEY, ANN, batch().stem + ending, taken(NOW)) == ""


@given(some.text(max_size=90))
def test_given_anything_when_judged_then_nothing_breaks_and_nothing_is_proven(nonce):
    assert proven(KEY, ANN, nonce, taken(NOW)) == ""


def test_given_one_nonce_for_two_pictures_when_settled_then_the_first_is_live():
    assert live_ones({"p": "n1", "q": "n1", "r": "n2", "s": ""}, ()) == {"p", "r"}
    assert live_ones({"p": "n1", "q": "n2"}, {"n1"}) == {"q"}
    assert live_ones({}, ()) == frozenset()


@pytest.mark.parametrize(
    ("asked", "sent", "live", "proof", "grade"),
    [
        ([(1, "a")], "a", "a", Proof(1, 1), Grade.LIVE),
        ([(1, "a")], "a", "", Proof(0, 1), Grade.UNVERIFIED),
        ([(2, "ab"), (1, "c")], "abc", "abc", Proof(3, 3), Grade.LIVE),
        ([(2, "ab"), (1, "c")], "abc", "ac", Proof(2, 3), Grade.UNVERIFIED),
        ([(1, "ab")], "ab", "b", Proof(1, 1), Grade.LIVE),
        ([(1, "ab"), (1, "c")], "abc", "ab", Proof(1, 2), Grade.UNVERIFIED),
        ([(0, "a"), (1, "b")], "ab", "b", Proof(1, 1), Grade.LIVE),
        ([(0, "a")], "a", "a", Proof(1, 1), Grade.LIVE),
        ([(0, "")], "ab", "a", Proof(1, 2), Grade.UNVERIFIED),
        ([], "", "", Proof(0, 0), Grade.UNVERIFIED),
    ],
)
def test_given_pictures_asked_for_when_counted_then_all_of_them_or_unverified(asked, sent, live, proof, grade):
    found = proof_of(asked, sent, live)

    assert (found, found.grade) == (proof, grade)
    assert found.as_json() == {"grade": str(grade), "live": proof.live, "asked": proof.asked}
