from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.accounts.rules_factor import matching_step, must_prove, provisioning, recovery_key

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
# The vectors of RFC 6238 (appendix B, SHA-1), their last six digits.
VECTORS = (
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
)


def at(seconds):
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_given_the_published_vectors_when_a_code_is_typed_then_its_step_is_found(seconds, code):
    assert matching_step(SECRET, code, at(seconds), 0) == seconds // 30


@pytest.mark.parametrize(("off_s", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_given_a_clock_that_is_off_when_a_code_is_typed_then_one_step_to_each_side_is_taken(off_s, taken):
    now = at(1234567890)
    code = pyotp.TOTP(SECRET).at(now + timedelta(seconds=off_s))

    assert (matching_step(SECRET, code, now, 0) is not None) is taken


def test_given_a_code_that_was_used_when_typed_again_then_it_is_refused():
    step = matching_step(SECRET, "005924", at(1234567890), 0)

    assert matching_step(SECRET, "005924", at(1234567890), step) is None
    assert matching_step(SECRET, "005924", at(1234567890), step - 1) == step


@pytest.mark.parametrize("typed", ["", "00592", "0059244", "00592a", "٠٠٥٩٢٤", "005924\x00", "-05924"])
def test_given_no_six_digits_when_typed_then_nothing_matches(typed):
    assert matching_step(SECRET, typed, at(1234567890), 0) is None


def test_given_spaces_in_a_code_when_typed_then_they_do_not_count():
    assert matching_step(SECRET, " 005 924 ", at(1234567890), 0) is not None


def test_given_a_recovery_code_when_spelt_otherwise_then_it_is_the_same_for_this_person_only():
    assert recovery_key("ABCD-efgh jkmn-pqrs", "adm") == recovery_key("abcdefghjkmnpqrs", "adm")
    assert recovery_key("abcdefghjkmnpqrs", "adm") != recovery_key("abcdefghjkmnpqrs", "aud")


def test_given_the_setting_when_asked_then_only_the_powerful_must_prove():
    assert must_prove("admin") == {"admin", "auditor"}
    assert must_prove("off") == frozenset()


def test_given_a_secret_when_shown_then_the_symbol_names_account_and_house():
    text = provisioning(SECRET, "adm", "dabiao.example")

    assert text.startswith("otpauth://totp/Dabiao:adm%40dabiao.example?") and f"secret={SECRET}" in text
