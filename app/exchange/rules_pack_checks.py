"""Judges the content of a pack that fits its schema: numbers, dates, texts, and that files are what they are called."""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.exchange.rules_pack import MOST_FILE_BYTES, Entry, Pack, editions_of, pictures_of
from app.exchange.rules_pack_schema import PackFault
from app.photos.rules import Cut, Unfit
from app.photos.rules_bytes import cut_picture, cut_sound
from app.refusals import Refusal
from app.standards.rules import parse_edition
from app.standards.rules_audio import words_of
from app.standards.rules_document import faults_of
from app.standards.rules_papers import PaperKind, media_type_of
from app.web.words import lazy

# These hold, held or will hold: they have a first day.
DATED = ("published", "trial", "effective", "confirmed", "superseded")
DAYS = ("effective_on", "ended_on", "approved_on", "next_review_on")
NEVER = date.max


def content_faults(pack: Pack) -> list[PackFault]:
    """What does not hold in itself, whatever stands here; the pack fits the schema."""
    return [
        *_unit_faults(pack["units"]),
        *_twice(pack),
        *(fault for standard, edition in editions_of(pack) for fault in _edition_faults(standard, edition)),
        *(fault for standard in pack["standards"] for fault in _standard_faults(standard)),
        *_missing_files(pack),
        *_file_faults(pack),
    ]


def term_of(edition: Entry) -> tuple[date, date] | None:
    """First and last day on which it holds; None where it never takes effect."""
    first, last = day(edition["effective_on"]), day(edition["ended_on"])
    return (first, last or NEVER) if first else None


def overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    """Whether both hold on some day."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def day(text: str | None) -> date | None:
    """A day as it stands in the pack; None where there is none or it does not exist."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def bytes_of(entry: Entry) -> bytes:
    """The bytes of a file; raises ValueError."""
    try:
        return base64.b64decode(entry["body"], validate=True)
    except binascii.Error as odd:
        raise ValueError from odd


def cut_of(entry: Entry, body: bytes) -> Cut:
    """A picture or recording by its own bytes; raises Unfit."""
    return cut_picture(body) if entry["use"] == "picture" else cut_sound(body)


def _unit_faults(units: list[Entry]) -> Iterator[PackFault]:
    parents = {unit["id"]: unit["parent_id"] for unit in units}
    if len(parents) != len(units):
        yield PackFault("/units", lazy("A unit stands there twice."))
    for unit_id in parents:
        seen, here = set[str](), unit_id
        while here is not None and here not in seen and here in parents:
            seen.add(here)
            here = parents[here]
        if here is not None:
            yield PackFault("/units", lazy("The units above %(unit)s are missing or go in a circle.", unit=unit_id))


def _twice(pack: Pack) -> Iterator[PackFault]:
    codes = Counter(standard["code"] for standard in pack["standards"])
    numbers = Counter(edition["number"] for _standard, edition in editions_of(pack))
    for name, times in (codes + numbers).items():
        if times > 1:
            yield PackFault(name, lazy("This number stands there twice."))


def _standard_faults(standard: Entry) -> Iterator[PackFault]:
    terms = [(each["number"], term_of(each)) for each in standard["editions"]]
    for at, (number, term) in enumerate(terms):
        for other, others_term in terms[:at]:
            if overlap(term, others_term):
                yield PackFault(number, lazy("It holds on days on which %(other)s holds too.", other=other))
    spoken = {
        (step.id, words_of(step))
        for each in standard["editions"]
        if not _unreadable(each["document"])
        for step in parse_edition(each["document"]).steps
    }
    for one in standard["recordings"]:
        if (one["step"], one["words"]) not in spoken:
            yield PackFault(standard["code"], lazy("A recording explains a step that no edition has."))


def _edition_faults(standard: Entry, edition: Entry) -> Iterator[PackFault]:
    for sentence in (*_number_faults(standard, edition), *_day_faults(edition)):
        yield PackFault(edition["number"], sentence)
    document = edition["document"]
    if _unreadable(document):
        yield PackFault(edition["number"], lazy("The document cannot be read as a standard."))
    # A general standard, or one that is out for comment, may have no steps: nobody works by it.
    elif document["steps"] or document.get("schedules"):
        for fault in faults_of(document):
            where = f"{edition['number']} {fault.where}".strip()
            yield PackFault(where, fault.sentence)


def _number_faults(standard: Entry, edition: Entry) -> Iterator[Any]:
    code, year, number, document = standard["code"], edition["year"], edition["number"], edition["document"]
    ending = str(number).removeprefix(f"{code}-")
    if ending == number or not ending or set(ending) & set("/ \n\r\t?#%\\") or "\n" in code:
        yield lazy("Its number does not begin with that of the standard.")
    elif edition["status"] in DATED and ending != str(year):
        yield lazy("Its number does not end with its year.")
    if (document["number"], document["code"], document["year"]) != (number, code, year):
        yield lazy("The document names another number.")


def _day_faults(edition: Entry) -> Iterator[Any]:
    days = {name: day(edition[name]) for name in DAYS}
    if any(edition[name] and days[name] is None for name in DAYS):
        yield lazy("A day such as 2026-12-01.")
        return
    first, last = days["effective_on"], days["ended_on"]
    if edition["status"] in DATED and first is None:
        yield lazy("It has no day on which it takes effect.")
    if first and last and last < first:
        yield lazy("The last day lies before the first.")


def _unreadable(document: Mapping[str, Any]) -> bool:
    try:
        parse_edition(document)
    except (KeyError, ValueError, TypeError, AttributeError):
        return True
    return False


def _missing_files(pack: Pack) -> Iterator[PackFault]:
    named = dict(_files_named(pack))
    there = {(entry["use"], name) for name, entry in pack["files"].items()}
    for wanted, where in sorted(named.items()):
        if wanted not in there:
            yield PackFault(where, lazy("The file %(name)s is not in the pack.", name=wanted[1][:12]))
    for _use, name in sorted(there - set(named)):
        yield PackFault(name, lazy("Nothing in the pack names this file."))


def _files_named(pack: Pack) -> Iterator[tuple[tuple[str, str], str]]:
    """Use and hash of each file, and what names it."""
    for standard, edition in editions_of(pack):
        number = edition["number"]
        for step, name in pictures_of(edition["document"]):
            yield ("picture", name), f"{number} {step}"
        if edition["text"]:
            yield ("text", edition["text"]["file"]), number
        for one in standard["recordings"]:
            yield ("recording", one["file"]), f"{standard['code']} {one['step']}"


def _file_faults(pack: Pack) -> Iterator[PackFault]:
    for name, entry in pack["files"].items():
        try:
            body = bytes_of(entry)
        except ValueError:
            yield PackFault(name, lazy("The bytes of this file cannot be read."))
            continue
        if len(body) > MOST_FILE_BYTES:
            yield PackFault(name, lazy("This file is too large."))
        elif hashlib.sha256(body).hexdigest() != name:
            yield PackFault(name, lazy("The hash does not fit the bytes of this file."))
        elif not _is_what_it_says(entry, body):
            yield PackFault(name, lazy("This file is not what it is called."))


def _is_what_it_says(entry: Entry, body: bytes) -> bool:
    """By its own bytes: the kind that is named, and for pictures nothing that is cut away when a phone sends one."""
    try:
        if entry["use"] == "text":
            return media_type_of(body, PaperKind.TEXT) == entry["media_type"]
        cut = cut_of(entry, body)
    except (Unfit, Refusal):
        return False
    return cut.media_type == entry["media_type"] and cut.untouched(body)
