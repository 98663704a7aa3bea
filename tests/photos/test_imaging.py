"""The full decode: upright, plain, small, alike; and what it may cost."""

import json
import subprocess
import sys

import pytest
from PIL import Image

from app.photos.imaging import likeness, make
from app.photos.rules import JPEG, MADE_PX, PNG, THUMB_PX, WEBP, Unfit
from app.photos.rules_bytes import cut_picture
from tests.support import pictures
from tests.support.house import ROOT

MAX_SECONDS = 5
MAX_MEGABYTES = 300


def made_of(data):
    cut = cut_picture(data)
    return make(b"".join(cut.parts), cut.media_type, orientation=cut.orientation, remake=cut.remake)


def corner_of(data, at=(0.25, 0.25)):
    picture = pictures.opened(data).convert("RGB")
    return picture.getpixel((int(picture.width * at[0]), int(picture.height * at[1])))


def is_red(colour):
    return colour[0] > 150 and colour[1] < 90


@pytest.mark.parametrize("maker", [pictures.jpeg, pictures.png, pictures.webp])
def test_given_an_upright_picture_when_made_then_there_is_a_thumbnail_and_no_derivative(maker):
    made = made_of(maker(1600, 1200))

    thumb = pictures.opened(made.thumb)
    assert made.picture is None
    assert (thumb.format, thumb.size, thumb.mode) == ("JPEG", (THUMB_PX, 240), "RGB")
    assert is_red(corner_of(made.thumb))


@pytest.mark.parametrize("maker", [pictures.jpeg, pictures.png, pictures.webp])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_given_an_orientation_when_made_then_picture_and_thumbnail_stand_upright(maker, orientation):
    upright = pictures.scene(400, 300)
    lying = upright.transpose(pictures.UNDO[orientation])
    data = pictures.saved(lying, maker.__name__.upper(), exif=pictures.exif(orientation))

    made = made_of(data)

    assert pictures.opened(made.picture).size == (400, 300)
    assert (made.width, made.height) == (400, 300)
    assert is_red(corner_of(made.picture))
    assert not is_red(corner_of(made.picture, (0.75, 0.75)))
    assert is_red(corner_of(made.thumb))
    assert not is_red(corner_of(made.thumb, (0.75, 0.75)))


def test_given_a_large_lying_picture_when_made_then_the_derivative_is_shrunk():
    made = made_of(pictures.jpeg(4000, 3000, exif=pictures.exif(6)))

    assert max(pictures.opened(made.picture).size) == MADE_PX


def test_given_cmyk_when_made_then_the_derivative_has_the_colours_of_a_screen():
    made = made_of(pictures.jpeg(mode="CMYK"))

    assert pictures.opened(made.picture).mode == "RGB"
    assert is_red(corner_of(made.picture))


@pytest.mark.parametrize("value", [0, 32_768, 65_535])
def test_given_sixteen_bits_of_grey_when_made_then_the_brightness_stays(value):
    made = made_of(pictures.saved(Image.new("I;16", (400, 300), value), "PNG"))

    assert abs(corner_of(made.picture)[0] - value // 257) <= 2


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L"])
def test_given_other_modes_when_made_then_the_thumbnail_is_plain(mode):
    made = made_of(pictures.png(mode=mode))

    assert pictures.opened(made.thumb).mode == "RGB"


def test_given_a_see_through_picture_when_made_then_it_lies_on_white():
    made = made_of(pictures.saved(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"))

    assert corner_of(made.thumb) == (255, 255, 255)


@pytest.mark.parametrize("width", [1, 2, 9])
def test_given_a_tiny_or_thin_picture_when_made_then_it_is_no_error(width):
    made = made_of(pictures.saved(Image.new("RGB", (width, 3000)), "PNG"))

    assert pictures.opened(made.thumb).size[1] == THUMB_PX


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pictures.png_of_header(500, 500), PNG),
        (pictures.png()[:400] + b"\0" * 60, PNG),
        (pictures.jpeg()[:200] + b"\xff\xd9", JPEG),
        (pictures.jpeg_of_header(900, 900)[:-40], JPEG),
        (pictures.webp()[:60] + b"\0" * 400, WEBP),
        (b"", JPEG),
        (pictures.png(), JPEG),
        (pictures.moving("GIF"), JPEG),
    ],
)
def test_given_what_cannot_be_decoded_when_made_then_it_is_unfit(data, media_type):
    with pytest.raises(Unfit):
        make(data, media_type, orientation=1, remake=False)


def test_given_the_same_scene_saved_worse_when_compared_then_few_bits_differ():
    scene = Image.effect_mandelbrot((800, 600), (-2, -1, 0.6, 1), 60)
    whole, worse = (
        pictures.saved(scene, "JPEG", quality=90),
        pictures.saved(scene.resize((400, 300)), "JPEG", quality=40),
    )

    distance = ((made_of(whole).phash ^ made_of(worse).phash) & (1 << 64) - 1).bit_count()

    assert distance <= 4


def test_given_any_picture_when_its_likeness_is_taken_then_it_fits_a_signed_column():
    rising = Image.linear_gradient("L").rotate(90)

    found = [likeness(rising), likeness(rising.rotate(180))]

    assert all(-(2**63) <= each < 2**63 for each in found)
    assert found[0] != found[1]


COSTLY = {
    "png": lambda: pictures.png_bomb(6320),
    "deep": lambda: pictures.saved(Image.new("I;16", (4000, 3990), 30_000), "PNG"),
    "see-through": lambda: pictures.saved(Image.new("RGBA", (4000, 3990), (9, 9, 9, 9)), "PNG"),
    "scans": lambda: pictures.progressive_bomb(3400, 3000, 50),
    "jpeg": lambda: pictures.saved(Image.effect_noise((7300, 5400), 50), "JPEG"),
    "webp": lambda: pictures.saved(Image.new("RGB", (3500, 3250), "grey"), "WEBP", method=0),
}


@pytest.mark.parametrize("name", COSTLY)
def test_given_the_costliest_picture_let_in_when_made_then_time_and_memory_keep_their_caps(name, tmp_path):
    path = tmp_path / "costly"
    path.write_bytes(COSTLY[name]())

    told = subprocess.run(
        [sys.executable, "-m", "tests.support.costs", str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    cost = json.loads(told.stdout)
    assert cost["seconds"] < MAX_SECONDS
    assert cost["megabytes"] < MAX_MEGABYTES
