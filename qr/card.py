"""Cards for people and the slips that go with them -> a PDF of cards at their real size, the slips on pages behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qr import marks, sheet, symbol, typeface
from qr.marks import INK, INK_2, PAPER, Box, Code, Mark, Text
from qr.payload import host_of
from qr.stock import CARD, SLIP
from qr.token import card_text, grouped
from qr.typeface import MM_PER_PT, line_height_mm

TITLE = "工牌"
HOW = "扫码 → 输入 PIN → 开始作业"
SLIP_HOW = ("1  扫工牌上的二维码", "2  输入激活码", "3  自己设 4–6 位 PIN")
_BAND_MM = 8.5
_FOOT_MM = 4.5
_PAD_MM = 4.0
_SYMBOL_MM = 30.0
_RADIUS_MM = 3.18
_JADE = "#0b6b5b"
_LINE = "#b9b6ac"


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card: `number` names it without opening anything, `token` opens the sign-in page."""

    token: str
    number: str
    name: str
    account: str
    unit: str

    def printed(self) -> tuple[str, ...]:
        """Every text that the typeface has to know."""
        return (self.name, self.account, self.unit, self.number)


@dataclass(frozen=True, slots=True)
class Slip:
    """The activation code of a card on paper of its own; `until` is read on the wall clock of the site."""

    card: Card
    code: str
    until: datetime


class Unprintable(ValueError):
    """A character that the embedded typeface does not have; names the person and the characters."""

    def __init__(self, name: str, characters: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.characters = tuple(characters)


def cards_pdf(slips: Sequence[Slip], base_url: str) -> bytes:
    """Cards first, their slips on pages of their own behind, in the same order.

    Raises Unprintable, BadCode, and ReadBackFailed when a second library reads something else from a symbol.
    """
    for slip in slips:
        characters = typeface.missing("".join(slip.card.printed()))
        if characters:
            raise Unprintable(slip.card.name, characters)
    symbols = [symbol.make(card_text(base_url, slip.card.token), "Q") for slip in slips]
    symbol.read_back(symbols)
    host = host_of(base_url)
    fronts = [
        card_marks(slip.card, made, CARD.corner(at % CARD.cells), host)
        for at, (slip, made) in enumerate(zip(slips, symbols, strict=True))
    ]
    backs = [slip_marks(slip, SLIP.corner(at % SLIP.cells)) for at, slip in enumerate(slips)]
    return sheet.pages_pdf([*_paged(fronts, CARD.cells), *_paged(backs, SLIP.cells)], TITLE)


def card_marks(card: Card, made: symbol.Symbol, corner: tuple[float, float], host: str) -> list[Mark]:
    """Everything on one card: a band, the symbol on the left, who it belongs to on the right, the token below."""
    left, top = corner
    quiet = marks.quiet_zone_mm(made, _SYMBOL_MM)
    middle = (CARD.cell_height_mm - _BAND_MM - _FOOT_MM - _SYMBOL_MM) / 2
    code = Code(left + quiet, top + _BAND_MM + middle, _SYMBOL_MM, made)
    words = left + _SYMBOL_MM + 2 * quiet
    wide = left + CARD.cell_width_mm - _PAD_MM - words
    foot = top + CARD.cell_height_mm - 2.4
    return [
        *_band(card, left, top),
        code,
        *_person(card, words, code.y, wide),
        Text(words, code.y + _SYMBOL_MM - 4.2, HOW, 6.5, colour=INK_2),
        Text(words, code.y + _SYMBOL_MM - 0.4, f"只认 {host}", _fitted(f"只认 {host}", wide, 6.5), colour=INK_2),
        Text(left + CARD.cell_width_mm / 2, foot, grouped(card.token), 7.5, align="middle"),
        Box(left, top, CARD.cell_width_mm, CARD.cell_height_mm, _RADIUS_MM, _RADIUS_MM, stroke=_LINE),
    ]


def slip_marks(slip: Slip, corner: tuple[float, float]) -> list[Mark]:
    """The code that makes one card work, once; what to do stands beside, who it is for on the left."""
    left, top = corner
    card, right = slip.card, left + SLIP.cell_width_mm
    name = typeface.fit(card.name, 50.0, 8.0, 15.0, 7.0, 1)
    return [
        Text(left + _PAD_MM, top + 10.5, name.lines[0], name.size_pt, True),
        Text(left + _PAD_MM, top + 17.0, f"{card.account} · 卡号 {card.number}", 8.5, colour=INK_2),
        Text(left + _PAD_MM, top + 27.5, "与工牌分开当面交给本人；激活后作废。", 7.5, colour=INK_2),
        Text(left + 88.0, top + 10.5, "激活码", 9.0, colour=INK_2, align="middle"),
        Text(left + 88.0, top + 20.5, slip.code, 24.0, True, align="middle"),
        Text(left + 88.0, top + 27.5, _until(slip.until), 7.5, colour=INK_2, align="middle"),
        *(Text(right - 62.0, top + 10.5 + at * 7.5, line, 10.0) for at, line in enumerate(SLIP_HOW)),
        Box(left, top, SLIP.cell_width_mm, SLIP.cell_height_mm, stroke=_LINE),
    ]


def _band(card: Card, left: float, top: float) -> list[Mark]:
    baseline = top + _BAND_MM / 2 + 1.3
    unit = typeface.fit(card.unit, CARD.cell_width_mm - 32.0, _BAND_MM, 8.5, 4.5, 1)
    return [
        Box(left, top, CARD.cell_width_mm, _BAND_MM, round_top=_RADIUS_MM, fill=_JADE),
        Text(left + _PAD_MM, baseline, f"码上达标 {TITLE}", 9.0, True, PAPER),
        Text(left + CARD.cell_width_mm - _PAD_MM, baseline, unit.lines[0], unit.size_pt, False, PAPER, "end"),
    ]


def _person(card: Card, x: float, top: float, wide: float) -> list[Mark]:
    name = typeface.fit(card.name, wide, 13.0, 19.0, 7.0, 2)
    drawn: list[Mark] = []
    y = top + name.size_pt * MM_PER_PT * 0.9
    for line in name.lines:
        drawn.append(Text(x, y, line, name.size_pt, True, INK))
        y += line_height_mm(name.size_pt)
    return [
        *drawn,
        Text(x, y - 0.5, card.account, _fitted(card.account, wide, 11.0)),
        Text(x, y + 4.2, f"卡号 {card.number}", 8.0, colour=INK_2),
    ]


def _until(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M} 前有效"


def _fitted(text: str, wide: float, size_pt: float) -> float:
    """The size at which one line fits."""
    return min(size_pt, size_pt * wide / typeface.width_mm(text, size_pt))


def _paged(cells: Sequence[list[Mark]], a_page: int) -> list[list[Mark]]:
    return [[mark for cell in cells[at : at + a_page] for mark in cell] for at in range(0, len(cells), a_page)]
