"""`dabiao labels`: the file that was asked for, or one sentence and no file."""

import io
import subprocess

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select, update

from app.cli_labels import labels
from app.db import atomically, rows
from app.db import run as write
from app.places.models import LabelEvent, Point, PointStandard
from tests.support.builders import CODE, kept, point, small_world


@pytest.fixture
def run(app):
    """The command in a world with two points, one of them 01-01-CA-01."""
    with app.app_context():
        small_world()
        point("p2", "000000000H")
        atomically(lambda: write(update(Point).where(Point.id == "p2").values(code="01-01-CA-01")))
        kept(PointStandard, point_id="p2", standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care")
    return lambda *arguments: app.test_cli_runner().invoke(labels, list(arguments))


def printed(app) -> list[tuple[str, str]]:
    with app.app_context():
        return [tuple(row) for row in rows(select(LabelEvent.kind, LabelEvent.code))]


@pytest.mark.parametrize("stock", ["small", "door", "sign"])
def test_given_a_stock_when_the_command_runs_then_its_sheet_reads_and_the_printing_is_noted(app, run, tmp_path, stock):
    out = tmp_path / "labels.pdf"

    done = run("--out", str(out), "--stock", stock)

    assert done.exit_code == 0, done.output
    page = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-l", "1", "-"], input=out.read_bytes(), capture_output=True, check=True
    )
    found = {symbol.text for symbol in zxingcpp.read_barcodes(Image.open(io.BytesIO(page.stdout)))}
    assert found and found <= {f"HTTP://LOCALHOST/P/{code}" for code in (CODE, "000000000H")}
    assert sorted(printed(app)) == [("printed", "000000000H"), ("printed", CODE)]


@pytest.mark.parametrize(
    "arguments",
    [["--points", "99-99-XX-99"], ["--area", "nowhere"], ["--stock", "door", "--skip", "8"], ["--stock", "napkin"]],
)
def test_given_a_wrong_order_when_the_command_runs_then_no_file_is_written_and_nothing_noted(
    app, run, tmp_path, arguments
):
    out = tmp_path / "labels.pdf"

    done = run("--out", str(out), *arguments)

    assert done.exit_code != 0
    assert "Error" in done.output
    assert not out.exists()
    assert printed(app) == []


def test_given_codes_of_points_when_the_command_runs_then_only_those_are_printed(run, tmp_path):
    done = run("--out", str(tmp_path / "labels.pdf"), "--points", "01-01-ca-01", "--skip", "3")

    assert "1 labels on 1 sheets of door" in done.output
