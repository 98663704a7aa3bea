"""What the label page sends -> an order or field errors."""

from collections.abc import Mapping, Sequence

from app.labels.rules import Order, cells_field, cells_fit, stock_named
from app.web.words import lazy
from qr.stock import STOCKS, Stock

Fields = Mapping[str, Sequence[str]]


def parse_order(form: Fields) -> Order:
    """The order from the values of every field; `errors` names what does not hold, nothing is guessed."""
    errors: dict[str, object] = {}
    stock = stock_named(_first(form, "stock", "door"))
    if stock is None:
        errors["stock"] = lazy("Choose one of the label papers.")
        stock = STOCKS["door"]
    skipped = _skipped(form, stock)
    if skipped is None or not cells_fit(skipped, stock):
        errors["skip"] = lazy("At least one label of the first sheet must be free.")
        skipped = ()
    scope = _first(form, "scope")
    points = tuple(form.get("point", ())) if scope == "chosen" else ()
    if scope == "chosen" and not points:
        errors["points"] = lazy("Tick the points that need a label.")
    area = _first(form, "area") if scope == "area" else ""
    return Order(stock, points, area, skipped, errors)


def _first(form: Fields, name: str, default: str = "") -> str:
    return next(iter(form.get(name, ())), default)


def _skipped(form: Fields, stock: Stock) -> tuple[int, ...] | None:
    """`skip` counts used cells from the first on; `cell` and the ticks of the paper's grid name single ones."""
    count, cells = _first(form, "skip").strip() or "0", (*form.get("cell", ()), *form.get(cells_field(stock), ()))
    if not all(number.isascii() and number.isdigit() and len(number) < 4 for number in (count, *cells)):
        return None
    return tuple(sorted({*range(int(count)), *map(int, cells)}))
