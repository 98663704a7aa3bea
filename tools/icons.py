"""Draws the icons of the installable app after `app/static/favicon.svg`: `python tools/icons.py`.

The maskable ones fill the square to its edge and keep the tick within the inner 80 %, which every launcher shows.
"""

from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).parents[1] / "app/static/icons"
JADE, WHITE, CLEAR = (11, 107, 91, 255), (255, 255, 255, 255), (0, 0, 0, 0)
# The tick of the favicon on its 32 x 32 field.
TICK, STROKE, CORNER, FIELD = ((8, 17), (13.5, 22.5), (24.5, 11)), 4, 8, 32
OVERSAMPLED = 4


def icon(size_px: int, *, corner: float, tick: float) -> Image.Image:
    """A square icon: `corner` as part of the favicon's rounding, `tick` as part of its size."""
    side = size_px * OVERSAMPLED
    picture = Image.new("RGBA", (side, side), CLEAR)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * CORNER / FIELD * side, fill=JADE)
    places = [tuple(side * (0.5 + tick * (each / FIELD - 0.5)) for each in place) for place in TICK]
    width = side * tick * STROKE / FIELD
    draw.line(places, fill=WHITE, width=round(width), joint="curve")
    for x, y in (places[0], places[-1]):
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=WHITE)
    return picture.resize((size_px, size_px), Image.Resampling.LANCZOS)


def main() -> None:
    """Write all icons, and say which."""
    OUT.mkdir(exist_ok=True)
    for name, size, corner, tick in (
        ("icon-192", 192, 1, 1),
        ("icon-512", 512, 1, 1),
        ("maskable-192", 192, 0, 0.75),
        ("maskable-512", 512, 0, 0.75),
        ("apple-180", 180, 0, 0.85),
    ):
        picture = icon(size, corner=corner, tick=tick)
        # A palette is enough for two colours with soft edges, and a third of the bytes.
        picture.quantize(32, Image.Quantize.FASTOCTREE).save(OUT / f"{name}.png", optimize=True)
        print(f"{name}.png: {size} px, {(OUT / f'{name}.png').stat().st_size} bytes")


if __name__ == "__main__":
    main()
