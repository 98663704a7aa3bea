"""The stops of the tour, a file a chapter in tools/stops; read by tools/tour.py and tools/frontend.py.

A stop is `name` (of its picture), `title`, `text`, `path` and, where it differs: `who` signs in (left out: nobody), `desk`
(a wide page), `dark`, `english`, `clicks` (selectors to click before the picture). The number in a file's name is its place.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHAPTERS = Path(__file__).resolve().parent / "stops"


@dataclass(frozen=True)
class Stop:
    """One picture: who looks at which address on what, and the deeds before the picture (selectors to click)."""

    name: str
    title: str
    text: str
    path: str
    who: str | None = None
    desk: bool = False
    clicks: tuple[str, ...] = ()
    dark: bool = False
    english: bool = False


Chapters = tuple[tuple[str, tuple[Stop, ...]], ...]


def chapters(folder: Path = CHAPTERS) -> Chapters:
    """(title, stops) of each file, in the order of their names; TypeError names a key that no stop has."""
    read = [tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))]
    return tuple((each["chapter"], tuple(_stop(one) for one in each["stop"])) for each in read)


def _stop(said: dict[str, Any]) -> Stop:
    return Stop(**{**said, "clicks": tuple(said.get("clicks", ()))})


STOPS = chapters()
