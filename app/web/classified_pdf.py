"""Words of a PDF that is sent in: its title and the text of its first pages, within bounds; pictures are not read."""

import struct
import zlib
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 20
MOST_SECONDS = 5.0
MOST_TEXT = 2_000_000
MOST_PAGE_BYTES = 4_000_000
"""Of what draws one page, unpacked; a page above it is drawings, and reading it would take minutes."""
# What a broken or locked file can raise; it is left to its own page, which refuses it with its own sentence.
_BROKEN = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError,
    AssertionError, struct.error, zlib.error,
)  # fmt: skip


class _OutOfTime(Exception):
    """The file takes longer to read than anybody should wait."""


def text_of(stream: IO[bytes]) -> str:
    """The title and the text of the first pages, as far as they can be read in time; "" of a broken file."""
    found: list[str] = []
    try:
        for text in _texts(stream, monotonic() + MOST_SECONDS):
            found.append(text)
            if sum(map(len, found)) > MOST_TEXT:
                break
    except (_OutOfTime, *_BROKEN):
        pass
    return "\n".join(found)[:MOST_TEXT]


def _texts(stream: IO[bytes], until: float) -> Iterator[str]:
    reader = PdfReader(stream)
    yield from (each for each in (reader.metadata or {}).values() if isinstance(each, str))
    for number in range(min(len(reader.pages), MOST_PAGES)):
        yield _text(reader.pages[number], until)


def _text(page: PageObject, until: float) -> str:
    def in_time(*_operand: Any) -> None:
        if monotonic() > until:
            raise _OutOfTime

    in_time()
    drawn = page.get_contents()
    if drawn is None or len(drawn.get_data()) > MOST_PAGE_BYTES:
        return ""
    return page.extract_text(visitor_operand_before=in_time)
