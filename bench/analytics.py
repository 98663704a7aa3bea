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
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask.ctx import AppContext
from flask.globals import app_ctx

from app import clock
from bench import meter
from bench.dashboards import Dashboard, Raw, dashboards
from bench.kept import KINDS, is_kept, kept, raw
from bench.years_shape import NOW

SMALL, LARGE = 1_000_000, 10_000_000
LISTED_WHOLE = ("log",)
# Fifty whole records beside a bare count of them: its growth is judged, its time and what a scan takes stand beside.
LISTS = ("newest",)


class Differs(AssertionError):
    """A figure is not what the windows say."""


@dataclass(frozen=True)
class Side:
    """An application on so many windows, PostgreSQL's process and the same windows in DuckDB."""

    windows: int
    context: AppContext
    server: int | None
    scan: Raw


def measure(kind: str, sizes: Sequence[int], reps: int) -> dict[int, dict[str, dict[str, float]]]:
    """Windows -> dashboard -> CPU ms of ours, and of the raw scan where there is one; the figures agree."""
    found: dict[int, dict[str, dict[str, float]]] = {windows: {} for windows in sizes}
    with ExitStack() as stack, clock.at(NOW):
        sides = [_side(stack, kind, windows) for windows in sizes]
        for dashboard in dashboards():
            for side in sides:
                with side.context:
                    agree(dashboard, side.scan)
            for side, times in zip(sides, _in_turns(dashboard, sides, reps), strict=True):
                found[side.windows][dashboard.name] = times
    return found


def _side(stack: ExitStack, kind: str, windows: int) -> Side:
    _app, server = stack.enter_context(kept(kind, windows))
    # Entered again for each turn: with it comes the connection, and what that has read before.
    context = app_ctx._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  the documented way
    return Side(windows, context, server, Raw(str(raw(windows))))


def _in_turns(dashboard: Dashboard, sides: Sequence[Side], reps: int) -> list[dict[str, float]]:
    """Medians over so many turns of all sides, since a core here is twice as fast in one second as in the next.

    What stands by now is out of the collector's way, as the program's own workers have it: what is measured would else
    be a walk through all that was ever imported.
    """
    gc.collect()
    gc.freeze()
    spent: list[dict[str, list[float]]] = [{} for _ in sides]
    for _ in range(reps):
        for side, times in zip(sides, spent, strict=True):
            with side.context:
                times.setdefault("ours", []).append(_cpu_ms(dashboard.ours, side.server))
            if theirs := dashboard.theirs:
                times.setdefault("scan", []).append(_cpu_ms(partial(theirs, side.scan), None))
    return [{name: statistics.median(each) for name, each in times.items()} for times in spent]


def _cpu_ms(work: Callable[[], Any], server: int | None) -> float:
    before, other = time.process_time(), meter.read(server).own_s if server else 0.0
    work()
    other = meter.read(server).own_s - other if server else 0.0
    return (time.process_time() - before + other) * 1000


def agree(dashboard: Dashboard, scan: Raw) -> None:
    """Raises Differs; a dashboard that no scan answers is only warmed up."""
    ours, theirs = dashboard.figures(dashboard.ours()), dashboard.theirs and dashboard.theirs(scan)
    if dashboard.theirs and ours != theirs:
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
            found = measure(kind, (SMALL, LARGE), reps)
            goals |= judged(kind, found[SMALL], found[LARGE])
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
    judged_ones = [ratio for name, ratio in ratios.items() if name not in LISTS]
    times = {name: each["ours"] for name, each in large.items()}
    growths = {name: each["ours"] / small[name]["ours"] for name, each in large.items()}
    worst = {name: growth for name, growth in growths.items() if name not in LISTED_WHOLE}
    return {
        f"G10_{kind}": {"value": max(judged_ones), **ratios},
        f"G10b_{kind}": {"value": max(times.values()), **times},
        f"G11_{kind}": {"value": max(worst.values()), **growths},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--databases", default=",".join(KINDS))
    parser.add_argument("--sizes", default=f"{SMALL},{LARGE}")
    parser.add_argument("--reps", type=int, default=5)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    found = {kind: measure(kind, sizes, options.reps) for kind in options.databases.split(",")}
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
