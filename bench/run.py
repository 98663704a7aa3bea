"""`python -m bench.run [--quick] [--only post,page,…] [--reps 5] [--write]`: measures, judges; 1 on a missed "must".

`--quick` measures what CPU time and counts of syncs tell, in less than 90 s. The databases of many windows are made at
the first run and kept (`python -m bench.kept`): that takes a quarter of an hour or more, and 20 GB each of 10 million.
Variants take turns in one run; what counts is the median ratio of neighbours. A repetition during which others kept
more than 0.3 of a core busy is done again, at most three times, and then stands with a mark.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.serving import worker_class
from bench import judge, meter
from bench.deeds import deeds
from bench.memory import memory
from bench.rates import rates, slow_disk, waits
from bench.visits import visits
from bench.world import PAGE_STEPS, Server, limit, running, unsettled_s

OUT = Path(__file__).parent / "out"
REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
FOREIGN_CORES = 0.3
# A core of a rented machine is twice as fast in one second as in the next: short turns let both sides meet both.
TURNS = 6
Part = Callable[[int], dict[str, dict[str, float]]]


def main() -> int:
    """Measure what was asked for and judge it by goals.toml."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help=f"parts, comma between: {','.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="only what CPU time and counts tell")
    parser.add_argument("--reps", type=int, default=5, help="repetitions of each variant")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    parts = options.only.split(",") if options.only else list(QUICK if options.quick else PARTS)
    _let_settle(quick=options.quick)
    found = measured({part: (QUICK if options.quick else PARTS)[part] for part in parts}, options.reps)
    keep(found)
    known, today = judge.goals(), _today()
    print(judge.table(found, known, today))
    for kind in (name.partition("_")[2] for name in found if name.startswith("G11_")):
        print(f"\n{kind}\n{judge.years(found, kind)}")
    if options.write:
        REPORT.write_text(judge.taken_up(REPORT.read_text("utf-8"), found, known, today), "utf-8")
    if lost := judge.missed(found, known):
        print(f"missed: {', '.join(lost)}", file=sys.stderr)
    return int(bool(lost))


def _let_settle(*, quick: bool) -> None:
    """A run that ended a moment ago makes the photos of this one dearer; the quick one only says so."""
    left = unsettled_s()
    if left:
        print(f"a run deleted its photos here: figures are fair in {left:.0f} s", file=sys.stderr, flush=True)
        time.sleep(0 if quick else left)


def keep(found: judge.Found) -> None:
    """Beside what other parts gave on this day."""
    OUT.mkdir(exist_ok=True)
    file = OUT / f"{_today()}.json"
    before = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    file.write_text(json.dumps(before | dict(found), indent=1), "utf-8")


def measured(parts: dict[str, Part], reps: int) -> dict[str, dict[str, float]]:
    """All goals of these parts; each says on stderr how long it took."""
    found: dict[str, dict[str, float]] = {}
    for name, part in parts.items():
        began = time.monotonic()
        found |= part(reps)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


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
    return _labels(1000)


def _labels(count: int) -> dict[str, dict[str, float]]:
    from bench.labels import measure

    found = measure(count)
    seconds = {name: value for name, value in found.items() if name.endswith("_s")}
    return {
        "G13a": {"value": found["without_read_back"]} | seconds,
        "G13b": {"value": found["with_read_back"]},
    }


def analytics(reps: int) -> dict[str, dict[str, float]]:
    """G10 and G11; DuckDB is the peer and is loaded for this part only."""
    from bench.analytics import analytics as measure

    return measure(reps)


def labels_quick(_reps: int) -> dict[str, dict[str, float]]:
    """G13 with a fifth of the labels: both sides grow with their number."""
    return _labels(200)


PARTS: dict[str, Part] = {
    "post": post,
    "page": page,
    "fsync": fsync,
    "labels": labels,
    "rates": rates,
    "waits": waits,
    "slow": slow_disk,
    "analytics": analytics,
    "deeds": deeds,
    "visits": visits,
    "memory": memory,
}
QUICK: dict[str, Part] = {
    "post": lambda _reps: post(3),
    "page": lambda _reps: page(3),
    "fsync": fsync,
    "deeds": deeds,
    "labels": labels_quick,
}


def _ratio(ours: Server, theirs: Server, ask: Callable[[Server], object], reps: int, count: int) -> dict[str, float]:
    """Medians of CPU ms a request and of the ratios of neighbours; whoever begins a pair takes turns too."""
    for side in (ours, theirs):
        side.connect()
        for _ in range(30):
            ask(side)
    spent: dict[str, list[float]] = {"ours": [], "limit": []}
    marked = 0
    for number in range(reps * TURNS):
        for name, side in (("limit", theirs), ("ours", ours))[:: 1 if number % 2 else -1]:
            ms, quiet = _cpu_ms(side, ask, count // TURNS)
            spent[name].append(ms)
            marked += not quiet
    own, raw = statistics.median(spent["ours"]), statistics.median(spent["limit"])
    ratio = statistics.median(mine / other for mine, other in zip(spent["ours"], spent["limit"], strict=True))
    spread = {"ours_least": min(spent["ours"]), "ours_most": max(spent["ours"])}
    return {"value": ratio, "ours_cpu_ms": own, "limit_cpu_ms": raw, "marked": marked, **spread}


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


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
