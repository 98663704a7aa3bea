"""The watermark of a file that leaves: who, when, which number and what for, in Excel, CSV, PDF and Word."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from html import escape

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from qr.typeface import FONT_FILE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT = "DabiaoMark"
_GREY = Color(0.45, 0.45, 0.45)
# What may stand behind the footer of a sheet, in the order of the format (ECMA-376, CT_Worksheet).
_AFTER_FOOTER = re.compile(
    "<(?:rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|"
    "legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)[ />]|</worksheet>"
)
_FOOTER = re.compile("<headerFooter.*?</headerFooter>|<headerFooter[^>]*/>", re.DOTALL)
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
# A footer of Excel holds 255 characters.
_FOOTER_LIMIT = 240


def stamped(body: bytes, mimetype: str, mark: str) -> bytes:
    """The file with the mark; a type that carries none comes back as it was."""
    stamp = _STAMPS.get(mimetype)
    return stamp(body, mark) if stamp else body


def _in_csv(body: bytes, mark: str) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([mark])
    end = b"" if body.endswith(b"\n") else b"\r\n"
    return body + end + line.getvalue().encode()


def _in_workbook(body: bytes, mark: str) -> bytes:
    """A footer on every sheet and a line in the properties of the file; no cell changes, so it can be read in again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if _SHEET.fullmatch(item.filename):
                part = _with_footer(part.decode(), mark).encode()
            elif item.filename == "docProps/core.xml":
                part = _described(part.decode(), mark).encode()
            new.writestr(item, part)
    return out.getvalue()


def _with_footer(sheet: str, mark: str) -> str:
    sheet = _FOOTER.sub("", sheet)
    found = _AFTER_FOOTER.search(sheet, max(sheet.rfind("</sheetData>"), 0))
    if found is None:
        return sheet
    text = escape("&L&8" + mark.replace("&", "&&")[:_FOOTER_LIMIT], quote=False)
    footer = f"<headerFooter><oddFooter>{text}</oddFooter></headerFooter>"
    return sheet[: found.start()] + footer + sheet[found.start() :]


def _described(core: str, mark: str) -> str:
    core = re.sub("<dc:description>.*?</dc:description>|<dc:description/>", "", core, flags=re.DOTALL)
    line = f"<dc:description>{escape(mark, quote=False)}</dc:description>"
    return core.replace("</cp:coreProperties>", f"{line}</cp:coreProperties>")


def _in_pdf(body: bytes, mark: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    overlays: dict[tuple[float, float], bytes] = {}
    for page in writer.pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        overlay = overlays.setdefault(size, _overlay(size, mark))
        page.merge_page(PdfReader(io.BytesIO(overlay)).pages[0])
    writer.add_metadata({"/Subject": mark})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _overlay(size: tuple[float, float], mark: str) -> bytes:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(FONT_FILE)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.setFillColor(_GREY)
    canvas.setFont(_FONT, 6)
    canvas.drawString(14, 8, mark)
    canvas.save()
    return out.getvalue()


def _in_word(body: bytes, mark: str) -> bytes:
    paper = docx.Document(io.BytesIO(body))
    for section in paper.sections:
        section.footer.is_linked_to_previous = False
        section.footer.add_paragraph(mark)
    paper.core_properties.comments = mark[:255]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


_STAMPS: dict[str, Callable[[bytes, str], bytes]] = {
    "text/csv": _in_csv,
    XLSX: _in_workbook,
    "application/pdf": _in_pdf,
    DOCX: _in_word,
}
