"""Second secrets of a point: words of the day and the value of its NFC tag."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.places.rules_proof import Asks, day_word, days_of, is_right, tag_value

SECRET, DAY = "0f" * 16, date(2026, 11, 23)
SITE = timezone(timedelta(hours=8))
ONE = timedelta(days=1)


@given(some.text("0123456789abcdef", min_size=32, max_size=32), some.dates())
def test_given_a_day_when_its_word_is_made_then_it_is_four_digits_and_always_the_same(secret, day):
    word = day_word(secret, day)

    assert (len(word), word.isascii() and word.isdigit()) == (4, True)
    assert day_word(secret, day) == word


def test_given_days_and_secrets_when_words_are_made_then_they_differ():
    assert len({day_word(SECRET, DAY + n * ONE) for n in range(60)}) > 55
    assert len({day_word(f"{n:032x}", DAY) for n in range(60)}) > 55


@given(some.text("0123456789abcdef", min_size=32, max_size=32))
def test_given_a_secret_when_the_tag_is_written_then_it_is_twelve_plain_letters(secret):
    value = tag_value(secret)

    assert len(value) == 12
    assert set(value) <= set("23456789BCDFGHJKMNPQRSTVWXYZ")


def test_given_two_secrets_when_tags_are_written_then_they_differ():
    assert tag_value(SECRET) != tag_value("1f" * 16)


@pytest.mark.parametrize("said", [" {} ", "{}", "{}\n"])
def test_given_the_word_of_the_day_when_typed_then_it_is_right(said):
    assert is_right(Asks.WORD, SECRET, said.format(day_word(SECRET, DAY)), {DAY - ONE, DAY})


def test_given_a_word_when_spaced_then_it_is_right():
    assert is_right(Asks.WORD, SECRET, " ".join(day_word(SECRET, DAY)), {DAY})


@pytest.mark.parametrize("said", [None, "", "0000", "密", day_word(SECRET, DAY + ONE), day_word("1f" * 16, DAY)])
def test_given_another_word_when_typed_then_it_is_not(said):
    assert not is_right(Asks.WORD, SECRET, said, {DAY})


def test_given_the_tag_when_read_then_only_its_value_is_right():
    value = tag_value(SECRET)

    assert is_right(Asks.TAG, SECRET, value.lower(), ())
    assert not is_right(Asks.TAG, SECRET, value[:-1], ())
    assert not is_right(Asks.TAG, SECRET, day_word(SECRET, DAY), {DAY})
    assert not is_right(Asks.WORD, SECRET, value, {DAY})
    assert not is_right(Asks.LIVE, SECRET, value, {DAY})


@pytest.mark.parametrize(
    ("opened", "days"),
    [
        (datetime.combine(DAY, time(10), SITE), {DAY}),
        (datetime.combine(DAY, time(9, 59), SITE), {DAY - ONE, DAY}),
        (datetime.combine(DAY, time(23, 59), SITE), {DAY, DAY + ONE}),
    ],
)
def test_given_a_check_when_its_days_are_asked_then_the_site_decides_and_mornings_know_yesterday(opened, days):
    done = (opened + timedelta(minutes=1)).astimezone(UTC)

    assert days_of(opened.astimezone(UTC), done, DAY, SITE) == days


def test_given_a_night_window_when_its_days_are_asked_then_its_business_day_counts():
    opened = datetime.combine(DAY + ONE, time(12), SITE)

    assert days_of(opened, opened, DAY, SITE) == {DAY, DAY + ONE}


def test_given_sheets_at_doors_and_tags_on_walls_when_the_product_changes_then_they_still_count():
    assert [day_word("0f" * 16, date(2026, 11, day)) for day in (23, 24)] == ["3249", "9301"]
    assert tag_value("0f" * 16) == "WR24N42485V4"
