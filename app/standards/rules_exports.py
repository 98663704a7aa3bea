"""What the papers of standards say: register, statistics, plans, opinions, notes; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from app.standards.rules_consulting import Opinion, Recipient
from app.standards.rules_files import Part, Sheet
from app.standards.rules_phase_words import ASKED, EVENT, KIND, OUTCOME, STATE
from app.standards.rules_phases import Project
from app.standards.rules_publishing import PlanLine
from app.standards.rules_system import STANDINGS, Count
from app.standards.rules_words import STATUS
from app.web.words import _


class Entry(Protocol):
    """A line of the register as the database gives it."""

    @property
    def standard(self) -> Any:
        """Code, title, category."""

    @property
    def edition(self) -> Any:
        """Number, state, dates, cover mark."""

    @property
    def department(self) -> str:
        """Which answers for it."""

    @property
    def points(self) -> int:
        """At how many it holds."""


def register_sheet(lines: Sequence[Entry]) -> Sheet:
    """标准明细表 (rules LC-9): basic, related and use information."""
    head = [
        _("Number"), _("Title"), _("Category"), _("Responsible department"), _("State"), _("Cover mark"),
        _("Takes effect on"), _("Next review by"), _("Points"),
    ]  # fmt: skip
    rows = [
        [
            line.edition.number, line.standard.title, line.standard.category, line.department,
            str(STATUS.get(line.edition.status, line.edition.status)), line.edition.cover_mark,
            str(line.edition.effective_on or ""), str(line.edition.next_review_on or ""), line.points,
        ]
        for line in lines
    ]  # fmt: skip
    return Sheet(_("Register of standards"), _("Register of standards"), head, rows)


def statistics_sheet(lines: Sequence[Count]) -> Sheet:
    """标准统计表: by item and state, with the sum below."""
    head = [_("Number"), _("Category"), *(str(STATUS[each]) for each in STANDINGS), _("Total")]
    rows: list[list[str | int | None]] = [
        [each.key, str(each.name), *(each.by_status.get(state, 0) for state in STANDINGS), each.total] for each in lines
    ]
    sums = [sum(each.by_status.get(state, 0) for each in lines) for state in STANDINGS]
    rows.append(["", _("Total"), *sums, sum(sums)])
    return Sheet(_("Statistics of standards"), _("Statistics of standards"), head, rows)


def year_sheet(year: int, projects: Sequence[Project]) -> Sheet:
    """标准制（修）订年度计划."""
    title = _("Plan of making and revising standards in %(year)d", year=year)
    head = [
        _("Working number"), _("Title"), _("Kind"), _("Responsible department"), _("Leader of the project"),
        _("Why it is needed"), _("Main content"), _("To be finished"), _("State"),
    ]  # fmt: skip
    rows = [
        [
            each.edition or each.code, each.title, str(KIND[each.kind]), each.responsible, each.leader, each.necessity,
            each.content, each.due_on.isoformat(), str(STATE[each.state]),
        ]
        for each in projects
    ]  # fmt: skip
    return Sheet(str(year), title, head, rows)


def plan_sheet(project: Project, lines: Sequence[PlanLine]) -> Sheet:
    """标准实施计划表."""
    head = [_("Way"), _("Content"), _("Steps"), _("Responsible"), _("From"), _("To"), _("To be met")]
    rows = [
        [
            each.way, each.content, each.steps, each.responsible, each.from_on.isoformat(), each.to_on.isoformat(),
            each.requirement,
        ]
        for each in lines
    ]  # fmt: skip
    title = f"{_('Plan of implementation')} {project.edition or project.code} {project.title}"
    return Sheet(_("Plan of implementation"), title, head, rows)


def opinions_sheet(project: Project, recipients: Sequence[Recipient], opinions: Sequence[Opinion]) -> Sheet:
    """意见汇总处理表: every one asked stands there, the silent too."""
    title = f"{_('Opinions and their dispositions')} {project.code} {project.title}"
    head = [_("Side"), _("Asked"), _("Step or clause"), _("Opinion"), _("Disposition"), _("Reason")]
    return Sheet(_("Opinions"), title, head, _opinion_rows(recipients, opinions))


def note_parts(
    project: Project, dates: Mapping[str, datetime], recipients: Sequence[Recipient], opinions: Sequence[Opinion]
) -> list[Part]:
    """编制说明 of one standard: why, how, what, and how other views were dealt with."""
    undergone = [f"{EVENT.get(kind, kind)}: {at:%Y-%m-%d}" for kind, at in dates.items()]
    drafted = _("Drafted by %(unit)s, led by %(who)s.", unit=project.responsible, who=project.leader)
    head = [_("Side"), _("Asked"), _("Step or clause"), _("Opinion"), _("Disposition"), _("Reason")]
    return [
        Part(_("Why it is needed"), _paragraphs(project.necessity)),
        Part(_("How it was made"), [drafted, *undergone]),
        Part(_("Main content"), _paragraphs(project.content)),
        Part(_("Compilation"), _paragraphs(project.note)),
        Part(_("Research, tests and cost"), _paragraphs(project.means)),
        Part(_("Opinions and their dispositions"), (), head, _opinion_rows(recipients, opinions)),
    ]  # fmt: skip


def system_parts(
    prefix: str, lines: Sequence[Count], register_head: Sequence[str], rows: Any, today: date
) -> list[Part]:
    """标准体系编制说明: basis, structure, numbers, statistics, register, how it is kept alive."""
    sheet = statistics_sheet(lines)
    return [
        Part(_("Basis and aim"), [
            _("The system follows GB/T 13016, GB/T 13017 and GB/T 24421; it takes national, trade and local standards"
              " first and adds own ones where none fits."),
        ]),
        Part(_("Structure"), [
            _("Six functions, each with its items; procedures of points are parts of an item. The structure chart"
              " belongs to this note."),
        ]),
        Part(_("Numbers"), [
            _("%(prefix)s, two digits for the function, three for the item, .NN for a part, and the year of approval."
              " On a revision only the year changes; a number that was abolished is not used again.", prefix=prefix),
        ]),
        Part(_("Statistics"), [_("As of %(day)s.", day=today.isoformat())], sheet.head, sheet.rows),
        Part(_("Register"), (), register_head, rows),
        Part(_("Review of the standards"), [
            _("Each standard is reviewed within three years, and at once when a national, trade or local standard that"
              " it rests on is issued: confirmed, revised, converted or abolished."),
        ]),
    ]  # fmt: skip


def _opinion_rows(recipients: Sequence[Recipient], opinions: Sequence[Opinion]) -> list[list[str | int | None]]:
    by_id = {each.id: each for each in recipients}
    said = [
        [
            str(ASKED[by_id[each.recipient_id].side]), by_id[each.recipient_id].name, each.clause,
            each.text or _("Agrees"), str(OUTCOME[each.outcome]) if each.outcome else "", each.reason,
        ]
        for each in opinions
    ]  # fmt: skip
    heard = {each.recipient_id for each in opinions}
    silent = [
        [str(ASKED[each.side]), each.name, "", _("No answer"), "", ""] for each in recipients if each.id not in heard
    ]
    return [*said, *silent]


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()] or ["—"]
