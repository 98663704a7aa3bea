"""Forms of the service desk: mapping to an entry or field errors."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from app.feedback.rules_calls import Need
from app.feedback.rules_complaints import Class
from app.feedback.rules_desk import CALL, KINDS, LONGEST_AGO, MOST_CONTACT, MOST_NAME, MOST_WORDS, Entry
from app.web.words import lazy


def parse_entry(form: Mapping[str, str], zone: ZoneInfo, now: datetime) -> Entry:
    """What came by telephone; the id is made with the page, so that a form sent twice is one entry."""
    kind, need, proposed = (form.get(name, "").strip() for name in ("kind", "need", "proposed"))
    words = form.get("words", "").strip()
    happened_at = _local(form.get("happened_at", ""), zone)
    entry = Entry(
        id=_own_id(form.get("id", "")),
        kind=kind,
        typed=form.get("point", "").strip()[:120],
        words=words[:MOST_WORDS],
        need=Need(need) if need in set(Need) else None,
        proposed=Class(proposed) if proposed in set(Class) else None,
        contact=" ".join(form.get("contact", "").split())[:MOST_CONTACT],
        name=" ".join(form.get("name", "").split())[:MOST_NAME],
        said=form.get("said", "").strip()[:MOST_WORDS],
        happened_at=happened_at,
    )
    entry.errors.update(_faults(entry, form, now))
    return entry


def _faults(entry: Entry, form: Mapping[str, str], now: datetime) -> dict[str, object]:
    found: dict[str, object] = {}
    if not entry.id:
        found["id"] = lazy("This page is too old. Load it again.")
    if entry.kind not in KINDS:
        found["kind"] = lazy("Say what it is: a call, a question, a complaint or praise.")
    if entry.kind == CALL and entry.need is None:
        found["need"] = lazy("Choose what is wrong.")
    if entry.kind == CALL and not entry.typed:
        found["point"] = lazy("Say where somebody is needed.")
    if entry.kind != CALL and not entry.words:
        found["words"] = lazy("Write down what was said.")
    if len(form.get("words", "").strip()) > MOST_WORDS:
        found["words"] = lazy("This text is too long; at most %(n)d characters.", n=MOST_WORDS)
    if form.get("happened_at", "").strip() and not _is_past(entry.happened_at, now):
        found["happened_at"] = lazy("Give a time within the last 30 days.")
    return found


def _is_past(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - LONGEST_AGO <= at <= now


def _own_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _local(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.strptime(text.strip()[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=zone)
    except ValueError:
        return None
