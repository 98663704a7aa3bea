"""A file of 100,000 rows, made by a process of its own: seconds, bytes, and the most memory that it ever held.

    python -m bench.exports --rows 100000 --forms csv,xlsx

The promise is 300 MB at most. Answers are the widest rows; SQLite, in a folder that goes afterwards.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from flask_migrate import upgrade

from app import clock
from app.accounts.queries import person_by_id
from app.data.actions_exports import FileWish, Workshop, make, order
from app.data.queries_exports import export_by_id
from app.data.rules_wanted import Wanted
from app.db import atomically, db
from tests.support import builders
from tests.support.data import TODAY, many
from tests.support.databases import make_app

MUST_BE_UNDER_MB = 300
ANSWERS_EACH = 5


def most_kb() -> int:
    """The most that this process ever held; what getrusage says begins with the process that started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def world(instance: Path, rows: int) -> None:
    """So many answers, a thousand records a day."""
    app = make_app(f"sqlite:///{instance / 'bench.sqlite3'}", instance)
    with app.app_context():
        upgrade()
        builders.small_world()
        builders.person("lou", "leader", "bureau")
        many(rows // ANSWERS_EACH, answers=ANSWERS_EACH)
        db.session.remove()
        db.engine.dispose()


def one(instance: Path, form: str) -> dict[str, float]:
    """Make one file in this process."""
    app = make_app(f"sqlite:///{instance / 'bench.sqlite3'}", instance)
    before = most_kb()
    with app.app_context(), clock.at(builders.NOW):
        who, zone = person_by_id("lou"), app.extensions["settings"].zone
        wanted = Wanted(TODAY.replace(month=1, day=1), TODAY)
        wish = FileWish(str(uuid.uuid4()), "answers", form, wanted, "bench", "zh_Hans_CN", "")
        atomically(lambda: order(wish, who, zone))
        began, spent = time.perf_counter(), time.process_time()
        assert make(wish.id, Workshop.of(app.extensions["settings"]))
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
        made = export_by_id(wish.id)
    return {
        "rows": made.rows_done, "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "bytes": made.bytes,
        "most_mb": round(most_kb() / 1024, 1), "before_mb": round(before / 1024, 1),
    }  # fmt: skip


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--forms", default="csv,xlsx")
    words.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.one:
        print(json.dumps(one(Path(given.one[0]), given.one[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        world(Path(folder), given.rows)
        found = {form: _apart(folder, form) for form in given.forms.split(",")}
    print(json.dumps(found, indent=1))
    return int(any(each["most_mb"] >= MUST_BE_UNDER_MB for each in found.values()))


def _apart(folder: str, form: str) -> dict[str, float]:
    """In a process of its own, whose memory is nobody else's."""
    command = [sys.executable, "-m", "bench.exports", "--one", folder, form]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
