"""WebP chunk by chunk, on files built by hand, and one with real transparency."""

import pytest
from PIL import Image

from app.photos.rules import Unfit, Verdict
from app.photos.rules_webp import MAX_WEBP_CHUNKS, cut_webp
from tests.support import pictures
from tests.support.verdicts import verdict_on


def chunk(name, content):
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def lossy(width=100, height=80, first=0):
    size = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return chunk(b"VP8 ", bytes((first, 0, 0)) + b"\x9d\x01\x2a" + size + b"data")


def lossless(width=100, height=80, mark=0x2F, rest=b"data"):
    bits = (width - 1) | (height - 1) << 14
    return chunk(b"VP8L", bytes((mark,)) + bits.to_bytes(4, "little") + rest)


def webp(*chunks, extra=0):
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + (len(body) + extra).to_bytes(4, "little") + body


def extended(width, height, flags=0x10):
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return chunk(b"VP8X", bytes((flags, 0, 0, 0)) + size)


def kept(cut):
    return b"".join(cut.parts)


def verdict_of(data):
    with pytest.raises(Unfit) as unfit:
        cut_webp(data)
    return unfit.value.verdict


@pytest.mark.parametrize("frame", [lossy(123, 45), lossless(123, 45)])
def test_given_the_least_that_is_a_webp_when_cut_then_all_of_it_stays(frame):
    cut = cut_webp(webp(frame))

    assert (cut.width, cut.height, cut.orientation, cut.remake) == (123, 45, 1, False)
    assert kept(cut) == webp(frame)


@pytest.mark.parametrize("padding", [0, 1])
def test_given_a_lossless_frame_of_nothing_but_its_header_when_cut_then_its_size_is_read(padding):
    whole = webp(lossless(123, 45, rest=b""))

    cut = cut_webp(whole[: len(whole) - 1 + padding])

    assert (cut.width, cut.height) == (123, 45)


@pytest.mark.parametrize("frame", [lossy(1, 4093), lossless(1, 4093), lossy(4093, 1), lossless(4093, 1)])
def test_given_thin_pictures_when_cut_then_their_sizes_are_exact(frame):
    cut = cut_webp(webp(frame))

    assert sorted((cut.width, cut.height)) == [1, 4093]


def test_given_scaling_bits_above_the_size_when_cut_then_they_are_no_part_of_it():
    cut = cut_webp(webp(lossy(0x4000 | 100, 0xC000 | 80)))

    assert (cut.width, cut.height) == (100, 80)


@pytest.mark.parametrize(
    "data",
    [
        webp(),
        webp(lossy(), lossy()),
        webp(lossy(), lossless()),
        webp(lossy(first=1)),
        webp(lossless(mark=0x2E)),
        webp(chunk(b"VP8 ", b"\0\0\0\x9d\x01\x2a\x64\0")),
        webp(chunk(b"VP8 ", b"\0\0\0\x9d\x01\x2b\x64\0\x50\0")),
        webp(chunk(b"VP8L", b"\x2f\0\0\0")),
        webp(lossy(0, 80)),
        webp(lossy(100, 0)),
        webp(lossy())[:-2],
        webp(lossy())[:-1],
        webp(lossy(), extra=2),
        webp(lossy(), extra=-2),
        webp(lossless(rest=b"xy"), extra=-2),
        webp(lossy(), b"EXIF\x08\0\0\0"),
        webp(lossy(), b"EXIF\xff\0\0\0abcd"),
        webp(lossy(), b"EXIF\xff\xff\xff\xffabcd"),
        webp(*[chunk(b"XXXX", b"")] * MAX_WEBP_CHUNKS, lossy()),
    ],
)
def test_given_a_webp_out_of_order_when_cut_then_it_is_damaged(data):
    found = verdict_of(data)

    assert found is Verdict.DAMAGED


def test_given_many_chunks_when_cut_then_up_to_the_most_are_read():
    cut = cut_webp(webp(*[chunk(b"XXXX", b"")] * (MAX_WEBP_CHUNKS - 2), lossy()))

    assert kept(cut) == webp(lossy())


@pytest.mark.parametrize("name", [b"ANIM", b"ANMF"])
def test_given_a_chunk_of_an_animation_when_cut_then_it_moves(name):
    found = verdict_of(webp(chunk(name, b"\0" * 6), lossy()))

    assert found is Verdict.MOVING


def test_given_an_odd_last_chunk_without_its_padding_when_cut_then_it_is_taken():
    whole = webp(chunk(b"VP8L", b"\x2f\x63\xc0\x13\x00xy") + chunk(b"EXIF", b"odd"))

    with_padding, without = cut_webp(whole), cut_webp(whole[:-1])

    assert kept(with_padding) == kept(without)


def test_given_a_file_whose_length_leaves_out_the_last_padding_when_cut_then_it_is_taken():
    cut = cut_webp(webp(lossless(rest=b"xy"), extra=-1))

    assert kept(cut) == webp(lossless(rest=b"xy"))


def test_given_an_empty_chunk_at_the_very_end_when_cut_then_it_is_read_like_any_other():
    found = verdict_of(webp(lossy(), chunk(b"ANIM", b"")))

    assert found is Verdict.MOVING


def test_given_metadata_behind_an_odd_chunk_when_cut_then_the_orientation_is_found_and_the_rest_goes():
    data = webp(
        extended(100, 80, 0x2C), chunk(b"ICCP", b"odd"), lossy(), chunk(b"EXIF", pictures.exif(6)), chunk(b"XMP ", b"x")
    )

    cut = cut_webp(data + b"behind")

    assert (cut.orientation, kept(cut)) == (6, webp(lossy()))


def test_given_alpha_when_cut_then_a_plain_extended_header_stands_before_it():
    alpha = chunk(b"ALPH", b"alpha")

    cut = cut_webp(webp(extended(100, 80, 0x3C), alpha, alpha, lossy(), chunk(b"EXIF", b"")))

    assert kept(cut) == webp(extended(100, 80), alpha, lossy())


@pytest.mark.parametrize("lossless_too", [False, True])
def test_given_a_picture_that_can_be_seen_through_when_cut_then_not_a_pixel_changes(lossless_too):
    sheet = Image.linear_gradient("L").resize((91, 77))
    scene = pictures.scene(91, 77).convert("RGBA")
    scene.putalpha(sheet)
    data = pictures.saved(scene, "WEBP", lossless=lossless_too, exif=pictures.exif(3))

    cut = cut_webp(data)

    before, after = pictures.opened(data).convert("RGBA"), pictures.opened(kept(cut)).convert("RGBA")
    assert after.tobytes() == before.tobytes()
    assert pictures.LOCATION not in kept(cut)


@pytest.mark.parametrize(("width", "height", "taken"), [(4000, 2857, True), (4000, 2858, False)])
def test_given_a_size_when_cut_then_the_cap_is_exact(width, height, taken):
    found = verdict_on(cut_webp, webp(lossy(width, height)))

    assert found is (None if taken else Verdict.TOO_MANY_PIXELS)
