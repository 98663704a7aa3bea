"""What the label page sends -> an order or field errors."""

from typing import Protocol

from app.labels.rules import Order, cells_fit, stock_named
from app.web.words import lazy
from qr.stock import STOCKS


class Fields(Protocol):
    """A sent form: one or several values a name."""

    def get(self, name: str, default: str = "", /) -> str: ...
    def getlist(self, name: str, /) -> list[str]: ...


def parse_order(form: Fields) -> Order:
    """The order; `errors` names what does not hold, nothing is guessed."""
    errors: dict[str, object] = {}
    stock = stock_named(form.get("stock", "door"))
    if stock is None:
        errors["stock"] = lazy("Choose one of the label papers.")
        stock = STOCKS["door"]
    skipped = _skipped(form)
    if skipped is None or not cells_fit(skipped, stock):
        errors["skip"] = lazy("At least one label of the first sheet must be free.")
        skipped = ()
    points = tuple(form.getlist("point"))
    if form.get("scope") == "chosen" and not points:
        errors["points"] = lazy("Tick the points that need a label.")
    area = form.get("area", "") if form.get("scope") == "area" else ""
    return Order(stock, points if form.get("scope") == "chosen" else (), area, skipped, errors)


def _skipped(form: Fields) -> tuple[int, ...] | None:
    """`skip` counts used cells from the first on; `cell` names single ones."""
    text = form.get("skip", "").strip() or "0"
    cells = form.getlist("cell")
    if not text.isdigit() or len(text) > 3 or not all(cell.isdigit() and len(cell) < 4 for cell in cells):
        return None
    return tuple(sorted({*range(int(text)), *map(int, cells)}))
