"""What a sheet is asked to hold: points, stock and cells, as plain values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.web.words import lazy
from qr.stock import STOCKS, Stock

DISCREET_RISK = 4
STOCK_WORDS = {
    "small": lazy("Small, 3 × 8 on a page"),
    "door": lazy("Door, 2 × 4 on a page"),
    "sign": lazy("Sign, one a page"),
}


@dataclass(frozen=True)
class Order:
    """A sheet to print: `points` by id (empty: all in reach), `skipped` cells of the first page counted from 0."""

    stock: Stock
    points: tuple[str, ...] = ()
    area: str = ""
    skipped: tuple[int, ...] = ()
    errors: Mapping[str, object] = field(default_factory=dict)

    @property
    def used_up(self) -> int:
        """How many cells from the first on are skipped without a gap; 0 where none is left, all are single then."""
        return next((cell for cell in range(self.stock.cells) if cell not in self.skipped), 0)

    @property
    def single_cells(self) -> frozenset[int]:
        """The skipped cells behind those."""
        return frozenset(self.skipped).difference(range(self.used_up))


def cells_field(stock: Stock) -> str:
    """The name under which the page's grid of this paper sends its ticks: a hidden grid of another paper counts not."""
    return f"cell-{stock.name}"


def stock_named(name: str) -> Stock | None:
    """One of small, door, sign."""
    return STOCKS.get(name)


def cells_fit(skipped: Collection[int], stock: Stock) -> bool:
    """At least one cell of the first page stays free."""
    return set(skipped) < set(range(stock.cells))
