"""Draws the demo's photos: each different, 640 px, at most 40 KB, with point, step and time; no real place."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import cos, radians, sin
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from app.demo.pictures_scene import HEIGHT, WIDTH, Scene
from app.demo.pictures_scenes import SCENES, corridor

MOST_BYTES = 40_000
FONT = Path(__file__).resolve().parent.parent.parent / "qr" / "fonts" / "NotoSansSC-Regular.ttf"


@dataclass(frozen=True)
class Subject:
    """What a picture shows: kind of point, its name, the step, the words of the time; `dirty` shows a fault."""

    kind: str
    point: str
    step: str
    stamp: str
    seed: str
    dirty: bool = False


def drawn(subject: Subject) -> bytes:
    """The picture as JPEG; the same subject gives the same bytes."""
    chance = Random(subject.seed)  # noqa: S311  believable, not secret
    image = Image.new("RGB", (WIDTH, HEIGHT), "#d8d8d2")
    SCENES.get(subject.kind, corridor)(Scene(ImageDraw.Draw(image, "RGBA"), chance, subject.step, subject.dirty))
    image = _taken(image, chance)
    _caption(image, subject)
    return _encoded(image)


def _taken(image: Image.Image, chance: Random) -> Image.Image:
    """A hand, a lens and the light of the hour: slightly turned, cropped, brighter or darker, with grain."""
    turn, zoom = radians(chance.uniform(-2.2, 2.2)), 1 / chance.uniform(1.05, 1.12)
    across, down = cos(turn) * zoom, sin(turn) * zoom
    middle = (WIDTH / 2 + chance.randint(-8, 8), HEIGHT / 2 + chance.randint(-6, 6))
    left = middle[0] - across * WIDTH / 2 - down * HEIGHT / 2
    top = middle[1] + down * WIDTH / 2 - across * HEIGHT / 2
    # Nearest neighbour in one step: smoother ways cost ten times as much and four thousand pictures are drawn.
    image = image.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, (across, down, left, -down, across, top))
    light = chance.uniform(0.86, 1.08)
    image = image.point([min(255, int(value * light)) for value in range(256)] * 3)
    grain = Image.frombytes("L", (320, 240), chance.randbytes(320 * 240)).resize(
        (WIDTH, HEIGHT), Image.Resampling.NEAREST
    )
    return Image.blend(image, grain.convert("RGB"), 0.045)


def _caption(image: Image.Image, subject: Subject) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle((0, HEIGHT - 58, WIDTH, HEIGHT), fill=(16, 26, 30, 190))
    draw.text((14, HEIGHT - 53), f"{subject.point} · {subject.step}", font=_font(22), fill="#ffffff")
    draw.text((14, HEIGHT - 25), subject.stamp, font=_font(16), fill="#cfe6df")


def _encoded(image: Image.Image) -> bytes:
    for quality in (74, 62, 50, 38):
        out = BytesIO()
        image.save(out, "JPEG", quality=quality)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)
