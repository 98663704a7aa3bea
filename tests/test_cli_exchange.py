"""`dabiao import` and `dabiao export`: workbooks and packs go round; what is wrong is told and changes nothing."""

import json

import pytest

from app.cli_exchange import bring_in, take_out
from app.db import db
from app.exchange.rules_pack import digest_of, to_bytes
from app.places.models import Point
from tests.support import builders
from tests.support.databases import make_app, nothing
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


@pytest.fixture
def fresh(templates, database, tmp_path):
    """A second site: migrated and empty, without any account."""
    with templates.copy(database, "bare", nothing, tmp_path / "second") as url:
        made = make_app(url, tmp_path / "second")
        yield made
        with made.app_context():
            db.session.remove()
            db.engine.dispose()


def test_given_standards_when_written_as_a_pack_and_brought_into_an_empty_database_then_the_same_file_comes_out(
    run, fresh, tmp_path
):
    file, back = tmp_path / "standards.json", tmp_path / "back.json"
    other = fresh.test_cli_runner()
    written = run(take_out, "standards", file)

    looked = other.invoke(bring_in, [str(file), "--dry-run"])
    between = other.invoke(take_out, ["standards", str(back)])
    brought = [other.invoke(bring_in, [str(file)]) for _ in (1, 2)]
    out = other.invoke(take_out, ["standards", "--out", str(back)])

    assert (written.exit_code, looked.exit_code, between.exit_code, out.exit_code) == (0, 0, 1, 0)
    assert "1 would be new, 0 the same, 0 stay as they are here" in looked.output
    assert "1 are new, 0 the same" in brought[0].output
    assert "0 are new, 1 the same" in brought[1].output
    assert json.loads(file.read_text())["digest"] in brought[0].output
    assert back.read_bytes() == file.read_bytes()


def test_given_a_pack_that_does_not_hold_when_it_is_brought_in_then_each_fault_and_nothing_changed(
    run, fresh, tmp_path
):
    file, broken = tmp_path / "standards.json", tmp_path / "broken.json"
    run(take_out, "standards", file)
    pack = json.loads(file.read_text())
    pack["standards"][0]["editions"][0]["year"] = 2020
    file.write_bytes(to_bytes({**pack, "digest": digest_of(pack)}))
    broken.write_bytes(file.read_bytes()[:-20])

    wrong, cut = (fresh.test_cli_runner().invoke(bring_in, [str(each)]) for each in (file, broken))

    assert (wrong.exit_code, cut.exit_code) == (1, 1)
    assert "nothing was changed" in wrong.output
    assert pack["standards"][0]["editions"][0]["number"] in wrong.output
    assert "Error" in cut.output


def test_given_the_workbook_of_standards_when_written_then_it_is_empty_and_a_strange_number_is_refused(run, tmp_path):
    empty = run(take_out, "standards", tmp_path / "new.xlsx")
    strange = run(take_out, "standards", tmp_path / "new.json", "--standard", "JGSW05999")
    nothing_named = run(take_out, "standards")
    nothing_filled = run(bring_in, tmp_path / "new.xlsx", "--dry-run")

    assert (empty.exit_code, strange.exit_code, nothing_named.exit_code) == (0, 1, 2)
    assert "standards: 0 would be new" in nothing_filled.output
