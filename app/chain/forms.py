"""What a phone sends when it offers its receipts again."""

from __future__ import annotations

from uuid import UUID

import orjson

from app.refusals import Invalid, Refusal
from app.web.words import lazy

MOST_OFFERED = 500
UUID_LENGTH = 36


def offered(raw: bytes) -> list[str]:
    """The ids of checks, each once. Raises Refusal for what is no JSON object, Invalid for what are no ids."""
    unreadable = lazy("This record cannot be read. Open the page again.")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as wrong:
        raise Refusal(unreadable) from wrong
    if not isinstance(body, dict):
        raise Refusal(unreadable)
    ids = body.get("ids", [])
    if not isinstance(ids, list) or len(ids) > MOST_OFFERED or not all(_is_id(each) for each in ids):
        sentence = lazy("These files cannot be read. At most %(n)d can be sent at once.", n=MOST_OFFERED)
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields={"ids": sentence})
    return list(dict.fromkeys(each.lower() for each in ids))


def _is_id(said: object) -> bool:
    try:
        return isinstance(said, str) and len(said) == UUID_LENGTH and bool(UUID(said))
    except ValueError:
        return False
