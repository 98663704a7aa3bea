"""A table from the clipboard as rows of cells: HTML of Word and Excel with merged cells, or lines with tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

MAX_CHARACTERS = 2_000_000
MAX_ROWS = 200
MAX_COLUMNS = 30
MAX_CELL = 2000
_SPACE = re.compile(r"\s+")
_SILENT = ("script", "style", "head", "title", "noscript", "template")
_BREAKS = ("br", "p", "div", "li", "tr")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell; `spans`: it is one piece of a cell that was merged over several rows."""

    text: str
    spans: bool = False


class TooManyRows(ValueError):
    """More rows than a standard can have steps."""


def grid_of(html: str, text: str) -> list[list[Cell]]:
    """The rows of the table; of the plain text where the HTML has no table. Raises TooManyRows."""
    rows = _rows_of_html(html[:MAX_CHARACTERS]) if "<t" in html.lower() else []
    return rows or _rows_of_text(text[:MAX_CHARACTERS])


def clean(text: str) -> str:
    """On one line, without characters that nobody sees, and not endless."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return _SPACE.sub(" ", seen).strip()[:MAX_CELL]


def _rows_of_text(text: str) -> list[list[Cell]]:
    """Excel puts quotes around a cell with a line break in it."""
    rows = []
    csv.field_size_limit(MAX_CHARACTERS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for row in csv.reader(io.StringIO(lines), delimiter="\t", strict=False):
        cells = [Cell(clean(cell)) for cell in row[:MAX_COLUMNS]]
        if any(cell.text for cell in cells):
            rows.append(cells)
        if len(rows) > MAX_ROWS:
            raise TooManyRows
    return rows


def _rows_of_html(html: str) -> list[list[Cell]]:
    reader = _Tables()
    reader.feed(html)
    reader.close()
    rows = [row for row in _spread(reader.rows) if any(cell.text for cell in row)]
    if len(rows) > MAX_ROWS:
        raise TooManyRows
    return rows


@dataclass(slots=True)
class _Raw:
    """A cell as it stands in the HTML."""

    down: int
    across: int
    words: list[str] = field(default_factory=list)


class _Tables(HTMLParser):
    """Gathers the rows of the outer tables; a table inside a cell is words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Raw]] = []
        self._depth = self._silent = 0
        self._cell: _Raw | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            if len(self.rows) > MAX_ROWS:
                raise TooManyRows
            self.rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin(dict(attrs))
        elif tag in _BREAKS and self._cell is not None:
            self._cell.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.words.append(data)

    def _begin(self, given: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        self._cell = _Raw(_span(given.get("rowspan"), MAX_ROWS), _span(given.get("colspan"), MAX_COLUMNS))
        if len(self.rows[-1]) < MAX_COLUMNS:
            self.rows[-1].append(self._cell)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _spread(rows: Sequence[Sequence[_Raw]]) -> Iterator[list[Cell]]:
    """Merged cells stand in every row and column that they cover."""
    below: dict[int, tuple[int, Cell]] = {}
    for raw_row in rows:
        cells: list[Cell] = []
        waiting = list(raw_row)
        while len(cells) < MAX_COLUMNS and (waiting or len(cells) in below):
            at = len(cells)
            if at in below:
                left, cell = below.pop(at)
                cells.append(cell)
                if left > 1:
                    below[at] = (left - 1, cell)
                continue
            raw = waiting.pop(0)
            cell = Cell(clean("".join(raw.words)), raw.down > 1)
            for across in range(at, min(at + raw.across, MAX_COLUMNS)):
                cells.append(cell if across == at else Cell("", cell.spans))
                if raw.down > 1:
                    below[across] = (raw.down - 1, cells[-1])
        yield cells
