"""The embedded typeface: which characters print, how wide they are, how a name is fitted into its room."""

import math
import threading
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import ttfonts

MM_PER_PT = 25.4 / 72
FONT_FILE = Path(__file__).with_name("fonts") / "NotoSansSC-Regular.ttf"
# The parser keeps a read position in the one loaded font, so that documents are written one after the other.
WRITING = threading.Lock()
_NOT_AT_LINE_START = set("）)】》」』、，。：；！？·,.:;!?%”’-—")
_NOT_AT_LINE_END = set("（(【《「『“‘")
_ELLIPSIS = "…"
_UNPRINTABLE = "〓"
# Chinese keyboards type the wide space; the typeface draws neither it nor its like.
_SPACES = frozenset("\t\u00a0\u2002\u2003\u2009\u202f\u3000")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text in its lines and the size, in points, at which they fit."""

    lines: tuple[str, ...]
    size_pt: float


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """Which characters the bytes of a subset stand for, so that names can be searched and copied.

    reportlab 5.1 writes characters beyond U+FFFF as five hex digits and one block of 256, which readers cut off;
    to be removed when it writes UTF-16 there.
    """
    entries = [f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def\n"
        f"/CMapName /{font_name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode


@lru_cache(maxsize=1)
def font() -> ttfonts.TTFont:
    """Noto Sans SC, loaded once a process."""
    return ttfonts.TTFont("DabiaoNotoSansSC", str(FONT_FILE))


def width_mm(text: str, size_pt: float) -> float:
    """Set width of a line."""
    return _width_per_pt(text) * size_pt


@lru_cache(maxsize=8192)
def _width_per_pt(text: str) -> float:
    return float(font().stringWidth(text, 1000.0)) / 1000 * MM_PER_PT


def missing(text: str) -> list[str]:
    """Characters of `text` that cannot be printed, each once: not in the typeface, or invisible."""
    known = font().face.charToGlyph
    return list(dict.fromkeys(c for c in text if ord(c) not in known or not c.isprintable()))


def printable(text: str) -> str:
    """What is missing shown as 〓, and spaces of any width as plain ones; line ends stay."""
    plain = "".join(" " if each in _SPACES else each for each in text.replace("\r", ""))
    unknown = set(missing(plain.replace("\n", "")))
    return "".join(_UNPRINTABLE if each in unknown else each for each in plain)


@lru_cache(maxsize=4096)
def fit(text: str, width: float, height: float, size_pt: float, least_pt: float, lines: int = 4) -> Fitted:
    """The largest setting of `text` within `width` x `height` millimetres.

    One line while it keeps four fifths of the full size, else two even ones, more only where two are too small to read;
    below `least_pt` the end is cut and shown as cut.
    """
    settings = [_sized((text,), width, height, size_pt)]
    if lines > 1 and settings[0].size_pt < size_pt * 0.8:
        settings.append(_sized(_halves(text), width, height, size_pt))
    if lines > 2 and settings[-1].size_pt < size_pt * 0.5:
        settings += [_filled(text, count, width, height, size_pt) for count in range(3, lines + 1)]
    best = max(settings, key=lambda setting: setting.size_pt)
    return best if best.size_pt >= least_pt else _cut(best.lines, width, height, least_pt)


def line_height_mm(size_pt: float) -> float:
    """Distance of baselines in a block of lines."""
    return size_pt * MM_PER_PT * 1.22


def _sized(lines: tuple[str, ...], width: float, height: float, size_pt: float) -> Fitted:
    widest = max(width_mm(line, 1.0) for line in lines)
    by_width = width / widest if widest else size_pt
    by_height = height / (len(lines) * line_height_mm(1.0))
    return Fitted(lines, math.floor(min(size_pt, by_width, by_height) * 20) / 20)


def _filled(text: str, count: int, width: float, height: float, size_pt: float) -> Fitted:
    """`count` lines, each filled before the next begins, at the largest size that fits."""
    size = _sized(("",) * count, width, height, size_pt).size_pt
    while size > 1.0:
        lines = _wrapped(_words(text), width, size)
        if len(lines) <= count and max(width_mm(line, size) for line in lines) <= width:
            return Fitted(lines, size)
        size -= 0.25
    return Fitted((text,), 0.0)


def _wrapped(words: list[str], width: float, size_pt: float) -> tuple[str, ...]:
    lines = [""]
    for word in words:
        if lines[-1] and width_mm(lines[-1] + word, size_pt) > width:
            lines.append("")
        lines[-1] += word
    return tuple(line.strip() for line in lines)


def _halves(text: str) -> tuple[str, ...]:
    """The text in two lines of nearly the same width, broken where Chinese typesetting allows it."""
    words = _words(text)
    splits = [("".join(words[:at]).rstrip(), "".join(words[at:]).lstrip()) for at in range(1, len(words))]
    if not splits:
        middle = len(text) // 2
        return (text[:middle], text[middle:]) if middle else (text,)
    return min(splits, key=lambda pair: max(width_mm(line, 1.0) for line in pair))


def _words(text: str) -> list[str]:
    """Pieces that stay together: Latin words and numbers whole, no bracket or stop on the wrong end of a line."""
    pieces: list[str] = []
    for latin, run in groupby(text, key=lambda c: c.isascii() and c != " "):
        together = "".join(run)
        pieces += [together] if latin else together
    words: list[str] = []
    for piece in pieces:
        if words and (piece[0] in _NOT_AT_LINE_START or words[-1][-1] in _NOT_AT_LINE_END):
            words[-1] += piece
        else:
            words.append(piece)
    return words


def _cut(lines: tuple[str, ...], width: float, height: float, size_pt: float) -> Fitted:
    size_pt = min(size_pt, _sized(("",) * len(lines), width, height, size_pt).size_pt)
    joined = "".join(lines)
    fitted: list[str] = []
    for last in [False] * (len(lines) - 1) + [True]:
        tail = _ELLIPSIS if last and width_mm(joined, size_pt) > width else ""
        end = len(joined)
        while end and width_mm(joined[:end] + tail, size_pt) > width:
            end -= 1
        fitted.append(joined[:end] + tail)
        joined = joined[end:]
    return Fitted(tuple(fitted), size_pt)
