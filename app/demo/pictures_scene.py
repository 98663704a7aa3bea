"""The pen and the room that every demo scene is drawn with."""

from dataclasses import dataclass
from random import Random
from typing import Any

WIDTH, HEIGHT = 640, 480


@dataclass(frozen=True)
class Scene:
    """A pen (ImageDraw in RGBA), chance, the step's title and whether a fault shows."""

    pen: Any
    chance: Random
    step: str
    dirty: bool

    def room(self, wall: str, floor: str, horizon: int = 300, tile: int = 0) -> None:
        """Wall and floor with light from above, tiled when `tile` is a width in pixels."""
        self.pen.rectangle((0, 0, WIDTH, horizon), fill=wall)
        self.pen.rectangle((0, horizon, WIDTH, HEIGHT), fill=floor)
        if tile:
            for x in range(0, WIDTH, tile):
                self.pen.line((x, 0, x, horizon), fill=(0, 0, 0, 22))
                self.pen.line((320 + (x - 320) * 2.2, HEIGHT, x, horizon), fill=(0, 0, 0, 30))
            for y in range(0, horizon, tile):
                self.pen.line((0, y, WIDTH, y), fill=(0, 0, 0, 22))
            for row in range(6):
                y = horizon + row * row * 6 + row * 6
                self.pen.line((0, y, WIDTH, y), fill=(0, 0, 0, 30))
        glow = self.chance.randint(60, 520)
        for size in range(5):
            self.pen.ellipse((glow - 60 * size, -90, glow + 60 * size, 40 * size), fill=(255, 255, 255, 16))

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: int = 8) -> None:
        """A thing with a soft shadow at its foot."""
        self.pen.ellipse((x - 6, y + height - 8, x + width + 6, y + height + 10), fill=(0, 0, 0, 40))
        self.pen.rounded_rectangle((x, y, x + width, y + height), radius, fill=colour, outline=(0, 0, 0, 60))

    def fault(self) -> None:
        """A puddle and litter where a fault is to be seen."""
        if self.dirty:
            x = self.chance.randint(150, 420)
            self.pen.ellipse((x, 385, x + 130, 415), fill=(110, 92, 60, 150))
            for _ in range(5):
                spot = (x + self.chance.randint(-40, 160), 360 + self.chance.randint(0, 40))
                self.pen.polygon((spot, (spot[0] + 16, spot[1] + 4), (spot[0] + 9, spot[1] + 14)), fill="#e9e4d0")
