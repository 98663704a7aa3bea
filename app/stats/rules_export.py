"""The daily log as rows of a table: one head, one row a window, times at the site."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from app.stats.rules_files import Cell
from app.stats.rules_log import LogLine
from app.stats.rules_words import REASONS, VIA
from app.web.words import _


def log_head() -> list[str]:
    """The column titles in the reader's language."""
    return [
        _("Date"), _("From"), _("To"), _("Until (grace)"), _("Point code"), _("Point"), _("Building"), _("Floor"),
        _("Standard number"), _("Standard"), _("Window"), _("State"), _("Done at"), _("Done by"), _("On the round of"),
        _("Executing unit"), _("Why not possible"), _("Why late"), _("Minutes on the spot"), _("Opened by"),
        _("Helped out"), _("Sent later"), _("Short visit"), _("Steps up to standard"), _("Steps not up to standard"),
        _("Key steps with evidence"), _("Key steps due"), _("Valid photos"), _("Photos due"), _("Remark"),
        _("Receipt number"),
    ]  # fmt: skip


def log_rows(lines: Iterable[LogLine], now: datetime, zone: tzinfo) -> Iterator[list[Cell]]:
    """Rows under `log_head`."""
    for line in lines:
        yield [*_when(line, zone), *_where(line), *_what(line, now, zone), *_counted(line)]


def _when(line: LogLine, zone: tzinfo) -> list[Cell]:
    day = line.start_at.astimezone(zone).date().isoformat()
    return [day, *(_clock(instant, zone) for instant in (line.start_at, line.end_at, line.grace_end_at))]


def _where(line: LogLine) -> list[Cell]:
    return [line.point_code, line.point, line.building, line.floor, line.edition, line.title, line.label]


def _what(line: LogLine, now: datetime, zone: tzinfo) -> list[Cell]:
    minutes = round(line.dwell_seconds / 60, 1) if line.dwell_seconds is not None else None
    return [
        str(line.word(now)), _clock(line.done_at, zone), line.done_by, line.assignee, line.unit,
        _word(REASONS, line.unable_reason), line.late_reason, minutes, _word(VIA, line.via),
        _tick(line.helped), _tick(line.offline), _tick(line.short_visit),
    ]  # fmt: skip


def _counted(line: LogLine) -> list[Cell]:
    counts: list[Cell] = [line.steps_pass, line.steps_fail, line.key_evidenced, line.key_due]
    return [*counts, line.photos_valid, line.photos_due, line.note, line.receipt]


def _clock(instant: datetime | None, zone: tzinfo) -> str | None:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M") if instant else None


def _word(words: dict[str, object], code: str | None) -> str | None:
    return str(words.get(code, code)) if code else None


def _tick(value: bool) -> str:
    return _("yes") if value else ""
