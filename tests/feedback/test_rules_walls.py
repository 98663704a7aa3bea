"""Walls against floods of public posts (issue: spam; rules SA-9)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules_limits import Level, Limit
from app.feedback.rules_walls import (
    CALLS,
    VOICES,
    bucket_names,
    buckets_of,
    most_of,
    too_soon,
    walls_of,
)
from tests.support.builders import NOW

NAMES = bucket_names("rating", "p1", "d", "a")


def test_given_calls_and_voices_when_walled_then_neither_keeps_the_other_out():
    assert walls_of("call") is CALLS
    assert walls_of("rating") is walls_of("complaint") is VOICES
    assert not set(bucket_names("call", "p1", "d", "a").values()) & set(NAMES.values())


def test_given_posts_when_named_then_a_bucket_for_point_device_address_and_all():
    assert set(NAMES) == {"point", "device", "address", "everybody", "quiet"}
    assert NAMES["point"] == "voice/point/p1"
    assert NAMES["device"] == "voice/device/d"
    assert NAMES["address"] == "voice/address/a"


def test_given_a_quiet_address_when_it_posts_then_it_draws_from_the_reserve():
    buckets = buckets_of(NAMES, VOICES, {}, NOW)

    assert NAMES["quiet"] in buckets
    assert NAMES["everybody"] not in buckets
    assert buckets[NAMES["device"]] is VOICES.device


@pytest.mark.parametrize(("used", "reserve"), [(0, True), (1, True), (1.01, False), (5, False)])
def test_given_an_address_that_posted_when_it_posts_again_then_it_draws_from_everybody(used, reserve):
    levels = {NAMES["address"]: Level(VOICES.address.capacity - used, NOW)}

    buckets = buckets_of(NAMES, VOICES, levels, NOW)

    assert (NAMES["quiet"] in buckets) is reserve
    assert (NAMES["everybody"] in buckets) is not reserve


def test_given_a_bucket_when_ten_minutes_pass_then_capacity_and_a_sixth_of_the_hour():
    assert most_of(Limit(20, 60), timedelta(minutes=10)) == pytest.approx(30)
    assert VOICES.most_in(timedelta(minutes=10)) == pytest.approx(300 + 100 + 400 + 400 / 6)


@pytest.mark.parametrize(
    ("kind", "seconds", "soon"),
    [("rating", 1.9, True), ("rating", 2, False), ("complaint", 0, True), ("call", 0, False)],
)
def test_given_a_form_filled_in_no_time_when_sent_then_it_is_too_soon_but_for_a_call(kind, seconds, soon):
    assert too_soon(NOW, NOW + timedelta(seconds=seconds), kind) is soon


@given(st.sampled_from(["call", "rating", "question"]), st.text(max_size=20), st.text(max_size=20))
def test_given_any_post_when_walled_then_it_draws_from_four_buckets(kind, device, address):
    names = bucket_names(kind, "p1", device, address)

    assert len(buckets_of(names, walls_of(kind), {}, NOW)) == 4


@pytest.mark.parametrize("kind", ["call", "rating"])
def test_given_a_post_when_named_then_no_bucket_of_one_thing_can_be_mistaken_for_that_of_another(kind):
    family = "call" if kind == "call" else "voice"

    assert bucket_names(kind, "p", "d", "a") == {
        "point": f"{family}/point/p",
        "device": f"{family}/device/d",
        "address": f"{family}/address/a",
        "everybody": f"{family}/all",
        "quiet": f"{family}/quiet",
    }
