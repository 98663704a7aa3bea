"""CPU time of a process tree and of everybody else, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Reading:
    """`own_s`: CPU seconds of the tree so far; `busy_s`: of the whole machine; `at_s`: wall clock."""

    own_s: float
    busy_s: float
    at_s: float


def read(root: int) -> Reading:
    """The tree below and including the process `root`; children that have ended count through their parents."""
    own = sum(_cpu(pid) for pid in _tree(root))
    fields = [int(word) for word in Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]]
    idle = fields[3] + fields[4]
    uptime = float(Path("/proc/uptime").read_text("ascii").split()[0])
    return Reading(own, (sum(fields[:8]) - idle) / TICK, uptime)


def foreign_cores(before: Reading, after: Reading, client_s: float) -> float:
    """Cores that neither the server nor the client of the measurement kept busy in between."""
    wall = max(after.at_s - before.at_s, 0.01)
    return max((after.busy_s - before.busy_s) - (after.own_s - before.own_s) - client_s, 0.0) / wall


def _cpu(pid: int) -> float:
    """The scheduler's own count in nanoseconds where there is one: ticks of 10 ms are too coarse for short runs."""
    total = 0.0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text("ascii").split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return total
    return total


def _tree(root: int) -> list[int]:
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            queue += [int(word) for task in tasks for word in (task / "children").read_text("ascii").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
