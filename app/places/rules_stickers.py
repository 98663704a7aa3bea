"""A foreign code found by the scanner, as plain data; shown in letters that cannot deceive."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sticker:
    """What the phone says: the scanned `text`, the `place` in words, `near` the label scanned last before."""

    id: str
    text: str
    place: str
    near: str | None
    seen_at: datetime | None


@dataclass(frozen=True)
class StickerLine:
    """A report as the office reads it; `point` is that of the label scanned last before."""

    id: str
    text: str
    place: str
    point: str | None
    seen_at: datetime | None
    received_at: datetime
    by: str
    handled_at: datetime | None
    handled_by: str | None

    @property
    def plain(self) -> str:
        """The text with everything but plain letters written out: look-alikes and marks of direction become visible."""
        return "".join(sign if sign.isascii() else ascii(sign)[1:-1] for sign in self.text)
