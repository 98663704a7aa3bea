"""Label stocks as data: page, rows, columns, gaps and margins in millimetres, and how a label is arranged on a cell."""

from dataclasses import dataclass

A4_WIDTH_MM = 210.0
A4_HEIGHT_MM = 297.0


@dataclass(frozen=True, slots=True)
class Design:
    """The arrangement inside a cell; lengths in millimetres, `_pt` in points.

    `symbol_mm` is the side of the symbol without its quiet zone; a lower cell makes it smaller, never the quiet zone.
    """

    beside: bool
    inset_mm: float
    radius_mm: float
    band_mm: float
    symbol_mm: float
    level: str
    band_pt: float
    name_pt: float
    point_pt: float
    code_pt: float
    line_pt: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells on an A4 page; the pitch runs from the left (upper) edge of a cell to that of the next."""

    name: str
    columns: int
    rows: int
    cell_width_mm: float
    cell_height_mm: float
    left_mm: float
    top_mm: float
    pitch_x_mm: float
    pitch_y_mm: float

    @property
    def cells(self) -> int:
        """Cells a page."""
        return self.columns * self.rows

    def corner(self, cell: int) -> tuple[float, float]:
        """Left and top of a cell in millimetres from the upper left of the page; cells count from 0, row by row."""
        row, column = divmod(cell, self.columns)
        return self.left_mm + column * self.pitch_x_mm, self.top_mm + row * self.pitch_y_mm


@dataclass(frozen=True, slots=True)
class Stock(Grid):
    """Label paper: its grid, what people call it, and how a label is arranged on a cell."""

    title: str
    design: Design


# Cards of the size of a bank card (ISO/IEC 7810 ID-1), to be cut out or on punched paper 2×5; their slips to be cut.
CARD = Grid("card", 2, 5, 85.6, 54.0, 14.4, 13.5, 95.6, 54.0)
SLIP = Grid("slip", 1, 8, 182.0, 34.0, 14.0, 12.5, 182.0, 34.0)
STOCKS = {
    stock.name: stock
    for stock in (
        Stock(
            name="small",
            title="小标签 3×8（64×33.9 mm）",
            columns=3,
            rows=8,
            cell_width_mm=64.0,
            cell_height_mm=33.9,
            left_mm=6.97,
            top_mm=12.9,
            pitch_x_mm=66.04,
            pitch_y_mm=33.9,
            design=Design(
                beside=True,
                inset_mm=0.8,
                radius_mm=1.8,
                band_mm=5.2,
                symbol_mm=21.0,
                level="Q",
                band_pt=8.0,
                name_pt=12.0,
                point_pt=6.5,
                code_pt=9.5,
                line_pt=6.5,
            ),
        ),
        Stock(
            name="door",
            title="门牌标签 2×4（99.1×67.7 mm）",
            columns=2,
            rows=4,
            cell_width_mm=99.1,
            cell_height_mm=67.7,
            left_mm=4.65,
            top_mm=13.1,
            pitch_x_mm=101.6,
            pitch_y_mm=67.7,
            design=Design(
                beside=True,
                inset_mm=1.5,
                radius_mm=3.5,
                band_mm=9.5,
                symbol_mm=41.0,
                level="Q",
                band_pt=13.0,
                name_pt=20.0,
                point_pt=10.0,
                code_pt=15.0,
                line_pt=9.5,
            ),
        ),
        Stock(
            name="sign",
            title="立牌 每页一张（A4）",
            columns=1,
            rows=1,
            cell_width_mm=180.0,
            cell_height_mm=257.0,
            left_mm=15.0,
            top_mm=20.0,
            pitch_x_mm=180.0,
            pitch_y_mm=257.0,
            design=Design(
                beside=False,
                inset_mm=0.0,
                radius_mm=8.0,
                band_mm=26.0,
                symbol_mm=112.0,
                level="H",
                band_pt=34.0,
                name_pt=50.0,
                point_pt=20.0,
                code_pt=34.0,
                line_pt=21.0,
            ),
        ),
    )
}
