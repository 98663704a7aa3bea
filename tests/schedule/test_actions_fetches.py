"""Given a fetch noted by this process, when the page is read again, then it is written again only when it says more."""

from datetime import UTC, datetime, timedelta

import pytest

from app.schedule.actions_fetches import MOST_NOTES, Fetches

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATER = timedelta(seconds=20)


def noted() -> Fetches:
    fetches = Fetches()
    fetches.keep("ann", 7, NOON)
    return fetches


@pytest.mark.parametrize(
    ("person", "row", "boundary", "now", "known"),
    [
        ("ann", 7, None, NOON + LATER, True),
        ("ann", 7, NOON + timedelta(hours=1), NOON + LATER, True),
        ("ann", 7, NOON - timedelta(hours=1), NOON + LATER, True),
        ("ann", 7, NOON + LATER / 2, NOON + LATER, False),
        ("ann", 7, None, NOON + timedelta(minutes=1), False),
        ("ann", 7, None, NOON - LATER, False),
        ("bob", 7, None, NOON + LATER, False),
        ("ann", 8, None, NOON + LATER, False),
    ],
)
def test_given_a_note_when_asked_then_it_is_known_for_a_minute_on_its_side_of_the_end(
    person, row, boundary, now, known
):
    assert noted().knows(person, row, boundary, now) is known


def test_given_more_notes_than_are_kept_when_asked_then_the_oldest_is_written_again():
    fetches = noted()

    for number in range(MOST_NOTES):
        fetches.keep("bob", number, NOON)

    assert not fetches.knows("ann", 7, None, NOON)
    assert fetches.knows("bob", 0, None, NOON)
