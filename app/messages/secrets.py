"""Addresses and secrets of channels, sealed with a key that follows from the key of the installation."""

import base64
import json
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, repr=False)
class Opened:
    """What a channel needs to be used; it has no repr, so that no log and no trace shows it."""

    address: str
    secret: str


def seal(opened: Opened, secret_key: str) -> str:
    """What the table keeps."""
    return _box(secret_key).encrypt(json.dumps([opened.address, opened.secret]).encode()).decode()


def unseal(sealed: str, secret_key: str) -> Opened | None:
    """None when it was sealed with another key: then the channel has to be filled in anew."""
    try:
        return Opened(*json.loads(_box(secret_key).decrypt(sealed.encode())))
    except InvalidToken:
        return None


def _box(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dabiao message channels")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
