"""The comparison of two editions as it is printed (前后对照表)."""

from io import BytesIO

from openpyxl import load_workbook

from app.standards.rules_compare import changes
from app.standards.rules_compare_sheet import WIDTHS, comparison_bytes
from tests.support.builders import NOW
from tests.support.sheets import made_at
from tests.support.standards import edition, step_document


def opened():
    old = edition(*(step_document(each) for each in ("S01", "S02", "S03", "S04")), number="N-2023")
    new = edition(
        step_document("S02", requirement="新"), step_document("S01"), step_document("S04"), step_document("S05"),
        number="N-2026", title="新题",
    )  # fmt: skip
    body = comparison_bytes(old, new, changes(old, new), NOW)
    return body, load_workbook(BytesIO(body)).active


def test_given_a_comparison_when_it_is_opened_then_its_title_and_heads_stand_above_and_stay_in_sight():
    body, sheet = opened()

    assert (sheet.title, sheet["A1"].value, sheet.freeze_panes) == ("Comparison", "N-2023 → N-2026 新题", "A4")
    assert [cell.value for cell in sheet[2]] == [None] * 8
    assert [cell.value for cell in sheet[3]] == [
        "Step", "Title", "What happened", "Place before", "Place after", "Part of the step", "As it was",
        "As it will be",
    ]  # fmt: skip
    assert all(cell.font.bold and cell.border.bottom.style == "thin" for cell in (sheet["A1"], *sheet[3]))
    assert made_at(body) == NOW.replace(tzinfo=None)


def test_given_a_comparison_when_it_is_opened_then_long_texts_are_wrapped_in_wide_columns():
    sheet = opened()[1]

    assert [int(sheet.column_dimensions[letter].width) for letter in "ABCDFG"] == [8, 24, 12, 10, 14, 48]
    assert (sheet.column_dimensions["G"].max, len(WIDTHS)) == (8, 8)
    assert (sheet["G4"].alignment.wrap_text, sheet["G4"].alignment.vertical) == (True, "top")


def test_given_steps_that_changed_moved_came_and_went_when_written_down_then_each_has_its_line_and_the_rest_none():
    rows = [[cell.value or "" for cell in row] for row in opened()[1].iter_rows(min_row=4)]

    assert rows[0] == ["S02", "步骤S02", "changed", "2", "1", "Requirement", "按要求完成。", "新"]
    assert ["S03", "步骤S03", "left out", "3", "", "", "", ""] in rows
    assert ["S05", "步骤S05", "new", "", "4", "Requirement", "", "按要求完成。"] in rows
    assert "S04" not in {row[0] for row in rows}
