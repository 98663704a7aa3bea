"""Sheets as Word files: a template made from the form's fields, or one of the organisation's own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from lxml import etree

from app.refusals import Invalid
from app.reports.rules_forms import GENERAL, LAYOUTS, Form, Sheet
from app.reports.rules_templates import NOT_WORD, FormEnvironment, check_package, names_in
from app.reports.sheets_word_own import own_template
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
