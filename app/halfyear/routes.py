"""Half-year reports: the list of who has handed in, one report with its figures and texts, records behind a figure."""

from __future__ import annotations

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.halfyear import rules_words as words
from app.halfyear.actions import At, seen_of, texts_of
from app.halfyear.forms import MOST_TEXT
from app.halfyear.queries import Kept, kept, reporter
from app.halfyear.queries_figures import Look, figures_of
from app.halfyear.queries_list import lines, mutual_checks, standing_of
from app.halfyear.queries_records import Wanted, behind
from app.halfyear.rules import READERS, Half, Part, freezes_at, half_named, half_of, may_write
from app.halfyear.rules_changes import named
from app.halfyear.rules_figures import Figures
from app.halfyear.rules_paper import Section, sections
from app.refusals import NotFound
from app.stats import rules_outcomes
from app.stats import rules_words as month_words
from app.web.current import person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import lazy

bp = Blueprint("halfyear", __name__, url_prefix="/reports/halfyear")
NO_HALF = lazy("There is no such half-year.")


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, today = person(), clock.today(zone_of_site())
    half = half_named(request.args.get("half", "")) or half_of(today)
    if half.first > today:
        half = half_of(today)
    return render_template(
        "halfyear/index.html", half=half, lines=lines(me, half, today), checks=mutual_checks(me, half), words=words,
        before=half.before, after=half.after if half.after.first <= today else None,
        freezes=freezes_at(half, zone_of_site()), is_over=clock.now() >= freezes_at(half, zone_of_site()),
    )  # fmt: skip


@bp.get("/<half>/<unit_id>")
@guarded(*READERS)
def show(half: str, unit_id: str) -> ResponseReturnValue:
    at = at_of(half, unit_id)
    return render_template("halfyear/show.html", **shown(at))


@bp.get("/<half>/<unit_id>/records")
@guarded(*READERS)
def records(half: str, unit_id: str) -> ResponseReturnValue:
    at, args = at_of(half, unit_id), request.args
    held = {key: args.get(key, "")[:60] for key in ("standard", "point", "person", "unit", "reason", "edition", "step")}
    wanted = Wanted(args.get("figure", "")[:20], **held, page=page_number(args.get("page", "")))
    page = behind(at.look, wanted)

    def link(number: int) -> str:
        told: dict[str, Any] = {key: value for key, value in held.items() if value}
        return url_for(".records", half=half, unit_id=unit_id, figure=wanted.figure, page=number, **told)

    return render_template(
        "halfyear/records.html", at=at, page=page, wanted=wanted, query=wanted, link=link,
        pages=page.pages, title=words.title_of(at.half), what=words.FIGURES.get(wanted.figure, ""),
        words=month_words, outcomes=rules_outcomes,
    )  # fmt: skip


def zone_of_site() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def half_in(key: str) -> Half:
    """The half-year of an address; raises NotFound."""
    half = half_named(key)
    if half is None or half.first > clock.today(zone_of_site()):
        raise NotFound(NO_HALF)
    return half


def at_of(half: str, unit_id: str) -> At:
    """The report of an address and who asks; raises NotFound out of reach."""
    me = person()
    return At(reporter(unit_id, me), half_in(half), me, clock.now(), zone_of_site())


def figures_now(at: At, found: Kept) -> Figures:
    """As signed; else as frozen; else as the records say now."""
    if found.paper:
        return found.paper.figures
    return found.frozen.figures if found.frozen else figures_of(Look(at.unit, at.half, at.now, at.zone))


def sections_of(figures: Figures, found: Kept) -> list[Section]:
    return sections(figures, found.paper.texts if found.paper else texts_of(found))


def change_words(figures: Figures) -> Any:
    """A change in words: its figure by name."""
    titles = {each.code: f"{each.code} {each.title}" for each in figures.used}
    return lambda change: named(change, words.CHANGED, titles)


def shown(at: At, **more: Any) -> dict[str, Any]:
    """What the page of a report shows."""
    found = kept(at.half, at.unit.id)
    figures = figures_now(at, found)
    today = at.now.astimezone(at.zone).date()
    writes = may_write(at.who, at.unit) and found.paper is None
    return {
        "at": at, "kept": found, "sections": sections_of(figures, found), "title": words.title_of(at.half),
        "words": words, "standing": standing_of(found, at.half, today), "may_write": writes, "figures": figures,
        "freezes": freezes_at(at.half, at.zone), "seen": seen_of(found), "new_id": uuid.uuid4, "most": MOST_TEXT,
        "told": change_words(figures), "Part": Part, **more,
    }  # fmt: skip
