"""Orientation out of EXIF blocks built by hand, in both byte orders."""

import struct

import pytest

from app.photos.rules_exif import orientation_in


def tiff(order, entries, start=8, count=None):
    """A TIFF block with entries of (tag, kind, value) in its first directory."""
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    body = b"".join(struct.pack(order + "HHIHH", tag, kind, 1, value, 0) for tag, kind, value in entries)
    head = mark + struct.pack(order + "I", start) + b"\xee" * (start - 8)
    return head + struct.pack(order + "H", len(entries) if count is None else count) + body


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
@pytest.mark.parametrize("value", range(1, 9))
def test_given_an_orientation_when_read_then_it_is_found(order, prefix, value):
    block = prefix + tiff(order, [(0x0100, 3, 7), (0x0112, 3, value), (0x0131, 3, 2)], start=12)

    found = orientation_in(block)

    assert found == value


@pytest.mark.parametrize("order", "<>")
def test_given_it_stands_last_without_a_byte_behind_when_read_then_it_is_found(order):
    found = orientation_in(tiff(order, [(0x0100, 3, 7), (0x0112, 3, 6)]))

    assert found == 6


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"Exif\0\0",
        b"II*\0",
        b"XX*\0" + tiff("<", [(0x0112, 3, 6)])[4:],
        tiff("<", []),
        tiff("<", [(0x0113, 3, 6)]),
        tiff("<", [(0x0112, 4, 6)]),
        tiff("<", [(0x0112, 3, 0)]),
        tiff("<", [(0x0112, 3, 9)]),
        tiff("<", [(0x0112, 3, 65_535)]),
        tiff("<", [(0x0112, 3, 6)], count=0),
        tiff("<", [(0x0112, 3, 6)])[:-3],
        tiff("<", [(0x0112, 3, 6)])[:4] + b"\xff\xff\xff\x7f",
    ],
)
def test_given_a_block_that_says_nothing_sound_when_read_then_the_picture_counts_as_upright(block):
    found = orientation_in(block)

    assert found == 1


def test_given_a_count_beyond_the_block_when_read_then_what_is_there_is_read():
    found = orientation_in(tiff("<", [(0x0112, 3, 6)], count=60_000))

    assert found == 6


def test_given_it_stands_twice_when_read_then_the_first_counts():
    found = orientation_in(tiff("<", [(0x0112, 3, 8), (0x0112, 3, 3)]))

    assert found == 8
