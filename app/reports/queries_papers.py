"""The monthly bulletin as an official form for Word, and the papers of a month as documents to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from app.papers import rules_texts as texts
from app.papers.queries import Issued, issued_for, names_of
from app.papers.queries_reach import usual
from app.papers.queries_shown import Shown, head_of, shown_by_id
from app.papers.rules import PaperKind, total
from app.papers.rules_words import KEYS
from app.papers.sheets import bulletin_pdf, joined
from app.reports.rules_forms import Form, Sheet
from app.reports.rules_texts import at_minute
from app.reports.rules_texts import joined as lines_of
from app.web.current import CurrentPerson

NEWEST = 12


def bulletin_sheets(document_id: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> list[Sheet]:
    """One sheet; raises NotFound out of reach."""
    found = shown_by_id(document_id, who, now, zone)
    one, head = found.body, head_of(found, zone)
    ranked = [texts.ranked_cells(place, each) for place, each in enumerate(one.ranking, 1)]
    values = {
        "edition": head.line.split(" · ")[0],
        "month": f"{one.month:%Y-%m}",
        "unit": one.unit,
        "state": f"{'本月暂评' if one.provisional else '已冻结'}，数据截至 {one.as_of}；{head.beside}",
        "words": found.words or "无",
        "figures": lines_of((_figure(texts.figure_cells(each)) for each in one.figures), "\n"),
        "problems": lines_of((part.strip() for pair in texts.problem_lines(one.problems) for part in pair), "\n"),
        "debts": lines_of(("；".join(texts.debt_cells(each)) for each in one.debts), "\n") or "无",
        "addenda": _addenda(found, zone),
        "fingerprint": lines_of((head.signed, head.fingerprint), "\n"),
    }
    name = f"{one.month:%Y-%m}-{one.unit_id or 'site'}"
    return [Sheet(Form.BULLETIN, name, values, [*ranked, texts.total_cells(total(one.ranking))] if ranked else [])]


def bulletins_pdf(ids: Sequence[str], who: CurrentPerson, now: datetime, zone: tzinfo) -> bytes:
    """Each on its one page, in one file; raises NotFound out of reach."""
    found = [shown_by_id(each, who, now, zone) for each in ids]
    return joined([bulletin_pdf(each.body, head_of(each, zone)) for each in found])


def newest(who: CurrentPerson) -> list[tuple[Issued, str]]:
    """The papers issued last, each with the name of its unit."""
    found = issued_for(who, PaperKind.BULLETIN)[:NEWEST]
    names = names_of(found)
    return [(each, names.get(each.unit_id, each.unit_id)) for each in found]


def bulletins_of(who: CurrentPerson, first: date) -> list[tuple[Issued, str]]:
    """Issued for a month, each with the name of its unit."""
    found = issued_for(who, PaperKind.BULLETIN, first)
    names = names_of(found)
    return [(each, names.get(each.unit_id, each.unit_id)) for each in found]


def own_bulletin(who: CurrentPerson, first: date) -> str:
    """The name of the own bulletin of a month in addresses, issued or not."""
    unit = usual(who)
    return f"{first:%Y-%m}~{unit}" if unit else f"{first:%Y-%m}"


def _figure(cells: Sequence[str]) -> str:
    name, now, count, interval, before, change = cells
    between = f"，95% 区间 {interval}" if interval else ""
    return f"{name}：{now}（{count}{between}），上月 {before}，变化 {change}"


def _addenda(found: Shown, zone: tzinfo) -> str:
    told = [
        f"{at_minute(each.at, zone)} "
        + "；".join(
            [f"{KEYS[key]} {texts.told(was)} → {texts.told(now)}" for key, was, now in changed.figures]
            + [f"{name} {texts.ranked_told(was)} → {texts.ranked_told(now)}" for name, was, now in changed.ranking]
        )
        for each, changed in found.added
    ]
    return lines_of(told, "\n") or "无"
