"""Secrets in the database, sealed with a key that follows from the key of the installation; each use has its own."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# The key of the installation, or it and the ones before it, newest first.
Keys = str | Sequence[str]


@dataclass(frozen=True, repr=False)
class FormerKey:
    """A key of the installation that was replaced; what it has signed is taken until then."""

    key: str
    until: datetime


def former_keys(text: str) -> tuple[FormerKey, ...]:
    """Read key@instant, commas or lines between, newest first; raises ValueError."""
    found = []
    for each in filter(None, text.replace("\n", ",").split(",")):
        key, _at, until = each.strip().rpartition("@")
        instant = datetime.fromisoformat(until)
        if len(key) < 32 or instant.tzinfo is None:
            raise ValueError("takes key@instant with a time zone, commas between, such as …@2026-12-01T08:00+08:00")
        found.append(FormerKey(key, instant))
    return tuple(found)


def written(keys: Sequence[FormerKey]) -> str:
    """As `former_keys` reads them, a line each."""
    return "".join(f"{each.key}@{each.until.isoformat()}\n" for each in keys)


def seal(text: str, use: str, keys: Keys) -> str:
    """Sealed with the newest key; `use` keeps what is sealed for one thing from being opened as another."""
    return _box(use, keys).encrypt(text.encode()).decode()


def unseal(sealed: str, use: str, keys: Keys) -> str | None:
    """None when none of the keys has sealed it."""
    try:
        return _box(use, keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def reseal(sealed: str, use: str, keys: Keys) -> str | None:
    """The same under the newest key; None when there is nothing to do, or when none of the keys opens it."""
    newest = (keys,) if isinstance(keys, str) else tuple(keys[:1])
    if unseal(sealed, use, newest) is not None:
        return None
    text = unseal(sealed, use, keys)
    return None if text is None else seal(text, use, newest)


def _box(use: str, keys: Keys) -> MultiFernet:
    each = (keys,) if isinstance(keys, str) else keys
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(use, key))) for key in each])


def _derived(use: str, key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"dabiao {use}".encode()).derive(key.encode())
