"""Photos from one store into another, each looked at on the way."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from app.photos.actions_pictures import PICTURE, THUMB
from app.photos.rules import KeptPhoto
from app.photos.store_protocol import PhotoStore
from app.photos.store_s3 import S3Store
from app.refusals import StorageFull, Unavailable

SYNCED_AT_ONCE = 200


@dataclass
class Copied:
    """How many came over, and the places whose bytes are gone or are not what they were."""

    photos: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list)


def copy_photos(source: PhotoStore, target: PhotoStore, places: Iterable[str]) -> Copied:
    """Copy bytes, records and what was made of them; raises StorageFull or Unavailable when the target fails."""
    if isinstance(source, S3Store):
        source.remote.hurried = False
    copied, left = Copied(), iter(places)
    while group := list(islice(left, SYNCED_AT_ONCE)):
        kept = [photo for place in group if (photo := _copy(source, target, place, copied))]
        target.sync(kept)
    return copied


def _copy(source: PhotoStore, target: PhotoStore, place: str, copied: Copied) -> KeptPhoto | None:
    try:
        photo, body = source.read(place)
    except StorageFull:
        raise
    except (Unavailable, ValueError):
        copied.missing.append(place)
        return None
    if hashlib.sha256(body).hexdigest() != photo.sha256:
        copied.missing.append(place)
        return None
    target.keep(photo, [body])
    for name in (PICTURE, THUMB):
        if made := source.stream_made(photo.sha256, name):
            target.put_made(photo.sha256, name, b"".join(made.chunks))
    copied.photos += 1
    copied.size += len(body)
    return photo
