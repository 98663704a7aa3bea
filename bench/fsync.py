"""G7: syncs of the disk for one check with n photos, counted in the real server by a shim around fsync and fdatasync.

`python -m bench.fsync` prints, for 1 to 3 photos, the median and the mean over checks that one phone makes one after
another. The mean is a little higher: about once in sixty checks SQLite moves its log into the database.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade

from app.db import db
from tests.support import builders, servers
from tests.support.databases import make_app
from tests.support.phones import Fleet, Phone, cookie_and_token
from tests.support.standards import step_document

CHECKS = 60
MUST_BE_AT_MOST = 2  # more than photos


def shim(folder: Path) -> Path | None:
    """bench/slowsync.c as a library, or None where there is no C compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "slowsync.so"
    source = Path(__file__).with_name("slowsync.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def small_world(instance: Path) -> tuple[str, str, str]:
    """A database with one point, its cookie and its CSRF token."""
    url = f"sqlite:///{instance / 'bench.sqlite3'}"
    app = make_app(url, instance)
    with app.app_context():
        upgrade()
        builders.small_world(step_document("S01", "photo", photo_min=1))
        db.session.remove()
        db.engine.dispose()
    return url, *cookie_and_token(app, "ann")


def syncs_per_check(library: Path, folder: Path, photos: int, checks: int = CHECKS) -> list[int]:
    """How many syncs each of so many checks cost, uploads included."""
    instance, log = folder / f"instance{photos}", folder / f"syncs{photos}"
    url, cookie, token = small_world(instance)
    server = servers.start(url, instance, LD_PRELOAD=str(library), SLOWSYNC_LOG=str(log))
    try:
        server.wait()
        phone = Phone(Fleet(int(server.url.rpartition(":")[2]), cookie, token), 1, photos)
        phone.check()
        counts = []
        for _ in range(checks):
            before = log.read_bytes().count(b"\n")
            phone.check()
            counts.append(log.read_bytes().count(b"\n") - before)
        phone.hang_up()
        return counts
    finally:
        server.stop()


def measure() -> dict[str, object]:
    """Median and mean by number of photos, and whether the goal holds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = shim(folder)
        if library is None:
            return {"goal": "G7", "skipped": "no C compiler for bench/slowsync.c"}
        found = {photos: syncs_per_check(library, folder, photos) for photos in (1, 2, 3)}
    medians = {photos: statistics.median(counts) for photos, counts in found.items()}
    return {
        "goal": "G7",
        "median": medians,
        "mean": {photos: round(statistics.mean(counts), 2) for photos, counts in found.items()},
        "holds": all(median <= photos + MUST_BE_AT_MOST for photos, median in medians.items()),
    }


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    told = measure()
    print(json.dumps(told, indent=2))
    sys.exit(0 if told.get("holds", True) else 1)
