"""What an archive counts again, held against the chain's own way of counting, for values of any kind."""

import hashlib
import hmac
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chain.rules_digest import bundle_digest, conversions, instant_text, row_digest
from app.chain.rules_history import BUNDLE, history
from app.operations.rules_archive import (
    Row,
    digest_of,
    entry_digest,
    mac_of,
    month_named,
    named_values,
    packed,
    root_of,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
INSTANT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))
PLAIN = (
    st.none() | st.text(max_size=9) | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
)
DOCUMENT = st.recursive(
    st.none() | st.booleans() | st.text(max_size=9),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=9), inside, max_size=3),
    max_leaves=5,
)


@st.composite
def rows_on_both(draw):
    """A table of history and one row of it, as SQLite's driver gives it and as PostgreSQL's does."""
    kept = draw(st.sampled_from(sorted(history().values(), key=lambda each: each.name)))
    here, there = [], []
    for kind in kept.kinds:
        one, other = draw(_VALUES.get(kind, PLAIN.map(lambda value: (value, value))))
        here.append(one)
        there.append(other)
    return kept, here, there


_VALUES = {
    "j": DOCUMENT.map(lambda value: (orjson.dumps(value).decode(), value)),
    "x": st.binary().map(lambda value: (value, memoryview(value))),
    "t": INSTANT.map(lambda value: (instant_text(value.replace(tzinfo=UTC)), value.replace(tzinfo=UTC))),
    "b": st.booleans().map(lambda value: (int(value), value)),
}


@given(rows_on_both())
def test_given_any_row_when_archived_from_either_database_then_it_counts_to_the_digest_of_the_chain(drawn):
    kept, sqlite, postgresql = drawn
    sealed = row_digest(kept, sqlite, conversions(kept, "sqlite"))

    archived = [packed(kept, sqlite, "sqlite"), packed(kept, postgresql, "postgresql")]

    assert archived[0] == archived[1]
    assert digest_of(kept, orjson.loads(orjson.dumps(archived[0]))) == sealed
    assert row_digest(kept, postgresql, conversions(kept, "postgresql")) == sealed


@given(rows_on_both(), st.data())
def test_given_any_row_when_one_value_becomes_another_then_its_digest_is_another(drawn, data):
    kept, row, _ = drawn
    values = packed(kept, row, "sqlite")
    place = data.draw(st.integers(0, len(values) - 1))
    changed = [*values]
    changed[place] = "x" if kept.kinds[place] != "x" else "eHh4"

    same = changed == values
    assert (digest_of(kept, changed) == digest_of(kept, values)) is same


SIGNATURE = history()["signatures"]
PARTS = st.dictionaries(st.text(min_size=1), st.text(), max_size=4)


@given(PARTS, PARTS)
def test_given_parts_of_a_check_in_any_order_when_counted_then_the_bundle_is_the_chain_s(answers, gone):
    check = ["id", "x"]
    rows = [Row(BUNDLE, "", check)] + [Row("answers", part, ["id", part, text]) for part, text in answers.items()]
    disposed = {photo: hashlib.sha256(text.encode()).digest() for photo, text in gone.items()}
    parts = [(row.table, row.part, digest_of(history()[row.table], row.values)) for row in rows]
    parts += [("photos", photo, digest) for photo, digest in disposed.items()]

    assert entry_digest(BUNDLE, list(reversed(rows)), disposed) == bundle_digest(parts)
    if answers:
        assert entry_digest(BUNDLE, rows[:-1], disposed) != bundle_digest(parts)


@pytest.mark.parametrize(
    ("rows", "gone"),
    [
        ([], {}),
        ([Row("signatures", "", ["a"])] * 2, {}),
        ([Row("answers", "", ["a"])], {}),
        ([Row("signatures", "S01", ["a"])], {}),
        ([Row("signatures", "", ["a"])], {"photo": b"x"}),
    ],
)
def test_given_an_entry_of_one_row_when_other_rows_stand_under_it_then_it_is_refused(rows, gone):
    with pytest.raises(ValueError):  # noqa: PT011  any says: not countable
        entry_digest("signatures", rows, gone)
    assert entry_digest("signatures", [Row("signatures", "", ["a"])], {}) == digest_of(SIGNATURE, ["a"])


@given(st.lists(st.tuples(st.integers(1, 99), st.binary(min_size=32, max_size=32)), max_size=4), st.data())
def test_given_a_list_of_entries_when_one_is_left_out_then_its_root_is_another(entries, data):
    whole = root_of(entries)

    assert root_of(iter(entries)) == whole
    if entries:
        without = data.draw(st.integers(0, len(entries) - 1))
        assert root_of(entries[:without] + entries[without + 1 :]) != whole


@given(st.binary(min_size=1), st.dictionaries(st.text(max_size=9), DOCUMENT, max_size=4))
def test_given_what_a_file_says_of_itself_when_sealed_then_order_does_not_count_and_the_key_does(secret, about):
    sealed = mac_of(secret, about)

    assert mac_of(secret, dict(reversed(about.items()))) == sealed
    assert mac_of(secret + b"x", about) != sealed
    assert mac_of(secret, {**about, "one more": 1}) != sealed
    assert hmac.compare_digest(sealed, sealed.lower())


@given(st.dates(date(2020, 1, 1), date(2026, 8, 31)))
def test_given_any_month_long_over_when_named_then_it_lasts_from_midnight_to_midnight_of_the_site(day):
    month = month_named(f"{day:%Y-%m}", ZONE, NOW)

    first, after = month.first.astimezone(ZONE), month.after.astimezone(ZONE)
    assert (first.hour, first.day, after.hour, after.day) == (0, 1, 0, 1)
    assert 28 <= (after - first).days <= 31
    assert first.date() <= day < after.date()


@given(st.dates(date(2026, 9, 1), date(2030, 1, 1)))
def test_given_a_month_that_appeals_may_still_change_when_named_then_it_is_too_young(day):
    with pytest.raises(ValueError, match="not over for 2 months"):
        month_named(f"{day:%Y-%m}", ZONE, NOW)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1-1", "last", "2026-00"])
def test_given_no_month_when_named_then_a_sentence(text):
    with pytest.raises(ValueError, match="a month is written as 2024-01"):
        month_named(text, ZONE, NOW)


def test_given_a_column_that_came_later_when_an_older_row_is_read_then_it_is_absent_and_the_digest_is_the_same():
    kept = history()[BUNDLE]
    old = [*"abcdefghijklmnopqrstuvwxyz"]

    assert list(named_values(BUNDLE, old)) == list(kept.columns[: len(old)])
    later = [kept.blank.get(name) for name in kept.columns[len(old) :]]
    assert later
    assert digest_of(kept, old) == digest_of(kept, [*old, *later])
    assert digest_of(kept, old) != digest_of(kept, [*old, *later[:-1], "phone"])
