"""`make mutants`: mutates every rules file, prints what the tests without a database miss, fails under 85 % killed.

mutmut and cosmic-ray change files on disk and start pytest anew for each mutant: seconds for each of several thousand.
Here each mutant is a fork of one process that has collected all tests, with one function's code exchanged: no import,
no file touched, milliseconds.
"""

import argparse
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tools.mutation.runner import Mutation, Outcome
from tools.mutation.targets import ROOT

GOAL = 0.85
# Folders whose tests call no rule of the application.
IGNORED = ("tests/house", "tests/authorisation", "tests/qr", "tests/faults", "tests/browser")
REASONS = Path(__file__).parent / "mutation" / "reasons.toml"
REPORT = ROOT / "docs" / "mutants.md"


def main() -> int:
    """Run, report, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="part of a name, such as checks.rules; then only tests/checks runs")
    parser.add_argument("--database", action="store_true", help="the tests with a database too: slower, less strict")
    parser.add_argument("--write", action="store_true", help="write docs/mutants.md")
    options = parser.parse_args()
    mutation = Mutation(options.only, pure=not options.database)
    folder = ROOT / "tests" / options.only.split(".")[0]
    where = [str(folder)] if options.only and folder.is_dir() else []
    chosen = ["-m", "not browser and not slow", *(word for folder in IGNORED for word in ("--ignore", folder))]
    # Nobody reads why a test fails: working out how two long texts differ takes longer than all the rest.
    pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", "--assert=plain", *chosen, *where], plugins=[mutation])
    if mutation.broken:
        print("tests that fail without any mutant and were set aside:", *mutation.broken, sep="\n  ")
    text, share = report(mutation.outcomes)
    print(text)
    if not options.only and (left_over := _left_over(mutation.outcomes)):
        print("reasons for mutants that no longer live:", *left_over, sep="\n  ")
    if options.write:
        REPORT.write_text(text, "utf-8")
    return int(share < GOAL)


def report(outcomes: list[Outcome]) -> tuple[str, float]:
    """The text of docs/mutants.md and the share that was killed."""
    killed = sum(outcome.killed for outcome in outcomes)
    share = killed / max(len(outcomes), 1)
    lines = [
        "# Mutants of the rules", "",
        f"`make mutants` changed {len(outcomes)} places in the rules files; tests noticed {killed} ({share:.1%}).",
        f"The goal is {GOAL:.0%}. Each file's share, then every survivor with the reason why it is let live.", "",
        "| file | mutants | killed |", "|---|---|---|",
    ]  # fmt: skip
    places: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        places[outcome.target.place].append(outcome)
    for place, each in places.items():
        lines.append(f"| `{place}` | {len(each)} | {sum(one.killed for one in each) / len(each):.0%} |")
    return "\n".join([*lines, "", *_survivors(places)]) + "\n", share


def _survivors(places: dict[str, list[Outcome]]) -> list[str]:
    reasons = _reasons()
    lines = []
    for place, outcomes in places.items():
        alive = [outcome for outcome in outcomes if not outcome.killed]
        lines += [f"## `{place}`", ""] if alive else []
        for one in sorted(alive, key=lambda each: each.mutant.line):
            mutant, name = one.mutant, one.mutant.function.split(".", 3)[-1]
            reason = reasons.get(_key(one), _owed(one))
            lines.append(f"- **{name}**, line {mutant.line}: `{mutant.was}` → `{mutant.becomes}`: {reason}")
        lines += [""] if alive else []
    return lines


def _reasons() -> dict[tuple[str, str], str]:
    told = tomllib.loads(REASONS.read_text("utf-8"))
    return {(function, change): reason for function, each in told.items() for change, reason in each.items()}


def _key(outcome: Outcome) -> tuple[str, str]:
    mutant = outcome.mutant
    return mutant.function.removeprefix("app."), f"{mutant.was} -> {mutant.becomes}"


def _left_over(outcomes: list[Outcome]) -> list[str]:
    alive = {_key(outcome) for outcome in outcomes if not outcome.killed}
    return [": ".join(key) for key in _reasons() if key not in alive]


def _owed(outcome: Outcome) -> str:
    return "**no reason yet: a test is owed.**" if outcome.tests else "**no test reaches it.**"


if __name__ == "__main__":
    sys.exit(main())
