"""Addresses and secrets of channels, sealed with a key that follows from the key of the installation."""

import json
from dataclasses import dataclass

from app.web import sealing
from app.web.sealing import Keys

USE = "message channels"


@dataclass(frozen=True, repr=False)
class Opened:
    """What a channel needs to be used; it has no repr, so that no log and no trace shows it."""

    address: str
    secret: str


def seal(opened: Opened, keys: Keys) -> str:
    """What the table keeps."""
    return sealing.seal(json.dumps([opened.address, opened.secret]), USE, keys)


def unseal(sealed: str, keys: Keys) -> Opened | None:
    """None when it was sealed with another key: then the channel has to be filled in anew."""
    found = sealing.unseal(sealed, USE, keys)
    return None if found is None else Opened(*json.loads(found))
