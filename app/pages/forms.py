"""What a visitor's form carries, as values; a sentence for every field that does not hold."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.feedback.rules_calls import Need, needs_at
from app.feedback.rules_public import FOR_THE_DESK, MOST_CONTACT, MOST_NAME, MOST_WORDS, Kind, Said
from app.feedback.rules_ratings import Face, Topic
from app.web.words import lazy

# A field that people do not see; programs fill it.
TRAP = "website"
E = TypeVar("E", bound=StrEnum)


def parse_said(form: Mapping[str, str], kind_of_point: str, risk: int) -> Said:
    """A call, a rating or something for the service desk at a point of this kind."""
    errors: dict[str, object] = {}
    kind = _one_of(Kind, form.get("kind", ""))
    words = _text(form, "words", MOST_WORDS, errors)
    name, contact = _text(form, "name", MOST_NAME, errors), _text(form, "contact", MOST_CONTACT, errors)
    need = _one_of(Need, form.get("need", ""))
    face, topic = _face(form.get("face", "")), _one_of(Topic, form.get("topic", ""))
    if kind is None:
        errors["kind"] = lazy("Choose what you want to say.")
    if kind is Kind.CALL and need not in needs_at(kind_of_point, risk):
        errors["need"] = lazy("Choose what is wrong.")
    if kind is Kind.RATING and face is None:
        errors["face"] = lazy("Choose one of the five faces.")
    if kind in FOR_THE_DESK and not words:
        errors["words"] = lazy("Say in a few words what it is about.")
    if form.get(TRAP):
        errors["kind"] = lazy("A field that nobody sees was filled in. Turn off automatic filling and send it again.")
    if form.get("topic") and topic is None:
        errors["topic"] = lazy("Choose one of the topics, or none.")
    return Said(kind, need, face, topic, words, name, contact, errors)


def _one_of(kinds: type[E], text: str) -> E | None:
    return next((each for each in kinds if each.value == text), None)


def _face(text: str) -> Face | None:
    return Face(int(text)) if text in {str(face.value) for face in Face} else None


def _text(form: Mapping[str, str], name: str, most: int, errors: dict[str, object]) -> str:
    text = form.get(name, "").strip()
    if len(text) > most:
        errors[name] = lazy("This text is too long; at most %(n)d characters.", n=most)
    return text[:most]
