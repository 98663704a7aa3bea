"""Pictures used before, nearly the same, or older than the visit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules import Finding, FlagKind
from app.flags.rules_limits import Thresholds
from app.flags.rules_pictures import alike, distance, is_plain, older_file, reused
from tests.support.sightings import SCENE, after, changed, photo, visit

LIMITS = Thresholds(reuse_days=90, same_visit_minutes=60, alike_bits=5, plain_bits=12, old_minutes=120)
HASHES = st.integers(-(2**63), 2**63 - 1)


@given(HASHES, HASHES, HASHES)
def test_given_hashes_when_compared_then_distance_is_a_distance(one, other, third):
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one) <= 64
    assert distance(one, third) <= distance(one, other) + distance(other, third)


@given(HASHES, st.sets(st.integers(0, 63)))
def test_given_bits_turned_over_when_compared_then_they_are_counted(bits, turned):
    other = bits
    for place in turned:
        other ^= 1 << place

    assert distance(bits, other) == len(turned)


@pytest.mark.parametrize(("ones", "plain"), [(0, True), (11, True), (12, False), (52, False), (53, True), (64, True)])
def test_given_a_wall_or_the_dark_when_hashed_then_it_is_plain(ones, plain):
    assert is_plain((1 << ones) - 1, LIMITS) is plain


def test_given_a_signed_hash_when_looked_at_then_its_bits_count():
    assert is_plain(-1, LIMITS) is True
    assert is_plain(SCENE - 2**64, LIMITS) is False


def test_given_the_same_bytes_at_another_point_when_looked_at_then_the_finding_names_the_record():
    found = reused(photo("b"), [photo("a", days=-7, point="there", person="wk-02")], LIMITS)

    numbers = {
        "bits": 0, "limit_bits": 0, "times": 1, "hours": 168.0, "same_point": 0, "same_person": 0,
        "other_photo": "photo of a",
    }  # fmt: skip
    assert found == Finding(FlagKind.PICTURE_SAME, "b", numbers, ("a",), "photo of b")


def test_given_pictures_of_one_instant_when_looked_at_then_hours_are_told_to_a_tenth():
    same = reused(photo("b"), [photo("a", point="there")], LIMITS)
    later = reused(photo("b"), [photo("a", at=-8820, point="there")], LIMITS)

    assert (same.numbers["hours"], later.numbers["hours"]) == (0, 2.5)
    assert reused(photo("b"), [photo("a", days=-80.06)], LIMITS).numbers["hours"] == 1921.4


def test_given_several_uses_when_looked_at_then_the_last_is_named_and_all_are_counted():
    found = reused(photo("d"), [photo("a", days=-9), photo("c", days=-1), photo("b", days=-3)], LIMITS)

    assert (found.numbers["times"], found.compared_with) == (3, ("c",))
    assert (found.numbers["same_point"], found.numbers["same_person"]) == (1, 1)


@pytest.mark.parametrize(("days", "flagged"), [(-90, True), (-90.01, False), (0.01, False)])
def test_given_ninety_days_when_a_picture_is_older_or_later_then_it_does_not_count(days, flagged):
    assert (reused(photo("b"), [photo("a", days=days)], LIMITS) is not None) is flagged


@pytest.mark.parametrize(("minutes", "flagged"), [(60, False), (61, True)])
def test_given_one_visit_for_two_standards_when_one_picture_stands_for_both_then_it_is_no_reuse(minutes, flagged):
    assert (reused(photo("b"), [photo("a", at=-60 * minutes)], LIMITS) is not None) is flagged


@pytest.mark.parametrize(("hours", "flagged"), [(1, False), (3, True), (-3, True)])
def test_given_a_day_synced_within_a_minute_when_a_picture_stands_for_two_windows_then_visits_count(hours, flagged):
    this, before = photo("b", visited_at=after(minutes=60 * hours)), photo("a", at=-20, visited_at=after())

    assert (reused(this, [before], LIMITS) is not None) is flagged


def test_given_another_point_in_that_hour_when_one_picture_stands_for_both_then_it_is_reuse():
    assert reused(photo("b"), [photo("a", at=-60, point="there")], LIMITS).compared_with == ("a",)


def test_given_a_retake_or_the_same_check_when_bytes_are_the_same_then_it_is_no_reuse():
    assert reused(photo("b", retake=True), [photo("a", days=-1)], LIMITS) is None
    assert reused(photo("b"), [photo("a", days=-1, retake=True)], LIMITS) is None
    assert reused(photo("b"), [photo("b", days=-1)], LIMITS) is None
    assert reused(photo("b"), [photo("a", days=-1, sha256="other")], LIMITS) is None


def near(bits, *, this=None, **rest):
    before = photo("a", days=-1, sha256="other", bits=changed(bits), **{"point": "there", **rest})
    return alike(photo("b", **(this or {})), [before], LIMITS)


def test_given_a_near_picture_of_another_point_when_looked_at_then_the_bits_are_named():
    found = near(3)

    assert (found.kind, found.about, found.subject) == (FlagKind.PICTURE_ALIKE, "b", "photo of b")
    assert (found.numbers["bits"], found.numbers["limit_bits"], found.compared_with) == (3, 5, ("a",))


@pytest.mark.parametrize(("bits", "flagged"), [(0, True), (5, True), (6, False)])
def test_given_pictures_of_two_points_when_they_differ_in_five_bits_then_they_are_alike(bits, flagged):
    assert (near(bits) is not None) is flagged


@pytest.mark.parametrize("source", ["live", "file"])
def test_given_one_still_scene_taken_twice_when_hashes_are_equal_then_nothing_is_said(source):
    assert near(0, this={"source": source}, source=source, point="here") is None
    assert near(0, this={"source": source}, source=source) is not None


def test_given_plain_walls_no_hash_or_the_same_bytes_when_looked_at_then_nothing_is_alike():
    assert alike(photo("b", bits=0), [photo("a", days=-1, sha256="x", bits=0)], LIMITS) is None
    assert alike(photo("b", bits=None), [photo("a", days=-1, sha256="x")], LIMITS) is None
    assert alike(photo("b"), [photo("a", days=-1, sha256="x", bits=None)], LIMITS) is None
    assert alike(photo("b"), [photo("a", days=-1)], LIMITS) is None


def test_given_several_near_ones_when_looked_at_then_the_nearest_is_named():
    others = [
        photo("far", days=-1, sha256="x", bits=changed(4), point="there"),
        photo("near", days=-9, sha256="y", bits=changed(2), point="there"),
        photo("here", days=-2, sha256="z", bits=changed(1)),
        photo("third", days=-2, sha256="z", bits=changed(3), point="third"),
    ]

    found = alike(photo("b"), others, LIMITS)

    assert (found.compared_with, found.numbers["bits"], found.numbers["times"]) == (("near",), 2, 1)


def old(minutes, **rest):
    this = photo("c", taken_at=after(-60, minutes=-minutes), **rest)
    return older_file(this, visit("c", 0, dwell=60), LIMITS)


def test_given_a_file_of_the_day_before_when_looked_at_then_its_age_is_named():
    numbers = {"minutes": 1440, "limit_minutes": 120}

    assert old(1440) == Finding(FlagKind.PICTURE_OLD, "c", numbers, (), "photo of c")


@pytest.mark.parametrize(("minutes", "flagged"), [(120, False), (120.1, True), (-500, False), (5_256_000, False)])
def test_given_work_first_and_pictures_meanwhile_when_within_two_hours_then_nothing_is_said(minutes, flagged):
    assert (old(minutes) is not None) is flagged


def test_given_no_date_a_live_picture_or_a_retake_when_looked_at_then_nothing_is_said():
    assert older_file(photo("c"), visit("c"), LIMITS) is None
    assert old(1440, source="live") is None
    assert old(1440, retake=True) is None


def test_given_hashes_as_the_database_keeps_them_when_compared_then_sixty_four_bits_count_and_no_sign():
    assert (distance(-1, 0), distance(0, 1), distance(-1, 2**64 - 1)) == (64, 1, 0)
    assert (is_plain(-4096), is_plain(-2048)) == (False, True)
