"""Forms of reports into values; nonsense is told in a sentence and nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.halfyear.rules import Part
from app.halfyear.rules_calendar import Wish
from app.refusals import Invalid
from app.web.made import made_id
from app.web.words import lazy

MOST_TEXT, MOST_NOTE, MOST_LINK = 6000, 500, 300
_LINK = re.compile(r"^(/(?!/)|https?://)\S+$")


def text_in(form: Mapping[str, str]) -> tuple[Part, str, int]:
    """(part, text, revision that it was written on); raises Invalid."""
    part, text = form.get("part", ""), form.get("text", "").replace("\r\n", "\n").strip()
    if part not in set(Part):
        raise _refused("part", lazy("Open the page again."))
    if len(text) > MOST_TEXT:
        raise _refused("text", lazy("This text is too long; at most %(n)d characters.", n=MOST_TEXT))
    revision = form.get("revision", "")
    if not re.fullmatch(r"[0-9]{1,6}", revision):
        raise _refused("revision", lazy("Open the page again."))
    return Part(part), text, int(revision)


def mark_in(form: Mapping[str, str], today: date) -> Wish:
    """A note or a link says what was done; raises Invalid."""
    done = form.get("done", "") == "yes"
    note, link = form.get("note", "").strip(), form.get("link", "").strip()
    if len(note) > MOST_NOTE:
        raise _refused("note", lazy("This text is too long; at most %(n)d characters.", n=MOST_NOTE))
    if link and (len(link) > MOST_LINK or not _LINK.match(link)):
        raise _refused("link", lazy("Give an address that begins with / or https://."))
    if not note and not link:
        raise _refused("note", lazy("Say what was done, or give the address of the record."))
    return Wish(made_id(form), done, _day(form.get("on", ""), today) if done else today, note, link)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-20") else None
    except ValueError:
        day = None
    if day is None or day > today or day.year < 2000:
        raise _refused("on", lazy("Give the day on which it was done, not one in the future."))
    return day


def _refused(name: str, sentence: object) -> Invalid:
    return Invalid(sentence, fields={name: sentence})
