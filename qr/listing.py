"""The mounting list: which code belongs to which point and where it hangs, for the office and not for the wall."""

from collections.abc import Sequence
from typing import Protocol

from qr import typeface
from qr.label import Label
from qr.marks import INK, INK_2, Box, Mark, Text
from qr.payload import display
from qr.stock import A4_HEIGHT_MM, A4_WIDTH_MM, Stock

ROWS_A_PAGE = 34
_LEFT, _TOP, _ROW = 14.0, 34.0, 7.2
_RULE = "#d8d5cb"
_SHADE = "#f6f5f1"
_COLUMNS = (
    ("页-行-列", 0.0, 16.0),
    ("标签码", 17.0, 30.0),
    ("点位编号", 48.0, 30.0),
    ("点位", 79.0, 56.0),
    ("位置", 136.0, 34.0),
)
_DONE = ("已张贴", 171.0)


class OnSheet(Protocol):
    """A label with the page and cell it is printed in."""

    @property
    def label(self) -> Label: ...
    @property
    def page(self) -> int: ...
    @property
    def cell(self) -> int: ...


def list_pages(placed: Sequence[OnSheet], stock: Stock, host: str) -> list[list[Mark]]:
    """Pages of the list, in the order of the sheets."""
    chunks = [placed[at : at + ROWS_A_PAGE] for at in range(0, len(placed), ROWS_A_PAGE)]
    return [_page(chunk, stock, host, number, len(chunks)) for number, chunk in enumerate(chunks, 1)]


def _page(items: Sequence[OnSheet], stock: Stock, host: str, number: int, pages: int) -> list[Mark]:
    right = A4_WIDTH_MM - _LEFT
    drawn: list[Mark] = [
        Text(_LEFT, 20.0, "标签张贴清单", 16.0, True),
        Text(_LEFT, 26.0, f"{stock.title} · 只认 {host} · 仅供办公室使用，请勿张贴", 8.5, colour=INK_2),
        Text(right, 20.0, f"第 {number} 页 共 {pages} 页", 8.5, colour=INK_2, align="end"),
        Text(right, A4_HEIGHT_MM - 12.0, "张贴人：____________  日期：____________", 9.0, colour=INK, align="end"),
    ]
    drawn += [Text(_LEFT + x, _TOP, title, 8.5, True, INK_2) for title, x, _ in _COLUMNS]
    drawn.append(Text(_LEFT + _DONE[1], _TOP, _DONE[0], 8.5, True, INK_2))
    for row, item in enumerate(items):
        drawn += _row(item, stock, _TOP + 2.0 + row * _ROW, shaded=row % 2 == 0)
    return drawn


def _row(item: OnSheet, stock: Stock, top: float, *, shaded: bool) -> list[Mark]:
    label = item.label
    line, column = divmod(item.cell, stock.columns)
    where = f"{item.page + 1}-{line + 1}-{column + 1}"
    texts = (where, display(label.code), label.point, label.name, label.place)
    wide = A4_WIDTH_MM - 2 * _LEFT
    drawn: list[Mark] = [Box(_LEFT - 2, top, wide + 4, _ROW, fill=_SHADE)] if shaded else []
    for (_, x, width), text in zip(_COLUMNS, texts, strict=True):
        fitted = typeface.fit(text, width, _ROW - 0.6, 9.0, 5.0, 2)
        step = typeface.line_height_mm(fitted.size_pt)
        first = top + (_ROW - step * len(fitted.lines)) / 2 + step * 0.78
        drawn += [
            Text(_LEFT + x, first + step * number, part, fitted.size_pt, x == _COLUMNS[1][1])
            for number, part in enumerate(fitted.lines)
        ]
    drawn.append(Box(_LEFT + _DONE[1] + 2.5, top + 1.6, 4.0, 4.0, 0.6, 0.6, stroke=INK_2, line_mm=0.25))
    drawn.append(Box(_LEFT - 2, top + _ROW, wide + 4, 0.0, stroke=_RULE, line_mm=0.15))
    return drawn
