from datetime import UTC, datetime, timedelta

from app.accounts.rules_limits import (
    BADGE_ON_KNOWN_DEVICE,
    KNOWN_DEVICE,
    OVERALL,
    PER_ACCOUNT,
    PER_ADDRESS,
    PER_BADGE,
    PIN_OF_SIGNER,
    Level,
    Limit,
    badge_buckets,
    own_secret_buckets,
    pin_buckets,
    sign_in_buckets,
    tokens_now,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIMIT = Limit(capacity=8, per_hour=20)


def test_given_a_bucket_never_seen_when_asked_then_it_is_full():
    assert tokens_now(None, LIMIT, NOW) == 8


def test_given_an_empty_bucket_when_time_passes_then_it_fills_at_its_rate():
    level = Level(0, NOW)

    assert tokens_now(level, LIMIT, NOW) == 0
    assert tokens_now(level, LIMIT, NOW + timedelta(minutes=3)) == 1
    assert tokens_now(level, LIMIT, NOW + timedelta(minutes=15)) == 5
    assert tokens_now(level, LIMIT, NOW + timedelta(days=2)) == 8


def test_given_a_clock_set_back_when_asked_then_nothing_is_taken_away():
    assert tokens_now(Level(3, NOW), LIMIT, NOW - timedelta(hours=5)) == 3


def test_given_an_unknown_device_when_signing_in_then_account_address_and_all_count():
    assert sign_in_buckets("ann", "10.0.0.1", None) == {
        "sign-in/account/ann": PER_ACCOUNT,
        "sign-in/address/10.0.0.1": PER_ADDRESS,
        "sign-in/all": OVERALL,
    }


def test_given_a_known_device_when_signing_in_then_only_its_own_bucket_counts():
    assert sign_in_buckets("ann", "10.0.0.1", "d1") == {"sign-in/device/d1": KNOWN_DEVICE}


def test_given_a_signer_when_a_pin_is_tried_then_the_signers_bucket_counts():
    assert pin_buckets("lea") == {"pin/lea": PIN_OF_SIGNER}
    assert own_secret_buckets("lea") == {"own/lea": KNOWN_DEVICE}


def test_given_a_badge_on_a_strange_phone_when_tried_then_badge_address_and_all_count():
    assert badge_buckets("K7Q2MX", "10.0.0.1", None) == {
        "badge/one/K7Q2MX": PER_BADGE,
        "badge/address/10.0.0.1": PER_ADDRESS,
        "badge/all": OVERALL,
    }


def test_given_a_badge_on_its_carriers_phone_when_tried_then_strangers_use_up_none_of_its_tries():
    assert badge_buckets("K7Q2MX", "10.0.0.1", "d1") == {"badge/device/d1/K7Q2MX": BADGE_ON_KNOWN_DEVICE}
