"""A bureau of a few thousand windows: made, cut off, made again; what dashboards show is what the windows say."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app import clock
from app.db import atomically, db, run
from app.schedule.models import Occurrence
from app.tallies.models import TallyDay
from bench import kept
from bench.analytics import Differs, agree, judged, measure
from bench.dashboards import Raw, dashboards
from bench.years_shape import NOW

ROOT = Path(__file__).parents[2]
WINDOWS = 3000
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a whole bureau; tests that spoil it take a copy."""
    folder = tmp_path_factory.mktemp("years")
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(kept, "OUT", folder)
        with kept.kept("sqlite", WINDOWS):
            pass
    return folder


@pytest.fixture
def out(made, tmp_path, monkeypatch):
    folder = tmp_path / "years"
    shutil.copytree(made, folder)
    monkeypatch.setattr(kept, "OUT", folder)
    return folder


def note_of(out: Path) -> Path:
    return next(out.glob(f"years-*/sqlite-{WINDOWS}.json"))


def test_given_years_of_windows_when_dashboards_are_measured_then_every_figure_is_what_a_raw_scan_counts(out):
    found = measure("sqlite", [WINDOWS], 1)[WINDOWS]

    assert len(found) == len(dashboards()) and all(each["ours"] > 0 for each in found.values())
    assert {name for name, each in found.items() if "scan" not in each} == {"log"}
    goals = judged("sqlite", found, found)
    assert {name: each["value"] for name, each in goals.items() if "G11" in name} == {"G11_sqlite": 1.0}
    assert goals["G10b_sqlite"]["value"] == max(each["ours"] for each in found.values())


def test_given_one_cell_that_is_wrong_when_compared_then_the_bench_ends_and_says_where(out):
    with kept.kept("sqlite", WINDOWS), clock.at(NOW):
        day = db.session.scalar(select(func.max(TallyDay.on)).where(TallyDay.due > 0, TallyDay.on < NOW.date()))
        atomically(lambda: run(update(TallyDay).where(TallyDay.on == day).values(due=TallyDay.due + 1)))
        scan = Raw(str(kept.raw(WINDOWS)))
        by_unit = next(each for each in dashboards() if each.name == "by_unit")

        with pytest.raises(Differs, match=r"by_unit: unit\d+: .* by the tallies, .* by the windows"):
            agree(by_unit, scan)


def test_given_a_whole_bureau_when_asked_for_again_then_nothing_is_made_anew(out):
    files = [note_of(out), kept.raw(WINDOWS), kept.raw(WINDOWS).with_name(f"w{WINDOWS}.sqlite3")]
    before = [(file.stat().st_ino, file.stat().st_mtime_ns) for file in files[:2]], files[2].stat().st_ino
    assert kept.is_kept("sqlite", WINDOWS)

    with kept.kept("sqlite", WINDOWS):
        rows = db.session.scalar(select(func.count()).select_from(Occurrence))

    assert abs(rows - WINDOWS) < 0.1 * WINDOWS
    assert before == ([(file.stat().st_ino, file.stat().st_mtime_ns) for file in files[:2]], files[2].stat().st_ino)


def test_given_tallies_that_were_not_finished_when_asked_for_then_they_are_counted_and_the_rows_stand(out):
    note = note_of(out)
    database = note.parent / f"w{WINDOWS}.sqlite3"
    note.write_text(json.dumps({"load_s": 77}), "utf-8")
    rows = database.stat().st_ino
    with kept.kept("sqlite", WINDOWS):
        pass

    assert json.loads(note.read_text("utf-8"))["load_s"] == 77

    assert kept.is_kept("sqlite", WINDOWS)
    assert database.stat().st_ino == rows


def test_given_a_maker_that_is_killed_while_it_loads_when_asked_again_then_no_half_is_taken_for_whole(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(WINDOWS)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=600, check=False)
    half = next(tmp_path.glob("years-*"))
    assert (half / f"w{WINDOWS}.sqlite3").stat().st_size > 1_000_000
    assert not list(half.glob("*.json")) and not list(half.glob("raw-*.duckdb"))

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(kept, "OUT", tmp_path)
        assert not kept.is_kept("sqlite", WINDOWS)
        with kept.kept("sqlite", WINDOWS), clock.at(NOW):
            for each in dashboards():
                if each.theirs:
                    agree(each, Raw(str(kept.raw(WINDOWS))))


# Kills itself as it comes to the sixth month of the load.
KILLED = """
import os, signal, sys
from pathlib import Path
from bench import kept, kept_rows

kept.OUT = Path(sys.argv[1])
copy, seen = kept_rows._copy_sqlite, []

def dying(*given):
    seen.append(given)
    if len(seen) > 35:
        os.kill(os.getpid(), signal.SIGKILL)
    copy(*given)

kept_rows._copy_sqlite = dying
with kept.kept("sqlite", int(sys.argv[2])):
    pass
"""
