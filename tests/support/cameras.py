"""Clips for the browser's fake camera, drawn from the project's own symbols; JPEG frames in a row are MJPEG."""

import io
from pathlib import Path

from PIL import Image, ImageFilter

from qr.symbol import image, make
from tests.support.pictures import scene

SIZE = (640, 480)


def frame(text: str | None = None, *, angle: float = 7, side: int = 260, size: tuple[int, int] = SIZE) -> Image.Image:
    """What a camera sees: a wall, and on it a label held a little askew; without text the wall alone."""
    wall = scene(*size).convert("RGB")
    if text is not None:
        label = image(make(text), 8).resize((side, side)).convert("RGBA")
        sticker = label.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
        wall.paste(sticker, ((size[0] - sticker.width) // 2, (size[1] - sticker.height) // 2), sticker)
    return wall.filter(ImageFilter.GaussianBlur(0.6))


def clip(path: Path, *texts: str | None, each: int = 3) -> None:
    """A clip of thirty frames a second that shows each text for `each` frames, None for the bare wall; it loops."""
    out = io.BytesIO()
    for number, text in enumerate(texts):
        shown = io.BytesIO()
        frame(text, angle=5 + number % 9).save(shown, "JPEG", quality=88, subsampling="4:2:0")
        out.write(shown.getvalue() * each)
    # In one move: a browser that looks at its cameras just now must not find half a clip.
    fresh = path.with_suffix(".part")
    fresh.write_bytes(out.getvalue())
    fresh.replace(path)
