"""`python -m qr labels.csv -o labels.pdf`: label sheets from a table, without the web application."""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from qr.label import Label
from qr.payload import BadCode, read_code
from qr.sheet import Site, Unprintable, calibration_pdf, sheet_pdf
from qr.stock import STOCKS

ZONES = {
    "red": ("红色", "#c8402a"),
    "yellow": ("黄色", "#e0a100"),
    "green": ("绿色", "#2e8b57"),
    "blue": ("蓝色", "#2b6cb0"),
}
_BY_WORD = dict(ZONES.values())
_YES = {"1", "yes", "true", "y", "是", "4", "四级"}


class BadTable(ValueError):
    """The table cannot be used; the message names the line."""


def read_table(path: Path) -> list[Label]:
    """Labels of a CSV file with a header: code, name and, when known, point, place, zone, discreet. Raises BadTable."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")  # what a Chinese spreadsheet program saves
    rows = csv.DictReader(text.splitlines())
    if not {"code", "name"} <= set(rows.fieldnames or ()):
        raise BadTable("line 1: a header with at least code,name is needed (then point,place,zone,discreet)")
    return [_label(row, number) for number, row in enumerate(rows, 2)]


def _label(row: dict[str, str | None], number: int) -> Label:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    try:
        code = read_code(cell("code"))
    except BadCode as error:
        raise BadTable(f"line {number}: {cell('code')!r} is no label code") from error
    word, colour = ZONES.get(cell("zone").lower(), (cell("zone"), _BY_WORD.get(cell("zone")[:2], "#56666c")))
    discreet = cell("discreet").lower() in _YES
    return Label(code, cell("name"), cell("point"), cell("place"), word, colour, discreet)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file that the user named; 0 when it was written, 2 when the table cannot be printed."""
    wanted = _parser().parse_args(arguments)
    stock = STOCKS[wanted.stock]
    try:
        labels = read_table(wanted.table)
        skipped = range(wanted.skip)
        site = Site(wanted.base_url, wanted.telephone)
        pdf = sheet_pdf(labels, stock, site, skipped, with_list=not wanted.no_list)
        wanted.out.write_bytes(pdf)
        if wanted.calibration:
            wanted.calibration.write_bytes(calibration_pdf(stock))
    except (BadTable, Unprintable, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{wanted.out}: {len(labels)} labels on {stock.name}, every symbol read back\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qr", description="Label sheets (PDF, A4) from a CSV table.")
    parser.add_argument(
        "table",
        type=Path,
        help="CSV: code,name[,point,place,zone,discreet]; zone is red, yellow, green, blue or own words",
    )
    parser.add_argument(
        "-o", "--out", type=Path, default=Path("labels.pdf"), help="PDF to write (default: %(default)s)"
    )
    parser.add_argument(
        "--stock",
        choices=sorted(STOCKS),
        default="door",
        help="small 3x8, door 2x4, sign one a page (default: %(default)s)",
    )
    parser.add_argument(
        "--skip", type=int, default=0, metavar="N", help="cells of the first page already used (default: %(default)s)"
    )
    parser.add_argument(
        "--base-url", default="https://dabiao.example", help="scheme, host and port that the symbols carry"
    )
    parser.add_argument("--telephone", default="", help="service telephone printed on every label")
    parser.add_argument("--no-list", action="store_true", help="leave out the mounting list at the end")
    parser.add_argument(
        "--calibration", type=Path, metavar="PDF", help="also write the calibration page for this stock"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
