"""Text -> module matrix -> PNG, SVG, terminal; and the way back, by a second library."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import zxingcpp
from PIL import Image
from qrcode import QRCode
from qrcode.base import rs_blocks
from qrcode.util import (
    ALPHA_NUM,
    BIT_LIMIT_TABLE,
    MODE_8BIT_BYTE,
    MODE_ALPHA_NUM,
    BitBuffer,
    create_bytes,
    length_in_bits,
)

QUIET_MODULES = 4
LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}
# Any mask is valid; choosing the best of eight costs 90 % of the time, and every symbol is read back before printing.
MASK = 3
_CHARACTER = {chr(byte): value for value, byte in enumerate(ALPHA_NUM)}
_MODE = {True: MODE_ALPHA_NUM, False: MODE_8BIT_BYTE}
_DARK = re.compile("1+")
_GREY = bytes.maketrans(b"01", b"\xff\x00")
_HALVES = {"00": "█", "01": "▀", "10": "▄", "11": " "}


class ReadBackFailed(RuntimeError):
    """A second library did not read from the symbol what was put into it; nothing is handed out."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol: `size` modules a side, without quiet zone; `rows` of '0' (light) and '1' (dark), top first."""

    text: str
    size: int
    rows: tuple[str, ...]

    @property
    def side_with_quiet_zone(self) -> int:
        """Modules a side, the quiet zone of four on every side included."""
        return self.size + 2 * QUIET_MODULES

    def runs(self) -> list[tuple[int, int, int]]:
        """Dark stretches as (column, row, length), row by row from the top."""
        return [
            (dark.start(), row, dark.end() - dark.start())
            for row, modules in enumerate(self.rows)
            for dark in _DARK.finditer(modules)
        ]


@dataclass(frozen=True, slots=True)
class _Template:
    """One version and level: the symbol of all-zero data and, for every data bit, the modules it flips, as integers."""

    size: int
    capacity: int
    blank: int
    flips: tuple[int, ...]


def make(text: str, level: str = "Q", mask: int = MASK) -> Symbol:
    """The symbol for `text` at a correction level of L, M, Q or H; ValueError when it does not fit version 40."""
    version = _version(text, level)
    template = _template(version, level, mask)
    modules = template.blank
    bits = _bits(text, version, template.capacity)
    for position, bit in enumerate(format(bits, f"0{template.capacity}b")):
        if bit == "1":
            modules ^= template.flips[position]
    size = template.size
    line = format(modules, f"0{size * size}b")
    return Symbol(text, size, tuple(line[at : at + size] for at in range(0, size * size, size)))


def _version(text: str, level: str) -> int:
    mode, length = _MODE[_alphanumeric(text)], len(text.encode())
    content = length * 8 if mode == MODE_8BIT_BYTE else length // 2 * 11 + length % 2 * 6
    for version in range(1, 41):
        if 4 + length_in_bits(mode, version) + content <= BIT_LIMIT_TABLE[LEVELS[level]][version]:
            return version
    raise ValueError(f"{length} characters do not fit a symbol at level {level}")


def _alphanumeric(text: str) -> bool:
    return all(character in _CHARACTER for character in text)


@lru_cache(maxsize=16)
def _template(version: int, level: str, mask: int) -> _Template:
    """Error correction and placement are linear over bits: a symbol is the blank one with the flips of its set bits.

    The tables come from `qrcode` itself and the result equals its own bit by bit, at a thirtieth of the time a symbol.
    """
    capacity = BIT_LIMIT_TABLE[LEVELS[level]][version]
    blocks = rs_blocks(version, LEVELS[level])
    words_in_all = sum(block.total_count for block in blocks)
    blank, opposite = (_drawn(version, level, mask, [word] * words_in_all) for word in (0x00, 0xFF))
    order = _placement(blank, opposite)
    size = len(blank)
    ground = create_bytes(_ground_with_flip(None, capacity), blocks)
    flips = []
    for position in range(capacity):
        words = create_bytes(_ground_with_flip(position, capacity), blocks)
        flips.append(sum(1 << order[bit] for bit in _differing_bits(words, ground)))
    return _Template(size, capacity, int("".join(blank), 2), tuple(flips))


def _ground_with_flip(position: int | None, capacity: int) -> BitBuffer:
    """Data to compare against, with one bit turned over; not zero, because `qrcode` cannot divide a block of zeros."""
    buffer = BitBuffer()
    buffer.buffer = [0xEC] * (capacity // 8)
    if position is not None:
        buffer.buffer[position // 8] ^= 0x80 >> position % 8
    buffer.length = capacity
    return buffer


def _differing_bits(words: list[int], ground: list[int]) -> list[int]:
    pairs = enumerate(zip(words, ground, strict=True))
    return [index * 8 + bit for index, (a, b) in pairs if a != b for bit in range(8) if (a ^ b) & 0x80 >> bit]


def _drawn(version: int, level: str, mask: int, words: list[int]) -> list[str]:
    code = QRCode(version=version, error_correction=LEVELS[level], mask_pattern=mask)
    code.data_cache = words
    code.makeImpl(False, mask)
    return ["".join("1" if module else "0" for module in row) for row in code.modules]


def _placement(blank: list[str], opposite: list[str]) -> list[int]:
    """For every bit of the codewords in order, the place of its module as a power of two (ISO/IEC 18004, 7.7.3).

    A module belongs to the data when it differs between all-zero and all-one codewords.
    """
    size = len(blank)
    order: list[int] = []
    upwards = True
    for pair in range(size - 1, 0, -2):
        right = pair if pair > 6 else pair - 1  # the vertical timing pattern takes column 6
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if blank[row][column] != opposite[row][column]:
                    place = row * size + column
                    order.append(size * size - 1 - place)
        upwards = not upwards
    return order


def _bits(text: str, version: int, capacity: int) -> int:
    alphanumeric = _alphanumeric(text)
    mode: int = _MODE[alphanumeric]
    raw = text.encode()
    length: int = 4 + length_in_bits(mode, version)
    bits = mode << length - 4 | len(raw)
    if alphanumeric:
        for at in range(0, len(text) - 1, 2):
            bits, length = bits << 11 | _CHARACTER[text[at]] * 45 + _CHARACTER[text[at + 1]], length + 11
        if len(text) % 2:
            bits, length = bits << 6 | _CHARACTER[text[-1]], length + 6
    else:
        bits, length = bits << len(raw) * 8 | int.from_bytes(raw, "big"), length + len(raw) * 8
    tail = min(4, capacity - length)
    tail += -(length + tail) % 8
    bits, length = bits << tail, length + tail
    pads = (capacity - length) // 8
    padding = (b"\xec\x11" * (pads // 2 + 1))[:pads]
    return bits << pads * 8 | int.from_bytes(padding, "big")


def read_back(symbols: Iterable[Symbol]) -> None:
    """Reads every symbol with a second library from its modules in memory. Raises ReadBackFailed at a difference."""
    for symbol in symbols:
        found = zxingcpp.read_barcodes(
            image(symbol, 2),
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
            is_pure=True,
        )
        if [barcode.text for barcode in found] != [symbol.text]:
            raise ReadBackFailed(symbol.text)


def image(symbol: Symbol, scale_px: int) -> Image.Image:
    """Grey picture with quiet zone, `scale_px` pixels a module."""
    side = symbol.side_with_quiet_zone
    grey = "".join(_framed(symbol, QUIET_MODULES)).encode().translate(_GREY)
    return Image.frombytes("L", (side, side), grey).resize((side * scale_px, side * scale_px), Image.Resampling.NEAREST)


def png(symbol: Symbol, scale_px: int = 8) -> bytes:
    """PNG file with quiet zone, black on white, one bit a pixel."""
    out = BytesIO()
    image(symbol, scale_px).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def svg_path(symbol: Symbol) -> str:
    """The dark modules as the `d` of one SVG path in module units, quiet zone not included."""
    return "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in symbol.runs())


def svg(symbol: Symbol) -> str:
    """A whole SVG picture with quiet zone, in module units."""
    side = symbol.side_with_quiet_zone
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-QUIET_MODULES} {-QUIET_MODULES} {side} {side}" '
        f'shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M{-QUIET_MODULES} {-QUIET_MODULES}h{side}v{side}h-{side}z"/>'
        f'<path d="{svg_path(symbol)}"/></svg>'
    )


def terminal(text: str) -> str:
    """The symbol in half blocks for a terminal, with explicit colours so that phones read it on any theme."""
    rows = _framed(make(text, "L"), 2)
    if len(rows) % 2:
        rows.append("0" * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ("".join(_HALVES[top + below] for top, below in zip(*pair, strict=True)) for pair in pairs)
    return "\n".join(f"\x1b[40;97m{line}\x1b[0m" for line in lines)


def _framed(symbol: Symbol, quiet: int) -> list[str]:
    margin = "0" * quiet
    blank = ["0" * (symbol.size + 2 * quiet)] * quiet
    return [*blank, *(margin + row + margin for row in symbol.rows), *blank]
