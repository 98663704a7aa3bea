"""A report as a Word file: a template with a place for every text and row, in the faces of an official paper.

Where a computer lacks a face, Word takes its own for it.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate

from app.halfyear.rules_content import ADDENDUM, CHANGES, FACES, FOUND_AT, printed, salutation
from app.halfyear.rules_document import Document, paragraphs, widths_mm
from app.halfyear.rules_paper import Table
from app.reports.rules_templates import FormEnvironment

TITLE, HEADING, TEXT = FACES
TITLE_PT, TEXT_PT, CELL_PT, GRID_PT = 22, 16, 10.5, 9
LINE_PT, INDENT_PT = 28, 32
LATER, LATER_MM, LATER_NUMBERS = ("at", "figure", "was", "now"), (30, 70, 28, 28), (False, False, True, True)


def report_word(document: Document) -> bytes:
    """Texts go in as values of tags: what somebody wrote is never read as a tag."""
    template, out = DocxTemplate(io.BytesIO(template_of(document))), io.BytesIO()
    template.render(_context(document), FormEnvironment(), autoescape=True)
    template.save(out)
    return out.getvalue()


def template_of(document: Document) -> bytes:
    """A template with the headings and tables of this report, and tags where texts and rows go."""
    made = docx.Document()
    _page(made)
    _put(made, "{{ title }}", TITLE, TITLE_PT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _put(made, "{{ subtitle }}", TEXT, TEXT_PT, align=WD_ALIGN_PARAGRAPH.CENTER)
    _put(made, salutation(), TEXT, TEXT_PT)
    _loop(made, "standing", CELL_PT)
    for section in document.sections:
        _put(made, f"{section.number}、{section.heading}", HEADING, TEXT_PT)
        _loop(made, f"text_{section.part}", TEXT_PT, indent=INDENT_PT)
        for table in section.tables:
            _table(made, table, titled=len(section.tables) > 1)
    _loop(made, "signed", TEXT_PT, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _later(made)
    _run(made.sections[0].footer.paragraphs[0], printed("{{ printed_at }}"), TEXT, 9)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _context(document: Document) -> dict[str, Any]:
    named: dict[str, Any] = {
        "title": document.title, "subtitle": document.subtitle, "standing": list(document.standing),
        "signed": list(document.signed), "printed_at": document.printed_at,
    }  # fmt: skip
    for section in document.sections:
        named[f"text_{section.part}"] = paragraphs(section.text)
        for table in section.tables:
            rows = [{f"c{place}": cell.text for place, cell in enumerate(row)} for row in table.rows]
            named |= {
                f"rows_{table.name}": rows,
                f"nothing_{table.name}": table.nothing,
                f"note_{table.name}": table.note,
            }
    named["later"] = [
        {"at": each.at, "figure": figure, "was": was, "now": now}
        for each in document.addenda
        for figure, was, now in each.changes
    ]
    return named


def _table(made: Any, table: Table, *, titled: bool) -> None:
    if titled:
        _put(made, table.title, HEADING, CELL_PT + 1.5)
    _put(made, f"{{%p if rows_{table.name} %}}", TEXT, CELL_PT)
    keys = [f"c{place}" for place in range(len(table.columns))]
    _rows(made, f"rows_{table.name}", list(zip(keys, table.columns, widths_mm(table), table.numbers, strict=True)))
    _put(made, "{%p else %}", TEXT, CELL_PT)
    _put(made, f"{{{{ nothing_{table.name} }}}}", TEXT, CELL_PT)
    _put(made, "{%p endif %}", TEXT, CELL_PT)
    _put(made, f"{{%p if note_{table.name} %}}", TEXT, CELL_PT)
    _put(made, f"{{{{ note_{table.name} }}}}", TEXT, CELL_PT)
    _put(made, "{%p endif %}", TEXT, CELL_PT)


def _later(made: Any) -> None:
    _put(made, "{%p if later %}", TEXT, CELL_PT)
    _put(made, ADDENDUM, HEADING, TEXT_PT)
    _rows(made, "later", list(zip(LATER, (FOUND_AT, *CHANGES), LATER_MM, LATER_NUMBERS, strict=True)))
    _put(made, "{%p endif %}", TEXT, CELL_PT)


def _rows(made: Any, name: str, columns: list[tuple[str, str, float, bool]]) -> None:
    """A table of (key, title, millimetres, whether numbers); its titles stand on each page, no row is torn apart."""
    grid = made.add_table(rows=4, cols=len(columns), style="Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _once(grid.rows[0], "w:tblHeader")
    _once(grid.rows[2], "w:cantSplit")
    _run(grid.rows[1].cells[0].paragraphs[0], f"{{%tr for row in {name} %}}", TEXT, CELL_PT)
    _run(grid.rows[3].cells[0].paragraphs[0], "{%tr endfor %}", TEXT, CELL_PT)
    for place, (key, title, wide_mm, is_number) in enumerate(columns):
        grid.columns[place].width = Mm(wide_mm)
        for row in grid.rows:
            row.cells[place].width = Mm(wide_mm)
        for row, text, face in ((0, title, HEADING), (2, f"{{{{ row.{key} }}}}", TEXT)):
            paragraph = grid.rows[row].cells[place].paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_number else None
            _run(paragraph, text, face, GRID_PT)


def _once(row: Any, name: str) -> None:
    """A property of a row that the library has no word for."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def _loop(made: Any, name: str, size_pt: float, indent: float = 0, align: Any = None) -> None:
    _put(made, f"{{%p for line in {name} %}}", TEXT, size_pt)
    _put(made, "{{ line }}", TEXT, size_pt, indent=indent, align=align)
    _put(made, "{%p endfor %}", TEXT, size_pt)


def _put(made: Any, text: str, face: str, size_pt: float, indent: float = 0, align: Any = None) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.space_after = Pt(indent), Pt(0)
    layout.line_spacing = Pt(LINE_PT) if size_pt >= TEXT_PT else None
    _run(paragraph, text, face, size_pt)


def _run(paragraph: Any, text: str, face: str, size_pt: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size_pt), face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)  # noqa: SLF001  the library has no other way to it


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
