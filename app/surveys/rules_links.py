"""The link of a department: a token that only this server can make, of which the table keeps a hash; and its QR."""

import base64
import hashlib
import hmac

from qr import symbol

LENGTH = 26


def token_of(secret: str, invitation_id: str) -> str:
    """26 letters and digits, 130 bits, in upper case as a QR symbol takes them best; the same for the same row."""
    made = hmac.new(secret.encode(), f"survey/{invitation_id}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:LENGTH]


def key_of(token: str) -> str:
    """What the table keeps."""
    return hashlib.sha256(token.upper().encode()).hexdigest()


def drawn(text: str) -> tuple[str, int]:
    """The path of an SVG with one unit a module, quiet zone included, and its side in modules."""
    made = symbol.make(text, "M")
    edge = symbol.QUIET_MODULES
    runs = (f"M{column + edge} {row + edge}h{length}v1h-{length}z" for column, row, length in made.runs())
    return "".join(runs), made.side_with_quiet_zone
