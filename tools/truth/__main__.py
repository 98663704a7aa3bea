"""`python -m tools.truth fit|report|likeness|screens [--seeds 51-100]`: fits the limits of flags, says what they find.

`fit` on seeds 1-50 prints the limits for app/flags/rules_limits.py; `report` on seeds 51-100 prints the tables of
docs/truth.md and fails under 95 % of crude acts flagged or over 1 % of honest records. `likeness` measures pictures
that are alike, `screens` pictures of screens.
"""

import argparse
import sys
from collections.abc import Sequence

from app.flags.rules_limits import DEFAULTS
from tools.truth import likeness, report, screens
from tools.truth.fit import fitted, limits_of
from tools.truth.play import Scored, scored

SEEDS = {"fit": "1-50", "report": "51-100", "likeness": "1-1", "screens": "1-1"}

MEASURES = {"likeness": likeness.lines, "screens": screens.lines}


def main() -> int:
    """Plays, prints, judges."""
    parser = argparse.ArgumentParser(prog="python -m tools.truth", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=sorted(SEEDS))
    parser.add_argument("--seeds", default="", help="first-last, such as 51-60")
    options = parser.parse_args()
    first, last = (options.seeds or SEEDS[options.what]).split("-")
    seeds = range(int(first), int(last) + 1)
    if options.what in MEASURES:
        print(*MEASURES[options.what](seeds[0]), sep="\n")
        return 0
    plays = [_told(seed) for seed in seeds]
    return _fit(plays) if options.what == "fit" else _report(plays)


def _told(seed: int) -> list[Scored]:
    print(f"seed {seed}", file=sys.stderr, flush=True)
    return scored(seed)


def _fit(plays: Sequence[Sequence[Scored]]) -> int:
    rows = fitted(plays)
    print("| kind | limit | fitted | now | honest records | acts |\n|---|---|---|---|---|---|")
    for row in rows:
        now = getattr(DEFAULTS, row.field)
        print(f"| {row.kind} | {row.field} | {row.limit:g} | {now:g} | {row.honest:.3%} | {row.acts} |")
    return 0 if limits_of(rows) == DEFAULTS else 1


def _report(plays: Sequence[Sequence[Scored]]) -> int:
    print(*report.lines(plays), sep="\n")
    found, acts = report.crude_share(report.caught(plays, DEFAULTS))
    count, hit, _ = report.honest(plays, DEFAULTS)
    return 0 if found / acts >= report.CRUDE_GOAL and hit / count <= report.HONEST_GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
