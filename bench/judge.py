"""Goals and what was measured: which "must" is missed, as tables, and how docs/performance.md takes them up."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Found = Mapping[str, Mapping[str, float]]
Goals = Mapping[str, Mapping[str, Any]]

GOALS = Path(__file__).with_name("goals.toml")
HEAD = "| goal | measure | must | aim | measured | | on |\n|---|---|---|---|---|---|---|"
YEARS = (
    "| dashboard | CPU ms at 1 million | at 10 million | growth | raw scan at 10 million | × scan |\n"
    "|---|---|---|---|---|---|"
)
_ROW = re.compile(r"^\| (G\w+) \|.*$", re.MULTILINE)
_YEARS_OF = re.compile(r"^### (\w+), (\S+)\n+((?:\|.*\n?)+)", re.MULTILINE)


def goals() -> Goals:
    return tomllib.loads(GOALS.read_text("utf-8"))


def goal_of(name: str, known: Goals) -> Mapping[str, Any]:
    """A goal may stand in for several databases or sizes: G10_sqlite is G10."""
    return known[name] if name in known else known[name.partition("_")[0]]


def verdict(value: float, goal: Mapping[str, Any]) -> str:
    """`aim met`, `met` or `missed`; a value that is no number is missed."""
    sign = 1 if goal["better"] == "lower" else -1
    if not sign * value <= sign * float(goal["must"]):
        return "missed"
    return "aim met" if sign * value <= sign * float(goal["aim"]) else "met"


def missed(found: Found, known: Goals) -> list[str]:
    """Goals whose "must" is missed, and those that say a figure was wrong."""
    return [
        name
        for name, measured in found.items()
        if verdict(measured["value"], goal_of(name, known)) == "missed" or measured.get("cells_differing")
    ]


def row(name: str, measured: Mapping[str, float], known: Goals, day: str) -> str:
    """One line; where the value is the worst of many that stand beside it, that one is named instead of all."""
    goal, value = goal_of(name, known), measured["value"]
    beside = {key: each for key, each in measured.items() if key != "value"}
    worst = [key for key, each in beside.items() if each == value]
    told = f"({', '.join(worst or (f'{key} {each:.3g}' for key, each in beside.items()))})" if beside else ""
    return f"| {name} | {_asked(goal)} | **{value:.2f}** {told} | {verdict(value, goal)} | {day} |"


def _asked(goal: Mapping[str, Any]) -> str:
    bound = "≤" if goal["better"] == "lower" else "≥"
    return f"{goal['what']} | {bound} {goal['must']} | {bound} {goal['aim']}"


def table(found: Found, known: Goals, day: str) -> str:
    return "\n".join([HEAD, *(row(name, measured, known, day) for name, measured in found.items())])


def years(found: Found, kind: str) -> str:
    """Every dashboard of a database: its time on both sizes, how it grew, and the raw scan beside."""
    ratios, times, growths = (found[f"{goal}_{kind}"] for goal in ("G10", "G10b", "G11"))
    lines = [YEARS]
    for name in (each for each in times if each != "value"):
        large, growth, ratio = times[name], growths[name], ratios.get(name)
        scan = f"{large / ratio:.1f} | {ratio:.2f}" if ratio else "— | —"
        lines.append(f"| {name} | {large / growth:.1f} | {large:.1f} | {growth:.2f} | {scan} |")
    return "\n".join(lines)


def taken_up(report: str, found: Found, known: Goals, day: str) -> str:
    """The report with what was measured now; everything else stands as it did.

    Goals that were never measured have a line that says so. Sections of other programs and people are left alone.
    """
    rows = {match[1]: match[0] for match in _ROW.finditer(_section(report, "Goals"))}
    rows |= {name: row(name, measured, known, day) for name, measured in found.items()}
    for name, goal in known.items():
        if any(each.partition("_")[0] == name != each for each in rows):
            rows.pop(name, None)
        elif name not in rows:
            rows[name] = f"| {name} | {_asked(goal)} | not yet | | |"
    order = list(known)
    place = {name: (order.index(name if name in known else name.partition("_")[0]), name) for name in rows}
    report = _with(report, "Goals", "\n".join([HEAD, *(rows[name] for name in sorted(rows, key=place.__getitem__))]))
    kinds = [name.partition("_")[2] for name in found if name.startswith("G11_")]
    if not kinds:
        return report
    before = _section(report, "Dashboards")
    shown = {match[1]: f"### {match[1]}, {match[2]}\n\n{match[3].strip()}" for match in _YEARS_OF.finditer(before)}
    shown |= {kind: f"### {kind}, {day}\n\n{years(found, kind)}" for kind in kinds}
    return _with(report, "Dashboards", "\n\n".join(shown[kind] for kind in sorted(shown, reverse=True)))


def _section(report: str, heading: str) -> str:
    """What stands under `## heading`, up to the next one."""
    return report.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _with(report: str, heading: str, tables: str) -> str:
    """The section with its tables replaced; the words before its first table or subheading stay."""
    before, found, rest = report.partition(f"\n## {heading}\n")
    if not found:
        raise ValueError(f"the report has no section {heading}")
    body, more, after = rest.partition("\n## ")
    words = re.split(r"^(?:\||### )", body, maxsplit=1, flags=re.MULTILINE)[0].strip()
    return f"{before}{found}\n{words}\n\n{tables}\n{more}{after}"
