"""The status link: a token that only this server can make, of which the table keeps a hash."""

import base64
import hashlib
import hmac

LENGTH = 26


def token_of(secret: str, item_id: str) -> str:
    """26 letters and digits, 130 bits; the same for the same case, so that a form sent twice gives one link."""
    made = hmac.new(secret.encode(), f"status/{item_id}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode().lower()[:LENGTH]


def key_of(token: str) -> str:
    """What the table keeps."""
    return hashlib.sha256(token.lower().encode()).hexdigest()
