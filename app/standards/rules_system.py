"""The system of standards (rules LC-9): how many stand where, and its structure as boxes of a picture; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.standards.rules_numbers import FUNCTIONS, ITEMS, read

WIDE, LINE_HIGH, GAP = 1000, 34, 8
COLUMNS = ((20, 180), (250, 260), (570, 410))
STANDINGS = ("effective", "trial", "published", "comment", "superseded", "abolished", "converted")


@dataclass(frozen=True, slots=True)
class Member:
    """A standard as the system counts it: its number without year and where its edition stands."""

    code: str
    status: str


@dataclass(frozen=True, slots=True)
class Count:
    """A line of the statistics: an item or function with its standards by state."""

    key: str
    name: object
    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the chart; `x`, `y` are its upper left corner, `parent_y` the middle of the box it hangs on."""

    text: object
    note: str
    x: int
    y: int
    width: int
    level: int
    parent: tuple[int, int] | None = None

    @property
    def middle(self) -> int:
        """Where lines arrive."""
        return self.y + LINE_HIGH // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """The structure chart (体系结构图)."""

    boxes: tuple[Box, ...]
    width: int
    height: int


def counts(members: Sequence[Member]) -> list[Count]:
    """By item where items are named, else by function, in number order; functions without standards stand there too."""
    found: dict[str, Counter[str]] = {key: Counter() for key in (*FUNCTIONS, *ITEMS)}
    for each in members:
        number = read(each.code)
        if number is not None:
            key = number.function + number.item
            found.setdefault(key, Counter())[each.status] += 1
    named = {**FUNCTIONS, **ITEMS}
    split = {key[:2] for key in found if len(key) > 2}
    return [Count(key, named.get(key, key), found[key]) for key in sorted(found) if found[key] or key not in split]


def chart(root: str, members: Sequence[Member]) -> Chart:
    """The system from left to right: the whole, the functions, their items with how many standards each has."""
    lines = counts(members)
    boxes: list[Box] = []
    y = GAP
    for function, name in FUNCTIONS.items():
        items = [each for each in lines if len(each.key) > 2 and each.key.startswith(function)]
        first = y
        for item in items or [None]:  # type: ignore[list-item]
            if item is not None:
                boxes.append(Box(item.name, f"{item.key}  ({item.total})", COLUMNS[2][0], y, COLUMNS[2][1], 2))
            y += LINE_HIGH + GAP
        middle = (first + y - GAP - LINE_HIGH) // 2
        x, width = COLUMNS[1]
        total = sum(each.total for each in lines if each.key.startswith(function))
        boxes = [*_hung(boxes, first, y, (x + width, middle)), Box(name, f"{function}  ({total})", x, middle, width, 1)]
    middle = (y - LINE_HIGH) // 2
    x, width = COLUMNS[0]
    boxes = [_on(each, (x + width, middle)) if each.level == 1 else each for each in boxes]
    return Chart((*boxes, Box(root, "", x, middle, width, 0)), WIDE, y)


def _hung(boxes: Sequence[Box], first: int, last: int, parent: tuple[int, int]) -> list[Box]:
    return [_on(each, parent) if each.level == 2 and first <= each.y < last else each for each in boxes]


def _on(box: Box, parent: tuple[int, int]) -> Box:
    return Box(box.text, box.note, box.x, box.y, box.width, box.level, (parent[0], parent[1] + LINE_HIGH // 2))
