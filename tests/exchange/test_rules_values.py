"""Cells become values or a fault with their address, rows become changes, values go back into cells."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.rules import Cell, Change, Choices, Column, Difference, Form, Kind, Line, Parsed, Reading, SheetPlan
from app.exchange.rules_values import Wrong, cell_rows, changes_of, parse_lines, shown, text_of, value_of

UNITS = {"甲班": "a", "乙班": "b"}
CHOICES = Choices({"units": UNITS})
TEXT = Column("name", "名称", "", most=5)
UNIT = Column("unit", "单位", "", Form.CHOICE, choices="units")
LOOSE = Column("kind", "类型", "", Form.CHOICE, most=4, choices="units", loose=True)
RISK = Column("risk", "风险", "", Form.NUMBER, most=40)
ACTIVE = Column("active", "启用", "", Form.YES_NO)
DAY = Column("on", "日期", "", Form.DAY)
SEVERAL = Column("units", "单位", "", Form.LIST, most=3, choices="units")
LIMIT = Column("min", "下限", "", Form.DECIMAL)
CLOCK = Column("start", "开始", "", Form.TIME)
FREE = Column("windows", "时段", "", Form.LIST, most=3)
PLAN = SheetPlan(
    "表", ("name", "unit"), (Column("name", "名称", "", required=True), UNIT, RISK, ACTIVE, SEVERAL)
)  # fmt: skip


def read(column, content):
    return value_of(column, Cell("A4", content), CHOICES)


def refusal(column, content):
    with pytest.raises(Wrong) as wrong:
        read(column, content)
    return str(wrong.value.sentence)


@pytest.mark.parametrize(
    ("column", "content", "value"),
    [
        (TEXT, " 甲乙丙丁戊 ", "甲乙丙丁戊"), (TEXT, "a b", "a b"), (TEXT, 3.0, "3"), (TEXT, 3.5, "3.5"),
        (TEXT, None, ""), (TEXT, "  ", ""), (UNIT, "甲班", "a"), (UNIT, "b", "b"), (UNIT, "", ""),
        (LOOSE, "甲班", "a"), (LOOSE, "别的", "别的"),
        (RISK, 1, 1), (RISK, "40", 40), (RISK, 7.0, 7), (RISK, "000000007", 7),
        (ACTIVE, "是", True), (ACTIVE, "YES", True), (ACTIVE, True, True), (ACTIVE, 1, True), (ACTIVE, "否", False),
        (ACTIVE, "No", False), (ACTIVE, False, False), (ACTIVE, "", ""),
        (DAY, "2026-12-01", "2026-12-01"), (DAY, "2026/12/01", "2026-12-01"), (DAY, "2026.12.01", "2026-12-01"),
        (DAY, date(2000, 1, 1), "2000-01-01"), (DAY, datetime(2100, 12, 31, 23), "2100-12-31"),
        (LIMIT, "26", 26), (LIMIT, 26.0, 26), (LIMIT, "0.5", 0.5), (LIMIT, "−5.25", -5.25), (LIMIT, "-5", -5),
        (LIMIT, "123456789.123456", 123456789.123456), (LIMIT, 0, 0), (LIMIT, "", ""),
        (CLOCK, "08:30", "08:30"), (CLOCK, "8：05", "08:05"), (CLOCK, "23:59:00", "23:59"),
        (CLOCK, time(7, 5), "07:05"),
        (SEVERAL, "甲班、b", ("a", "b")), (SEVERAL, "a,b", ("a", "b")), (SEVERAL, "a，b", ("a", "b")),
        (SEVERAL, "a;b", ("a", "b")), (SEVERAL, "a；b", ("a", "b")), (SEVERAL, "a\nb", ("a", "b")),
        (SEVERAL, "、甲班、 ,a,", ("a",)), (SEVERAL, "a、b、甲班", ("a", "b")), (SEVERAL, None, ()),
        (FREE, "x" * 60, ("x" * 60,)), (FREE, "A/A/A1、A/A/A2", ("A/A/A1", "A/A/A2")),
    ],
)  # fmt: skip
def test_given_a_cell_when_read_then_it_is_the_value_of_its_column(column, content, value):
    found = read(column, content)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("column", "content", "said"),
    [
        (TEXT, "甲乙丙丁戊己", "Too long: 5 characters at most."), (TEXT, "a\x1fb", "printed"),
        (TEXT, "a\nb", "printed"),
        (UNIT, "丙班", "丙班 is not in the list."), (LOOSE, "甲乙丙丁戊", "Too long"),
        (UNIT, "长" * 41, f"{'长' * 40} is not in the list."),
        (RISK, 0, "from 1 to 40"), (RISK, 41, "from 1 to 40"), (RISK, -1, "from 1 to 40"), (RISK, 1.5, "from 1 to 40"),
        (RISK, "٣", "from 1 to 40"), (RISK, "x", "from 1 to 40"), (RISK, "0" * 9 + "7", "from 1 to 40"),
        (RISK, "0" * 8 + "99", "from 1 to 40"), (RISK, "9" * 5000, "from 1 to 40"), (RISK, True, "from 1 to 40"),
        (ACTIVE, "vielleicht", "是 or 否"), (DAY, "1.12.2026", "such as"), (DAY, "2026-02-30", "such as"),
        (DAY, "1999-12-31", "such as"), (DAY, "2101-01-01", "such as"),
        (LIMIT, "≥26", "26 or 0.5"), (LIMIT, "1e9", "26 or 0.5"), (LIMIT, "1234567890", "26 or 0.5"),
        (LIMIT, "nan", "26 or 0.5"),
        (LIMIT, "0.1234567", "26 or 0.5"), (LIMIT, True, "26 or 0.5"), (CLOCK, "24:00", "08:30"), (CLOCK, "8", "08:30"),
        (CLOCK, "12:60", "08:30"), (CLOCK, "08:30:30", "08:30"), (CLOCK, datetime(2026, 11, 23, 8, 30), "08:30"),
        (SEVERAL, "a、b、a、b", "Too many: 3 at most."), (SEVERAL, "a、c", "c is not in the list."),
        (FREE, "x" * 61, f"{'x' * 40} is not in the list."),
    ],
)  # fmt: skip
def test_given_a_cell_that_does_not_hold_when_read_then_its_sentence_says_why(column, content, said):
    assert said in refusal(column, content)


def test_given_an_empty_cell_when_it_is_required_or_a_formula_without_a_value_then_it_is_told():
    required = Column("name", "名称", "", required=True)

    assert refusal(required, " ") == "名称 is missing."
    assert read(required, "x") == "x"
    with pytest.raises(Wrong) as wrong:
        value_of(TEXT, Cell("A4", None, formula=True), CHOICES)
    assert "formula" in str(wrong.value.sentence)


@given(st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_given_anything_in_a_cell_when_read_then_it_is_a_value_within_its_limits_or_refused(content):
    for column in (TEXT, UNIT, LOOSE, RISK, ACTIVE, DAY, SEVERAL, FREE):
        try:
            value = read(column, content)
        except Wrong:
            continue
        assert value in ("", ()) or _fits(column, value)


def _fits(column, value):
    fits = {
        Form.TEXT: lambda: len(value) <= 5,
        Form.CHOICE: lambda: value in UNITS.values() or (column.loose and len(value) <= 4),
        Form.NUMBER: lambda: 1 <= value <= 40,
        Form.YES_NO: lambda: isinstance(value, bool),
        Form.DAY: lambda: "2000-01-01" <= value <= "2100-12-31",
        Form.LIST: lambda: 0 < len(value) <= 3,
    }
    return fits[column.form]()


def line(number, *contents):
    keys = [column.key for column in PLAN.columns]
    return Line(
        number, {key: Cell(f"{'ABCDE'[at]}{number}", contents[at]) for at, key in enumerate(keys)}
    )  # fmt: skip


def test_given_rows_when_parsed_then_those_that_hold_come_with_their_cells_and_faults_do_not_stop_the_rest():
    parsed, faults = parse_lines(
        PLAN,
        [line(4, "一", "甲班", 2, "是", "a"), line(5, None, "丙班", 2, "是", "a"), line(6, "一", "a", 3, "否", ""),
         line(7, "一", "乙班", 1, "否", "")],
        CHOICES,
    )  # fmt: skip

    assert [(fault.sheet, fault.cell) for fault in faults] == [("表", "A5"), ("表", "B5"), ("表", "A6")]
    assert str(faults[2].sentence) == "The same as row 4."
    assert parsed == [
        Parsed("表", 4, {"name": "一", "unit": "a", "risk": 2, "active": True, "units": ("a",)},
               {"name": "A4", "unit": "B4", "risk": "C4", "active": "D4", "units": "E4"}),
        Parsed("表", 7, {"name": "一", "unit": "b", "risk": 1, "active": False, "units": ()},
               {"name": "A7", "unit": "B7", "risk": "C7", "active": "D7", "units": "E7"}),
    ]  # fmt: skip


def test_given_a_workbook_full_of_faults_when_parsed_then_two_hundred_are_told():
    faults = parse_lines(PLAN, [line(number, None, "", "", "", "") for number in range(4, 300)], CHOICES)[1]

    assert len(faults) == 200


def parsed(name="一", unit="a", risk=2, active=True, units=("a",), number=4):
    return Parsed("表", number, {"name": name, "unit": unit, "risk": risk, "active": active, "units": units}, {})


def test_given_rows_when_compared_with_what_stands_then_only_what_differs_is_a_change():
    same, other, new = parsed(), parsed(unit="b", units=("a", "b"), active=False, number=5), parsed("二", number=6)
    stands = {("一", "a"): parsed().values, ("一", "b"): parsed(unit="b").values}

    assert changes_of(PLAN, [same, other, new], stands, CHOICES) == [
        Change("表", 5, ("一", "b"), False,
               [Difference("启用", "是", "否"), Difference("单位", "甲班", "甲班、乙班")], other.values),
        Change("表", 6, ("二", "a"), True,
               [Difference("名称", "", "二"), Difference("单位", "", "甲班"), Difference("风险", "", "2"),
                Difference("启用", "", "是"), Difference("单位", "", "甲班")], new.values),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        (UNIT, "a", "甲班"), (UNIT, "gone", "gone"), (UNIT, "", ""), (TEXT, "a", "a"), (RISK, 4, "4"),
        (ACTIVE, True, "是"), (ACTIVE, False, "否"), (SEVERAL, ("a", "b"), "甲班、乙班"), (SEVERAL, (), ""),
    ],
)  # fmt: skip
def test_given_a_value_when_shown_then_people_can_read_it_and_write_it(column, value, text):
    assert shown(column, value, CHOICES) == text


def test_given_values_when_a_template_is_filled_then_numbers_stay_numbers_and_all_can_be_read_again():
    values = [parsed().values, parsed("二", "b", 40, False, ()).values]

    rows = cell_rows(PLAN, values, CHOICES)

    assert rows == [["一", "甲班", 2, "是", "甲班"], ["二", "乙班", 40, "否", ""]]
    again = parse_lines(PLAN, [line(number, *row) for number, row in enumerate(rows, 4)], CHOICES)
    assert ([each.values for each in again[0]], again[1]) == (values, [])


def test_given_a_number_that_is_whole_or_not_when_it_becomes_text_then_only_the_fraction_is_kept():
    assert [text_of(each) for each in (3.0, 3.25, 3, " x ", None)] == ["3", "3.25", "3", "x", ""]
    assert [text_of(each) for each in (True, False)] == ["是", "否"]


def test_given_a_list_when_a_label_or_an_id_is_typed_then_both_are_found_and_the_label_is_shown():
    assert [CHOICES.find("units", each) for each in ("甲班", "a", "丙班")] == ["a", "a", None]
    assert CHOICES.find("nothing", "a") is None
    assert [CHOICES.label("units", each) for each in ("a", "b", "c")] == ["甲班", "乙班", "c"]


def test_given_a_workbook_that_was_read_when_it_has_faults_or_changes_nothing_then_it_is_not_ready():
    change = Change("表", 4, ("一",), True, [], {})

    assert Reading(Kind.POINTS, [change], [], 0).ready is True
    assert Reading(Kind.POINTS, [], [], 3).ready is False
    assert Reading(Kind.POINTS, [change], [object()], 0).ready is False
