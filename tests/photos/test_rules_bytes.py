"""What is kept of hostile and of honest bytes, before anything is decoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.photos.rules import MAX_CHUNKS, MAX_PIXELS, MAX_SEGMENTS, Unfit, Verdict
from app.photos.rules_bytes import cut_picture, cut_sound
from tests.support import pictures

MAKERS = {"image/jpeg": pictures.jpeg, "image/png": pictures.png, "image/webp": pictures.webp}


def kept(cut):
    return b"".join(cut.parts)


def verdict_of(data, cutter=cut_picture):
    with pytest.raises(Unfit) as unfit:
        cutter(data)
    return unfit.value.verdict


def pixels(data):
    return pictures.opened(data).convert("RGB").tobytes()


@pytest.mark.parametrize("media_type", MAKERS)
def test_given_a_plain_picture_when_cut_then_type_and_size_come_from_its_bytes(media_type):
    data = MAKERS[media_type](331, 247)

    cut = cut_picture(data)

    assert (cut.media_type, cut.width, cut.height, cut.orientation, cut.remake) == (media_type, 331, 247, 1, False)
    assert cut.size == len(kept(cut))


@pytest.mark.parametrize("media_type", MAKERS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_given_exif_with_a_place_when_cut_then_it_is_gone_and_the_orientation_remembered(media_type, orientation):
    data = MAKERS[media_type](exif=pictures.exif(orientation))

    cut = cut_picture(data)

    assert pictures.LOCATION in data
    assert pictures.LOCATION not in kept(cut)
    assert cut.orientation == orientation
    assert pixels(kept(cut)) == pixels(data)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"mode": "L"}, {"mode": "CMYK"}, {"subsampling": 0}])
def test_given_kinds_of_jpeg_when_cut_then_not_a_pixel_changes(options):
    data = pictures.jpeg(icc_profile=b"profile" * 40, comment=b"words", **options)

    cut = cut_picture(data)

    assert b"profile" not in kept(cut)
    assert b"words" not in kept(cut)
    assert pixels(kept(cut)) == pixels(data)
    assert cut.remake is (options.get("mode") == "CMYK")


@pytest.mark.parametrize("options", [{}, {"mode": "RGBA"}, {"mode": "P"}, {"mode": "L"}, {"mode": "1"}])
def test_given_kinds_of_png_when_cut_then_not_a_pixel_changes(options):
    data = pictures.with_chunk(pictures.png(**options), b"tEXt", b"Comment\0" + pictures.LOCATION)

    cut = cut_picture(data)

    assert pictures.LOCATION not in kept(cut)
    assert pixels(kept(cut)) == pixels(data)


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"mode": "RGBA"}, {"mode": "RGBA", "lossless": True}])
def test_given_kinds_of_webp_when_cut_then_not_a_pixel_changes(options):
    data = pictures.webp(icc_profile=b"profile" * 40, xmp=b"<xmp/>", **options)

    cut = cut_picture(data)

    assert b"profile" not in kept(cut)
    assert b"<xmp/>" not in kept(cut)
    assert pixels(kept(cut)) == pixels(data)


@pytest.mark.parametrize("media_type", MAKERS)
def test_given_a_second_file_behind_the_picture_when_cut_then_it_is_gone(media_type):
    plain = MAKERS[media_type]()

    cut = cut_picture(plain + b"PK\x03\x04<script>alert(1)</script>")

    assert b"<script>" not in kept(cut)
    assert kept(cut) == kept(cut_picture(plain))


@pytest.mark.parametrize("marker", [0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF, 0xFE])
def test_given_a_page_inside_a_segment_when_cut_then_it_is_gone(marker):
    data = pictures.with_segment(pictures.jpeg(), marker, b"<script>alert(1)</script>")

    cut = cut_picture(data)

    assert b"<script>" not in kept(cut)


@pytest.mark.parametrize("media_type", MAKERS)
def test_given_a_picture_without_metadata_when_cut_then_it_is_untouched(media_type):
    data = MAKERS[media_type]()

    cut = cut_picture(data)

    assert kept(cut) == data
    assert cut.untouched(data) is (media_type != "image/webp")


def test_given_another_density_when_cut_then_it_counts_as_touched():
    data = pictures.jpeg(dpi=(300, 300))

    cut = cut_picture(data)

    assert cut.size == len(data)
    assert not cut.untouched(data)


def test_given_cut_bytes_when_cut_again_then_they_stay_the_same():
    once = kept(cut_picture(pictures.jpeg(exif=pictures.exif(6))))

    twice = kept(cut_picture(once))

    assert twice == once


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (pictures.heic(), Verdict.HEIC),
        (pictures.moving("GIF"), Verdict.MOVING),
        (pictures.moving("PNG"), Verdict.MOVING),
        (pictures.moving("WEBP"), Verdict.MOVING),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", Verdict.NOT_A_PICTURE),
        (b"<!doctype html><title>x</title>", Verdict.NOT_A_PICTURE),
        (b"\0" * 500, Verdict.NOT_A_PICTURE),
        (b"BM" + b"\0" * 500, Verdict.NOT_A_PICTURE),
        (b"%PDF-1.7", Verdict.NOT_A_PICTURE),
        (b"RIFF\x24\0\0\0WAVEfmt ", Verdict.NOT_A_PICTURE),
        (b"JUNK" + pictures.webp()[4:], Verdict.NOT_A_PICTURE),
        (b"\0\0\0\x1cftypmp42\0\0\0\0", Verdict.NOT_A_PICTURE),
        (b"\0\0\0\x1cfreeheic\0\0\0\0", Verdict.NOT_A_PICTURE),
        (b"\xff\xd8\xff", Verdict.DAMAGED),
        (pictures.png()[:40], Verdict.DAMAGED),
        (pictures.png_of_header(0, 10), Verdict.DAMAGED),
        (pictures.png_of_header(10, 10, depth=3), Verdict.DAMAGED),
    ],
)
def test_given_what_is_no_picture_for_us_when_cut_then_the_verdict_says_why(data, verdict):
    found = verdict_of(data)

    assert found is verdict


@pytest.mark.parametrize("media_type", MAKERS)
@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_given_a_picture_that_ends_early_when_cut_then_it_is_damaged(media_type, share):
    whole = MAKERS[media_type](quality=95) if media_type != "image/png" else pictures.png()

    found = verdict_of(whole[: max(12, int(len(whole) * share))])

    assert found is Verdict.DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        pictures.png_of_header(MAX_PIXELS // 5000 + 1, 5000),
        pictures.png_of_header(8660, 5774),
        pictures.png_of_header(2**31 - 1, 2**31 - 1),
        pictures.png_of_header(1, 40_000),
        pictures.png_of_header(6000, 6000, colour=6),
        pictures.jpeg_of_header(8660, 5774),
        pictures.jpeg_of_header(65_535, 65_535),
        pictures.webp_of_header(16_383, 16_383),
    ],
)
def test_given_more_pixels_than_the_cap_when_cut_then_the_header_is_enough_to_refuse(data):
    found = verdict_of(data)

    assert found is Verdict.TOO_MANY_PIXELS


def test_given_the_cap_in_pixels_when_cut_then_it_is_taken():
    cut = cut_picture(pictures.png_of_header(8000, 5000))

    assert cut.width * cut.height == MAX_PIXELS


def test_given_a_progressive_bomb_when_cut_then_its_scans_refuse_it():
    found = verdict_of(pictures.progressive_bomb(3000, 2000, scans=110))

    assert found is Verdict.TOO_MANY_PIXELS


def test_given_a_progressive_picture_of_a_camera_when_cut_then_it_is_taken_as_it_is():
    cut = cut_picture(pictures.jpeg(1600, 1200, progressive=True))

    assert not cut.remake


@pytest.mark.parametrize(
    "data",
    [
        pictures.jpeg()[:2] + pictures.segment(0xFE, b"") * (MAX_SEGMENTS + 1) + pictures.jpeg()[2:],
        pictures.png()[:33] + pictures.chunk(b"teXt", b"") * (MAX_CHUNKS + 1) + pictures.png()[33:],
    ],
)
def test_given_a_bomb_of_empty_pieces_when_cut_then_it_is_given_up(data):
    found = verdict_of(data)

    assert found is Verdict.DAMAGED


@pytest.mark.parametrize("frame", [0xC3, 0xC5, 0xC9, 0xCD])
def test_given_a_jpeg_of_a_rare_process_when_cut_then_it_is_no_picture_for_us(frame):
    plain = pictures.jpeg()

    found = verdict_of(plain.replace(b"\xff\xc0", bytes((0xFF, frame)), 1))

    assert found is Verdict.NOT_A_PICTURE


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"Exif\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\0" * 20,
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0",
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x04\0\x01\0\0\0\x06\0\0\0",
    ],
)
def test_given_bogus_exif_when_cut_then_the_picture_counts_as_upright(exif):
    cut = cut_picture(pictures.with_segment(pictures.jpeg(), 0xE1, exif))

    assert cut.orientation == 1


@given(st.data())
def test_given_any_spoilt_picture_when_cut_then_it_is_taken_or_unfit_and_nothing_else(data):
    whole = data.draw(st.sampled_from([maker(64, 48, exif=pictures.exif(3)) for maker in MAKERS.values()]))
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + data.draw(st.integers(0, 12)) :]

    try:
        taken = cut_picture(spoilt).size > 0
    except Unfit:
        taken = False

    assert taken in (True, False)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pictures.webm(), "audio/webm"),
        (b"\x1a\x45\xdf\xa3".ljust(60, b"\0") + b"webm", "audio/webm"),
        (b"OggS\0" + b"\0" * 50, "audio/ogg"),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", "audio/mp4"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"ID3\x04\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
    ],
)
def test_given_a_voice_memo_when_cut_then_its_type_comes_from_its_bytes(data, media_type):
    cut = cut_sound(data)

    assert (cut.media_type, kept(cut)) == (media_type, data)


@pytest.mark.parametrize(
    "data",
    [
        pictures.jpeg(),
        pictures.heic(),
        pictures.webp(),
        b"<html>",
        b"\x1a\x45\xdf\xa3matroska",
        b"\x1a\x45\xdf\xa3".ljust(61, b"\0") + b"webm",
    ],
)
def test_given_what_is_no_voice_memo_when_cut_then_it_is_refused(data):
    found = verdict_of(data, cut_sound)

    assert found is Verdict.NOT_A_SOUND


def test_given_sixteen_bits_when_cut_then_a_plainer_derivative_is_asked_for():
    cut = cut_picture(pictures.saved(Image.new("I;16", (40, 30), 32_768), "PNG"))

    assert cut.remake
