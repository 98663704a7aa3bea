"""G10 and G11: dashboards on years of windows, against a raw scan by DuckDB and against a tenth of the rows.

    python -m bench.analytics [--databases sqlite,postgresql] [--sizes 1000000,10000000] [--reps 5]

Times are CPU milliseconds: of this process, and on PostgreSQL of the server's processes as well. The figures are
compared with a raw count in every run; one that differs ends the bench.
"""

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from app import clock
from bench import meter
from bench.dashboards import Dashboard, Raw, dashboards
from bench.kept import KINDS, is_kept, kept, raw
from bench.years_shape import NOW

SMALL, LARGE = 1_000_000, 10_000_000
LISTED_WHOLE = ("log",)


class Differs(AssertionError):
    """A figure is not what the windows say."""


def cpu_ms(work: Callable[[], Any], server: int | None, reps: int) -> float:
    """The median over so many runs, after one that warms up; what stands by then is out of the collector's way.

    The program's own workers do the same: what is measured would else be a walk through all that was ever imported.
    """
    work()
    gc.collect()
    gc.freeze()
    spent = []
    for _ in range(reps):
        before, other = time.process_time(), meter.read(server).own_s if server else 0.0
        work()
        other = meter.read(server).own_s - other if server else 0.0
        spent.append((time.process_time() - before + other) * 1000)
    return statistics.median(spent)


def measure(kind: str, windows: int, reps: int) -> dict[str, dict[str, float]]:
    """Dashboard -> CPU ms of ours, and of the raw scan where there is one; the figures agree."""
    found: dict[str, dict[str, float]] = {}
    with kept(kind, windows) as (_app, server), clock.at(NOW):
        scan = Raw(str(raw(windows)))
        for each in dashboards():
            if each.theirs:
                agree(each, scan)
            found[each.name] = {"ours": cpu_ms(each.ours, server, reps)}
            if each.theirs:
                found[each.name]["scan"] = cpu_ms(lambda: each.theirs(scan), None, max(1, reps // 2))  # noqa: B023
    return found


def agree(dashboard: Dashboard, scan: Raw) -> None:
    ours, theirs = dashboard.figures(dashboard.ours()), dashboard.theirs(scan)
    if ours != theirs:
        raise Differs(f"{dashboard.name}: {first_difference(ours, theirs)}")


def first_difference(ours: Any, theirs: Any) -> str:
    """Where two answers part, in words short enough to read."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}, key=str):
            if ours.get(key) != theirs.get(key):
                return f"{key}: {first_difference(ours.get(key), theirs.get(key))}"
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next(first_difference(mine, yours) for mine, yours in zip(ours, theirs, strict=True) if mine != yours)
    return f"{str(ours)[:200]} by the tallies, {str(theirs)[:200]} by the windows"


def analytics(reps: int) -> dict[str, dict[str, float]]:
    """The goals of each database whose windows are kept; SQLite's are made when they are missing."""
    goals: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        if kind == "sqlite" or is_kept(kind, LARGE):
            goals |= judged(kind, measure(kind, SMALL, reps), measure(kind, LARGE, reps))
        else:
            left_out = (
                f"{kind} is left out: `python -m bench.kept {SMALL} {LARGE} --databases {kind}` makes its windows"
            )
            print(left_out, file=sys.stderr, flush=True)
    return goals


def judged(
    kind: str, small: dict[str, dict[str, float]], large: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """The slowest dashboard against its scan, the slowest in milliseconds, the one that grows most; all of them beside.

    The whole log of a day grows with the windows of that day, which is what it lists: its growth stands beside only.
    """
    ratios = {name: each["ours"] / each["scan"] for name, each in large.items() if "scan" in each}
    times = {name: each["ours"] for name, each in large.items()}
    growths = {name: each["ours"] / small[name]["ours"] for name, each in large.items()}
    worst = {name: growth for name, growth in growths.items() if name not in LISTED_WHOLE}
    return {
        f"G10_{kind}": {"value": max(ratios.values()), **ratios},
        f"G10b_{kind}": {"value": max(times.values()), **times},
        f"G11_{kind}": {"value": max(worst.values()), **growths},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--databases", default=",".join(KINDS))
    parser.add_argument("--sizes", default=f"{SMALL},{LARGE}")
    parser.add_argument("--reps", type=int, default=5)
    options = parser.parse_args()
    found = {
        kind: {size: measure(kind, int(size), options.reps) for size in options.sizes.split(",")}
        for kind in options.databases.split(",")
    }
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
