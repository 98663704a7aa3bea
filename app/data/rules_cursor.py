"""A cursor: where the next page begins, signed together with the question it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson
from itsdangerous import BadData, URLSafeSerializer

from app.refusals import Refusal
from app.web.words import lazy

LONGEST = 400


class WrongCursor(Refusal):
    """Not one of ours, changed on its way, or of another question."""

    problem = "cursor"


WRONG = lazy("This cursor does not belong to this question. Begin again without a cursor.")


def made(position: Sequence[str], question: dict[str, Any], keys: Sequence[str]) -> str:
    """`position` is what the last row was ordered by; `question` everything that decides which rows there are."""
    token = _signer(question, keys).dumps(list(position))
    return token if isinstance(token, str) else token.decode()


def read(token: str, question: dict[str, Any], keys: Sequence[str], width: int) -> tuple[str, ...]:
    """The position; raises WrongCursor."""
    try:
        position = _signer(question, keys).loads(token) if len(token) <= LONGEST else None
    except BadData as why:
        raise WrongCursor(WRONG) from why
    if not isinstance(position, list) or len(position) != width or not all(isinstance(each, str) for each in position):
        raise WrongCursor(WRONG)
    return tuple(position)


def _signer(question: dict[str, Any], keys: Sequence[str]) -> URLSafeSerializer:
    """A salt for each question: the signature of one is none for another."""
    asked = hashlib.sha256(orjson.dumps(question, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return URLSafeSerializer(list(keys), salt=f"data-cursor/{asked}", signer_kwargs={"digest_method": hashlib.sha256})
