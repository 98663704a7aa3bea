"""`python -m bench.run [--only post,page,fsync,labels] [--reps 5] [--write]`: measures, judges; 1 on a missed "must".

Variants take turns in one run; what counts is the ratio of the medians. A repetition during which others kept more than
0.3 of a core busy is done again, at most three times, and then stands with a mark.
"""

import argparse
import json
import platform
import resource
import statistics
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.serving import worker_class
from bench import meter
from bench.rates import rates, slow_disk, waits
from bench.world import PAGE_STEPS, Server, limit, running

HERE = Path(__file__).parent
FOREIGN_CORES = 0.3


def main() -> int:
    """Measure what was asked for and judge it by goals.toml."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts, comma between")
    parser.add_argument("--reps", type=int, default=5, help="repetitions of each variant")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    found: dict[str, dict[str, float]] = {}
    for part in options.only.split(","):
        found |= PARTS[part](options.reps)
    goals = tomllib.loads((HERE / "goals.toml").read_text("utf-8"))
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / f"{_today()}.json").write_text(json.dumps(found, indent=1), "utf-8")
    text, missed = table(found, goals)
    print(text)
    if options.write:
        report = HERE.parent / "docs" / "performance.md"
        # What `make audit` found of the pages stands behind and stays.
        _, heading, pages = report.read_text("utf-8").partition("\n## Front end\n")
        report.write_text(PREFACE.format(machine=_machine()) + text + "\n" + heading + pages, "utf-8")
    return int(missed)


def post(reps: int) -> dict[str, dict[str, float]]:
    """G1: the limit runs under gunicorn's own threads, as it is defined; under our worker it stands beside."""
    with running() as app, limit("raw_wsgi") as raw, limit("raw_wsgi", worker_class) as same:
        found = _ratio(app, raw, lambda side: side.post(), reps, 120)
        beside = _ratio(app, same, lambda side: side.post(), reps, 120)
        return {"G1": found | {"to_limit_under_our_worker": beside["value"]}}


def page(reps: int) -> dict[str, dict[str, float]]:
    """G9."""
    with running(steps=PAGE_STEPS, windows=1) as app, limit("raw_page") as raw:
        found = _ratio(app, raw, lambda side: side.page(), reps, 200)
        raw.connect()
        return {"G9": found | {"page_bytes": app.page(), "limit_bytes": raw.page()}}


def fsync(_reps: int) -> dict[str, dict[str, float]]:
    """G7, counted by a shim under the real server."""
    from bench.fsync import measure

    medians = measure()["median"]
    more = {f"photos_{photos}": float(count) for photos, count in medians.items()}
    return {"G7": {"value": max(count - int(photos) for photos, count in medians.items())} | more}


def labels(_reps: int) -> dict[str, dict[str, float]]:
    """G13; WeasyPrint is the peer and comes with the extra `bench` only."""
    from bench.labels import measure

    found = measure()
    seconds = {name: value for name, value in found.items() if name.endswith("_s")}
    return {
        "G13a": {"value": found["without_read_back"]} | seconds,
        "G13b": {"value": found["with_read_back"]},
    }


PARTS = {
    "post": post,
    "page": page,
    "fsync": fsync,
    "labels": labels,
    "rates": rates,
    "waits": waits,
    "slow": slow_disk,
}


def _ratio(ours: Server, theirs: Server, ask: Callable[[Server], object], reps: int, count: int) -> dict[str, float]:
    """Medians of CPU ms a request, the two sides taking turns."""
    for side in (ours, theirs):
        side.connect()
        for _ in range(30):
            ask(side)
    spent: dict[str, list[float]] = {"ours": [], "limit": []}
    marked = 0
    for _ in range(reps):
        for name, side in (("limit", theirs), ("ours", ours)):
            ms, quiet = _cpu_ms(side, ask, count)
            spent[name].append(ms)
            marked += not quiet
    own, raw = statistics.median(spent["ours"]), statistics.median(spent["limit"])
    spread = {"ours_least": min(spent["ours"]), "ours_most": max(spent["ours"])}
    return {"value": own / raw, "ours_cpu_ms": own, "limit_cpu_ms": raw, "marked": marked, **spread}


def _cpu_ms(side: Server, ask: Callable[[Server], object], count: int) -> tuple[float, bool]:
    for _attempt in range(3):
        side.connect()
        before, client = meter.read(side.pid), _client_s()
        for _ in range(count):
            ask(side)
        after = meter.read(side.pid)
        quiet = meter.foreign_cores(before, after, _client_s() - client) <= FOREIGN_CORES
        if quiet:
            break
    return (after.own_s - before.own_s) * 1000 / count, quiet


def _client_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def table(found: dict[str, dict[str, float]], goals: dict[str, dict[str, object]]) -> tuple[str, bool]:
    """The table as Markdown, and whether a "must" was missed."""
    lines = ["| goal | measure | must | aim | measured | |", "|---|---|---|---|---|---|"]
    missed = False
    for name, measured in found.items():
        goal, value = goals[name], measured["value"]
        sign = 1 if goal["better"] == "lower" else -1
        met = sign * value <= sign * float(goal["must"])
        missed |= not met
        verdict = "missed" if not met else "aim met" if sign * value <= sign * float(goal["aim"]) else "met"
        details = ", ".join(f"{key} {each:.3g}" for key, each in measured.items() if key != "value")
        bound = "≤" if sign == 1 else "≥"
        lines.append(
            f"| {name} | {goal['what']} | {bound} {goal['must']} | {bound} {goal['aim']} "
            f"| **{value:.2f}** ({details}) | {verdict} |"
        )
    return "\n".join(lines), missed


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {_today()}"


PREFACE = """# Performance, as measured

By `make bench` ({machine}). Each figure is a ratio of two sides that took turns in the same run:
CPU time of the whole server tree a request, medians. `marked` counts repetitions during which other programs kept
more than 0.3 of a core busy; CPU times move little with that, rates would.

"""

if __name__ == "__main__":
    sys.exit(main())
