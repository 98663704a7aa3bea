"""Argon2id for passwords and PINs; knows no tables."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The OWASP minimum for argon2id (19 MiB, two passes): a sign-in costs about 20 ms on a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _hasher.hash("nobody")


def hashed(secret: str) -> str:
    """The hash to keep."""
    return _hasher.hash(secret)


def matches(kept: str, secret: str) -> bool:
    """Whether the secret is right; an absent hash costs the same time and is always wrong."""
    try:
        return _hasher.verify(kept or _NOBODY, secret) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
