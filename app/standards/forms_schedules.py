"""The form of one schedule of a draft: how often, on which days, in which windows, or around an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from app.standards.forms_fields import Reader, Several
from app.standards.rules_document_when import KINDS, MAX_GRACE_MIN, MAX_OFFSET_MIN, ROLLS, WINDOW_KINDS, rule_fault
from app.standards.rules_repeats import FREQUENCIES, WEEKDAYS, Repeat, first_day, rule_of
from app.standards.rules_words import DAY_TYPE, PROFILE
from app.web.words import lazy

WINDOW_FIELDS = (
    "w_id", "w_label", "w_start", "w_end", "w_days", "w_before", "w_after", "w_profile", "w_kind", "w_minutes",
)  # fmt: skip
MAX_DAYS_ON = 31


def parse_schedule(form: Several, old: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schedule as filled in, and the errors by field."""
    read = Reader(form)
    kind = read.one_of("kind", KINDS, "calendar")
    types = [each for each in DAY_TYPE if each in form.getlist("day_types")]
    if not types:
        read.errors["day_types"] = lazy("Choose the kinds of day on which it falls.")
    part = {
        **old,
        "label_zh": read.text("label", 40),
        "kind": kind,
        "day_types": types,
        "applies_when": read.condition("when"),
        "note_zh": read.optional("note", 300),
        **(_calendar(read, old) if kind == "calendar" else _event(read)),
    }
    return part, read.errors


def _calendar(read: Reader, old: Mapping[str, Any]) -> dict[str, Any]:
    rrule, start = rule_of(_repeat(read)), _start(read)
    if start and not rule_fault(rrule, first_day(rrule, start).isoformat()):
        start = first_day(rrule, start)
    elif start:
        read.errors["how"] = rule_fault(rrule, start.isoformat())
    return {
        "rrule": rrule,
        "dtstart": start.strftime("%Y%m%d") if start else old.get("dtstart"),
        "roll": read.one_of("roll", ROLLS, "none"),
        "trigger": None,
        "windows": _windows(read, str(old.get("id") or "A")),
    }


def _repeat(read: Reader) -> Repeat:
    how = read.one_of("how", (*FREQUENCIES, "text"), "daily")
    return Repeat(
        how,
        read.whole("every", 1, 52) or 1,
        tuple(each for each in WEEKDAYS if each in read.form.getlist("days")),
        _numbers(read, "dates", 31),
        _numbers(read, "months", 12),
        read.text("rrule", 200),
    )


def _numbers(read: Reader, name: str, most: int) -> tuple[int, ...]:
    """Numbers with commas or spaces between them, or several fields of the name."""
    typed = " ".join(read.form.getlist(name)).replace(",", " ").replace("，", " ").replace("、", " ").split()
    if any(not each.isdecimal() or not 1 <= int(each) <= most for each in typed):
        read.errors[name] = lazy("A whole number from %(least)d to %(most)d, please.", least=1, most=most)
        return ()
    return tuple(sorted({int(each) for each in typed}))


def _start(read: Reader) -> date | None:
    try:
        return date.fromisoformat(read.form.get("dtstart", "").strip())
    except ValueError:
        read.errors["dtstart"] = lazy("Give the first day of the schedule.")
        return None


def _windows(read: Reader, letter: str) -> list[dict[str, Any]]:
    columns = [read.form.getlist(name) for name in WINDOW_FIELDS]
    rows = [dict(zip(WINDOW_FIELDS, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]
    kept = [row for row in rows[:30] if row["w_start"].strip() or row["w_end"].strip()]
    taken = {row["w_id"] for row in kept}
    free = iter(name for at in range(1, 100) if (name := f"{letter}{at}") not in taken)
    return [_window(read, row, row["w_id"].strip()[:8] or next(free)) for row in kept]


def _window(read: Reader, row: Mapping[str, str], window_id: str) -> dict[str, Any]:
    cells = Reader(_Cells(row))
    window = {
        "id": window_id,
        "label_zh": cells.text("w_label", 40),
        "start": row["w_start"].strip()[:5],
        "end": row["w_end"].strip()[:5],
        "end_day_offset": cells.whole("w_days", 0, MAX_DAYS_ON) or 0,
        "grace_before_min": cells.whole("w_before", 0, MAX_GRACE_MIN) or 0,
        "grace_after_min": cells.whole("w_after", 0, MAX_GRACE_MIN) or 0,
        "profile": profile_of(row["w_profile"]) or "full",
        "kind": cells.one_of("w_kind", WINDOW_KINDS, "regular"),
        "expected_minutes": cells.whole("w_minutes", 1, 1440),
    }
    for sentence in cells.errors.values():
        read.errors["windows"] = lazy("Window %(name)s: %(what)s", name=window["label_zh"] or window_id, what=sentence)
    return window


def _event(read: Reader) -> dict[str, Any]:
    anchor = read.text("anchor", 60)
    if not anchor:
        read.errors["anchor"] = lazy("Choose the event that starts it.")
    trigger = {
        "anchor": anchor,
        "due_anchor": read.optional("due_anchor", 60),
        "open_offset_min": read.whole("opens", -MAX_OFFSET_MIN, MAX_OFFSET_MIN) or 0,
        "due_offset_min": read.whole("due", -MAX_OFFSET_MIN, MAX_OFFSET_MIN) or 0,
        "grace_before_min": read.whole("before", 0, MAX_GRACE_MIN) or 0,
        "grace_after_min": read.whole("after", 0, MAX_GRACE_MIN) or 0,
        "profile": profile_of(read.text("profile", 20)) or "full",
        "window_kind": read.one_of("window_kind", WINDOW_KINDS, "regular"),
    }
    if not trigger["due_anchor"]:
        trigger.pop("due_anchor")
    return {"rrule": None, "dtstart": None, "roll": "none", "trigger": trigger, "windows": []}


def profile_of(text: str) -> str:
    """A kind of visit by its word or name; a new one is taken as it is."""
    said = text.strip()[:20]
    return next((name for name, word in PROFILE.items() if said in (name, str(word))), said)


class _Cells:
    """A row of a table as a form of its own."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row

    def get(self, name: str, default: str, /) -> str:
        return self._row.get(name, default)

    def getlist(self, name: str, /) -> list[str]:
        return [self._row[name]] if name in self._row else []

    def __contains__(self, name: object, /) -> bool:
        return name in self._row
