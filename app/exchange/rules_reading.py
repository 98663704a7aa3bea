"""Reads a workbook's cells: never more than the caps allow, formulas by their value, each fault with its address."""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from app.exchange.rules import HEAD_ROWS, MOST_BYTES, MOST_ROWS, Cell, Fault, Line, SheetPlan
from app.refusals import Invalid, TooLarge, Unsupported
from app.web.words import lazy

MOST_UNPACKED = 120_000_000
MOST_PARTS = 400
MOST_COLUMNS = 40
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\br="(\d{1,7})"')


def refuse_hostile(body: bytes) -> None:
    """Before anything is unpacked: too many bytes, no workbook, or one that would unpack into more than it may."""
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The file is too large; a workbook has ten million bytes at most."))
    try:
        with ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            whole = {part.filename for part in parts}
    except (BadZipFile, ValueError, OSError) as broken:
        raise Unsupported(lazy("This is not an Excel workbook (.xlsx). Fill in the template.")) from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge(
            lazy("The workbook unpacks into too much. Fill in the template with %(n)d rows at most.", n=MOST_ROWS)
        )
    if "xl/workbook.xml" not in whole:
        raise Unsupported(lazy("This is not an Excel workbook (.xlsx). Fill in the template."))


def sheet_names(body: bytes) -> list[str]:
    """The names of its sheets."""
    with _opened(body, values=True) as book:
        return list(book.sheetnames)


def read_sheet(body: bytes, plan: SheetPlan) -> tuple[list[Line], list[Fault]]:
    """The filled rows of a sheet; none where the workbook has no such sheet. Raises TooLarge past the cap of rows."""
    with _opened(body, values=True) as values, _opened(body, values=False) as formulas:
        if plan.name not in values.sheetnames:
            return [], []
        faults = _shape_faults(body, values, plan)
        bounds = {"max_row": HEAD_ROWS + MOST_ROWS, "max_col": MOST_COLUMNS}
        both = zip_longest(values[plan.name].iter_rows(**bounds), formulas[plan.name].iter_rows(**bounds))
        return _lines(both, plan, faults), faults


class _opened:  # noqa: N801  reads as a word: with _opened(...)
    """A workbook in reading mode, closed behind."""

    def __init__(self, body: bytes, *, values: bool) -> None:
        try:
            self._book = load_workbook(io.BytesIO(body), read_only=True, data_only=values, keep_links=False)
        except Exception as broken:
            raise Unsupported(lazy("This is not an Excel workbook (.xlsx). Fill in the template.")) from broken

    def __enter__(self) -> Any:
        return self._book

    def __exit__(self, *_: object) -> None:
        self._book.close()


def _lines(both: Iterator[tuple[Any, Any]], plan: SheetPlan, faults: list[Fault]) -> list[Line]:
    lines, at = list[Line](), dict[str, int]()
    for number, (shown, written) in enumerate(both, 1):
        if number == 1:
            at = _columns(shown, plan)
            missing = [column.heading for column in plan.columns if column.key not in at]
            if missing:
                sentence = lazy(
                    "The first row of the template is missing or changed (%(names)s).", names="、".join(missing)
                )
                faults.append(Fault(plan.name, "A1", sentence))
                return []
        if number <= HEAD_ROWS:
            continue
        cells = {key: _cell(shown, written, column, number) for key, column in at.items()}
        if any(cell.content not in (None, "") or cell.formula for cell in cells.values()):
            lines.append(Line(number, cells))
    return lines


def _columns(shown: Sequence[Any], plan: SheetPlan) -> dict[str, int]:
    keys = {column.key for column in plan.columns}
    return {str(cell.value): index for index, cell in enumerate(shown or ()) if str(cell.value) in keys}


def _cell(shown: Sequence[Any], written: Sequence[Any], column: int, number: int) -> Cell:
    content = shown[column].value if shown and column < len(shown) else None
    source = written[column] if written and column < len(written) else None
    formula = content is None and getattr(source, "data_type", "") == "f"
    return Cell(f"{get_column_letter(column + 1)}{number}", content, formula)


def _shape_faults(body: bytes, book: Any, plan: SheetPlan) -> list[Fault]:
    """Merged cells below the heading; raises TooLarge where the last filled row lies past the cap."""
    path = book[plan.name]._worksheet_path.lstrip("/")  # noqa: SLF001  no other way to its part
    with ZipFile(io.BytesIO(body)) as packed:
        text = packed.read(path)
    rows = [int(found[1]) for found in _ROW.finditer(text[: max(text.rfind(b"<v>"), text.rfind(b"<is>"), 0)])]
    if rows and max(rows) > HEAD_ROWS + MOST_ROWS:
        raise TooLarge(
            lazy("The sheet %(name)s has more than %(n)d rows. Send it in parts.", name=plan.name, n=MOST_ROWS)
        )
    merged = [found for found in _MERGED.finditer(text) if int(found[4]) > HEAD_ROWS]
    sentence = lazy("Merged cells: unmerge them and fill in each row.")
    return [
        Fault(plan.name, f"{found[1].decode()}{found[2].decode()}:{found[3].decode()}{found[4].decode()}", sentence)
        for found in merged[:20]
    ]


def refuse_empty(names: Sequence[str], plans: Sequence[SheetPlan]) -> None:
    """A workbook without any of the sheets is another one."""
    if not {plan.name for plan in plans} & set(names):
        wanted = "、".join(plan.name for plan in plans)
        raise Invalid(lazy("The workbook has none of the sheets %(names)s. Fill in the template.", names=wanted))
