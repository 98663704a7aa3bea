"""JPEG segment by segment, on files built by hand: the borders of every cap and every kind of damage."""

import pytest

from app.photos.rules import MAX_SCANS, MAX_SEGMENTS, Unfit, Verdict
from app.photos.rules_jpeg import PLAIN_JFIF, USUAL_SCANS, cut_jpeg
from tests.support.pictures import exif, segment
from tests.support.verdicts import verdict_on

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56\xff\xff\x00"
GREY = ((1, 1),)
COLOUR = ((2, 2), (1, 1), (1, 1))


def frame(width=100, height=80, sampling=GREY, marker=0xC0, precision=8, count=None):
    parts = b"".join(bytes((number + 1, across << 4 | down, 0)) for number, (across, down) in enumerate(sampling))
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return segment(marker, bytes((precision,)) + size + bytes((len(sampling) if count is None else count,)) + parts)


def jpeg(*segments, scans=1):
    return SOI + b"".join(segments) + SCAN * scans + EOI


def kept(cut):
    return b"".join(cut.parts)


def verdict_of(data):
    with pytest.raises(Unfit) as unfit:
        cut_jpeg(data)
    return unfit.value.verdict


def test_given_the_least_that_is_a_jpeg_when_cut_then_it_is_kept_as_one_piece():
    data = jpeg(frame(123, 45))

    cut = cut_jpeg(data)

    assert (cut.width, cut.height, cut.orientation, cut.remake) == (123, 45, 1, False)
    assert (len(cut.parts), kept(cut)) == (1, data)


def test_given_fill_bytes_before_a_marker_when_cut_then_they_are_passed_by():
    cut = cut_jpeg(SOI + b"\xff\xff" + frame() + b"\xff" + SCAN + EOI)

    assert kept(cut) == jpeg(frame())


@pytest.mark.parametrize(
    "data",
    [
        SOI + frame() + EOI,
        SOI + SCAN + EOI,
        SOI + EOI,
        SOI,
        SOI + frame() + SCAN,
        SOI + frame() + SCAN[:8],
        SOI + frame() + segment(0xDA, b"\x01") + b"\x11" * 50,
        SOI + b"\x00" + frame() + SCAN + EOI,
        SOI + frame() + b"junk" + SCAN + EOI,
        SOI + SOI + frame() + SCAN + EOI,
        SOI + b"\xff\xd0" + frame() + SCAN + EOI,
        SOI + b"\xff\x01\x00\x02" + frame() + SCAN + EOI,
        SOI + b"\xff\xbf\x00\x02" + frame() + SCAN + EOI,
        SOI + b"\xff\xd0\x00\x04ab" + frame() + SCAN + EOI,
        SOI + b"\xff\xd8\x00\x04ab" + frame() + SCAN + EOI,
        jpeg(segment(0xC0, b"\x08\x00\x10\x00\x10")),
        SOI + b"\xff\xe5\x00\x01" + frame() + SCAN + EOI,
        SOI + b"\xff\xe5\xff\xff" + frame() + SCAN + EOI,
        SOI + frame() + b"\xff\xda\x00\x00\x12\x34" + EOI,
        jpeg(frame(), frame()),
        jpeg(segment(0xC0, b"\x08\x00\x10\x00")),
        jpeg(frame(count=2)),
        jpeg(frame(sampling=COLOUR, count=4)),
        jpeg(frame(sampling=((1, 1), (1, 1)))),
        jpeg(frame(sampling=((0, 1),))),
        jpeg(frame(sampling=((1, 0),))),
        jpeg(frame(sampling=((5, 1),))),
        jpeg(frame(sampling=((1, 5),))),
        jpeg(frame(sampling=((1, 1), (1, 1), (5, 1)))),
        jpeg(frame(0, 10)),
        jpeg(frame(10, 0)),
    ],
)
def test_given_a_jpeg_out_of_order_when_cut_then_it_is_damaged(data):
    found = verdict_of(data)

    assert found is Verdict.DAMAGED


@pytest.mark.parametrize("factor", [1, 2, 3, 4])
def test_given_every_allowed_sampling_when_cut_then_it_is_taken(factor):
    cut = cut_jpeg(jpeg(frame(sampling=((factor, 1), (1, factor), (1, 1)))))

    assert cut.width == 100


@pytest.mark.parametrize("data", [jpeg(frame(precision=12)), jpeg(frame(marker=0xC9)), jpeg(frame(marker=0xCF))])
def test_given_a_rare_jpeg_when_cut_then_it_is_no_picture_for_us(data):
    found = verdict_of(data)

    assert found is Verdict.NOT_A_PICTURE


def test_given_an_empty_segment_when_cut_then_it_is_dropped():
    cut = cut_jpeg(jpeg(segment(0xE5, b""), frame()))

    assert kept(cut) == jpeg(frame())


def test_given_a_segment_of_many_bytes_when_cut_then_its_whole_length_is_dropped():
    cut = cut_jpeg(jpeg(segment(0xE5, b"words" * 100), frame()))

    assert kept(cut) == jpeg(frame())


def test_given_tables_when_cut_then_they_stay_and_others_go():
    tables = [segment(marker, b"table") for marker in (0xC4, 0xDB, 0xDD)]
    others = [segment(marker, b"other") for marker in (0xC8, 0xCC, 0xDC, 0xDE, 0xDF, 0xEF, 0xF0, 0xFD, 0xFE)]

    cut = cut_jpeg(jpeg(*tables, *others, frame()))

    assert kept(cut) == jpeg(*tables, frame())


def test_given_a_comment_between_scans_when_cut_then_it_goes():
    cut = cut_jpeg(SOI + frame(marker=0xC2) + SCAN + segment(0xFE, b"words") + SCAN + EOI)

    assert kept(cut) == jpeg(frame(marker=0xC2), scans=2)


def test_given_colour_marks_when_cut_then_each_is_kept_once_and_no_longer_than_it_has_to_be():
    adobe = b"Adobe\x00\x64\x00\x00\x00\x00\x01"
    marks = [
        segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\0\0" + b"thumbnail"),
        segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\0\0"),
        segment(0xE0, b"JFXX\0"),
        segment(0xEE, adobe + b"hidden"),
        segment(0xEE, adobe),
    ]

    cut = cut_jpeg(jpeg(*marks, frame()))

    assert kept(cut) == jpeg(PLAIN_JFIF, segment(0xEE, adobe), frame())


def test_given_an_adobe_mark_of_the_least_length_when_cut_then_it_is_kept():
    data = jpeg(segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01"), frame())

    assert kept(cut_jpeg(data)) == data


def test_given_a_byte_behind_the_end_when_cut_then_it_goes():
    cut = cut_jpeg(jpeg(frame()) + b"P")

    assert kept(cut) == jpeg(frame())


@pytest.mark.parametrize("sampling", [GREY, COLOUR])
def test_given_bytes_behind_the_last_component_when_cut_then_they_are_no_sampling(sampling):
    whole = frame(sampling=sampling)
    longer = whole[:3] + bytes((whole[3] + 3,)) + whole[4:] + b"\x02\xff\x00"

    cut = cut_jpeg(jpeg(longer))

    assert cut.width == 100


@pytest.mark.parametrize("content", [b"Adobe\x00\x64\x00\x00\x00\x00", b"Photoshop...", b"JFIF\0......."])
def test_given_what_only_looks_like_adobe_when_cut_then_it_goes(content):
    cut = cut_jpeg(jpeg(segment(0xEE, content), frame()))

    assert kept(cut) == jpeg(frame())


def test_given_adobe_in_the_place_of_jfif_when_cut_then_it_goes():
    cut = cut_jpeg(jpeg(segment(0xE0, b"Adobe\x00\x64\x00\x00\x00\x00\x01"), frame()))

    assert kept(cut) == jpeg(frame())


def test_given_two_exif_segments_when_cut_then_the_first_turned_one_counts():
    cut = cut_jpeg(jpeg(segment(0xE1, exif(1)), segment(0xE1, exif(6)), segment(0xE1, exif(3)), frame()))

    assert cut.orientation == 6


def test_given_an_orientation_outside_exif_when_cut_then_it_does_not_count():
    cut = cut_jpeg(jpeg(segment(0xE2, exif(6)), segment(0xFE, exif(6)), frame()))

    assert cut.orientation == 1


@pytest.mark.parametrize(
    ("width", "height", "sampling", "marker", "scans", "taken"),
    [
        (8000, 5000, COLOUR, 0xC0, 1, True),
        (8000, 5001, COLOUR, 0xC0, 1, False),
        (8000, 5000, ((1, 1), (1, 1), (1, 1)), 0xC0, 1, True),
        (16_384, 100, GREY, 0xC0, 1, True),
        (16_385, 100, GREY, 0xC0, 1, False),
        (100, 16_385, GREY, 0xC0, 1, False),
        # Held whole: two bytes a sample, 160 MB at most; 4:2:0 has one and a half samples a pixel.
        (8000, 5000, COLOUR, 0xC2, 1, True),
        (8000, 5000, ((1, 1), (1, 1), (1, 1)), 0xC2, 1, False),
        (5000, 5333, ((1, 1), (1, 1), (1, 1)), 0xC2, 1, True),
        (5000, 5334, ((1, 1), (1, 1), (1, 1)), 0xC2, 1, False),
        (5000, 5334, ((1, 1), (1, 1), (1, 1)), 0xC0, 2, False),
        # Gone through once a scan: 600 million samples in all.
        (8000, 5000, COLOUR, 0xC2, 10, True),
        (8000, 5000, COLOUR, 0xC2, 11, False),
        (6000, 2000, ((4, 2), (1, 1), (2, 2)), 0xC2, 30, True),
        (6000, 2000, ((4, 2), (1, 1), (2, 2)), 0xC2, 31, False),
        (100, 80, GREY, 0xC2, MAX_SCANS, True),
        (100, 80, GREY, 0xC2, MAX_SCANS + 1, False),
        (100, 80, GREY, 0xC0, MAX_SCANS + 1, False),
    ],
)
def test_given_a_size_and_scans_when_cut_then_the_caps_are_exact(width, height, sampling, marker, scans, taken):
    data = jpeg(frame(width, height, sampling, marker), scans=scans)

    found = verdict_on(cut_jpeg, data)

    assert found is (None if taken else Verdict.TOO_MANY_PIXELS)


@pytest.mark.parametrize(
    ("sampling", "scans", "remake"),
    [(COLOUR, USUAL_SCANS, False), (COLOUR, USUAL_SCANS + 1, True), (((1, 1),) * 4, 1, True), (GREY, 1, False)],
)
def test_given_many_scans_or_four_colours_when_cut_then_a_plainer_one_is_asked_for(sampling, scans, remake):
    cut = cut_jpeg(jpeg(frame(sampling=sampling, marker=0xC2), scans=scans))

    assert cut.remake is remake


def test_given_the_most_segments_when_cut_then_one_more_is_too_many():
    fill = [segment(0xFE, b"")] * (MAX_SEGMENTS - 3)

    cut = cut_jpeg(jpeg(*fill, frame()))

    assert kept(cut) == jpeg(frame())
    assert verdict_of(jpeg(segment(0xFE, b""), *fill, frame())) is Verdict.DAMAGED
