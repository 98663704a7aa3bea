"""The comparison of two editions (前后对照表) as a workbook; texts stay texts."""

import io
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter

from app.standards.rules import Edition
from app.standards.rules_compare import CHANGE, Change, StepChange
from app.web.words import lazy

HEADS = (
    lazy("Step"), lazy("Title"), lazy("What happened"), lazy("Place before"), lazy("Place after"),
    lazy("Part of the step"), lazy("As it was"), lazy("As it will be"),
)  # fmt: skip
WIDTHS = (8, 24, 12, 10, 10, 14, 48, 48)


def comparison_bytes(old: Edition, new: Edition, found: Iterable[StepChange], made_at: datetime) -> bytes:
    """One sheet: a line for each thing of a step that differs; steps that stayed are left out. `made_at` in UTC."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": made_at})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(str(lazy("Comparison"))[:31])
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, wrap)
    sheet.write_string(0, 0, f"{old.number} → {new.number} {new.title}", bold)
    for column, head in enumerate(HEADS):
        sheet.write_string(2, column, str(head), bold)
    sheet.freeze_panes(3, 0)
    for at, line in enumerate(_lines(found), 3):
        for column, cell in enumerate(line):
            sheet.write_string(at, column, cell, wrap)
    book.close()
    return out.getvalue()


def _lines(found: Iterable[StepChange]) -> Iterable[tuple[str, ...]]:
    for each in found:
        if each.change is Change.SAME:
            continue
        places = (str(each.before_place or ""), str(each.after_place or ""))
        start = (each.step_id, each.title, str(CHANGE[each.change]), *places)
        if not each.fields:
            yield (*start, "", "", "")
        for field in each.fields:
            yield (*start, str(field.label), field.before, field.after)
