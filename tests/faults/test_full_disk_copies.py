"""No room for what a command writes, a backup, a restored site, an export, labels: a sentence, nothing half left."""

from datetime import timedelta

import pytest

from app import clock
from app.cli_backup import backup, restore
from app.cli_exchange import take_out
from app.cli_labels import labels
from app.operations.rules_backup import MANIFEST
from tests.support import builders
from tests.support.databases import let_go, make_app, nothing
from tests.support.disks import filled, small_disk
from tests.support.history import STEPS, checked
from tests.support.stored import tables

DISK_KB = 24_000


@pytest.fixture
def site(app):
    return furnished(app)


def furnished(app):
    with app.app_context():
        builders.small_world(*STEPS)
        builders.person("std", "standards", "bureau")
        checked(app, 1)
    return app


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path, kilobytes=DISK_KB) as (folder, _too_much):
        yield folder


def run(app, command, *given, minutes=0):
    with clock.at(builders.NOW + timedelta(minutes=minutes)):
        return app.test_cli_runner().invoke(command, [str(each) for each in given])


def lying_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("left", [0, 8, 200, 1000])
def test_given_a_full_disk_when_a_backup_is_made_then_a_sentence_earlier_runs_stand_and_later_it_is_whole(
    site, database, templates, disk, tmp_path, left
):
    runs = disk / "backups"
    assert run(site, backup, runs).exit_code == 0
    earlier = lying_in(runs)
    with site.app_context():
        for number in range(2, 12):
            checked(site, number)
        rows = tables()

    with filled(disk, leave=left):
        full = run(site, backup, runs, minutes=1)
        there = lying_in(runs)
        whole = [each for each in runs.iterdir() if (each / MANIFEST).exists()]

    assert full.exit_code == 1, full.output
    assert "Nothing of this run is kept" in full.output
    assert isinstance(full.exception, SystemExit)
    assert len(whole) == 1
    assert earlier.items() <= there.items()
    # Photos that had room are whole and serve the next run.
    assert {name.partition("/")[0] for name in there.keys() - earlier.keys()} <= {"photos"}
    assert not [name for name in there if name.endswith(".part")]
    again = run(site, backup, runs, minutes=2)
    assert again.exit_code == 0, again.output
    with templates.copy(database, "bare", nothing, tmp_path / "elsewhere") as url:
        other = make_app(url, tmp_path / "elsewhere")
        back = run(other, restore, sorted(each for each in runs.iterdir() if (each / MANIFEST).exists())[-1])
        assert back.exit_code == 0, back.output
        with other.app_context():
            assert tables() == rows
        let_go(other)


def test_given_a_full_disk_when_a_backup_is_restored_there_then_a_sentence_and_with_room_it_comes_back(
    templates, disk, tmp_path
):
    runs = tmp_path / "backups"
    with (
        templates.copy("sqlite", "bare", nothing, tmp_path / "instance") as url,
        templates.copy("sqlite", "bare", nothing, disk / "elsewhere") as other_url,
    ):
        site, other = furnished(make_app(url, tmp_path / "instance")), make_app(other_url, disk / "elsewhere")
        assert run(site, backup, runs).exit_code == 0
        (kept,) = [each for each in runs.iterdir() if (each / MANIFEST).exists()]
        with filled(disk, leave=100):
            full = run(other, restore, kept)
        again = run(other, restore, kept)
        let_go(site)
        let_go(other)

    assert full.exit_code == 1 and isinstance(full.exception, SystemExit), full.output
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize(
    "command",
    [(take_out, "points", "--out"), (take_out, "standards", "--out"), (labels, "--out")],
    ids=["workbook", "template", "labels"],
)
def test_given_a_full_disk_when_a_file_is_written_then_a_sentence_and_what_stood_there_stays(site, disk, command):
    deed, *words = command
    old, new = disk / "old.xlsx", disk / "new.xlsx"
    old.write_bytes(b"before")

    with filled(disk, leave=4):
        refused = [run(site, deed, *words, file) for file in (old, new)]
        there = {path.name for path in disk.iterdir()} - {"filler"}
        content = old.read_bytes()

    assert [each.exit_code for each in refused] == [1, 1]
    assert all("was not written: No space left on device" in each.output for each in refused)
    assert (there, content) == ({"old.xlsx"}, b"before")
    assert run(site, deed, *words, old).exit_code == 0
    assert old.read_bytes() != b"before"
    assert {path.name for path in disk.iterdir()} == {"old.xlsx"}
