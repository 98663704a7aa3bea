"""A thing to be told by a timer, which looks again and again and tells each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.messages.rules_words import Kind


@dataclass(frozen=True)
class Notice:
    """What `tell` takes; `key` names the thing, so that looking again tells nobody twice."""

    kind: Kind
    people: Sequence[str]
    params: Mapping[str, str]
    link: str
    key: str
