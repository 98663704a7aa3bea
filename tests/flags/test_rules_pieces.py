"""The index of likeness: whatever differs in at most seven bits shares a key with the probes."""

from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules_pieces import PIECE_BITS, PIECES, REACH, pieces, positions, probes

BITS = st.integers(0, 2**64 - 1)


@given(BITS, st.sets(st.integers(0, 63), max_size=REACH))
def test_given_a_hash_when_at_most_seven_bits_change_then_some_probe_leads_to_it(bits, changed):
    other = bits
    for position in changed:
        other ^= 1 << position

    assert set(probes(bits)) & set(pieces(other))


@given(BITS)
def test_given_a_hash_when_signed_then_its_pieces_are_the_same(bits):
    assert pieces(bits) == pieces(bits - 2**64)


def test_given_eight_bits_that_lie_two_in_each_piece_when_changed_then_no_probe_leads_there():
    bits = 0
    other = next(
        made
        for made in (sum(1 << each for each in chosen) for chosen in _two_in_each())
        if made.bit_count() == REACH + 1
    )

    assert not set(probes(bits)) & set(pieces(other))


def test_given_a_hash_when_cut_then_each_bit_stands_in_one_piece_under_its_number():
    alone = [pieces(1 << position) for position in range(64)]
    empty = pieces(0)

    assert [sum(one != none for one, none in zip(each, empty, strict=True)) for each in alone] == [1] * 64
    assert [each >> 16 for each in empty] == list(range(PIECES))
    assert len({key for each in alone for key in each} - set(empty)) == 64


def test_given_the_picture_when_cut_then_a_piece_takes_every_second_line_and_every_second_column():
    cells = {63 - number: divmod(number, 8) for number in range(64)}
    due = [[bit for bit, (line, column) in cells.items() if (line & 1, column & 1) == each] for each in _PARITIES]

    assert positions() == tuple(tuple(each) for each in due)
    assert [len(each) for each in positions()] == [PIECE_BITS] * PIECES


def test_given_a_hash_when_probed_then_each_piece_is_asked_for_with_each_one_of_its_bits_turned():
    numbers = range(PIECES)

    assert probes(0) == [n * 65536 + turned for n in numbers for turned in (0, *(2**bit for bit in range(16)))]


_PARITIES = ((0, 0), (0, 1), (1, 0), (1, 1))


def _two_in_each():
    owner = {position: _piece_of(position) for position in range(64)}
    yield [position for piece in range(PIECES) for position in [each for each in owner if owner[each] == piece][:2]]


def _piece_of(position):
    return next(n for n, (one, none) in enumerate(zip(pieces(1 << position), pieces(0), strict=True)) if one != none)
