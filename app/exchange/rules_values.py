"""Cells become values, rows become changes; every fault names its cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from app.exchange.rules import (
    Cell,
    Change,
    Choices,
    Column,
    Difference,
    Fault,
    Form,
    Line,
    Parsed,
    SheetPlan,
    Value,
    Values,
)
from app.exchange.rules_content import NO, NO_WORDS, YES, YES_WORDS
from app.web.words import lazy

SEPARATORS = "、,，;；\n"
FAULTS_AT_MOST = 200
_DECIMAL = re.compile(r"[-−]?\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]00)?", re.ASCII)


class Wrong(ValueError):
    """A cell that does not hold; carries its sentence."""

    def __init__(self, sentence: object) -> None:
        super().__init__()
        self.sentence = sentence


def parse_lines(plan: SheetPlan, lines: Iterable[Line], choices: Choices) -> tuple[list[Parsed], list[Fault]]:
    """Rows that hold, and what is wrong with the others; a key may stand once."""
    parsed, faults, seen = list[Parsed](), list[Fault](), dict[tuple[str, ...], int]()
    for line in lines:
        values, wrong = _values(plan, line, choices)
        faults += wrong
        if wrong:
            continue
        key = key_of(plan, values)
        if key in seen:
            cell = line.cells[plan.keys[0]].address
            faults.append(Fault(plan.name, cell, lazy("The same as row %(row)d.", row=seen[key])))
            continue
        seen[key] = line.number
        parsed.append(Parsed(plan.name, line.number, values, {name: cell.address for name, cell in line.cells.items()}))
    return parsed, faults[:FAULTS_AT_MOST]


def changes_of(
    plan: SheetPlan, parsed: Iterable[Parsed], current: Mapping[tuple[str, ...], Values], choices: Choices
) -> list[Change]:
    """Rows that are new or differ from what stands."""
    found = []
    for row in parsed:
        key, before = key_of(plan, row.values), current.get(key_of(plan, row.values))
        different = [
            Difference(
                column.heading,
                shown(column, before[column.key], choices) if before else "",
                shown(column, row.values[column.key], choices),
            )
            for column in plan.columns
            if before is None or before[column.key] != row.values[column.key]
        ]
        if different:
            found.append(Change(plan.name, row.number, key, before is None, different, row.values))
    return found


def key_of(plan: SheetPlan, values: Values) -> tuple[str, ...]:
    """What tells a row apart."""
    return tuple(str(values[key]) for key in plan.keys)


def shown(column: Column, value: Value, choices: Choices) -> str:
    """A value as people read and write it."""
    if isinstance(value, tuple):
        return "、".join(choices.label(column.choices, each) for each in value)
    if isinstance(value, bool):
        return YES if value else NO
    return choices.label(column.choices, str(value)) if column.form is Form.CHOICE and value else str(value)


def _values(plan: SheetPlan, line: Line, choices: Choices) -> tuple[dict[str, Value], list[Fault]]:
    values, faults = dict[str, Value](), list[Fault]()
    for column in plan.columns:
        cell = line.cells[column.key]
        try:
            values[column.key] = value_of(column, cell, choices)
        except Wrong as wrong:
            faults.append(Fault(plan.name, cell.address, wrong.sentence))
    return values, faults


def value_of(column: Column, cell: Cell, choices: Choices) -> Value:
    """What a cell says; raises Wrong with the sentence."""
    if cell.formula:
        raise Wrong(lazy("A formula without a value: open the file in Excel and save it, or type the value."))
    text = text_of(cell.content)
    if not text:
        if column.required:
            raise Wrong(lazy("%(name)s is missing.", name=column.heading))
        return () if column.form is Form.LIST else ""
    return _READERS[column.form](column, text, choices)


def text_of(content: object) -> str:
    """A cell's content as text: whole numbers without a fraction, days as YYYY-MM-DD."""
    if content is None:
        return ""
    if isinstance(content, datetime):
        return content.date().isoformat()
    if isinstance(content, date | time):
        return content.isoformat()
    if isinstance(content, bool):
        return YES if content else NO
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content).strip()


def _text(column: Column, text: str, _choices: Choices) -> Value:
    if len(text) > column.most:
        raise Wrong(lazy("Too long: %(n)d characters at most.", n=column.most))
    if any(ord(letter) < 32 for letter in text):
        raise Wrong(lazy("There is a character in it that cannot be printed."))
    return text


def _choice(column: Column, text: str, choices: Choices) -> Value:
    found = choices.find(column.choices, text)
    if found is None and column.loose:
        return _text(column, text, choices)
    if found is None:
        raise Wrong(lazy("%(text)s is not in the list.", text=text[:40]))
    return found


def _yes_no(_column: Column, text: str, _choices: Choices) -> Value:
    if text.lower() in YES_WORDS:
        return True
    if text.lower() in NO_WORDS:
        return False
    raise Wrong(lazy("Yes or no: %(yes)s or %(no)s.", yes=YES, no=NO))


def _number(column: Column, text: str, _choices: Choices) -> Value:
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not 1 <= int(text) <= column.most:
        raise Wrong(lazy("A whole number from 1 to %(most)d.", most=column.most))
    return int(text)


def _decimal(_column: Column, text: str, _choices: Choices) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise Wrong(lazy("A number such as 26 or 0.5."))
    value = float(text.replace("−", "-"))
    return int(value) if value.is_integer() else value


def _time(_column: Column, text: str, _choices: Choices) -> Value:
    found = _TIME.fullmatch(text)
    if not found:
        raise Wrong(lazy("A time of day such as 08:30."))
    return f"{int(found[1]):02}:{found[2]}"


def _day(_column: Column, text: str, _choices: Choices) -> Value:
    try:
        day = date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        raise Wrong(lazy("A day such as 2026-12-01.")) from None
    if not 2000 <= day.year <= 2100:
        raise Wrong(lazy("A day such as 2026-12-01."))
    return day.isoformat()


def _list(column: Column, text: str, choices: Choices) -> Value:
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    named = [each.strip() for each in text.split(SEPARATORS[0]) if each.strip()]
    if len(named) > column.most:
        raise Wrong(lazy("Too many: %(n)d at most.", n=column.most))
    found = [choices.find(column.choices, each) if column.choices else each for each in named]
    for each, known in zip(named, found, strict=True):
        if known is None or len(each) > 60:
            raise Wrong(lazy("%(text)s is not in the list.", text=each[:40]))
    return tuple(dict.fromkeys(each for each in found if each))


_READERS = {
    Form.TEXT: _text,
    Form.CHOICE: _choice,
    Form.YES_NO: _yes_no,
    Form.NUMBER: _number,
    Form.DAY: _day,
    Form.LIST: _list,
    Form.DECIMAL: _decimal,
    Form.TIME: _time,
}


def cell_rows(plan: SheetPlan, rows: Iterable[Values], choices: Choices) -> list[Sequence[str | int]]:
    """Values as the cells of a template."""
    return [
        [
            value
            if isinstance(value := row[column.key], int) and not isinstance(value, bool)
            else shown(column, value, choices)
            for column in plan.columns
        ]
        for row in rows
    ]
