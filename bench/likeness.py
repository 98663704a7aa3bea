"""Pictures like a given one among a million: the real search on both databases, each answer held against a plain scan.

    python -m bench.likeness --pictures 1000000 --databases sqlite,postgresql

Pictures come in scenes, as a house has them: many shots of one place that differ in about eight bits.
"""

import argparse
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.db import db
from app.flags.queries_pictures import near, rows_of_pieces
from app.flags.rules import PhotoSeen
from app.flags.rules_pictures import distance, is_plain
from app.flags.rules_pieces import REACH
from tests.support import builders
from tests.support.databases import Templates, make_app, nothing

MUST_P95_MS = 50.0
SHOTS_OF_A_SCENE, AT_ONCE = 200, 20_000
SIDE = 8
# Hashes that stand in the index of the database in work: copying takes no line twice.
_kept: set[int] = set()
TABLES: dict[str, tuple[str, ...]] = {
    "pictures": ("sha256", "state", "queued_at", "tries", "place", "media_type", "upright", "phash", "width", "height"),
    "photos": (
        "id", "sha256", "received_sha256", "check_id", "step_id", "part", "person_id", "point_id", "standard_code",
        "implementer_id", "responsible_id", "media_type", "bytes", "width", "height", "source", "received_at",
    ),
    "like_pieces": ("piece", "phash"),
    "like_pictures": ("phash", "sha256"),
}  # fmt: skip


def scene(chance: random.Random) -> int:
    """The hash of a place: a few soft waves of light, compared from left to right as the likeness hash does."""
    waves = [(chance.uniform(0.2, 1.4), chance.uniform(0.2, 1.4), chance.uniform(0, 6.3)) for _ in range(4)]
    bits = 0
    for line in range(SIDE):
        light = [sum(math.cos(a * x + b * line + c) for a, b, c in waves) for x in range(SIDE + 1)]
        for x in range(SIDE):
            bits = bits << 1 | (light[x] < light[x + 1])
    return bits


def hashes(count: int, chance: random.Random) -> list[int]:
    """Signed hashes: each bit of a scene turns in one shot of eight."""
    found = []
    for number in range(count):
        if number % SHOTS_OF_A_SCENE == 0:
            place = scene(chance)
        turned = chance.getrandbits(64) & chance.getrandbits(64) & chance.getrandbits(64)
        bits = place ^ turned
        found.append(bits - (1 << 64) if bits >> 63 else bits)
    return found


def rows(part: list[int], first: int) -> dict[str, Iterator[tuple[Any, ...]]]:
    """What every table gets for these pictures."""
    when = builders.NOW.replace(tzinfo=None)
    at = [str(when - timedelta(seconds=7 * (first + n))) for n in range(len(part))]
    name = [f"{first + n:064x}" for n in range(len(part))]
    ids = [f"{first + n:036x}" for n in range(len(part))]
    telling = [(bits, sha) for bits, sha in zip(part, name, strict=True) if not is_plain(bits)]
    new = {bits for bits, _ in telling} - _kept
    _kept.update(new)
    pieces = [(row["piece"], row["phash"]) for row in rows_of_pieces(new)]
    return {
        "pictures": (
            (sha, "ready", day, 1, "x", "image/jpeg", True, bits, 640, 480)
            for sha, day, bits in zip(name, at, part, strict=True)
        ),
        "photos": (
            (key, sha, sha, key, "S01", "evidence", f"wk-{n % 76}", f"p{(first + n) // SHOTS_OF_A_SCENE}",
             "JGSW05003.01", "clean", "care", "image/jpeg", 200_000, 640, 480, "live", day)
            for n, (key, sha, day) in enumerate(zip(ids, name, at, strict=True))
        ),
        "like_pieces": iter(pieces),
        "like_pictures": iter(telling),
    }  # fmt: skip


def fill(kept: list[int]) -> None:
    """All tables, in portions."""
    _kept.clear()
    for first in range(0, len(kept), AT_ONCE):
        for table, lines in rows(kept[first : first + AT_ONCE], first).items():
            _insert(table, lines)
    with db.engine.begin() as link:
        link.exec_driver_sql("ANALYZE")


def _insert(table: str, lines: Iterator[tuple[Any, ...]]) -> None:
    columns = ", ".join(TABLES[table])
    link = db.engine.raw_connection()
    if db.engine.dialect.name == "postgresql":
        with link.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
    else:
        marks = ", ".join("?" * len(TABLES[table]))
        link.cursor().execute("BEGIN")
        link.cursor().executemany(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", lines)
    link.commit()
    link.close()


def asked(bits: int) -> PhotoSeen:
    """A new picture of another record with this hash."""
    return PhotoSeen("new", "new", "p-new", "wk-new", "f" * 64, bits, builders.NOW)


def turned(bits: int, chance: random.Random) -> int:
    """The same picture, pressed anew: up to REACH bits differ."""
    for position in chance.sample(range(64), chance.randint(0, REACH)):
        bits ^= 1 << position
    return bits


def measure(kept: list[int], queries: int, chance: random.Random, scanned: int) -> dict[str, Any]:
    """Milliseconds of a search; `missed` counts pictures that a plain scan finds and the index does not."""
    took, found, missed = [], [], 0
    for number in range(queries):
        bits = turned(chance.choice(kept), chance)
        began = time.perf_counter()
        answer = {each.photo for each in near([asked(bits)])}
        took.append(1000 * (time.perf_counter() - began))
        found.append(len(answer))
        if number < scanned and not is_plain(bits):
            due = {f"{n:036x}" for n, each in enumerate(kept) if not is_plain(each) and distance(each, bits) <= REACH}
            missed += len(due - answer)
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2], 1), "p95_ms": round(took[int(len(took) * 0.95)], 1),
        "most_ms": round(took[-1], 1), "found_mean": round(sum(found) / len(found), 1), "missed": missed,
    }  # fmt: skip


def run(kind: str, kept: list[int], queries: int, scanned: int) -> dict[str, Any]:
    """One database, filled and asked."""
    folder = Path(tempfile.mkdtemp(prefix="dabiao-likeness-"))
    templates = Templates(folder / "templates")
    with templates.copy(kind, "bare", nothing, folder / "instance") as url:
        app = make_app(url, folder / "instance")
        with app.app_context():
            began = time.perf_counter()
            fill(kept)
            filled_s = round(time.perf_counter() - began)
            measured = measure(kept, queries, random.Random(2), scanned)
            db.session.remove()
            db.engine.dispose()
    templates.close()
    return {"database": kind, "pictures": len(kept), "filled_s": filled_s, **measured}


def main() -> int:
    """Print a line of JSON a database; 1 when one is too slow or misses any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--scanned", type=int, default=20)
    parser.add_argument("--databases", default="sqlite,postgresql")
    given = parser.parse_args()
    kept = hashes(given.pictures, random.Random(1))
    results = []
    for kind in given.databases.split(","):
        results.append(run(kind, kept, given.queries, given.scanned))
        print(json.dumps(results[-1]), flush=True)
    return int(any(each["p95_ms"] >= MUST_P95_MS or each["missed"] for each in results))


if __name__ == "__main__":
    sys.exit(main())
