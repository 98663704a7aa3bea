"""Token of a card <-> text in its symbol: alphabet and check character of a label code, twice as long and secret."""

import secrets

from qr.payload import ALPHABET, MAX_SCAN_LENGTH, BadCode, check_character, host_of, normalise

TOKEN_LENGTH = 20
_GROUP = 5


def new_token() -> str:
    """A fresh token from the system's random source: 19 characters that nobody guesses (95 bits) and a check character.

    The check character only catches slips of a typing hand; what opens a session is the token and a PIN.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH - 1))
    return body + check_character(body)


def read_token(text: str) -> str:
    """The token that somebody scanned or typed, in its one spelling. Raises BadCode."""
    token = normalise(text[:MAX_SCAN_LENGTH])
    plain = len(token) == TOKEN_LENGTH and all(character in ALPHABET for character in token)
    if not plain or check_character(token[:-1]) != token[-1]:
        raise BadCode(text[:MAX_SCAN_LENGTH])
    return token


def grouped(token: str) -> str:
    """The token as people type it: XXXXX-XXXXX-XXXXX-XXXXX."""
    return "-".join(token[at : at + _GROUP] for at in range(0, len(token), _GROUP))


def card_text(base_url: str, token: str) -> str:
    """What the symbol carries, in upper case for QR alphanumeric mode; `base_url` is scheme, host and port only."""
    host_of(base_url)
    return f"{base_url.rstrip('/')}/B/{read_token(token)}".upper()
