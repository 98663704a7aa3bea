"""PNG chunk by chunk, on files built by hand."""

import pytest

from app.photos.rules import Unfit, Verdict
from app.photos.rules_png import MAGIC, cut_png
from tests.support.pictures import chunk, exif
from tests.support.verdicts import verdict_on

IDAT, IEND = chunk(b"IDAT", b"data"), chunk(b"IEND", b"")


def header(width=100, height=80, depth=8, colour=2, rest=b"\0\0\0"):
    return chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour)) + rest)


def png(*chunks, head=None):
    return MAGIC + (head or header()) + b"".join(chunks) + IEND


def kept(cut):
    return b"".join(cut.parts)


def verdict_of(data):
    with pytest.raises(Unfit) as unfit:
        cut_png(data)
    return unfit.value.verdict


def test_given_the_least_that_is_a_png_when_cut_then_it_is_kept_as_one_piece():
    data = png(IDAT, head=header(123, 45))

    cut = cut_png(data)

    assert (cut.width, cut.height, cut.orientation, cut.remake) == (123, 45, 1, False)
    assert (len(cut.parts), kept(cut)) == (1, data)


@pytest.mark.parametrize(
    "data",
    [
        png(),
        png(chunk(b"PLTE", b"\0\0\0")),
        png(IDAT)[:-1],
        png(IDAT)[:-12],
        png(IDAT, header()),
        png(chunk(b"ID4T", b""), IDAT),
        MAGIC + header() + IDAT + chunk(b"IEND", b"x"),
        MAGIC + header()[:-1] + b"\0" + IDAT + IEND,
        MAGIC + chunk(b"IHDR", b"\0" * 12) + IDAT + IEND,
        MAGIC + IDAT + IEND,
        MAGIC,
        png(IDAT, head=header(rest=b"\1\0\0")),
        png(IDAT, head=header(rest=b"\0\1\0")),
        png(IDAT, head=header(rest=b"\0\0\2")),
        png(IDAT, head=header(depth=16, colour=3)),
        png(IDAT, head=header(depth=4)),
        png(IDAT, head=header(colour=5)),
        png(IDAT, head=header(width=0)),
        png(IDAT, head=header(height=0)),
    ],
)
def test_given_a_png_out_of_order_when_cut_then_it_is_damaged(data):
    found = verdict_of(data)

    assert found is Verdict.DAMAGED


def test_given_an_interlaced_png_when_cut_then_it_is_taken():
    cut = cut_png(png(IDAT, head=header(rest=b"\0\0\1")))

    assert cut.width == 100


def test_given_other_chunks_when_cut_then_only_what_draws_stays():
    drawing = [chunk(name, b"x") for name in (b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"PLTE", b"tRNS")]
    others = [chunk(name, b"x") for name in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"iCCP", b"prVt", b"pHYs")]

    cut = cut_png(png(*drawing, *others, IDAT, IDAT, *others) + b"behind")

    assert kept(cut) == png(*drawing, IDAT, IDAT)


@pytest.mark.parametrize("where", [0, 1])
def test_given_exif_before_or_behind_the_data_when_cut_then_the_orientation_is_remembered(where):
    chunks = [IDAT]
    chunks.insert(where, chunk(b"eXIf", exif(8).removeprefix(b"Exif\0\0")))

    cut = cut_png(png(*chunks))

    assert cut.orientation == 8


def test_given_an_exif_block_that_ends_with_its_last_entry_when_cut_then_the_check_sum_is_not_read_as_part_of_it():
    block = b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0"

    cut = cut_png(png(chunk(b"eXIf", block), IDAT))
    short = cut_png(png(chunk(b"eXIf", block[:-1]), IDAT))

    assert (cut.orientation, short.orientation) == (6, 1)


@pytest.mark.parametrize("name", [b"acTL", b"fcTL", b"fdAT"])
def test_given_a_chunk_of_an_animation_when_cut_then_it_moves(name):
    found = verdict_of(png(chunk(name, b"\0" * 8), IDAT))

    assert found is Verdict.MOVING


@pytest.mark.parametrize(
    ("width", "height", "depth", "colour", "taken"),
    [
        (8000, 5000, 8, 2, True),
        (8000, 5001, 8, 2, False),
        (8000, 5000, 16, 2, True),
        (8000, 5000, 8, 0, True),
        (4000, 4000, 16, 0, True),
        (4000, 4001, 16, 0, False),
        (4000, 4000, 8, 6, True),
        (4000, 4001, 8, 6, False),
        (4000, 4001, 8, 4, False),
        (4000, 4444, 8, 3, True),
        (4000, 4445, 8, 3, False),
        (16_384, 10, 8, 2, True),
        (16_385, 10, 8, 2, False),
        (0x0100_0064, 80, 8, 2, False),
        (100, 0x0100_0050, 8, 2, False),
    ],
)
def test_given_a_size_and_a_kind_of_colour_when_cut_then_the_caps_are_exact(width, height, depth, colour, taken):
    data = png(IDAT, head=header(width, height, depth, colour))

    found = verdict_on(cut_png, data)

    assert found is (None if taken else Verdict.TOO_MANY_PIXELS)


def test_given_sixteen_bits_when_cut_then_a_plainer_one_is_asked_for():
    cut = cut_png(png(IDAT, head=header(depth=16)))

    assert cut.remake
