"""Sheets as Word files: a template made from the form's fields, or one of the organisation's own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from lxml import etree

from app.refusals import Invalid
from app.reports.rules_forms import GENERAL, LAYOUTS, FieldKind, Form, Layout, Sheet
from app.reports.rules_templates import NOT_WORD, FormEnvironment, check_package, names_in
from app.web.words import lazy

MOST_MADE_BYTES = 10_000_000
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def sheet_word(sheet: Sheet, template: bytes | None, printed_at: str) -> bytes:
    """The sheet as a Word file; without a template from the form's own one."""
    return _rendered(template or own_template(sheet.form), _context(sheet, printed_at))


def check_template(form: Form, body: bytes) -> None:
    """Raises Invalid or TooLarge with a sentence that says what to mend; otherwise the template can be used."""
    check_package(body)
    try:
        sources = list(_sources(body))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as broken:
        raise Invalid(NOT_WORD, fields={"template": NOT_WORD}) from broken
    known = {*GENERAL, *(kind.key for kind in LAYOUTS[form].fields)}
    unknown = sorted(names_in(FormEnvironment(), sources) - known)
    if unknown:
        sentence = lazy(
            "The template names fields that this form does not have: %(names)s", names="、".join(unknown)[:200]
        )
        raise Invalid(sentence, fields={"template": sentence})
    _rendered(body, _context(sample(form), "2026-01-01 00:00"))


def sample(form: Form) -> Sheet:
    """A sheet with the name of each field in it, to try a template."""
    layout = LAYOUTS[form]
    values = {kind.key: kind.label for kind in layout.fields}
    return Sheet(form, "样张", values, [[title for _key, title, _width in layout.columns]] if layout.columns else [])


def own_template(form: Form) -> bytes:
    """A template with every field of the form: what is used unless there is another, and what others start from."""
    layout, document = LAYOUTS[form], Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, "{{ title }}", 16, bold=True)
    after = layout.after or len(layout.fields)
    _fields(document, layout.fields[:after])
    if layout.columns:
        _lines(document, layout)
    _fields(document, layout.fields[after:])
    _run(document.add_paragraph(), "\n" + "　　　　　　".join(f"{who}：" for who in (*layout.signers, "日期")), 10.5)
    _run(document.sections[0].footer.paragraphs[0], "打印于 {{ printed_at }}", 8)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _rendered(template: bytes, context: Mapping[str, Any]) -> bytes:
    """Raises Invalid when the template cannot be filled in."""
    word, out = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    try:
        word.render(dict(context), FormEnvironment(), autoescape=True)
        word.save(out)
    except Invalid:
        raise
    except Exception as broken:  # whatever a file from outside makes the library stumble over
        sentence = lazy("This template cannot be filled in. Start from the form's own template, please.")
        raise Invalid(sentence, fields={"template": sentence}) from broken
    if out.tell() > MOST_MADE_BYTES:
        sentence = lazy("The file made from this template is far too large.")
        raise Invalid(sentence, fields={"template": sentence})
    return out.getvalue()


def _context(sheet: Sheet, printed_at: str) -> dict[str, Any]:
    layout = sheet.layout
    fields = [{"label": kind.label, "value": sheet.value(kind.key), "seed": kind.seed} for kind in layout.fields]
    keys = [key for key, _title, _width in layout.columns]
    lines = [dict(zip(keys, line, strict=True)) for line in sheet.lines]
    named = {kind.key: sheet.value(kind.key) for kind in layout.fields}
    return {**named, "title": layout.title, "printed_at": printed_at, "fields": fields, "lines": lines}


def _sources(body: bytes) -> Iterator[str]:
    """Every text of the file in which tags are read, as the library reads them."""
    word = DocxTemplate(io.BytesIO(body))
    word.render_init()
    yield word.patch_xml(word.get_xml())
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for _key, part in word.get_headers_footers(uri):
            yield word.patch_xml(word.get_part_xml(part))
    for part in word.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield word.patch_xml(part.blob.decode("utf-8"))
    told = word.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(told, name)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)


def _run(paragraph: Any, text: str, size_pt: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size_pt), bold, "SimSun"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")  # noqa: SLF001  the library has no other way to it


def _fields(document: Any, fields: tuple[FieldKind, ...]) -> None:
    if not fields:
        return
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for kind in fields:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(50), Mm(124)
        _run(cells[0].paragraphs[0], kind.label, 10.5, bold=True)
        _run(cells[1].paragraphs[0], f"{{{{ {kind.key} }}}}", 10.5)


def _lines(document: Any, layout: Layout) -> None:
    columns = layout.columns
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    _run(table.rows[1].cells[0].paragraphs[0], "{%tr for line in lines %}", 10.5)
    _run(table.rows[3].cells[0].paragraphs[0], "{%tr endfor %}", 10.5)
    for place, (key, title, width) in enumerate(columns):
        for row in table.rows:
            row.cells[place].width = Mm(width)
        _run(table.rows[0].cells[place].paragraphs[0], title, 10.5, bold=True)
        _run(table.rows[2].cells[place].paragraphs[0], f"{{{{ line.{key} }}}}", 10.5)
