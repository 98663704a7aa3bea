"""The template as Excel shows it: what stays in sight, hints, lists to choose from, limits of numbers."""

import io

import openpyxl

from app.exchange.rules import Choices, Column, Form, SheetPlan
from app.exchange.rules_writing import template_bytes
from tests.support.builders import NOW

PLAN = SheetPlan(
    "点位",
    ("code",),
    (
        Column("code", "编号", "不能重复", required=True, width=20),
        Column("kind", "类型", "可写新的", Form.CHOICE, choices="kinds", loose=True, width=9),
        Column("unit", "单位", "从表选", Form.CHOICE, choices="units", width=30),
        Column("risk", "风险", "1 至 4", Form.NUMBER, most=4, width=10),
        Column("active", "启用", "是或否", Form.YES_NO, width=8),
        Column("crew", "班组", "可空缺", Form.CHOICE, choices="crews", width=12),
    ),
)
CHOICES = Choices({"units": {"甲班": "a", "乙班": "b", "丙班": "c"}, "kinds": {"卫生间": "restroom"}})
ROWS = [["P1", "restroom", "甲班", 2, "是", ""], ["P2", "", "乙班", 1, "否", ""]]


def book():
    body = template_bytes([PLAN], {"点位": ROWS}, CHOICES, ["第一句", "第二句"], NOW)
    return openpyxl.load_workbook(io.BytesIO(body))


def rules():
    return {str(rule.sqref): rule for rule in book()["点位"].data_validations.dataValidation}


def test_given_a_template_when_it_is_opened_then_keys_headings_hints_and_rows_stand_in_their_places():
    rows = list(book()["点位"].iter_rows(values_only=True))

    assert rows[0] == ("code", "kind", "unit", "risk", "active", "crew")
    assert rows[1] == ("编号*", "类型", "单位", "风险", "启用", "班组")
    assert rows[2] == ("不能重复", "可写新的", "从表选", "1 至 4", "是或否", "可空缺")
    assert rows[3:] == [("P1", "restroom", "甲班", 2, "是", None), ("P2", None, "乙班", 1, "否", None)]


def test_given_a_template_when_it_is_opened_then_it_looks_like_a_form():
    opened = book()
    sheet = opened["点位"]

    assert (sheet.freeze_panes, sheet.row_dimensions[1].hidden) == ("B4", True)
    assert (sheet["A2"].font.bold, sheet["A2"].border.bottom.style, sheet["A3"].font.italic) == (True, "thin", True)
    assert not sheet["A4"].font.bold
    assert [int(sheet.column_dimensions[letter].width) for letter in "ABCDEF"] == [20, 9, 30, 10, 8, 12]
    assert opened.properties.created == NOW.replace(tzinfo=None)


def test_given_lists_when_the_template_is_opened_then_they_stand_on_a_hidden_sheet_and_the_guide_on_one_to_read():
    opened = book()

    assert (opened.sheetnames, opened["选项"].sheet_state) == (["点位", "选项", "说明"], "hidden")
    assert list(opened["选项"].iter_rows(values_only=True)) == [
        (None, "卫生间", "甲班"), (None, None, "乙班"), (None, None, "丙班"),
    ]  # fmt: skip
    assert list(opened["说明"].iter_rows(values_only=True)) == [("第一句",), ("第二句",)]
    assert {letter: each.max for letter, each in opened["说明"].column_dimensions.items()} == {"A": 1}


def test_given_columns_when_somebody_fills_them_in_then_excel_offers_the_list_and_checks_the_limits():
    found = rules()

    assert set(found) == {f"{letter}4:{letter}5003" for letter in "BCDEF"}
    assert {where[0]: (rule.type, rule.formula1, rule.formula2, rule.errorStyle) for where, rule in found.items()} == {
        "B": ("list", "'选项'!$B$1:$B$1", None, "information"),
        "C": ("list", "'选项'!$C$1:$C$3", None, None),
        "D": ("whole", "1", "4", None),
        "E": ("list", '"是,否"', None, None),
        "F": ("list", "'选项'!$A$1:$A$1", None, None),
    }
    assert found["D4:D5003"].operator in (None, "between")
