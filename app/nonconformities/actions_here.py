"""Where and when a deed is done."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.photos.store_protocol import PhotoStore


@dataclass(frozen=True, slots=True)
class Here:
    """The instant, the site's zone, the store of pictures; `sync` False leaves the disk's sync out."""

    now: datetime
    zone: ZoneInfo
    store: PhotoStore
    sync: bool = True
