"""The standards pack: standards with editions and files as one JSON document, named by its hash; pure.

The hash is the SHA-256 of the RFC 8785 form without `digest` and without the bytes of files, each of which is named by
its own hash: two packs of the same content have the same hash, whoever wrote them.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
import rfc8785

from app.refusals import Invalid
from app.web.words import lazy

FORMAT, VERSION = "dabiao-standards-pack", 1
MOST_BYTES = 40_000_000
MOST_FILE_BYTES = 12_000_000
# Whole numbers beyond are not the same in every program that reads JSON.
LARGEST_NUMBER = 2**53 - 1
LIFE = ("status", "effective_on", "ended_on", "approved_on", "next_review_on", "cover_mark")
Pack = Mapping[str, Any]
Entry = Mapping[str, Any]


def build(units: Iterable[Entry], standards: Iterable[Entry], files: Mapping[str, Entry]) -> dict[str, Any]:
    """A pack in its order: units by id, standards by code, editions by number; with its hash."""
    ordered = [
        {
            **each,
            "editions": sorted(each["editions"], key=lambda edition: edition["number"]),
            "recordings": sorted(each["recordings"], key=lambda one: (one["step"], one["words"], one["file"])),
        }
        for each in standards
    ]
    pack = {
        "format": FORMAT,
        "version": VERSION,
        "units": sorted(units, key=lambda unit: unit["id"]),
        "standards": sorted(ordered, key=lambda standard: standard["code"]),
        "files": dict(files),
    }
    return {**pack, "digest": digest_of(pack)}


def to_bytes(pack: Pack) -> bytes:
    """The file: sorted keys, two blanks a level, so that people can compare two of them."""
    return orjson.dumps(pack, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def file_entry(use: str, media_type: str, body: bytes) -> dict[str, Any]:
    """A file as it stands in the pack."""
    return {"use": use, "media_type": media_type, "body": base64.b64encode(body).decode("ascii")}


def digest_of(pack: Pack) -> str:
    """The hash of a pack by its content; raises Invalid where no canonical form exists."""
    named = {name: {**each, "body": ""} for name, each in pack["files"].items()}
    return canonical_digest({**{key: pack[key] for key in pack if key != "digest"}, "files": named})


def canonical_digest(value: Any) -> str:
    """The SHA-256 of the RFC 8785 form."""
    try:
        return hashlib.sha256(rfc8785.dumps(value)).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as odd:
        raise Invalid(lazy("There is something in the file that cannot be read the same way everywhere.")) from odd


def editions_of(pack: Pack) -> Iterator[tuple[Entry, Entry]]:
    """Each edition with its standard."""
    for standard in pack["standards"]:
        for edition in standard["editions"]:
            yield standard, edition


def pictures_of(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(step, hash) of the reference pictures."""
    return [(step["id"], step["reference_photo"]) for step in document["steps"] if step.get("reference_photo")]


def life_of(edition: Entry) -> tuple[str, ...]:
    """State and dates of an edition, to compare."""
    return tuple(str(edition[name] or "") for name in LIFE)
