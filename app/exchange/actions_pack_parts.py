"""Puts the parts of a pack in their places: units, standards, editions, pictures, recordings, approved texts."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.exchange.queries_pack import places_of, recordings_for_all, root_unit
from app.exchange.rules_pack import Entry, Pack, editions_of, pictures_of
from app.exchange.rules_pack_checks import bytes_of, cut_of, day
from app.exchange.rules_pack_plan import Fate, Look
from app.exchange.writes import insert_units
from app.photos.actions import sync
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse, Source
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.schedule.actions_rota import Call
from app.schedule.actions_rows import make_rows
from app.standards.actions_projects import digest_of
from app.standards.queries import standards
from app.standards.rules_papers import PaperKind
from app.standards.writes import insert_step_audio
from app.standards.writes_projects import insert_edition, insert_paper, insert_standard


@dataclass(frozen=True)
class Hand:
    """Who takes over which import, when, and where pictures are kept."""

    import_id: str
    by_id: str
    call: Call
    store: PhotoStore

    def name(self, what: str) -> str:
        """An id that a second try has too."""
        return str(uuid5(NAMESPACE_URL, f"dabiao:pack:{self.import_id}:{what}"))


def put_pack(pack: Pack, found: Look, import_id: str, by_id: str, call: Call, store: PhotoStore) -> None:
    """What is new of a pack without faults; what stands already stays as it is. Call inside a transaction."""
    hand = Hand(import_id, by_id, call, store)
    new = {each.number for each in found.coming if each.fate is Fate.NEW}
    if found.makes_units:
        insert_units(_unit_rows(pack["units"]))
    _put_standards(pack, found, new)
    for standard, edition in editions_of(pack):
        if edition["number"] in new:
            _put_edition(standard, edition)
            _put_text(pack, edition, hand)
    kept = [*_put_pictures(pack, found, new, hand), *_put_recordings(pack, new, hand)]
    sync(store, kept)
    make_rows(call.zone, call.at)


def _unit_rows(units: list[Entry]) -> list[dict[str, Any]]:
    """Parents before their parts, each with its path."""
    paths: dict[str, str] = {}
    waiting = list(units)
    rows = []
    while waiting:
        ready = [unit for unit in waiting if unit["parent_id"] is None or unit["parent_id"] in paths]
        for unit in ready:
            above = paths[unit["parent_id"]] if unit["parent_id"] else "/"
            paths[unit["id"]] = f"{above}{unit['id']}/"
            rows.append({**unit, "path": paths[unit["id"]]})
        waiting = [unit for unit in waiting if unit["id"] not in paths]
    return rows


def _put_standards(pack: Pack, found: Look, new: set[str]) -> None:
    there = {each.code for each in standards()}
    for standard in pack["standards"]:
        if standard["code"] not in there and any(each["number"] in new for each in standard["editions"]):
            head = {name: standard[name] for name in ("code", "title", "title_en", "category", "public")}
            unit = found.units[standard["code"]]
            insert_standard({**head, "point_kinds": list(standard["point_kinds"]), "responsible_id": unit})


def _put_edition(standard: Entry, edition: Entry) -> None:
    days = {name: day(edition[name]) for name in ("effective_on", "ended_on", "approved_on", "next_review_on")}
    plain = {name: edition[name] for name in ("number", "year", "status", "cover_mark", "document")}
    digest = digest_of(edition["document"])
    insert_edition({**plain, **days, "code": standard["code"], "digest": digest})


def _put_text(pack: Pack, edition: Entry, hand: Hand) -> None:
    if not edition["text"]:
        return
    entry = pack["files"][edition["text"]["file"]]
    body = bytes_of(entry)
    insert_paper(
        {
            "id": hand.name(f"text:{edition['number']}"),
            "edition": edition["number"],
            "kind": PaperKind.TEXT,
            "name": edition["text"]["name"],
            "media_type": entry["media_type"],
            "sha256": hashlib.sha256(body).hexdigest(),
            "size": len(body),
            "body": body,
            "by_id": hand.by_id,
            "at": hand.call.at,
        }
    )


def _put_pictures(pack: Pack, found: Look, new: set[str], hand: Hand) -> list[KeptPhoto]:
    """Each picture once, under the first step that names it; every signed-in person may look at it."""
    named: dict[str, tuple[str, str]] = {}
    for standard, edition in editions_of(pack):
        if edition["number"] in new:
            for step, sha256 in pictures_of(edition["document"]):
                named.setdefault(sha256, (standard["code"], step))
    there, kept = places_of(named, Part.REFERENCE), list[KeptPhoto]()
    for sha256, (code, step) in named.items():
        if sha256 not in there:
            photo = _kept(sha256, pack["files"][sha256], hand)
            _put_rows(photo, Part.REFERENCE, (code, step, found.units[code]), hand)
            kept.append(photo)
    return kept


def _put_recordings(pack: Pack, new: set[str], hand: Hand) -> list[KeptPhoto]:
    """What is explained for everybody, where nobody here has explained the same words."""
    root, kept = root_unit(), dict[str, KeptPhoto]()
    for standard in pack["standards"]:
        if not any(each["number"] in new for each in standard["editions"]):
            continue
        heard = {(one.step_id, one.words) for one in recordings_for_all(standard["code"], root)}
        for one in standard["recordings"]:
            if (one["step"], one["words"]) in heard:
                continue
            sha256 = one["file"]
            if sha256 not in kept:
                kept[sha256] = _kept(sha256, pack["files"][sha256], hand)
                _put_rows(kept[sha256], Part.LESSON, (standard["code"], one["step"], root), hand)
            _put_recording(standard["code"], one, kept[sha256], root, hand)
    return list(kept.values())


def _put_recording(code: str, one: Mapping[str, str], photo: KeptPhoto, root: str, hand: Hand) -> None:
    insert_step_audio(
        {
            "standard_code": code,
            "step_id": one["step"],
            "words": one["words"],
            "org_id": root,
            "crew_id": None,
            "photo_id": photo.id,
            "sha256": photo.sha256,
            "by_id": hand.by_id,
            "at": hand.call.at,
        }
    )


def _put_rows(photo: KeptPhoto, part: Part, place: tuple[str, str, str], hand: Hand) -> None:
    code, step, unit = place
    owner = PhotoOwner(photo.id, hand.by_id, "", code, unit, unit)
    rows_for_check([PhotoUse(photo, part, step)], owner, at=hand.call.at)


def _kept(sha256: str, entry: Entry, hand: Hand) -> KeptPhoto:
    """The bytes as they are kept: on disk before a row names them, swept after a day when none does."""
    body = bytes_of(entry)
    cut = cut_of(entry, body)
    photo = KeptPhoto(
        id=hand.name(sha256),
        person_id=hand.by_id,
        media_type=cut.media_type,
        sha256=sha256,
        received_sha256=sha256,
        size=cut.size,
        width=cut.width,
        height=cut.height,
        source=Source.FILE.value,
        taken_at=None,
        received_at=hand.call.at,
        day=hand.call.at.astimezone(hand.call.zone).date(),
        orientation=entry.get("orientation", 1),
        remake=cut.remake or entry.get("remake", False),
    )
    return hand.store.keep(photo, cut.parts) or photo
