"""Counting at length: what a fault test repeats, a share of it or all, picked up where an earlier run stopped."""

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def revision():
    """The commit that is being tried, with a plus behind it when files differ from it."""
    said = [
        subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
        for words in (("rev-parse", "--short=10", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    ]
    return (said[0] or "unknown") + ("+" if said[1] else "")


def machine():
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"


@dataclass
class Rounds:
    """Yields the numbers of the rounds that are left; each that ends well becomes a line of results.

    A line tells what was counted, on which commit, where and when. `full` rounds are left out that an earlier run of
    the same commit has done; after `minutes` no further one begins, and what is written then says how many were done.
    """

    soak: bool
    folder: Path
    minutes: float | None = None

    def of(self, part, *, share, full, each=1):
        """Numbers of rounds, `each` of them standing for so many repeats of the fault; `note` in the body adds figures.

        A round whose body raises writes nothing: it failed.
        """
        if not self.soak:
            for number in range(share):
                self.figures = {}
                yield number
            return
        begun, done = time.monotonic(), self.done(part)
        for number in range(done, full):
            if self.minutes and time.monotonic() - begun > self.minutes * 60:
                self._say(f"{part}: stopped after {number * each} of {full * each}: the time given is over")
                return
            start, self.figures = time.monotonic(), {}
            yield number
            self._keep(part, number, each, time.monotonic() - start)
            rate = (time.monotonic() - begun) / (number + 1 - done)
            left = (full - number - 1) * rate / 60
            self._say(f"{part}: {(number + 1) * each} of {full * each}, {left:.0f} minutes left {self.figures}")

    def note(self, **figures):
        self.figures |= figures

    def done(self, part):
        """Rounds that stand in the results for this commit."""
        return sum(1 for line in self._lines(part) if line["commit"] == revision())

    def _lines(self, part):
        path = self.folder / f"{part}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def _keep(self, part, number, each, seconds):
        line = {
            "part": part,
            "round": number,
            "times": each,
            "commit": revision(),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 1),
            "machine": machine(),
            **self.figures,
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{part}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _say(self, text):
        sys.__stderr__.write(text + "\n")
        sys.__stderr__.flush()
