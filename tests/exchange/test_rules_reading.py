"""Hostile and odd workbooks: caps, bombs, merged cells, formulas, templates that were changed."""

import io
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter

from app.exchange.rules import MOST_BYTES, MOST_ROWS, Choices
from app.exchange.rules_reading import read_sheet, refuse_empty, refuse_hostile, sheet_names
from app.exchange.rules_sheets import HERE, PEOPLE, POINTS
from app.exchange.rules_values import parse_lines
from app.exchange.rules_writing import template_bytes
from app.refusals import Invalid, TooLarge, Unsupported
from tests.support.builders import NOW
from tests.support.workbooks import bomb, changed, merged, saved

CHOICES = Choices({"standards": {"一 标准": "A"}, "units": {"甲": "a"}})


def template(rows=()):
    return template_bytes([HERE], {HERE.name: rows}, CHOICES, ["说明"], NOW)


def long_sheet(rows, gap=0):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet(HERE.name)
    for column, each in enumerate(HERE.columns):
        sheet.write_string(0, column, each.key)
    for row in range(3, 3 + rows):
        sheet.write_string(row + gap, 0, f"P{row}")
    book.close()
    return out.getvalue()


def test_given_a_hundred_thousand_rows_when_it_is_read_then_it_is_refused_soon_and_says_how_many_may_come():
    body = long_sheet(100_000)
    began = time.perf_counter()

    with pytest.raises(TooLarge, match=str(MOST_ROWS)):
        read_sheet(body, HERE)

    assert time.perf_counter() - began < 30


def test_given_just_as_many_rows_as_may_come_when_it_is_read_then_all_are_read_and_one_more_is_too_many():
    lines, faults = read_sheet(long_sheet(MOST_ROWS), HERE)

    assert (len(lines), faults) == (MOST_ROWS, [])
    with pytest.raises(TooLarge):
        read_sheet(long_sheet(MOST_ROWS + 1), HERE)
    with pytest.raises(TooLarge):
        read_sheet(long_sheet(1, gap=MOST_ROWS), HERE)


def test_given_files_that_are_no_workbooks_or_bombs_when_they_come_then_they_are_refused_before_unpacking():
    refuse_hostile(template())
    for body in (b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0" * 100):
        with pytest.raises(Unsupported):
            refuse_hostile(body)
    with pytest.raises(TooLarge):
        refuse_hostile(bomb())
    with pytest.raises(TooLarge):
        refuse_hostile(b"P" * (MOST_BYTES + 1))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(Unsupported):
        refuse_hostile(other.getvalue())


def test_given_a_broken_part_when_it_is_opened_then_it_is_no_workbook():
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook")

    with pytest.raises(Unsupported):
        sheet_names(broken.getvalue())


def test_given_merged_cells_when_they_lie_below_the_head_then_they_are_named_and_above_they_do_not_matter():
    body = merged(template([["P1", "A", "a", "a"]]), HERE.name, "A4:B5")

    assert [(fault.sheet, fault.cell) for fault in read_sheet(body, HERE)[1]] == [(HERE.name, "A4:B5")]
    assert read_sheet(merged(template(), HERE.name, "A2:B3"), HERE)[1] == []


def test_given_formulas_when_they_have_a_value_then_it_counts_and_without_one_the_cell_is_told():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet(HERE.name)
    for column, each in enumerate(HERE.columns):
        sheet.write_string(0, column, each.key)
    sheet.write_formula(3, 0, '="P"&1', None, "P1")
    sheet.write_formula(3, 1, '="A"', None, "A")
    book.close()
    lines, _ = read_sheet(out.getvalue(), HERE)
    assert [lines[0].cells["point"].content, lines[0].cells["point"].formula] == ["P1", False]

    without = changed(template(), HERE.name, 1, point='="P"&1', standard="A", implementer="a", responsible="a")
    lines, _ = read_sheet(without, HERE)
    parsed, faults = parse_lines(HERE, lines, CHOICES)

    assert lines[0].cells["point"].formula
    assert (parsed, [fault.cell for fault in faults]) == ([], ["A4"])


def test_given_a_template_without_its_first_row_when_it_is_read_then_a1_is_named():
    book = openpyxl.load_workbook(io.BytesIO(template([["P1", "A", "a", "a"]])))
    book[HERE.name].delete_rows(1)

    lines, faults = read_sheet(saved(book), HERE)

    assert (lines, [fault.cell for fault in faults]) == ([], ["A1"])


def test_given_columns_in_another_order_when_it_is_read_then_the_keys_tell_them_apart():
    book = openpyxl.load_workbook(io.BytesIO(template([["P1", "A", "a", "a"]])))
    book[HERE.name].move_range("A1:A4", cols=6)

    [line] = read_sheet(saved(book), HERE)[0]

    assert (line.cells["point"].address, line.cells["point"].content) == ("G4", "P1")


def test_given_another_sheet_when_it_is_read_then_there_are_no_lines():
    assert read_sheet(template(), POINTS) == ([], [])


def test_given_hostile_texts_when_a_template_is_written_then_they_stay_texts():
    body = template([["=1+1", "+A", "@x", "http://x"]])
    sheet = openpyxl.load_workbook(io.BytesIO(body))[HERE.name]

    assert [(cell.value, cell.data_type) for cell in sheet[4]] == [
        ("=1+1", "s"),
        ("+A", "s"),
        ("@x", "s"),
        ("http://x", "s"),
    ]
    assert sheet.row_dimensions[1].hidden
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {"'选项'!$A$1:$A$1", "'选项'!$B$1:$B$1"}


def parts(number, size=0):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", "x" * size)
        for each in range(number - 1):
            packed.writestr(f"xl/{each}.xml", "")
    return out.getvalue()


def test_given_files_at_the_caps_when_they_come_then_each_cap_itself_is_allowed(monkeypatch):
    with pytest.raises(Unsupported):
        refuse_hostile(b"P" * MOST_BYTES)
    refuse_hostile(parts(400))
    with pytest.raises(TooLarge):
        refuse_hostile(parts(401))
    monkeypatch.setattr("app.exchange.rules_reading.MOST_UNPACKED", 100)
    refuse_hostile(parts(1, 100))
    with pytest.raises(TooLarge):
        refuse_hostile(parts(1, 101))


def test_given_a_workbook_when_its_sheets_are_asked_for_then_they_are_named_and_another_workbook_is_refused():
    names = sheet_names(template())

    assert names == [HERE.name, "选项", "说明"]
    refuse_empty(names, [HERE, POINTS])
    with pytest.raises(Invalid) as refused:
        refuse_empty(names, [POINTS, PEOPLE])
    assert str(refused.value.sentence) == "The workbook has none of the sheets 点位、人员. Fill in the template."


def test_given_rows_below_that_are_only_formatted_when_it_is_read_then_they_do_not_count():
    book = openpyxl.load_workbook(io.BytesIO(template([["P1", "A", "a", "a"]])))
    book[HERE.name].row_dimensions[MOST_ROWS + 900].height = 20

    lines, faults = read_sheet(saved(book), HERE)

    assert ([line.number for line in lines], faults) == ([4], [])


def test_given_many_merged_cells_when_it_is_read_then_twenty_are_named():
    book = openpyxl.load_workbook(io.BytesIO(template([["P1", "A", "a", "a"]])))
    for row in range(4, 25):
        book[HERE.name].merge_cells(f"A{row}:B{row}")

    assert len(read_sheet(saved(book), HERE)[1]) == 20
