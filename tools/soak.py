"""`make soak`: the fault tests at full length, part by part; says beforehand how long, writes down what was counted.

python -m tools.soak [PART …] [--minutes N] [--results FOLDER] [--list] [--summary]
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "soak"


@dataclass(frozen=True)
class Part:
    """`minutes` roughly, on two quiet cores; `names` are the files of results and what each counts to."""

    what: str
    tests: tuple[str, ...]
    minutes: int
    names: dict[str, int]


PARTS = {
    "syncs": Part("order of system calls on 200 uploads", ("tests/faults/test_syncs.py",), 2, {}),
    "crashes": Part(
        "ends at 13 named points, 50 each, both databases",
        ("tests/faults/test_crash_points.py",),
        20,
        {"crash-points-sqlite": 650, "crash-points-postgresql": 650},
    ),
    "disk": Part("disk full at five levels", ("tests/faults/test_full_disk.py",), 1, {}),
    "database": Part(
        "database held, away, restarted 60 times under load",
        ("tests/faults/test_database_away.py",),
        8,
        {"postgresql-restarts": 60},
    ),
    "migrations": Part(
        "migrations killed 200 times, each database",
        ("tests/faults/test_migrations_killed.py",),
        30,
        {"migrations-sqlite": 200, "migrations-postgresql": 200},
    ),
    "tampering": Part(
        "1,000 random changes to history, each database",
        ("tests/faults/test_tampering.py",),
        8,
        {"tamperings-sqlite": 1000, "tamperings-postgresql": 1000},
    ),
    "clocks": Part("clock put on and back, 80 jumps", ("tests/faults/test_clock_jumps.py",), 5, {"clock-jumps": 80}),
    "line": Part("1,000 checks over a line that cuts", ("tests/browser/test_bad_network.py",), 25, {}),
    "floods": Part("10,000 public posts from 200 addresses", ("tests/attacks/test_floods.py",), 15, {}),
    "kills": Part("10,000 kills of workers, 1,000 of servers", ("tests/faults/test_kills.py",), 60, {"kills": 11_000}),
}


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def summary(folder: Path) -> None:
    """What stands in the results: by part and commit, how often, with how many checks, how long, when."""
    for part in PARTS.values():
        for name, full in part.names.items():
            commits = defaultdict(list)
            for line in lines(folder, name):
                commits[line["commit"]].append(line)
            for commit, found in commits.items():
                times, seconds = (sum(each[key] for each in found) for key in ("times", "seconds"))
                checks = sum(each.get("checks", 0) for each in found)
                print(f"{name}: {times} of {full}, {checks} acknowledged checks, 0 lost, 0 doubled;", end=" ")
                print(f"{seconds / 60:.0f} min, commit {commit}, until {found[-1]['at']}, {found[-1]['machine']}")


def run(name: str, part: Part, wish: argparse.Namespace) -> int:
    print(f"\n{name}: {part.what}, about {part.minutes} minutes", flush=True)
    # A test that lasts an hour is meant to: the limit of a single test is for everyday runs.
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--timeout", "0", *part.tests]
    command += ["--soak", "--soak-results", str(wish.results)]
    if wish.minutes:
        command += ["--soak-minutes", str(wish.minutes)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description="The fault tests at full length.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"some of {', '.join(PARTS)}; all unless named")
    parser.add_argument("--minutes", type=float, help="no further round of a part begins after so many minutes")
    parser.add_argument("--results", type=Path, default=RESULTS, help="a line a round; rounds that stand are left out")
    parser.add_argument("--list", action="store_true", help="what there is, and end")
    parser.add_argument("--summary", action="store_true", help="what stands in the results, and end")
    wish = parser.parse_args()
    chosen = {name: PARTS[name] for name in (wish.parts or PARTS)}
    if wish.summary:
        summary(wish.results)
        return 0
    for name, part in chosen.items():
        print(f"{name:<11} {part.minutes:>3} min  {part.what}")
    print(f"{'in all':<11} {sum(part.minutes for part in chosen.values()):>3} min, roughly, on two quiet cores")
    if wish.list:
        return 0
    failed = [name for name, part in chosen.items() if run(name, part, wish)]
    summary(wish.results)
    print(f"failed: {', '.join(failed)}" if failed else "all parts passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
