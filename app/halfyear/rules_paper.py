"""A report laid out: one form for page, PDF and Word file, in the language spoken now (rules RP-2, RP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.grades.rules_score import shown
from app.halfyear.rules import Part
from app.halfyear.rules_content import NUMERALS
from app.halfyear.rules_figures import Figures, InForce, Led, Used
from app.halfyear.rules_words import (
    COLUMNS,
    EFFECT_RATES,
    HEADINGS,
    NUMBERS,
    RATES,
    SCOPE_RATES,
    STATES,
    TARGETS,
    WHY,
)
from app.standards.rules_words import STATUS
from app.tallies.rules_rates import Grade, Rate
from app.web.words import _

DASH = "—"
MOST_STEPS, MOST_LISTED = 10, 30


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a table; `figure` names the records behind it, `verdict` how it stands to its target."""

    text: str
    figure: Mapping[str, str] = field(default_factory=dict)
    verdict: Grade | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column titles; without rows it says `nothing`."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    nothing: str = DASH
    note: str = ""

    @property
    def numbers(self) -> list[bool]:
        """Which columns hold numbers; without a row none."""
        return [cell.is_number for cell in self.rows[0]] if self.rows else [False] * len(self.columns)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: its number, heading and tables, and what the person wrote."""

    part: Part
    heading: str
    tables: Sequence[Table]
    text: str = ""

    @property
    def number(self) -> str:
        """As official papers count."""
        return NUMERALS[list(Part).index(self.part)]


def sections(figures: Figures, texts: Mapping[str, str]) -> list[Section]:
    """All six parts in order."""
    tables = {
        Part.LED: [_led(figures)],
        Part.FREQUENCY: [_used(figures)],
        Part.SCOPE: [_rates("scope", SCOPE_RATES, figures)],
        Part.EFFECT: [_rates("effect", EFFECT_RATES, figures)],
        Part.PROBLEMS: [make(figures) for make in (_numbers, _steps, _reasons, _gaps, _proposals, _breaks)],
        Part.ACTIONS: [],
    }
    return [Section(part, str(HEADINGS[part]), tables[part], texts.get(part, "")) for part in Part]


def percent(rate: Rate) -> str:
    """One decimal, half up; nothing due is a dash, few cases have their interval in a line below (MT-31 to MT-33)."""
    if rate.share is None:
        return DASH
    told = f"{shown(rate.share * 100, 1)}%"
    if rate.interval is None:
        return told
    low, high = rate.interval
    return f"{told}\n{low * 100:.1f}–{high * 100:.1f}%"


def count(rate: Rate) -> str:
    """Numerator and denominator apart."""
    return f"{rate.numerator}/{rate.denominator}" if rate.denominator else DASH


def with_count(rate: Rate) -> str:
    """The count with its rate in the line below; a dash alone where nothing was due."""
    return f"{count(rate)}\n{percent(rate)}" if rate.denominator else DASH


def _number(n: int, **figure: str) -> Cell:
    return Cell(str(n), figure if n else {}, None, is_number=True)


def _led(figures: Figures) -> Table:
    rows = [
        [Cell(each.code), Cell(each.title), Cell(_role(each)), Cell(_editions(each.editions))] for each in figures.led
    ]
    columns = [_("Number"), _("Standard"), _("Role"), _("Editions in force")]
    return Table("led", _("Standards"), columns, rows, _("No standard."))


def _role(led: Led) -> str:
    return _("Leads it") if led.leads else _("Carries it out")


def _editions(editions: Iterable[InForce]) -> str:
    """One edition a line: number, status, mark of its cover, from when to when."""
    return "\n".join(" ".join(part for part in _edition(each) if part) for each in editions)


def _edition(each: InForce) -> list[str]:
    days = _("from %(day)s", day=each.from_on or DASH)
    if each.to_on:
        days = _("%(first)s to %(last)s", first=each.from_on or DASH, last=each.to_on)
    return [each.number.replace("-", "—"), str(STATUS.get(each.status, each.status)), each.mark, days]


def _used(figures: Figures) -> Table:
    rows = [_used_row(each) for each in figures.used]
    columns = [_("Number"), _("Standard"), *(str(COLUMNS[key]) for key in USED_COLUMNS), _("On-time rate")]
    note = _("%(n)d not yet synced", n=figures.number("unknown")) if figures.number("unknown") else ""
    return Table("used", _("Windows by standard"), columns, rows, DASH, note)


USED_COLUMNS = ("due", "done", "on_time", "late", "missed", "reported")


def _used_row(used: Used) -> list[Cell]:
    named = {"on_time": "done_on_time"}
    counted = [_number(getattr(used, key), figure=named.get(key, key), standard=used.code) for key in USED_COLUMNS]
    return [Cell(used.code), Cell(used.title), *counted, Cell(percent(Rate(used.on_time, used.due)), {}, None, True)]


def _rates(name: str, keys: Iterable[str], figures: Figures) -> Table:
    columns = [_("Measure"), _("Count"), _("Rate"), _("Goal"), _("Last half-year")]
    rows = []
    for key in keys:
        rate, target = figures.rate(key), TARGETS.get(key)
        before = figures.before.get(key, Rate(0, 0))
        told = f"{shown(target * 100, 0)}%" if target is not None else DASH
        rows.append(
            [
                Cell(str(RATES[key])), Cell(count(rate), {"figure": key} if rate.denominator else {}, None, True),
                Cell(percent(rate), {}, rate.grade(target), True), Cell(told, {}, None, True),
                Cell(with_count(before), {}, None, True),
            ]
        )  # fmt: skip
    return Table(name, _("Figures"), columns, rows)


def _numbers(figures: Figures) -> Table:
    keys = ("findings", "open", "overdue", "missed", "reported", "complaints")
    rows = [[Cell(str(NUMBERS[key])), _number(figures.number(key), figure=key)] for key in keys]
    return Table("numbers", _("What is open"), [_("Matter"), _("Count")], rows)


def _steps(figures: Figures) -> Table:
    rows = [
        [Cell(each.edition.replace("-", "—")), Cell(f"{each.step_id} {each.title}"),
         _number(each.times, figure="step", edition=each.edition, step=each.step_id)]
        for each in figures.steps[:MOST_STEPS]
    ]  # fmt: skip
    columns = [_("Edition"), _("Step"), _("Not up to standard")]
    return Table("steps", _("Steps that fail most"), columns, rows, _("No step was answered with no."))


def _reasons(figures: Figures) -> Table:
    rows = [
        [Cell(str(WHY.get(key, key))), _number(n, figure="reported", reason=key)]
        for key, n in sorted(figures.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Table("reasons", _("Exemptions"), [_("Reason"), _("Count")], rows, _("Nothing was reported or exempted."))


def _gaps(figures: Figures) -> Table:
    rows = [[Cell(name, {"figure": "gaps"})] for name in figures.gaps[:MOST_LISTED]]
    title = _("Gaps in the rota")
    return Table("gaps", title, [_("Not covered")], rows, _("None: every handover and every holiday is covered."))


def _breaks(figures: Figures) -> Table:
    """DS-8: a break of the chain of records stands in the half-year report."""
    rows = [
        [Cell(each.at[:16].replace("T", " ") + " UTC"), _number(each.faults, figure="breaks")]
        for each in figures.breaks[:MOST_LISTED]
    ]
    columns = [_("Found at"), _("Count")]
    return Table("breaks", _("Breaks in the chain of records"), columns, rows, _("None was found."))


def _proposals(figures: Figures) -> Table:
    rows = [
        [Cell(each.code), Cell(each.title, {"figure": "proposals"}), Cell(str(STATES.get(each.state, each.state)))]
        for each in figures.proposals[:MOST_LISTED]
    ]
    columns = [_("Number"), _("Step"), _("Answer")]
    return Table("proposals", _("Standards proposed for revision"), columns, rows, _("None was proposed."))
