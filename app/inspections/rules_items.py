"""One item as found: what may be said of it, when it clashes, and when all items make a conclusion; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

import orjson

from app.web.words import lazy

MOST_RECORD, MOST_FACT, MOST_SUMMARY = 4000, 1000, 2000
LEAST_FACT = 4
SEVERITIES = ("minor", "major", "critical")


class Way(StrEnum):
    """How it was looked into: 看、问、查记录、技术验证 (seed 000, 监督检查)."""

    LOOK = "look"
    ASK = "ask"
    RECORDS = "records"
    TECHNICAL = "technical"


class Conclusion(StrEnum):
    """Of one item (符合/不符合/不适用)."""

    CONFORMS = "conforms"
    NONCONFORMING = "nonconforming"
    NOT_APPLICABLE = "not_applicable"


class Overall(StrEnum):
    """Of the whole inspection."""

    CONFORMS = "conforms"
    MOSTLY = "mostly"
    NONCONFORMING = "nonconforming"


@dataclass(frozen=True, slots=True)
class Said:
    """What an inspector says of an item; `fact` is the nonconforming fact in words."""

    ways: tuple[Way, ...] = ()
    record: str = ""
    conclusion: Conclusion | None = None
    fact: str = ""
    severity: str = "minor"


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it stands; `by_name` wrote it last, `at` when."""

    no: int
    title: str
    content: str
    said: Said
    revision: int
    finding_id: str | None = None
    by_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """It stands; the next save names this revision."""

    revision: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else saved the item meanwhile; `now` is what stands."""

    now: ItemView


def faults(said: Said, *, registered: bool = False) -> dict[str, object]:
    """What speaks against saving this, a sentence a field; `registered`: a finding stands, so it stays 不符合."""
    found: dict[str, object] = {}
    if said.conclusion is Conclusion.NONCONFORMING and len(said.fact.strip()) < LEAST_FACT:
        found["fact"] = lazy("Write down the fact: what was seen, where, and which requirement it misses.")
    if said.conclusion is Conclusion.NOT_APPLICABLE and not said.record.strip():
        found["record"] = lazy("Say in the record why the item does not apply here.")
    if registered and said.conclusion is not Conclusion.NONCONFORMING:
        found["conclusion"] = lazy("A finding is registered for this item. It is withdrawn there, not here.")
    for name, text, most in (("record", said.record, MOST_RECORD), ("fact", said.fact, MOST_FACT)):
        if len(text) > most:
            found[name] = lazy("This text is too long; at most %(n)d characters.", n=most)
    if said.severity not in SEVERITIES:
        found["severity"] = lazy("Choose how severe it is.")
    return found


def finish_faults(items: Iterable[ItemView], overall: Overall | None, summary: str) -> dict[str, object]:
    """What is missing before both sides can sign."""
    found: dict[str, object] = {}
    listed = list(items)
    if missing := [str(item.no) for item in listed if item.said.conclusion is None]:
        found["missing"] = lazy("These items have no conclusion yet: %(numbers)s", numbers="、".join(missing))
    bad = [item for item in listed if item.said.conclusion is Conclusion.NONCONFORMING]
    if overall is None:
        found["conclusion"] = lazy("Choose the overall conclusion.")
    elif overall is Overall.CONFORMS and bad:
        found["conclusion"] = lazy("With nonconforming items the whole cannot be “conforms”.")
    elif overall is not Overall.CONFORMS and not bad and not missing:
        found["conclusion"] = lazy("No item is nonconforming: the whole conforms, or an item needs another look.")
    if len(summary) > MOST_SUMMARY:
        found["summary"] = lazy("This text is too long; at most %(n)d characters.", n=MOST_SUMMARY)
    return found


def counted(conclusions: Iterable[Conclusion | None]) -> dict[str, int]:
    """How many items stand where; `open` have no conclusion."""
    found = {**dict.fromkeys(map(str, Conclusion), 0), "open": 0}
    for each in conclusions:
        found[str(each) if each else "open"] += 1
    return found


def signed_content(head: Mapping[str, str], items: Sequence[ItemView]) -> str:
    """SHA-256 of what both sides put their names to: heading, items and conclusions in one fixed form."""
    lines = [{"no": item.no, "title": item.title, "content": item.content, **asdict(item.said)} for item in items]
    return hashlib.sha256(orjson.dumps([dict(head), lines], option=orjson.OPT_SORT_KEYS)).hexdigest()
