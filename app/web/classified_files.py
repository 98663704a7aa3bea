"""Words inside files that are sent in: workbooks, Word files, PDFs, lists and packs; pictures are not read."""

import html
import re
import zipfile
from typing import IO

from app.web import classified_pdf

MOST_TEXT = 2_000_000
MOST_UNPACKED = 8_000_000
MOST_PARTS = 200
_PARTS = re.compile(r"(xl/(sharedStrings|worksheets/[^/]+|comments\d*)|word/[^/]+|docProps/(core|app))\.xml")
# Where a cell or a paragraph ends a word ends too; other tags may stand in the middle of one.
_END = re.compile(r"</(?:si|c|row|text|w:p|w:tc|dc:\w+|\w+:title)>")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def text_in(stream: IO[bytes]) -> str:
    """What can be read cheaply, from the beginning, within bounds; the stream stands at its beginning afterwards."""
    head = stream.read(5)
    stream.seek(0)
    try:
        if head == b"%PDF-":
            return classified_pdf.text_of(stream)
        return _office(stream) if head.startswith(b"PK") else _plain(stream.read(MOST_TEXT))
    finally:
        stream.seek(0)


def _plain(body: bytes) -> str:
    if b"\0" in body:
        return ""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("gb18030", "ignore")
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _office(stream: IO[bytes]) -> str:
    """A file that is none is left to its own page, which refuses it with its own sentence."""
    found, left = [], MOST_UNPACKED
    try:
        with zipfile.ZipFile(stream) as parts:
            named = [each for each in parts.infolist() if _PARTS.fullmatch(each.filename)]
            for each in named[:MOST_PARTS]:
                with parts.open(each) as part:
                    body = part.read(left)
                left -= len(body)
                found.append(_words(body.decode("utf-8", "ignore")))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""
    return "\n".join(found)


def _words(xml: str) -> str:
    return html.unescape(_TAG.sub("", _END.sub("\n\n\n\n", xml)))
