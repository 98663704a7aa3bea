"""A table of the clipboard as rows of cells: HTML as it comes, merged cells, lines with tabs."""

import pytest

from app.standards.rules_paste_cells import MAX_CELL, MAX_COLUMNS, MAX_ROWS, TooManyRows, clean, grid_of


def words(html="", text=""):
    return [[cell.text for cell in row] for row in grid_of(html, text)]


def rows(*contents):
    return "<table>" + "".join(f"<tr>{each}</tr>" for each in contents) + "</table>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\r\n乙", [["甲"], ["乙"]]), ("甲\r乙", [["甲"], ["乙"]]), ("甲\n\n乙\n", [["甲"], ["乙"]]),
        ("甲\0乙", [["甲乙"]]), ("甲\t\t丙", [["甲", "", "丙"]]), ("\t\n甲", [["甲"]]), ('"甲\r\n乙"', [["甲 乙"]]),
        ("", []), ("\t" * 40 + "甲", []), ("甲" + "\t乙" * 40, [["甲"] + ["乙"] * (MAX_COLUMNS - 1)]),
    ],
)  # fmt: skip
def test_given_lines_when_read_then_tabs_part_cells_and_empty_lines_are_passed_over(text, found):
    assert words(text=text) == found


def test_given_as_many_rows_as_can_be_when_read_then_all_come_and_one_more_is_too_many():
    assert len(words(text="步\n" * MAX_ROWS)) == MAX_ROWS
    assert len(words(rows(*["<td>步</td>"] * MAX_ROWS, "<td></td>"))) == MAX_ROWS
    with pytest.raises(TooManyRows):
        words(text="步\n" * (MAX_ROWS + 1))
    with pytest.raises(TooManyRows):
        words(rows(*["<td>步</td>"] * (MAX_ROWS + 1)))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (rows("<th>甲</th><td>乙</td>"), [["甲", "乙"]]),
        (rows("<td>无<b>水</b>渍</td>"), [["无水渍"]]),
        (rows("<td>无<br>水<p>渍</p></td>"), [["无 水 渍"]]),
        ("<p>前</p>" + rows("<td>甲</td>") + "<p>间</p>" + rows("<td>乙</td>"), [["甲"], ["乙"]]),
        ("</table>" + rows("<td>甲</td>"), [["甲"]]),
        ("</style>" + rows("<td>甲</td>"), [["甲"]]),
        (rows("<td>甲</td>乙<td>丙</td>", "<th>丁</th>戊<th>己</th>"), [["甲", "丙"], ["丁", "己"]]),
        ("<table><tr><td>甲</tr>乙<tr><td>丙</td></tr></table>", [["甲"], ["丙"]]),
        (rows("<td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td>", "<td>丁</td>"), [["甲 乙", "丙"], ["丁"]]),
        (rows("<td>甲<noscript><template>x</template>y</noscript>乙</td>"), [["甲乙"]]),
        ("<table><td>甲</td><td>乙</td></table>", [["甲", "乙"]]),
        (rows("<td>&lt;b&gt;&amp;甲</td>"), [["<b>&甲"]]),
        ("<p>甲</p>", []),
    ],
)
def test_given_a_table_of_html_when_read_then_only_the_words_of_its_cells_count(html, found):
    assert words(html) == found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (rows('<td rowspan="2">甲</td><td>1</td>', "<td>2</td>", "<td>3</td>"), [["甲", "1"], ["甲", "2"], ["3"]]),
        (rows('<td rowspan="3">甲</td><td>1</td>', "<td>2</td>", "<td>3</td>", "<td>4</td>"),
         [["甲", "1"], ["甲", "2"], ["甲", "3"], ["4"]]),
        (rows('<td rowspan="4">甲</td><td>1</td>', *(f"<td>{number}</td>" for number in (2, 3, 4, 5))),
         [["甲", "1"], ["甲", "2"], ["甲", "3"], ["甲", "4"], ["5"]]),
        (rows('<td>1</td><td rowspan="2" colspan="2">甲</td><td>2</td>', "<td>3</td><td>4</td>",
              "<td>5</td><td>6</td>"),
         [["1", "甲", "", "2"], ["3", "甲", "", "4"], ["5", "6"]]),
        (rows('<td rowspan="1">甲</td><td>1</td>', "<td>2</td>"), [["甲", "1"], ["2"]]),
        (rows('<td rowspan="0" colspan="0">甲</td><td>1</td>', "<td>2</td>"), [["甲", "1"], ["2"]]),
        (rows('<td rowspan="100000" colspan="100000">甲</td><td>1</td>', "<td>2</td>"), [["甲", "1"], ["2"]]),
        (rows('<td rowspan="2">甲</td>', "<td>1</td><td>2</td>"), [["甲"], ["甲", "1", "2"]]),
    ],
)  # fmt: skip
def test_given_merged_cells_when_spread_then_each_stands_in_every_row_it_covers_and_in_no_other(html, found):
    assert words(html) == found


def test_given_merged_cells_when_spread_then_those_over_several_rows_are_marked():
    grid = grid_of(rows('<td rowspan="2" colspan="2">甲</td><td>1</td>', '<td rowspan="1" colspan="2">2</td>'), "")

    assert [[cell.spans for cell in row] for row in grid] == [[True, True, False], [True, True, False, False]]


def test_given_more_columns_than_can_be_when_spread_then_the_rest_is_left_out():
    assert [len(row) for row in words(rows("<td>甲</td>" * 40, "<td colspan='99'>乙</td>"))] == [MAX_COLUMNS] * 2
    wide = rows("<td rowspan='2'>甲</td>" * 40, "<td>乙</td>")
    assert words(wide)[1] == ["甲"] * MAX_COLUMNS


def test_given_a_cell_when_cleaned_then_it_is_one_line_of_what_can_be_seen_and_not_endless():
    assert clean(" 甲\u200b\n\t乙\x07 ") == "甲 乙"
    assert clean("长" * (MAX_CELL + 1)) == "长" * MAX_CELL
