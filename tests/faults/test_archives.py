"""Archives of months that somebody changed, that were cut short, that found no room, that are of another site."""

import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from app.chain.queries_disposal import disposals
from app.operations.archives import Writing
from tests.support.archiving import MONTH, made, spoilt, three_records, told
from tests.support.databases import let_go, make_app, nothing
from tests.support.disks import filled, small_disk
from tests.support.history import raw, unguarded

LAST = "WHERE seq = (SELECT max(seq) FROM entries)"
# What is done to the file, and a word of what is said of it.
SPOILT = [
    ("UPDATE records SET body = replace(body, 'ann', 'eve') WHERE \"table\" = 'checks'", "not the one"),
    ("UPDATE records SET body = 'x' WHERE \"table\" = 'answers'", "not the one"),
    ("UPDATE records SET body = '{}' WHERE \"table\" = 'photos'", "not the one"),
    ("DELETE FROM records WHERE \"table\" = 'answers'", "not the one"),
    (f"DELETE FROM records {LAST}", "not the one"),
    (f"INSERT INTO records SELECT seq, 'answers', 'S99', body FROM records {LAST} LIMIT 1", "not the one"),
    ("INSERT INTO records SELECT 999999, kind, key, digest FROM entries LIMIT 1", "under no entry"),
    ("INSERT INTO gone SELECT seq, 'x', digest FROM entries", "not the one"),
    ("INSERT INTO gone VALUES (999999, 'x', x'00')", "under no entry"),
    ("UPDATE columns SET names = replace(names, 'fail', 'pass') WHERE \"table\" = 'checks'", "other names"),
    ("UPDATE photos SET body = x'00'", "bytes"),
    ("UPDATE photos SET body = 'text'", "bytes"),
    ("UPDATE photos SET media_type = 'text/html'", "names it"),
    ("INSERT INTO photos VALUES (hex(x'00'), 'x', x'00')", "bytes"),
    ("INSERT INTO photos SELECT sha256 || ' ', media_type, body FROM photos LIMIT 1", "bytes"),
    ("DELETE FROM photos", "not in the file"),
    (f"UPDATE entries SET link = x'00' {LAST}", "place in the chain"),
    (f"UPDATE entries SET before = 'text' {LAST}", "not the one"),
    (f"DELETE FROM entries {LAST}", "list of entries"),
    ("UPDATE about SET value = '2' WHERE name = 'checks'", "seal does not fit"),
    ("INSERT INTO about VALUES ('owner', '\"eve\"')", "seal does not fit"),
    ("UPDATE about SET value = '\"0000\"' WHERE name = 'key'", "key that is not here"),
    ("DELETE FROM about WHERE name = 'root'", "to its end"),
    ("DELETE FROM about WHERE name = 'mac'", "to its end"),
    ("DELETE FROM about WHERE name = 'format'", "not finished"),
    ("UPDATE about SET value = 'x'", "no archive"),
    ("DROP TABLE records", "to its end"),
]  # fmt: skip


@pytest.fixture
def site(app):
    return three_records(app)


def test_given_an_archive_that_somebody_changed_when_looked_at_then_it_is_named_and_nothing_can_be_put_forward(
    site, tmp_path
):
    content = made(site, tmp_path).read_bytes()

    for number, (how, word) in enumerate(SPOILT):
        file = tmp_path / f"spoilt-{number}.sqlite3"
        file.write_bytes(content)
        spoilt(file, how)

        assert word in told(site, "check", file, code=1), how
        told(site, "propose", file, code=1)

    with site.app_context():
        assert disposals() == []


def test_given_a_changed_archive_when_listed_or_shown_then_a_sentence_and_no_fault(site, tmp_path):
    file = made(site, tmp_path)
    spoilt(file, "UPDATE records SET body = 'x'")

    assert "cannot be read" in told(site, "list", file, code=1)
    spoilt(file, "DROP TABLE records")
    assert "cannot be read" in told(site, "show", file, "x", code=1)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_given_an_archive_that_was_cut_off_when_looked_at_then_a_sentence(site, tmp_path, part):
    file = made(site, tmp_path)
    os.truncate(file, int(file.stat().st_size * part))

    assert "Error" in told(site, "check", file, code=1)


def test_given_a_file_that_is_none_when_looked_at_then_a_sentence(site, tmp_path):
    (tmp_path / "other.sqlite3").write_bytes(b"hello")

    assert "no archive" in told(site, "check", tmp_path / "other.sqlite3", code=1)


def test_given_an_archive_of_another_site_when_put_forward_then_it_is_refused(site, database, templates, tmp_path):
    with templates.copy(database, "bare", nothing, tmp_path / "elsewhere") as url:
        other = make_app(url, tmp_path / "elsewhere")
        file = made(three_records(other), tmp_path)
        with other.app_context(), unguarded():
            raw("UPDATE chain_entries SET link = digest")
        strange = told(other, "check", file, code=1)
        let_go(other)

    assert "key that is not here" in told(site, "propose", file, code=1)
    assert "not in this site's chain" in strange
    with site.app_context():
        assert disposals() == []


def _killed(app, folder, place, name):
    """The command in this process, which ends by force where it comes to the function."""
    setattr(place, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    told(app, "make", MONTH, folder)


@pytest.mark.parametrize(("place", "name"), [(Writing, "photo"), (Writing, "finish"), (Path, "rename")])
def test_given_a_kill_in_the_middle_when_the_archive_is_made_then_no_file_has_its_name_and_again_it_is_whole(
    site, tmp_path, place, name
):
    let_go(site)
    out = tmp_path / "out"
    child = multiprocessing.get_context("fork").Process(target=partial(_killed, site, out, place, name))
    child.start()
    child.join(60)

    assert child.exitcode == -signal.SIGKILL
    assert [each.name for each in out.iterdir()] == [f"dabiao-{MONTH}.part"]
    file = made(site, out)
    assert "3 records" in told(site, "check", file)
    assert [each.name for each in out.iterdir()] == [file.name]


@pytest.mark.parametrize("left", [0, 8, 60])
def test_given_a_disk_without_room_when_the_archive_is_made_then_a_sentence_and_nothing_is_left(site, tmp_path, left):
    with small_disk(tmp_path, kilobytes=2000) as (disk, _too_much):
        out = disk / "out"
        out.mkdir()
        with filled(disk, leave=left):
            said = told(site, "make", MONTH, out, code=1)
            there = list(out.iterdir())

        assert "cannot be written" in said
        assert there == []
        assert "3 records" in told(site, "make", MONTH, out)
