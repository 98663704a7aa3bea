"""The month: figures with their counts, the records behind each, and the workbook."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.days import next_month, previous_month
from app.refusals import NotFound
from app.stats import rules_measures as measures
from app.stats import rules_outcomes as outcomes
from app.stats import rules_tables, rules_trend
from app.stats import rules_words as words
from app.stats.forms import MonthQuery, month_query
from app.stats.queries_beside import page_of_items
from app.stats.queries_monthpage import RECORDS_A_PAGE, MonthPage, asked_for, month_page, records, tables
from app.stats.rules_asked import page_in, record_query
from app.stats.rules_beside import BESIDE, BY_KEY, GAPS
from app.stats.rules_definitions import definition
from app.stats.rules_files import workbook_bytes
from app.stats.rules_formulas import usage
from app.stats.rules_month import BY
from app.web.audited import exported, note_view
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("month", __name__)

READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/stats")
@guarded(*READERS)
def show() -> ResponseReturnValue:
    page = month_page(person(), _query(), clock.now(), _zone())
    return render_template("stats/month.html", **_context(page))


@bp.get("/stats/records")
@guarded(*READERS)
def behind() -> ResponseReturnValue:
    query = record_query(request.args, clock.today(_zone()))
    page = records(person(), query, clock.now(), _zone())
    if query.person:
        note_view("view.figures", query.person)
    pages = max(1, -(-page.whole // RECORDS_A_PAGE))

    def link(**changed: str | int) -> str:
        return url_for(".behind", **query.args(**changed))

    return render_template(
        "stats/records.html",
        page=page,
        query=query,
        pages=pages,
        link=link,
        outcomes=outcomes,
        words=words,
        what=_what(query.measure, query.outcome),
        definition=definition(query.measure),
    )


@bp.get("/stats/beside")
@guarded(*READERS)
def beside() -> ResponseReturnValue:
    """What is behind a figure that is not made of windows."""
    figure = BY_KEY.get(request.args.get("figure", ""))
    me, query = person(), _query()
    if figure is None or (figure is GAPS and me.role is Role.MANAGER):
        raise NotFound(_("There is no such figure."))
    asked = asked_for(me, query, clock.now(), _zone())
    found = page_of_items(figure.key, me, asked, page_in(request.args))
    return render_template(
        "stats/beside.html",
        figure=figure,
        query=query,
        items=found.items,
        rate=found.rate,
        page=found.page,
        pages=found.pages,
        link=lambda **changed: url_for(".beside", figure=figure.key, **{**query.args(), **changed}),
    )


@bp.get("/stats.xlsx")
@guarded(*READERS)
@exported("month", "daily")
def workbook() -> ResponseReturnValue:
    query, now = _query(), clock.now()
    page = month_page(person(), query, now, _zone())
    found = tables(person(), query, now, _zone())
    beside_windows = rules_tables.beside_rows(page.counts, page.beside, page.gaps.count if page.gaps else None)
    measured = [*rules_tables.measure_rows(page.counts), *beside_windows]
    sheets: list[Any] = [(_("Measures"), rules_tables.measure_head(), measured)]
    sheets += [
        (str(words.TABLES[by]), rules_tables.table_head(by), rules_tables.table_rows(by, found[by])) for by in BY
    ]
    sheets.append((_("By day"), rules_tables.table_head("unit"), rules_tables.day_rows(page.days)))
    response = Response(workbook_bytes(sheets, now), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="month-{query.first:%Y-%m}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _query() -> MonthQuery:
    return month_query(request.args, clock.today(_zone()))


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def _what(measure: str, outcome: str) -> object:
    """The name of the figure whose records these are."""
    by_key = {each.key: each.title for each in (*measures.MEASURES, measures.SHORT, measures.IN_GRACE)}
    by_key |= {"found": _("Problems reported"), "usage": _("Times done")}
    by_key |= {each.key: each.word for each in outcomes.OUTCOMES if each.key == outcome and not measure}
    return by_key.get(measure or outcome, "")


def _columns(page: MonthPage) -> list[measures.Measure]:
    """The measures of the table that had anything due; the scan rate stands among the tiles."""
    mine = rules_tables.columns_of(page.query.by)
    return [each for each in mine if each is not measures.SCANNED and each.rate(page.counts).denominator]


def _context(page: MonthPage) -> dict[str, Any]:
    query = page.query

    def link(**changed: str | int) -> str:
        return url_for(".show", **query.args(**changed))

    def opened(**wanted: Any) -> str:
        """The records behind a figure of this page."""
        given = {"month": f"{query.first:%Y-%m}", "unit": query.unit, **wanted}
        return url_for(".behind", **{name: value for name, value in given.items() if value not in ("", None)})

    ends = min(next_month(query.first), clock.today(_zone()))
    return {
        "page": page,
        "query": query,
        "figures": BESIDE,
        "gap_figure": GAPS,
        "sorts": words.SORTS,
        "usage": usage,
        "definition": definition,
        "link": link,
        "opened": opened,
        "before": previous_month(query.first),
        "after": next_month(query.first),
        "is_running": next_month(query.first) > clock.today(_zone()),
        "until": ends,
        "measures": measures,
        "outcomes": outcomes,
        "words": words,
        "trend": rules_trend,
        "columns": _columns(page),
        "most": max(page.heat.values(), default=0),
    }
