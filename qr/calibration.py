"""The calibration page: rulers in millimetres, a line of 100 mm, corners of the cells, modules of known size."""

from qr.marks import INK, INK_2, PAPER, Box, Code, Mark, Text
from qr.stock import A4_WIDTH_MM, Stock
from qr.symbol import QUIET_MODULES, make

LINE_MM = 100.0
MODULE_SIZES_MM = (0.33, 0.42, 0.5, 0.75, 1.0)
_CORNER = "#9aa5a9"


def calibration_marks(stock: Stock) -> list[Mark]:
    """The page for one stock; every length is exact when printed at 100 %."""
    middle = A4_WIDTH_MM / 2
    return [
        *_cells(stock),
        Box(middle - 60, 76.0, 120.0, 146.0, fill=PAPER),
        *_ruler_across(268.0),
        *_ruler_down(18.0),
        Text(middle, 88.0, "打印校准页", 18.0, True, align="middle"),
        Text(middle, 95.5, stock.title, 10.0, colour=INK_2, align="middle"),
        *_hundred(middle - LINE_MM / 2, 112.0),
        *_advice(middle, 132.0),
        *_modules(middle, 176.0),
    ]


def _advice(middle: float, top: float) -> list[Mark]:
    lines = (
        "1. 打印时选“实际大小”或“100%”，不要选“适合页面”。",
        "2. 用直尺量上面的线：应为 100 mm；不是，请检查打印缩放。",
        "3. 与标签纸叠放对光看：四角标记应落在每枚标签的角上。",
        "4. 用手机扫下面的码：能扫出的最小一格，就是本机可用的最小模块。",
    )
    return [Text(middle - 52, top + row * 6.5, line, 9.5) for row, line in enumerate(lines)]


def _hundred(x: float, y: float) -> list[Mark]:
    ends = [_stroke(x, y - 3, 0, 6, 0.25), _stroke(x + LINE_MM, y - 3, 0, 6, 0.25)]
    return [_stroke(x, y, LINE_MM, 0, 0.25), *ends, Text(x + LINE_MM / 2, y - 1.6, "100 mm", 9.0, True, align="middle")]


def _ruler_across(y: float) -> list[Mark]:
    drawn: list[Mark] = []
    for millimetre in range(30, int(A4_WIDTH_MM) - 9):
        drawn.append(_stroke(millimetre, y, 0, _tick(millimetre), 0.12))
        if millimetre % 10 == 0:
            drawn.append(Text(millimetre, y + 9.0, str(millimetre), 6.5, align="middle"))
    return drawn


def _ruler_down(x: float) -> list[Mark]:
    drawn: list[Mark] = []
    for millimetre in range(10, 261):
        drawn.append(_stroke(x, millimetre, _tick(millimetre), 0, 0.12))
        if millimetre % 10 == 0:
            drawn.append(Text(x + 6.4, millimetre + 0.8, str(millimetre), 6.5))
    return drawn


def _tick(millimetre: int) -> float:
    return 5.0 if millimetre % 10 == 0 else 3.5 if millimetre % 5 == 0 else 2.0


def _cells(stock: Stock) -> list[Mark]:
    """Short strokes at the corners of every cell, for holding the print against the label paper."""
    drawn: list[Mark] = []
    for cell in range(stock.cells):
        left, top = stock.corner(cell)
        for x, inward in ((left, 1), (left + stock.cell_width_mm, -1)):
            for y, down in ((top, 1), (top + stock.cell_height_mm, -1)):
                drawn += [_stroke(x, y, 3.0 * inward, 0, 0.15, _CORNER), _stroke(x, y, 0, 3.0 * down, 0.15, _CORNER)]
    return drawn


def _modules(middle: float, top: float) -> list[Mark]:
    symbols = [(size, make(f"MODULE {size:.2f} MM", "Q")) for size in MODULE_SIZES_MM]
    wide = sum(size * symbol.side_with_quiet_zone for size, symbol in symbols) + 4.0 * (len(symbols) - 1)
    x, drawn = middle - wide / 2, list[Mark]()
    for size, symbol in symbols:
        outer, side = size * symbol.side_with_quiet_zone, size * symbol.size
        drawn.append(Code(x + size * QUIET_MODULES, top + size * QUIET_MODULES, side, symbol))
        drawn.append(Text(x + outer / 2, top + outer + 2.5, f"{size:.2f} mm", 7.5, colour=INK_2, align="middle"))
        x += outer + 4.0
    return drawn


def _stroke(x: float, y: float, across: float, down: float, line_mm: float, colour: str = INK) -> Box:
    return Box(x, y, across, down, stroke=colour, line_mm=line_mm)
