"""Inspections and closed days as sheets."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.chain.queries_pages import head
from app.inspections.queries_sheet import SheetLine, SheetSignature, sheet_of
from app.inspections.rules_signing import Side
from app.inspections.rules_words import CONCLUSION_WORDS, KIND_WORDS, OCCASION_WORDS, OVERALL_WORDS, WAY_WORDS
from app.organisations.queries import scope_of
from app.refusals import Conflict
from app.reports.rules_forms import Form, Sheet, Shot
from app.reports.rules_texts import at_clock, at_minute, counted_photos, joined, word
from app.stats.queries_log import Closing, closings_of, in_scope, lines_where, of_day
from app.stats.queries_photos import open_findings_within
from app.stats.rules import Counts
from app.stats.rules_log import LogLine, day_bounds, settled_counts
from app.web.current import CurrentPerson
from app.web.words import lazy

MOST_FINDINGS = 30


def check_sheets(inspection_id: str, who: CurrentPerson, zone: tzinfo) -> list[Sheet]:
    """标准实施情况检查记录表 of an inspection; raises NotFound for those who may not see it."""
    found = sheet_of(inspection_id, who)
    head = found.head
    values = {
        "unit": head.unit_name,
        "head": head.post,
        "inspectors": found.inspectors,
        "date": head.on.isoformat(),
        "conclusion": joined((word(OVERALL_WORDS, head.conclusion), head.summary), "\n"),
        "number": head.number,
        "way": joined((word(KIND_WORDS, head.kind), word(OCCASION_WORDS, head.occasion)), " · "),
        "standard": joined((head.template_title, head.template_source), " · "),
        "point": joined(dict.fromkeys(link for line in found.lines for link in line.links), "、"),
        "basis": head.basis,
        "photos": counted_photos(sum(len(line.photos) for line in found.lines)),
        "signed": joined((_signature(each, zone) for each in found.signatures), "\n"),
    }
    shots = [Shot(sha256, f"{line.item.no}. {line.item.title}") for line in found.lines for sha256 in line.photos]
    return [Sheet(Form.CHECK, head.number, values, [_item(line) for line in found.lines], shots)]


def _item(line: SheetLine) -> list[str]:
    item = line.item
    ways = joined((word(WAY_WORDS, way) for way in item.said.ways), "、")
    record = joined((ways, item.said.record, item.said.fact), "\n")
    verdict = joined((word(CONCLUSION_WORDS, item.said.conclusion), line.finding or ""), "\n")
    return [f"{item.no}. {item.title}", item.content, record, verdict]


def _signature(signed: SheetSignature, zone: tzinfo) -> str:
    side = "检查人" if signed.side == Side.INSPECTORS else "受检方"
    return joined((f"{side} {signed.name}", at_minute(signed.at, zone), signed.objection), " ")


def log_sheets(day: date, who: CurrentPerson, zone: tzinfo, now: datetime) -> list[Sheet]:
    """The log of a day that the unit has closed, to be signed; raises Conflict while it is open."""
    scope = scope_of(who)
    closings = closings_of(day, scope.units)
    if not closings:
        raise Conflict(lazy("This day has not been closed yet. Close it in the daily log first."))
    first, before = day_bounds(day, zone)
    lines = lines_where(*in_scope(scope), *of_day(day, first, before))
    findings = open_findings_within(scope, before)
    told = [
        joined((each.number, each.place, each.step_title), " ") + f"：{each.text}" for each in findings[:MOST_FINDINGS]
    ]
    more = f"另有 {len(findings) - MOST_FINDINGS} 件" if len(findings) > MOST_FINDINGS else ""
    values = {
        "unit": joined(dict.fromkeys(each.org for each in closings), "、"),
        "date": day.isoformat(),
        "figures": _figures(settled_counts(lines, now)),
        "findings": joined((*told, more), "\n") or "无",
        "remark": joined((*(_closing(each, zone) for each in closings), _head()), "\n"),
    }
    return [Sheet(Form.LOG, day.isoformat(), values, [_line(line, zone, now) for line in lines])]


def _figures(counts: Counts) -> str:
    told = [f"应完成 {counts.due} 次", f"按时 {counts.in_window + counts.in_grace} 次", f"超时补做 {counts.late} 次"]
    told += [f"漏做 {counts.missed} 次", f"无法作业 {counts.reported} 次"]
    told += [f"未同步 {counts.unknown} 次"] if counts.unknown else []
    return "，".join(told) + f"；关键点留痕 {counts.key_evidenced}/{counts.key_due}"


def _head() -> str:
    """The head of the chain, so that paper holds what the database may not change; empty while nothing is sealed."""
    found = head()
    return f"记录链：第 {found.seq} 项，链头 {bytes(found.link).hex()}" if found else ""


def _closing(closing: Closing, zone: tzinfo) -> str:
    return joined((f"{closing.org} {closing.by_name} {at_minute(closing.at, zone)} 关闭", closing.remark), "：")


def _line(line: LogLine, zone: tzinfo, now: datetime) -> list[str]:
    window = f"{at_clock(line.start_at, zone)}–{at_clock(line.end_at, zone)}"
    standard = joined((line.title, line.label), " · ")
    return [window, line.point, standard, str(line.word(now)), at_clock(line.done_at, zone), line.who or ""]
