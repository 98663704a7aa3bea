"""Writes a workbook to fill in: headings, hints, drop-downs; texts stay texts whatever they begin with."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.exchange.rules import HEAD_ROWS, MOST_ROWS, Choices, Column, Form, SheetPlan
from app.exchange.rules_content import GUIDE_SHEET, LISTS, NO, YES

Rows = Sequence[Sequence[str | int]]


def template_bytes(
    plans: Sequence[SheetPlan], rows: Mapping[str, Rows], choices: Choices, guide: Sequence[str], made_at: datetime
) -> bytes:
    """A workbook with these sheets, filled with `rows` by sheet name; `made_at` is in UTC."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": made_at})
    formats = {"bold": book.add_format({"bold": True, "bottom": 1}), "hint": book.add_format({"italic": True})}
    for plan in plans:
        _fill(book.add_worksheet(plan.name), plan, rows.get(plan.name, ()), formats)
    places = _lists(book, plans, choices)
    for plan in plans:
        _validate(book.get_worksheet_by_name(plan.name), plan, places)
    told = book.add_worksheet(GUIDE_SHEET)
    told.set_column(0, 0, 90)
    for number, sentence in enumerate(guide):
        told.write_string(number, 0, sentence)
    book.close()
    return out.getvalue()


def _fill(sheet: Worksheet, plan: SheetPlan, rows: Rows, formats: Mapping[str, object]) -> None:
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.set_row(0, None, None, {"hidden": True})
    for at, column in enumerate(plan.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.key)
        sheet.write_string(1, at, f"{column.heading}*" if column.required else column.heading, formats["bold"])
        sheet.write_string(2, at, column.hint, formats["hint"])
    for number, row in enumerate(rows, HEAD_ROWS):
        for at, content in enumerate(row):
            if isinstance(content, int):
                sheet.write_number(number, at, content)
            elif content:
                sheet.write_string(number, at, content)


def _lists(book: xlsxwriter.Workbook, plans: Sequence[SheetPlan], choices: Choices) -> dict[str, str]:
    """A hidden sheet with a column for each list; gives back where each stands."""
    sheet, places = book.add_worksheet(LISTS), dict[str, str]()
    sheet.hide()
    for name in sorted({column.choices for plan in plans for column in plan.columns if column.form is Form.CHOICE}):
        letter = xl_col_to_name(len(places), col_abs=True)
        labels = list(choices.lists.get(name, {}))
        for number, label in enumerate(labels):
            sheet.write_string(number, len(places), label)
        places[name] = f"='{LISTS}'!{letter}$1:{letter}${max(len(labels), 1)}"
    return places


def _validate(sheet: Worksheet, plan: SheetPlan, places: Mapping[str, str]) -> None:
    for at, column in enumerate(plan.columns):
        rule = _rule(column, places)
        if rule:
            sheet.data_validation(HEAD_ROWS, at, HEAD_ROWS + MOST_ROWS - 1, at, rule)


def _rule(column: Column, places: Mapping[str, str]) -> dict[str, object]:
    if column.form is Form.CHOICE:
        strict = {} if not column.loose else {"error_type": "information"}
        return {"validate": "list", "source": places[column.choices], **strict}
    if column.form is Form.YES_NO:
        return {"validate": "list", "source": [YES, NO]}
    if column.form is Form.NUMBER:
        return {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": column.most}
    return {}
