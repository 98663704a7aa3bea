"""What the templates of this feature can ask for; checks renders the work page too, so these hold everywhere."""

from typing import Any

import orjson
from flask import Blueprint, current_app
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app import clock
from app.pages.queries import Mate, Task, mates_of, tasks_of
from app.pages.rules_day import day_of
from app.pages.rules_scan import words as scanner_words
from app.pages.rules_task import asked_on_page, own_part, shared_part, steps_on_page
from app.pages.rules_words import MARKS, PROFILES, RESULTS, dialable, where
from app.web.assets import asset
from app.web.current import CurrentPerson, maybe_person
from app.web.scanning import DECODERS
from qr.payload import host_of

bp = Blueprint("page_filters", __name__)
bp.add_app_template_filter(asked_on_page)
bp.add_app_template_filter(steps_on_page)
bp.add_app_template_filter(dialable)
bp.add_app_template_filter(where)


@bp.app_template_filter("task_for_script")
def _task(chosen: Any, point: Any, person: CurrentPerson, form_key: str) -> Markup:
    """JSON for a script element; the part that many share is made once."""
    remembered = current_app.extensions["remembered"]
    own = _json(own_part(chosen, point.label_code, person.id))
    shared = remembered.text(f"script {form_key}", lambda: _json(shared_part(chosen)))
    return Markup(f"{own[:-1]},{shared[1:]}")  # noqa: S704  both parts are escaped


def _json(content: dict[str, Any]) -> str:
    return str(htmlsafe_json_dumps(content, dumps=lambda plain: orjson.dumps(plain).decode()))


@bp.app_template_filter("colleagues")
def _colleagues(_chosen: Any, person: CurrentPerson) -> list[Mate]:
    return mates_of(person.id, person.org_id)


@bp.app_template_filter("mark_word")
def _mark(code: str) -> object:
    return MARKS.get(code, code)


@bp.app_template_filter("state_word")
def _result(code: str) -> object:
    return RESULTS.get(code, RESULTS["pass"])


@bp.app_template_filter("profile_word")
def _profile(code: str) -> object:
    return PROFILES.get(code, code)


@bp.app_template_global("next_task")
def _next_task() -> Task | None:
    """What is due next on the own round: over time first, then open by its end, then the next one ahead."""
    me = maybe_person()
    if me is None or not me.is_hands:
        return None
    now, today = clock.now(), clock.today(current_app.extensions["settings"].zone)
    day = day_of(tasks_of(me.id, today, now), now, today)
    return next((task for group in (day.now, day.over, day.ahead, day.night) for task in group if task.code), None)


@bp.app_template_global("scanner_for_script")
def _scanner() -> dict[str, Any]:
    """What scanner.js reads: who scans, whose labels open, where the decoders lie, and what it says."""
    me = maybe_person()
    return {
        "person": me.id if me else "",
        "hosts": [host_of(current_app.extensions["settings"].base_url)],
        "files": {name: asset(path) for name, path in DECODERS.items()},
        "words": scanner_words(),
    }
