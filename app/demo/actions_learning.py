"""Suggestions in the demo: by those who do the work, some answered, one written into a standard, one in a project."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import Site
from app.demo.compound import content
from app.demo.rules_sounds import hummed
from app.learning.actions import answer, suggest, tell_written
from app.learning.actions_proposals import attach
from app.learning.queries import suggestion
from app.learning.rules import Standing, Wish
from app.learning.rules_records import Evidence, Kind
from app.photos.actions import keep_file
from app.photos.rules import KeptPhoto, Upload
from app.standards.queries import edition_row, standards
from app.standards.queries_projects import project_of_edition, running
from app.web.current import CurrentPerson

OFFICE = "std-01"
MAX_BYTES = 200_000
SYLLABLES = 16


def play_learning(site: Site, now: datetime) -> int:
    """Through the real deeds, on the days of then; gives back how many."""
    told = content("suggestions")
    for number, each in enumerate(told):
        name = str(uuid5(NAMESPACE_URL, f"dabiao:suggestion:{number}"))
        at = now - timedelta(days=each["days"], minutes=37 * number % 240)
        _said(name, each, site, at)
        if then := each.get("answer"):
            given = str(uuid5(NAMESPACE_URL, f"dabiao:suggestion:{number}:answer"))
            when = now - timedelta(days=then["days"])
            answer(name, Standing(then["kind"]), then["text"], given, _who(OFFICE), when)
        _bundled(name, each, now)
    tell_written(now)
    return len(told)


def _said(name: str, each: dict[str, Any], site: Site, at: datetime) -> None:
    who, row = _who(each["by"]), edition_row(each["number"])
    if row is None:
        raise LookupError(each["number"])
    standard = next(one for one in standards() if one.code == row.code)
    wish = Wish(name, each["step"], each["text"], each.get("anonymous", False), None)
    voice = _memo(name, who, site, at) if each.get("voice") else None
    suggest(wish, standard, row, voice, who, site.store, at)


def _memo(name: str, who: CurrentPerson, site: Site, at: datetime) -> KeptPhoto:
    """Hummed: the demo has nobody's voice."""
    upload = Upload(str(uuid5(NAMESPACE_URL, f"dabiao:memo:{name}")), hummed(SYLLABLES, name), who.id, "audio/wav")
    day = at.astimezone(site.zone).date()
    return keep_file(site.store, upload, max_bytes=MAX_BYTES, now=at, day=day)[0]


def _bundled(name: str, each: dict[str, Any], now: datetime) -> None:
    """Into the project that the content names: the one of an edition, or the one that runs."""
    found = suggestion(name)
    project = project_of_edition(each["project"]) if "project" in each else None
    if each.get("running") and found:
        project = next(iter(running(found.standard_code)), None)
    if project and found:
        link = f"/standards/{found.edition}/learning#s-{name}"
        rests_on = Evidence(Kind.SUGGESTION, name, found.step_id, found.text, link, {"voice": False})
        attach(project.id, [rests_on], _who(OFFICE), now - timedelta(days=each["days"] - 10))


def _who(person_id: str) -> CurrentPerson:
    found = person_by_id(person_id)
    if found is None:
        raise LookupError(person_id)
    return found
