"""How long `dabiao verify` takes on a clean history of N sealed records; and tampering at length.

    python bench/verify.py 1000000          a fresh SQLite file with N records, sealed, then walked
    python bench/verify.py --tamper 1000    a small history, tampered with 1,000 times, each of them to be found

A record is one entry of the chain: here one in five is a check with its receipt and four answers, the others are lines
of history such as a finding's or an occurrence's. Run it from the folder of the product.
"""

import sqlite3
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import clock  # noqa: E402
from app.chain.actions_seal import seal  # noqa: E402
from app.chain.actions_verify import verify  # noqa: E402
from app.db import db  # noqa: E402
from tests.support.databases import Templates, make_app, nothing  # noqa: E402

START = datetime(2026, 1, 1, tzinfo=UTC)


def stamp(at):
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def fill(path, count):
    """A fifth checks with four answers each, the rest events; foreign keys are not asked."""
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("PRAGMA foreign_keys=OFF")
    names = [row[1] for row in link.execute("PRAGMA table_info(checks)")]
    spare = {
        row[1]: "" if "CHAR" in row[2] or row[2] == "TEXT" else 0 for row in link.execute("PRAGMA table_info(checks)")
    }
    link.execute("BEGIN")
    for number in range(count // 5):
        one_check(link, names, spare, number)
    events = (
        (n, n % 999, "filled", "ann", stamp(START + timedelta(seconds=30 * n)), None) for n in range(count - count // 5)
    )
    link.executemany(
        "INSERT INTO occurrence_events (id, occurrence_id, kind, by_id, at, data) VALUES (?, ?, ?, ?, ?, ?)", events
    )
    link.execute("COMMIT")
    link.close()


def one_check(link, names, spare, number):
    check_id, at = str(uuid.UUID(int=number * 7919 + 1, version=4)), stamp(START + timedelta(seconds=30 * number))
    said = {"id": check_id, "occurrence_id": number, "received_at": at, "opened_at": at, "submitted_at": at}
    said |= {"effective_at": at, "business_on": at[:10], "marks": '["in_window"]', "facts": "{}", "person_name": "张三"}
    row = spare | said
    link.execute(f"INSERT INTO checks VALUES ({', '.join('?' * len(names))})", [row[name] for name in names])
    body = orjson.dumps({"id": check_id, "answers": [{"step": f"S0{n}"} for n in range(4)], "note": "x" * 900})
    receipt = (check_id, f"260101-{number}", "0" * 64, at, "ann", '{"photos": []}', body)
    link.execute("INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?)", receipt)
    link.executemany(
        "INSERT INTO answers (check_id, step_id, position, applicable, result, warned, key, photos_due, photos_valid, "
        "fixed, together, answered_at, value) VALUES (?, ?, ?, 1, 'pass', 0, 1, 1, 1, 0, 0, ?, ?)",
        [(check_id, f"S0{step}", step, at, 3.5) for step in range(4)],
    )


def million(count):
    with tempfile.TemporaryDirectory() as folder:
        templates, instance = Templates(Path(folder) / "t"), Path(folder) / "i"
        with templates.copy("sqlite", "bare", nothing, instance) as url:
            fill(url.removeprefix("sqlite:///"), count)
            app = make_app(url, instance)
            with app.app_context():
                began = time.perf_counter()
                sealed = seal(instance, clock.now(), whole=True)
                print(f"sealed {sealed} records in {time.perf_counter() - began:.1f} s", flush=True)
                outcome = verify(instance)
                size = Path(url.removeprefix("sqlite:///")).stat().st_size / 1e6
                print(f"walked {outcome.entries} entries in {outcome.seconds:.1f} s; faults: {outcome.found}")
                print(f"the database has {size:.0f} MB")
                db.engine.dispose()
        templates.close()


def tampered(count):
    """Needs the builders of the tests: the same histories, the same ways."""
    from tests.support import builders as make
    from tests.support.history import STEPS, checked
    from tests.support.tampering import found_after

    with tempfile.TemporaryDirectory() as folder:
        templates, instance = Templates(Path(folder) / "t"), Path(folder) / "i"
        with templates.copy("sqlite", "bare", nothing, instance) as url:
            app = make_app(url, instance)
            with app.app_context():
                make.small_world(*STEPS)
                for number in range(8):
                    at = make.NOW + timedelta(minutes=10 * number)
                    checked(app, number + 1, received=at)
                    if number % 2:
                        seal(instance, at + timedelta(minutes=1))
                assert verify(instance).ok
                unseen = []
                for seed in range(count):
                    unseen += [seed] if found_after(instance, seed)[1].ok else []
                    if seed % 50 == 49:
                        print(f"{seed + 1} tried, not found: {unseen}", flush=True)
                print(f"{count - len(unseen)} of {count} tamperings found; not found: {unseen}")
                assert verify(instance).ok
                db.engine.dispose()
        templates.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tamper"]:
        tampered(int(sys.argv[2]))
    else:
        million(int(sys.argv[1]))
