"""Reference pictures of the demo's standards: drawn, kept like any photo, named by the steps that want one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from app.demo.compound import content
from app.demo.pictures import Subject, drawn
from app.photos.actions import keep
from app.photos.rules import Part, PhotoOwner, PhotoUse, Source, Upload
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check

AUTHOR = "std-01"
MAX_BYTES = 1_000_000
References = Mapping[tuple[str, str], str]


def drawn_references(store: PhotoStore, now: datetime, zone: ZoneInfo) -> References:
    """(number, step) to the hash of its reference picture, each with a row that every signed-in person may view."""
    found: dict[tuple[str, str], str] = {}
    for entry in content("standards"):
        document = entry["document"]
        for step in document["steps"]:
            if step["evidence"] == "photo":
                found[document["number"], step["id"]] = _kept(entry, step, store, now, zone)
    return found


def with_references(document: dict[str, Any], references: References) -> dict[str, Any]:
    """The edition's document with the pictures named; the content file itself stays as it is."""
    steps = [
        step | {"reference_photo": references[document["number"], step["id"]]}
        if (document["number"], step["id"]) in references
        else step
        for step in document["steps"]
    ]
    return document | {"steps": steps}


def _kept(entry: dict[str, Any], step: dict[str, Any], store: PhotoStore, now: datetime, zone: ZoneInfo) -> str:
    document = entry["document"]
    name = f"{document['number']}/{step['id']}"
    subject = Subject(entry["point_kinds"][0], "标准照片", step["title"], document["number"], f"reference:{name}")
    photo_id = str(uuid5(NAMESPACE_URL, f"dabiao:reference:{name}"))
    upload = Upload(photo_id, drawn(subject), AUTHOR, "image/jpeg", now, Source.FILE)
    kept, _new = keep(store, upload, max_bytes=MAX_BYTES, now=now, day=now.astimezone(zone).date())
    owner = PhotoOwner(
        check_id=f"reference:{name}"[:36],
        person_id=AUTHOR,
        point_id="",
        standard_code=document["code"],
        implementer_id=entry["implementer"],
        responsible_id=entry["responsible"],
    )
    rows_for_check([PhotoUse(kept, Part.REFERENCE, step["id"])], owner, at=now)
    return kept.sha256
