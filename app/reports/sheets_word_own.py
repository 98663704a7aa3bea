"""A form's own Word template, laid out as its PDF is: two pairs of label and value a row, the same widths."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from app.reports.rules_forms import LAYOUTS, Form
from app.reports.sheets import EDGE_MM, LABEL_MM, WIDE_MM

_RULE, _SHADE = "56666C", "F1EFE8"
_SIZE, _SMALL, _HEAD = 9.5, 8.5, 16
# The room around a text in a cell, in twentieths of a point, as reportlab leaves it.
_ROOM = {"top": 60, "left": 120, "bottom": 60, "right": 120}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PAIRS = (LABEL_MM, WIDE_MM / 2 - LABEL_MM) * 2


def own_template(form: Form) -> bytes:
    """What is used unless there is another, and what others start from."""
    layout, document = LAYOUTS[form], Document()
    _page(document)
    title = document.add_paragraph()
    _run(title, "{{ title }}", _HEAD, bold=True)
    title.alignment, title.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Mm(4)
    after = layout.after or len(layout.fields)
    _fields(document, layout.fields[:after])
    if layout.columns:
        _lines(document, layout.columns)
    _fields(document, layout.fields[after:])
    _signatures(document, (*layout.signers, "日期"))
    _foot(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(EDGE_MM)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(16), Mm(20), Mm(10)


def _run(paragraph: Any, text: str, size_pt: float, *, bold: bool = False, label: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size_pt), bold, "SimSun"
    if label:
        run.font.color.rgb = RGBColor.from_string(_RULE)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")  # noqa: SLF001  the library has no other way to it
    run._element.rPr.append(_with("w:lang", eastAsia="zh-CN"))  # noqa: SLF001
    spacing = paragraph.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(size_pt * 1.42)


def _fields(document: Any, fields: Sequence[Any]) -> None:
    if not fields:
        return
    table = _table(document, _PAIRS)
    cells: list[Any] = []
    for kind in fields:
        if kind.wide or len(cells) < 2:
            cells = list(_row(table).cells)
        label, value, *cells = cells
        if kind.wide:
            value, cells = value.merge(cells[-1]), []
        _shaded(label)
        _run(label.paragraphs[0], kind.label, _SIZE, label=True)
        _run(value.paragraphs[0], f"{{{{ {kind.key} }}}}", _SIZE)


def _lines(document: Any, columns: Sequence[tuple[str, str, int]]) -> None:
    """The titles, which Word repeats on every page, and one row that stands for all lines."""
    table = _table(document, [width for _key, _title, width in columns])
    head, loop, line, end = (_row(table) for _ in range(4))
    _run(loop.cells[0].paragraphs[0], "{%tr for line in lines %}", _SMALL)
    _run(end.cells[0].paragraphs[0], "{%tr endfor %}", _SMALL)
    for place, (key, title, _width) in enumerate(columns):
        _shaded(head.cells[place])
        _run(head.cells[place].paragraphs[0], title, _SIZE, label=True)
        _run(line.cells[place].paragraphs[0], f"{{{{ line.{key} }}}}", _SMALL)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _signatures(document: Any, signers: Sequence[str]) -> None:
    table = _table(document, [WIDE_MM / len(signers)] * len(signers), ruled=False)
    room, row = table.add_row(), table.add_row()
    room.height_rule, room.height = WD_ROW_HEIGHT_RULE.EXACTLY, Mm(8)
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(14)
    for cell, who in zip(row.cells, signers, strict=True):
        _run(cell.paragraphs[0], f"{who}：", _SIZE)


def _foot(document: Any) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    for stop in list(foot.style.paragraph_format.tab_stops):
        foot.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE_MM), WD_TAB_ALIGNMENT.RIGHT)
    _run(foot, "{{ title }}\t打印于 {{ printed_at }} · 第 ", 8, label=True)
    number = _with("w:fldSimple", instr="PAGE")
    _run(foot, "1", 8, label=True)
    number.append(foot.runs[-1]._r)  # noqa: SLF001
    foot._p.append(number)  # noqa: SLF001
    _run(foot, " 页", 8, label=True)


def _table(document: Any, widths_mm: Sequence[float], *, ruled: bool = True) -> Any:
    """An empty table of fixed widths; a hair of a paragraph keeps Word from joining it to the one above."""
    hair = document.add_paragraph().paragraph_format
    hair.line_spacing_rule, hair.line_spacing, hair.space_after = WD_LINE_SPACING.EXACTLY, Pt(1), Pt(0)
    table = document.add_table(rows=0, cols=len(widths_mm))
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    setup = table._tbl.tblPr  # noqa: SLF001
    if ruled:
        setup.append(_bag("w:tblBorders", map(_edge, _SIDES)))
    setup.append(_bag("w:tblCellMar", map(_room, _ROOM)))
    return table


def _row(table: Any) -> Any:
    """A row that stays on one page, as in the PDF."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    return row


def _shaded(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(_with("w:shd", val="clear", color="auto", fill=_SHADE))  # noqa: SLF001


def _bag(name: str, children: Iterable[Any]) -> Any:
    bag = OxmlElement(name)
    bag.extend(children)
    return bag


def _with(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _edge(side: str) -> Any:
    return _with(f"w:{side}", val="single", sz="4", space="0", color=_RULE)


def _room(side: str) -> Any:
    return _with(f"w:{side}", w=str(_ROOM[side]), type="dxa")
