"""Pictures for the simulation: rooms as a phone takes them, and what a cheat does to an old one; real bytes.

Drawn, not photographed: textures, light, hands and compression are plausible, the rooms are invented. What counts is
measured with the product's own likeness hash.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, radians, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.photos.imaging import likeness

WIDTH, HEIGHT = 320, 240
# Rooms of a building look alike: the same basins and doors, placed a little differently.
FAMILIES = 6


@dataclass(frozen=True)
class Hand:
    """How far a hand moves between two pictures of one thing: degrees, shares of the width, of the zoom, of light."""

    turn: float
    shift: float
    zoom: float
    light: float


FREE = Hand(1.5, 0.04, 0.04, 0.12)
STEADY = Hand(0.6, 0.015, 0.015, 0.08)
MOUNTED = Hand(0.0, 0.0, 0.0, 0.05)


@lru_cache(maxsize=64)
def room(point: int, step: int = 0) -> Image.Image:
    """The thing at a point that a step shows: same point and step, same picture; larger than a shot of it."""
    kind, own = Random(f"family {point % FAMILIES} {step}"), Random(f"own {point} {step}")
    image = Image.new("RGB", (800, 600), _colour(kind, 150, 235))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, kind.randint(330, 430), 800, 600), fill=_colour(kind, 90, 190))
    tile = kind.randint(38, 90)
    for x in range(own.randint(0, tile), 800, tile):
        pen.line((x, 0, x, 600), fill=_colour(kind, 120, 180), width=2)
    for _ in range(kind.randint(3, 6)):
        _thing(pen, kind, own, 18)
    for _ in range(own.randint(2, 5)):
        _thing(pen, own, own, 60)
    return image.filter(ImageFilter.GaussianBlur(1.2)).resize((400, 300), Image.Resampling.BOX)


def shot(point: int, step: int, chance: Random, hand: Hand = FREE) -> Image.Image:
    """A new picture of it: another hand, other light, grain, and small things that have moved."""
    image = room(point, step).copy()
    pen = ImageDraw.Draw(image)
    for _ in range(chance.randint(0, 3) if hand is not MOUNTED else 0):
        _moved_thing(pen, chance)
    image = _held(image, chance, hand)
    return _grain(_lit(image, chance, hand.light), chance)


def encoded(image: Image.Image, quality: int = 80) -> bytes:
    """As JPEG, as the phone sends it."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def again(data: bytes, chance: Random, crop: float = 0.0, light: float = 0.0, mirror: bool = False) -> bytes:
    """What a cheat does to an old picture: cut off a border, brighten, mirror, scale, compress anew."""
    image = Image.open(BytesIO(data)).convert("RGB")
    if crop:
        edges = [chance.uniform(0, crop) for _ in range(4)]
        wide, high = image.size
        corner = round(edges[0] * wide), round(edges[1] * high)
        image = image.crop((*corner, round(wide * (1 - edges[2])), round(high * (1 - edges[3]))))
    if mirror:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if light:
        image = _lit(image, chance, light)
    scale = chance.uniform(0.6, 1)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    return encoded(image, chance.randint(55, 85))


def bits_of(data: bytes) -> int:
    """The product's own hash of the bytes, decoded and shrunk as the product does it."""
    picture = Image.open(BytesIO(data))
    picture.thumbnail((640, 640), Image.Resampling.BICUBIC, reducing_gap=1.0)
    return likeness(picture.convert("RGB"))


def _thing(pen: ImageDraw.ImageDraw, kind: Random, own: Random, wobble: int) -> None:
    x, y = kind.randint(30, 650) + own.randint(-wobble, wobble), kind.randint(60, 480) + own.randint(-wobble, wobble)
    box = (x, y, x + kind.randint(60, 240), y + kind.randint(50, 200))
    if kind.random() < 0.5:
        pen.ellipse(box, fill=_colour(kind, 40, 250), outline=_colour(kind, 30, 120))
    else:
        pen.rectangle(box, fill=_colour(kind, 40, 250), outline=_colour(kind, 30, 120))


def _moved_thing(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    """A towel, a bottle, a bag: not there yesterday."""
    x, y = chance.randint(0, 380), chance.randint(40, 280)
    pen.rectangle((x, y, x + chance.randint(8, 22), y + chance.randint(8, 22)), fill=_colour(chance, 40, 250))


def _held(image: Image.Image, chance: Random, hand: Hand) -> Image.Image:
    turn = radians(chance.gauss(0, hand.turn))
    zoom = 1 + chance.gauss(0, hand.zoom)
    middle = 200 + chance.gauss(0, hand.shift) * WIDTH, 150 + chance.gauss(0, hand.shift) * WIDTH
    across, down = cos(turn) * zoom, sin(turn) * zoom
    left = middle[0] - across * WIDTH / 2 + down * HEIGHT / 2
    top = middle[1] - down * WIDTH / 2 - across * HEIGHT / 2
    matrix = (across, -down, left, down, across, top)
    return image.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, matrix, Image.Resampling.NEAREST)


def _lit(image: Image.Image, chance: Random, by: float) -> Image.Image:
    light, gamma = 1 + chance.uniform(-by, by), 1 + chance.uniform(-by, by)
    return image.point([min(255, int(255 * (value / 255) ** gamma * light)) for value in range(256)] * 3)


def _grain(image: Image.Image, chance: Random) -> Image.Image:
    size = (WIDTH // 2, HEIGHT // 2)
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).resize((WIDTH, HEIGHT))
    return Image.blend(image, grain.convert("RGB"), 0.04)


def _colour(chance: Random, low: int, high: int) -> tuple[int, int, int]:
    grey = chance.randint(low, high)
    return tuple(max(0, min(255, grey + chance.randint(-22, 22))) for _ in range(3))  # type: ignore[return-value]
