"""A page of a PDF as a picture, for forwarding in chats: bytes in, bytes out."""

from __future__ import annotations

import threading
from io import BytesIO

import pypdfium2

POINTS_PER_INCH = 72
# The library is not made for several threads at once.
_DRAWING = threading.Lock()


def page_png(pdf: bytes, dpi: int) -> bytes:
    """The first page as PNG; raises ValueError for what is no PDF."""
    out = BytesIO()
    with _DRAWING:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as broken:
            raise ValueError(str(broken)) from broken
        try:
            document[0].render(scale=dpi / POINTS_PER_INCH).to_pil().save(out, "PNG", optimize=True)
        finally:
            document.close()
    return out.getvalue()
