"""Deeds of packs: standards leave as one file; one that comes in is looked at first and taken over whole or not."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.exchange.actions import Sent
from app.exchange.actions_pack_parts import put_pack
from app.exchange.queries_imports import body_of, import_of
from app.exchange.queries_pack import (
    edition_entries,
    here,
    places_of,
    recordings_for_all,
    root_unit,
    standard_rows,
    unit_rows,
)
from app.exchange.rules_pack import MOST_BYTES, Pack, build, file_entry, pictures_of, to_bytes
from app.exchange.rules_pack_checks import bytes_of, content_faults, cut_of
from app.exchange.rules_pack_plan import Look, look_at
from app.exchange.rules_pack_reading import read_pack
from app.exchange.rules_pack_schema import PackFault, schema_faults
from app.exchange.writes import insert_import, mark_applied
from app.photos.imaging import make
from app.photos.rules import Part, Unfit
from app.photos.store_protocol import PhotoStore
from app.refusals import Conflict, Invalid, NotFound, TooLarge, Unavailable
from app.schedule.actions_rota import Call
from app.standards.queries_papers import paper_body, text_of
from app.standards.rules import parse_edition
from app.standards.rules_audio import words_of
from app.web.words import lazy


@dataclass(frozen=True)
class Opened:
    """A pack that was read, and what does not hold in itself."""

    pack: Pack
    faults: list[PackFault] = field(default_factory=list)


def export(codes: Collection[str], store: PhotoStore) -> bytes:
    """The pack of these standards, of all where none is named. Raises Invalid, TooLarge."""
    chosen = standard_rows(codes)
    if not chosen or {*codes} - {row.code for row in chosen}:
        raise Invalid(lazy("Choose standards that have an edition."))
    editions, root, files = edition_entries(row.code for row in chosen), root_unit(), _Files(store)
    standards = [_standard(row, editions[row.code], root, files) for row in chosen]
    names = unit_rows()
    for each in standards:
        each["responsible"]["name"] = names[each["responsible"]["id"]].name
    body = to_bytes(build(_units((row.responsible_id for row in chosen), names), standards, files.read()))
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The pack would be too large. Choose fewer standards."))
    return body


def opened(body: bytes) -> Opened:
    """A pack as it came in; asks nothing of the database. Raises TooLarge, Unsupported or Invalid for what is none."""
    pack = read_pack(body)
    faults = schema_faults(pack) or content_faults(pack) or _picture_faults(pack)
    return Opened(pack, faults)


def look(came: Opened, unit: str = "") -> Look:
    """What it would do here; `unit` answers for the standards of units that are unknown here."""
    if came.faults:
        return Look(str(came.pack["digest"]), [], came.faults, {})
    return look_at(came.pack, here(), unit)


def keep_pack(sent: Sent, by_id: str, call: Call) -> None:
    """Keep the file for a dry run; the same id again changes nothing."""
    row = {"id": sent.id, "kind": str(sent.kind), "name": sent.name[:120], "body": sent.body}
    insert_import({**row, "sha256": hashlib.sha256(sent.body).hexdigest(), "by_id": by_id, "at": call.at})


def opened_import(by_id: str, import_id: str) -> Opened:
    """The file of one's own import. Raises NotFound."""
    if import_of(by_id, import_id) is None:
        raise NotFound(lazy("There is no such pack of yours."))
    return opened(body_of(import_id))


def apply_pack(import_id: str, came: Opened, unit: str, by_id: str, call: Call, store: PhotoStore) -> bool:
    """All of it or nothing: raises Conflict where something does not hold. False when it was done before."""
    before = import_of(by_id, import_id)
    if before is None:
        raise NotFound(lazy("There is no such pack of yours."))
    if before.applied_at:
        return False
    found = look(came, unit)
    if found.faults:
        raise Conflict(lazy("Something in the pack does not hold. Nothing was changed."))
    if not mark_applied(import_id, by_id, call.at, {**found.counts, "digest": found.digest}):
        return False
    put_pack(came.pack, found, import_id, by_id, call, store)
    return True


class _Files:
    """The files that standards name, read from where they are kept."""

    def __init__(self, store: PhotoStore) -> None:
        self._store = store
        self._wanted: dict[Part, set[str]] = {Part.REFERENCE: set(), Part.LESSON: set()}
        self._texts: dict[str, dict[str, Any]] = {}

    def want(self, part: Part, sha256: str) -> None:
        self._wanted[part].add(sha256)

    def text(self, number: str) -> dict[str, str] | None:
        """The approved text of an edition as its entry names it."""
        paper = text_of(number)
        if paper is None:
            return None
        self._texts[paper.sha256] = file_entry("text", paper.media_type, paper_body(paper.id))
        return {"name": paper.name, "file": paper.sha256}

    def read(self) -> dict[str, dict[str, Any]]:
        """Hash to entry. Raises Invalid where one is gone."""
        found = dict(self._texts)
        for part, wanted in self._wanted.items():
            places = places_of(wanted, part)
            for sha256 in sorted(wanted):
                found[sha256] = self._kept(part, places.get(sha256, ""))
        return found

    def _kept(self, part: Part, place: str) -> dict[str, Any]:
        try:
            record, body = self._store.read(place) if place else (None, b"")
        except Unavailable:
            record = None
        if record is None:
            raise Invalid(lazy("A reference picture or recording cannot be read here. Add it again."))
        if part is Part.LESSON:
            return file_entry("recording", record.media_type, body)
        turned = {"orientation": record.orientation, "remake": record.remake}
        return {**file_entry("picture", record.media_type, body), **turned}


def _standard(row: Any, editions: list[dict[str, Any]], root: str, files: _Files) -> dict[str, Any]:
    for each in editions:
        each["text"] = files.text(each["number"])
        for _step, sha256 in pictures_of(each["document"]):
            files.want(Part.REFERENCE, sha256)
    head = {name: getattr(row, name) for name in ("code", "title", "title_en", "category", "public")}
    return {
        **head,
        "point_kinds": list(row.point_kinds),
        "responsible": {"id": row.responsible_id, "name": ""},
        "editions": editions,
        "recordings": list(_recordings(row.code, editions, root, files)),
    }


def _recordings(code: str, editions: list[dict[str, Any]], root: str, files: _Files) -> Iterable[dict[str, str]]:
    spoken = {(step.id, words_of(step)) for each in editions for step in parse_edition(each["document"]).steps}
    for one in recordings_for_all(code, root):
        if (one.step_id, one.words) in spoken and one.sha256:
            files.want(Part.LESSON, one.sha256)
            yield {"step": one.step_id, "words": one.words, "file": one.sha256}


def _units(wanted: Iterable[str], rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The responsible units and all above them."""
    found: dict[str, dict[str, Any]] = {}
    for unit_id in wanted:
        here_id: str | None = unit_id
        while here_id and here_id not in found:
            row = rows[here_id]
            found[here_id] = {name: getattr(row, name) for name in ("id", "name", "name_en", "kind", "parent_id")}
            here_id = row.parent_id
    return list(found.values())


def _picture_faults(pack: Pack) -> list[PackFault]:
    """Each picture is decoded whole, as one that a phone sends: what cannot be shown is not taken."""
    faults = []
    for name, entry in pack["files"].items():
        if entry["use"] != "picture":
            continue
        body = bytes_of(entry)
        cut = cut_of(entry, body)
        try:
            make(body, cut.media_type, orientation=entry.get("orientation", 1), remake=cut.remake)
        except Unfit:
            faults.append(PackFault(name, lazy("The picture is damaged or did not arrive whole. Take it again.")))
    return faults
