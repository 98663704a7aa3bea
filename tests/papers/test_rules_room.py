"""How lists share the one page: nothing is lost, nothing overflows, what is left out is counted."""

from hypothesis import given
from hypothesis import strategies as st

from app.papers.rules_room import shared_room, shown

WANTED = st.lists(st.integers(0, 60), min_size=1, max_size=3)


@given(WANTED, st.integers(0, 60))
def test_given_any_lists_when_they_share_the_room_then_it_is_used_and_never_exceeded(wanted, room):
    given_ = shared_room(wanted, room)

    assert all(0 <= got <= want for got, want in zip(given_, wanted, strict=True))
    assert sum(given_) == min(room, sum(wanted))


@given(WANTED, st.integers(0, 60))
def test_given_too_little_room_when_shared_then_no_list_starves_beside_a_full_one(wanted, room):
    given_ = shared_room(wanted, room)

    short = [got for got, want in zip(given_, wanted, strict=True) if got < want]
    assert all(max(given_) - got <= max(given_) for got in short)
    if len(short) == len(wanted):
        assert max(given_) - min(given_) <= 1


@given(st.integers(0, 60), st.integers(0, 60))
def test_given_a_cut_list_when_printed_then_its_lines_and_the_note_fit_and_add_up(wanted, given_):
    printed, left = shown(wanted, given_)

    assert printed + left == wanted
    assert printed + (1 if left else 0) <= max(given_, 1)


def test_given_thirty_units_and_five_findings_when_they_share_twenty_lines_then_the_findings_stand_whole():
    assert shared_room([30, 5], 20) == [15, 5]
    assert shown(30, 15) == (14, 16)
