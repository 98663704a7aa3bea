"""Papers of standards as Excel and Word bytes: what stands where, how it looks, texts stay texts."""

import io

import docx
import pytest
from openpyxl import load_workbook

from app.standards.rules_files import Part, Sheet, word, workbook
from tests.support.builders import NOW
from tests.support.sheets import made_at

HEAD = ("编号", "数")


def sheets(*rows, head=HEAD, name="表"):
    body = workbook([Sheet(name, "标题", head, rows)], NOW)
    return body, load_workbook(io.BytesIO(body)).active


def test_given_rows_when_written_then_title_head_and_rows_stand_below_each_other():
    body, sheet = sheets(("=1+1", 3), (None, "@x"), name="长" * 32)

    assert list(sheet.iter_rows(values_only=True)) == [("标题", None), HEAD, ("=1+1", 3), ("", "@x")]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert (sheet.title, sheet.freeze_panes, made_at(body)) == ("长" * 31, "A3", NOW.replace(tzinfo=None))


def test_given_several_sheets_when_written_then_each_is_there():
    body = workbook([Sheet("一", "甲", ("a",), ()), Sheet("二", "乙", ("b",), ())], NOW)

    assert [sheet["A1"].value for sheet in load_workbook(io.BytesIO(body)).worksheets] == ["甲", "乙"]


def test_given_a_sheet_when_it_is_printed_then_it_fits_the_width_of_a_page_with_lines_around_its_cells():
    sheet = sheets(("一", 2))[1]

    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert (int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)) == (1, 0)
    assert (sheet["A1"].font.bold, sheet["A1"].font.size) == (True, 14)
    head, cell = sheet["A2"], sheet["A3"]
    assert (head.font.bold, head.alignment.wrap_text, head.border.top.style) == (True, True, "thin")
    assert head.fill.fgColor.rgb == "FFF1EFE8"
    assert (cell.font.bold, cell.alignment.wrap_text, cell.alignment.vertical) == (False, True, "top")
    assert (cell.border.left.style, sheet["B3"].border.left.style) == ("thin", "thin")


@pytest.mark.parametrize(
    ("cell", "width"),
    [("", 8), ("x" * 6, 8), ("x" * 7, 9), ("中" * 10, 22), ("x" * 40, 42), ("x" * 41, 42), (None, 8), (10**9, 12),
     ("\u2e7f" * 10, 12), ("\u2e80" * 10, 22)],
)  # fmt: skip
def test_given_cells_when_written_then_their_column_is_as_wide_as_the_longest_within_bounds(cell, width):
    sheet = sheets(("a", "b"), (cell, "b"), head=("h", "i"))[1]

    assert int(sheet.column_dimensions["A"].width) == width


def test_given_parts_when_written_as_word_then_headings_are_numbered_and_a_table_stands_where_it_has_a_head():
    parts = [Part("范围", ["一句", "二句"]), Part("意见", (), ("序号", "意见"), [("1", None), (2, "改")])]
    paper = docx.Document(io.BytesIO(word("标题", parts, NOW)))

    assert [(each.style.name, each.text) for each in paper.paragraphs] == [
        ("Title", "标题"), ("Heading 1", "1  范围"), ("Normal", "一句"), ("Normal", "二句"), ("Heading 1", "2  意见"),
    ]  # fmt: skip
    [table] = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["序号", "意见"], ["1", ""], ["2", "改"]]
    assert paper.core_properties.author == ""
    assert paper.core_properties.created == NOW


def test_given_a_row_that_is_shorter_than_its_head_when_written_as_word_then_that_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        word("标题", [Part("意见", (), ("序号", "意见"), [("1",)])], NOW)
