"""Instructions of a submission and of its limit, counted by valgrind: figures that no neighbour of the machine moves.

`python -m bench.counted [FOLDER]` (Linux with valgrind, three minutes). How much time a change saves is for `bench.run`
to say; that one saves none is often seen here first. The hash of the photo is left out, since valgrind knows no
processor with a hash of its own. Misses are those of a second-level cache of 1 MB: beyond it, time depends on whoever
shares the third. What valgrind wrote stays in FOLDER for `callgrind_annotate`.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.world import Server, limit, running

WARM, COUNTED, PATIENCE_S = 40, 40, 300
CACHES = ("--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=1048576,16,64")
HASH = "libcrypto"


def main() -> None:
    """Print both sides."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="counted-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with running(windows=WARM + COUNTED, under=_under(folder / "ours"), patience_s=PATIENCE_S) as app:
        ours = _count(app)
    with limit("raw_wsgi", under=_under(folder / "limit")) as raw:
        theirs = _count(raw)
    for name, pid in (("ours", ours), ("limit", theirs)):
        thousands, code, data = _found(folder / f"{name}.{pid}")
        print(f"{name:>5}: {thousands:6.0f} thousand instructions, {code:6.0f} + {data:6.0f} misses of code and data")
    print(f"all of it in {folder}")


def _under(out: Path) -> list[str]:
    tool = ["valgrind", "--tool=callgrind", "--trace-children=yes", "--instr-atstart=no"]
    return [*tool, *CACHES, f"--callgrind-out-file={out}.%p"]


def _count(side: Server) -> int:
    """Let some go by, count the next; the process that was looked at."""
    (worker,) = Path(f"/proc/{side.pid}/task/{side.pid}/children").read_text("ascii").split()
    for state, posts in (("off", WARM), ("on", COUNTED), ("off", 0)):
        subprocess.run(["callgrind_control", "-i", state, worker], check=True, stdout=subprocess.DEVNULL)
        for _ in range(posts):
            side.post()
    return int(worker)


def _found(out: Path) -> tuple[float, float, float]:
    """Thousands of instructions, and misses of code and of data, for one submission, its hash apart."""
    told = subprocess.run(
        ["callgrind_annotate", "--show=Ir,ILmr,DLmr,DLmw", "--threshold=100", str(out)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    whole = _figures(next(line for line in told.splitlines() if "PROGRAM TOTALS" in line))
    hashed = [_figures(line) for line in told.splitlines() if HASH in line and line[:1] in " 0123456789"]
    rest = [each - sum(several) for each, *several in zip(whole, *hashed, strict=True)]
    return rest[0] / COUNTED / 1000, rest[1] / COUNTED, (rest[2] + rest[3]) / COUNTED


def _figures(line: str) -> list[int]:
    """The four counts at the head of a line; a dot stands for none."""
    found = re.findall(r"(?:^|(?<=\s))(\.|[\d,]+)(?= \(|\s)", re.sub(r"\([^)]*\)", "", line))[:4]
    return [0 if each == "." else int(each.replace(",", "")) for each in found]


if __name__ == "__main__":
    main()
