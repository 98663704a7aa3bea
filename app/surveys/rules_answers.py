"""What somebody answers: faces by question, words without anything that says who or how to reach them; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.feedback.rules_ratings import Face
from app.surveys.rules_content import CONTACTS, HIDDEN

MOST_WORDS = 300


@dataclass(frozen=True)
class Mark:
    """The face for one question, numbered from 1, and what was said beside it."""

    no: int
    face: Face
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """One answered form; `errors` has a sentence a field. What was never used has no mark."""

    marks: tuple[Mark, ...]
    words: str = ""
    errors: Mapping[str, object] = field(default_factory=dict)


def anonymous(text: str) -> str:
    """The words without telephones, mail, accounts and long numbers: nothing that says who wrote is kept."""
    return CONTACTS.sub(HIDDEN, text.strip())
