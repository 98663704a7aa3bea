"""Whether a picture of a screen can be told by the stripes that its pixels leave: measured, and left out of the rules.

A screen's pixels beat with the camera's: fine stripes all over the picture. So do grilles, mats and small tiles. The
measure is the height of the highest peak over the middle of the spectrum in the fine periods, along rows and columns.
"""

from __future__ import annotations

from cmath import exp, pi
from collections.abc import Iterator, Sequence
from io import BytesIO
from random import Random
from statistics import fmean, median

from PIL import Image, ImageDraw, ImageFilter

from tools.truth.pictures import encoded, shot

SIDE, LINES, PICTURES = 256, 24, 60
# Periods from 2.2 to 10 pixels.
FINE = range(SIDE // 10, int(SIDE / 2.2))


def lines(seed: int = 1) -> Iterator[str]:
    """Share of screens found when one honest picture in a hundred, in twenty, in ten is."""
    chance = Random(f"screens {seed}")
    plain = sorted(peak(_plain(chance, grille=False)) for _ in range(PICTURES))
    grilles = sorted(peak(_plain(chance, grille=True)) for _ in range(PICTURES))
    screens = {blur: [peak(_screen(chance, blur)) for _ in range(PICTURES)] for blur in (0.3, 0.7, 1.2)}
    yield "| honest pictures flagged | screen, sharp | screen, usual | screen, a little blurred |"
    yield "|---|---|---|---|"
    # Every eighth honest picture shows something with stripes of its own.
    honest = sorted([*plain, *grilles[::8]])
    for share in (0.01, 0.05, 0.1):
        limit = honest[-1 - int(share * len(honest))]
        found = [sum(each > limit for each in peaks) / PICTURES for peaks in screens.values()]
        yield f"| {share:.0%} | " + " | ".join(f"{each:.0%}" for each in found) + " |"


def peak(data: bytes) -> float:
    """The highest fine peak over the median, the greater of rows and columns."""
    grey = Image.open(BytesIO(data)).convert("L")
    grey = grey.crop(
        ((grey.width - SIDE) // 2, (grey.height - SIDE) // 2, (grey.width + SIDE) // 2, (grey.height + SIDE) // 2)
    )
    return max(_peak(grey), _peak(grey.transpose(Image.Transpose.ROTATE_90)))


def _peak(grey: Image.Image) -> float:
    pixels = grey.tobytes()
    power = [0.0] * SIDE
    for line in range(0, SIDE, SIDE // LINES):
        row = pixels[line * SIDE : (line + 1) * SIDE]
        middle = fmean(row)
        for place, value in enumerate(_spectrum([each - middle for each in row])):
            power[place] += abs(value) ** 2
    fine = [power[place] for place in FINE]
    return max(fine) / (median(fine) or 1)


def _spectrum(values: Sequence[complex]) -> list[complex]:
    if len(values) == 1:
        return list(values)
    even, odd = _spectrum(values[::2]), _spectrum(values[1::2])
    turned = [exp(-2j * pi * place / len(values)) * each for place, each in enumerate(odd)]
    return [a + b for a, b in zip(even, turned, strict=True)] + [a - b for a, b in zip(even, turned, strict=True)]


def _plain(chance: Random, *, grille: bool) -> bytes:
    """An honest picture of 640 pixels; a grille, a mat or small tiles have a period of their own."""
    image = shot(chance.randrange(500), 0, chance).resize((640, 480), Image.Resampling.BICUBIC)
    if grille:
        pen, period = ImageDraw.Draw(image, "RGBA"), chance.uniform(3, 9)
        for number in range(int(400 / period)):
            x = 120 + number * period
            pen.line((x, 60, x + chance.uniform(-1, 1), 420), fill=(20, 20, 20, chance.randint(60, 160)), width=1)
    return encoded(_noisy(image, chance), chance.randint(72, 86))


def _screen(chance: Random, blur: float) -> bytes:
    """A picture shown on a screen of red, green and blue stripes, taken by hand from a little aside."""
    shown = shot(chance.randrange(500), 0, chance).resize((960, 720), Image.Resampling.NEAREST)
    mask = Image.new("RGB", (3, 3))
    for x in range(3):
        for y in range(3):
            mask.putpixel((x, y), tuple(255 if band == x and y < 2 else 90 for band in range(3)))
    grid = Image.new("RGB", shown.size)
    for x in range(0, grid.width, 3):
        grid.paste(mask, (x, 0))
    strip = grid.crop((0, 0, grid.width, 3))
    for y in range(0, grid.height, 3):
        grid.paste(strip, (0, y))
    lit = Image.merge(
        "RGB",
        [
            Image.composite(a, a.point(lambda value: value // 3), b)
            for a, b in zip(shown.split(), grid.split(), strict=True)
        ],
    )
    zoom, turn = chance.uniform(0.9, 1.35), chance.gauss(0, 0.02)
    matrix = (zoom, -turn, chance.uniform(0, 40), turn, zoom, chance.uniform(0, 40))
    lit = lit.filter(ImageFilter.GaussianBlur(blur * zoom))
    return encoded(
        _noisy(lit.transform((640, 480), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR), chance), 80
    )


def _noisy(image: Image.Image, chance: Random) -> Image.Image:
    grain = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    return Image.blend(image, grain.convert("RGB"), 0.04)
