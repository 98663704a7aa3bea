"""Files for spreadsheets: formulas stay text, Chinese stays readable."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest

from app.stats.rules_files import csv_bytes, safe, workbook_bytes

MADE_AT = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-5 度", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_given_a_text_like_a_formula_when_written_then_it_is_plain_text(text):
    assert safe(text) == f"'{text}"

    rows = list(csv.reader(io.StringIO(csv_bytes(["备注"], [[text]]).decode("utf-8-sig"), newline="")))
    assert rows == [["备注"], [f"'{text}"]]


@pytest.mark.parametrize("cell", [-5, 0, 1.5, "东门", "", None, "a=b"])
def test_given_a_plain_cell_when_written_then_it_is_left_alone(cell):
    assert safe(cell) == cell


def test_given_rows_when_made_into_csv_then_the_mark_is_there_and_absent_cells_are_empty():
    body = csv_bytes(["甲", "乙"], [["一,二", None], [-1, 2.5]])

    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig") == '甲,乙\r\n"一,二",\r\n-1,2.5\r\n'


def test_given_sheets_when_made_into_a_workbook_then_numbers_are_numbers_and_texts_are_texts():
    body = workbook_bytes([("第一", ["甲"], [["=1+1"], [3], [None]]), ("x" * 40, ["乙"], [])], MADE_AT)

    book = openpyxl.load_workbook(io.BytesIO(body))
    first = book.worksheets[0]
    assert [cell.value for cell in first["A"]][:3] == ["甲", "=1+1", 3]
    assert first["A2"].data_type == "s"
    assert book.sheetnames[1] == "x" * 31


def sheet_of(head, rows):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes([("甲", head, rows)], MADE_AT))).worksheets[0]


def test_given_an_address_when_made_into_a_workbook_then_it_is_text_and_no_link():
    cell = sheet_of(["甲"], [["https://example.org/"]])["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == ("https://example.org/", "s", None)


def test_given_a_head_when_made_into_a_workbook_then_it_stays_in_view_and_differs_from_the_rows():
    sheet = sheet_of(["甲", "乙"], [["一", 2]])

    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [cell.border.bottom.style for cell in sheet[1]] == ["thin", "thin"]
    assert [cell.font.bold for cell in sheet[2]] == [False, False]


def test_given_columns_when_made_into_a_workbook_then_each_of_them_has_room_and_no_other():
    (group,) = sheet_of(["甲", "乙", "丙"], []).column_dimensions.values()

    assert (group.min, group.max) == (1, 3)
    assert 16 <= group.width < 17


def test_given_an_instant_when_made_into_a_workbook_then_the_file_says_when_it_was_made():
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([("甲", ["乙"], [])], MADE_AT)))

    assert book.properties.created == MADE_AT.replace(tzinfo=None)
