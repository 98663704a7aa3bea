"""Given instants in any zone, when SQLite keeps them, then as one text that sorts by time and comes back the same."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db_columns import UtcDateTime, _as_instant, _as_text

ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1970, 1, 3), datetime(2199, 1, 1), timezones=ZONES | st.just(UTC))


@given(INSTANTS)
def test_given_an_instant_when_kept_then_it_is_written_as_the_library_writes_it_and_read_as_it_was(at):
    text = _as_text(at)

    assert text == at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    assert _as_instant(text) == at


@given(st.lists(INSTANTS, min_size=2))
def test_given_several_when_sorted_as_texts_then_they_stand_in_the_order_of_time(several):
    assert sorted(map(_as_text, several)) == [_as_text(at) for at in sorted(several)]


def test_given_a_time_without_its_zone_when_kept_then_it_is_refused():
    with pytest.raises(ValueError, match="needs its zone"):
        _as_text(datetime(2026, 11, 23))
    with pytest.raises(ValueError, match="needs its zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 23), None)
