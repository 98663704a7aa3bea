"""Labels + stock + skipped cells -> a PDF with the mounting list behind; or its first page as a picture."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from reportlab.pdfgen.canvas import Canvas

from qr import symbol, typeface
from qr.calibration import calibration_marks
from qr.label import Imprint, Label, label_marks
from qr.listing import list_pages
from qr.marks import Mark, Pdf, svg
from qr.payload import host_of, symbol_text
from qr.stock import A4_HEIGHT_MM, A4_WIDTH_MM, Stock
from qr.typeface import MM_PER_PT

TITLE = "点位标签"


class Unprintable(ValueError):
    """A character that the embedded typeface does not have; names the label and the character."""

    def __init__(self, label: Label, characters: Sequence[str]) -> None:
        shown = "、".join(f"“{c}” (U+{ord(c):04X})" for c in characters)
        super().__init__(f"{label.name} [{label.code}]: {shown}")
        self.label = label
        self.characters = tuple(characters)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the labels lead: scheme, host and port, and the telephone printed beside."""

    base_url: str
    telephone: str = ""

    @property
    def imprint(self) -> Imprint:
        """What every label prints of it."""
        return Imprint(host_of(self.base_url), self.telephone)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its symbol in its cell; pages and cells count from 0."""

    label: Label
    symbol: symbol.Symbol
    page: int
    cell: int


def sheet_pdf(
    labels: Sequence[Label],
    stock: Stock,
    site: Site,
    skipped: Collection[int] = (),
    *,
    with_list: bool = True,
    verified: bool = True,
) -> bytes:
    """The sheets as PDF, the mounting list behind them.

    `skipped` are cells of the first page that are used up. Raises Unprintable, BadCode, and ReadBackFailed when a
    symbol does not read as what it should say; `verified=False` leaves the reading out, for measurements only.
    """
    placed = place(labels, stock, site, skipped)
    if verified:
        symbol.read_back(item.symbol for item in placed)
    pages = [_sheet(placed, page, stock, site) for page in range(_last_page(placed) + 1)]
    return pages_pdf(pages + (list_pages(placed, stock, site.imprint.host) if with_list else []))


def list_pdf(labels: Sequence[Label], stock: Stock, site: Site, skipped: Collection[int] = ()) -> bytes:
    """The mounting list alone: which code belongs to which point, for plain paper."""
    return pages_pdf(list_pages(place(labels, stock, site, skipped), stock, site.imprint.host))


def calibration_pdf(stock: Stock) -> bytes:
    """One page to be printed at 100 % and held against the label paper and a ruler."""
    return pages_pdf([calibration_marks(stock)])


def preview_svg(labels: Sequence[Label], stock: Stock, site: Site, skipped: Collection[int] = ()) -> str:
    """The first page as an SVG element, drawn from the same marks as the PDF."""
    first = stock.cells - len(set(skipped))
    return svg(_sheet(place(labels[:first], stock, site, skipped), 0, stock, site), A4_WIDTH_MM, A4_HEIGHT_MM, TITLE)


def place(labels: Sequence[Label], stock: Stock, site: Site, skipped: Collection[int] = ()) -> list[Placed]:
    """Every label in its cell, in order. Raises ValueError for skipped cells outside the page or none left."""
    taken = set(skipped)
    if not taken <= set(range(stock.cells)) or len(taken) == stock.cells:
        raise ValueError(f"a {stock.name} page has {stock.cells} cells; at least one must stay free")
    _refuse_unprintable(labels)
    free = ((page, cell) for page in range(len(labels) + 1) for cell in range(stock.cells) if page or cell not in taken)
    level = stock.design.level
    return [
        Placed(label, symbol.make(symbol_text(site.base_url, label.code), level), page, cell)
        for label, (page, cell) in zip(labels, islice(free, len(labels)), strict=True)
    ]


def _refuse_unprintable(labels: Sequence[Label]) -> None:
    for label in labels:
        characters = typeface.missing("".join(label.printed()))
        if characters:
            raise Unprintable(label, characters)


def _last_page(placed: Sequence[Placed]) -> int:
    return max((item.page for item in placed), default=0)


def _sheet(placed: Sequence[Placed], page: int, stock: Stock, site: Site) -> list[Mark]:
    imprint = site.imprint
    return [
        mark
        for item in placed
        if item.page == page
        for mark in label_marks(item.label, item.symbol, stock, item.cell, imprint)
    ]


def pages_pdf(pages: Sequence[Sequence[Mark]], title: str = TITLE) -> bytes:
    """The pages as one file; the same pages give the same bytes."""
    out = BytesIO()
    size = (A4_WIDTH_MM / MM_PER_PT, A4_HEIGHT_MM / MM_PER_PT)
    with typeface.WRITING:
        canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1)
        canvas.setTitle(title)
        pen = Pdf(canvas, A4_HEIGHT_MM)
        for marks in pages:
            pen.draw(marks)
            canvas.showPage()
        canvas.save()
    return out.getvalue()
