"""What a record brings and what its point's setting misses: marked, never refused."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.checks.rules import Answer, Mark
from app.checks.rules_proof import missed, proof_of_record
from app.photos.rules_proof import UNPROVEN, Proof
from app.places.rules_proof import Asks, day_word, tag_value

SECRET, DAY = "0f" * 16, date(2026, 11, 23)


def judged(due, *photos, applicable=True, **said):
    return SimpleNamespace(photos_due=due, applicable=applicable, answer=Answer("S01", photos=photos, **said))


def missing(asks, proof=UNPROVEN, said=None, secret=SECRET):
    return missed(asks, secret, proof, SimpleNamespace(secret=said), {DAY})


def test_given_steps_when_counted_then_evidence_and_the_picture_after_putting_right_are_asked_for():
    steps = [judged(1, "a"), judged(0, "b", fixed=True, after_photos=("c", "d")), judged(0, "e", after_photos=("f",))]

    assert proof_of_record(steps, "abcdef", "ac") == Proof(2, 2)
    assert proof_of_record(steps, "abcdef", "ab") == Proof(1, 2)


def test_given_steps_that_do_not_apply_or_were_not_answered_when_counted_then_they_ask_for_nothing():
    steps = [
        judged(1, "a", applicable=False),
        SimpleNamespace(photos_due=1, applicable=True, answer=None),
        judged(1, "b"),
    ]

    assert proof_of_record(steps, "ab", "b") == Proof(1, 1)


def test_given_no_picture_when_counted_then_nothing_is_proven():
    assert proof_of_record([judged(1)], "", "") == Proof(0, 0)


def test_given_one_picture_named_twice_when_counted_then_it_is_one():
    assert proof_of_record([judged(2, "a", "a")], "a", "a") == Proof(1, 2)


@pytest.mark.parametrize(
    ("asks", "proof", "said", "marks"),
    [
        (None, UNPROVEN, None, []),
        (Asks.LIVE, Proof(1, 1), None, []),
        (Asks.LIVE, Proof(0, 1), None, [Mark.NO_LIVE]),
        (Asks.LIVE, Proof(1, 2), None, [Mark.NO_LIVE]),
        (Asks.LIVE, UNPROVEN, None, []),
        (Asks.WORD, UNPROVEN, day_word(SECRET, DAY), []),
        (Asks.WORD, Proof(1, 1), None, [Mark.NO_SECRET]),
        (Asks.WORD, UNPROVEN, "1", [Mark.NO_SECRET]),
        (Asks.TAG, UNPROVEN, tag_value(SECRET), []),
        (Asks.TAG, UNPROVEN, None, [Mark.NO_SECRET]),
    ],
)
def test_given_a_setting_when_a_record_brings_less_then_it_is_marked(asks, proof, said, marks):
    assert missing(asks, proof, said) == marks


@pytest.mark.parametrize("asks", [Asks.WORD, Asks.TAG])
def test_given_a_point_without_a_secret_yet_when_judged_then_nothing_is_missing(asks):
    assert missing(asks, secret=None) == []
