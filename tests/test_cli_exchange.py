"""`dabiao import` and `dabiao export`: a workbook goes round, a wrong one is told by its cell and changes nothing."""

import pytest

from app.cli_exchange import bring_in, take_out
from app.db import db
from app.places.models import Point
from tests.support import builders
from tests.support.workbooks import changed


@pytest.fixture
def run(app):
    """The commands in the small world with a standards section."""
    with app.app_context():
        builders.small_world()
        builders.person("std", "standards", "bureau")
    return lambda command, *given: app.test_cli_runner().invoke(command, [str(each) for each in given])


def names(app):
    with app.app_context():
        return [row.name for row in db.session.execute(db.select(Point.__table__.c.name))]


def test_given_a_workbook_when_it_is_written_changed_and_brought_in_then_it_counts_once(app, run, tmp_path):
    file = tmp_path / "points.xlsx"
    written = run(take_out, "points", "--out", file)
    file.write_bytes(changed(file.read_bytes(), "点位", 1, name="改名"))

    looked = run(bring_in, file, "--dry-run")
    before = names(app)
    answers = [run(bring_in, file).output.strip() for _ in (1, 2)]

    assert (written.exit_code, looked.exit_code) == (0, 0)
    assert "1 changed" in looked.output
    assert before == ["1号楼1层男卫生间"]
    assert answers == ["points: 0 are new, 1 changed, 1 the same", "points: 0 are new, 0 changed, 2 the same"]
    assert names(app) == ["改名"]


def test_given_a_wrong_cell_a_strange_file_or_account_when_it_is_brought_in_then_one_message_says_so(
    app, run, tmp_path
):
    file, other = tmp_path / "points.xlsx", tmp_path / "other.xlsx"
    run(take_out, "points", "--out", file)
    file.write_bytes(changed(file.read_bytes(), "点位", 1, name="改名", risk=7))
    other.write_bytes(b"PK")

    wrong, strange = run(bring_in, file), run(bring_in, other)
    nobody = run(take_out, "people", "--out", other, "--as", "ann")

    assert (wrong.exit_code, strange.exit_code, nobody.exit_code) == (1, 1, 1)
    assert "点位!I4" in wrong.output
    assert names(app) == ["1号楼1层男卫生间"]
