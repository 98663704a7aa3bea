"""What a field of the data is: name, kind, words, unit and rule; the one declaration behind schema, file and page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.web.words import lazy


class Kind(StrEnum):
    """How a value is written in an answer; files write days and instants at the site, and codes in words."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    SHARES = "shares"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"


KIND_WORDS: Mapping[Kind, object] = {
    Kind.TEXT: lazy("text"),
    Kind.CODE: lazy("one of"),
    Kind.CODES: lazy("several of"),
    Kind.TEXTS: lazy("list of texts"),
    Kind.INTEGER: lazy("whole number"),
    Kind.NUMBER: lazy("number"),
    Kind.SHARES: lazy("two numbers"),
    Kind.FLAG: lazy("yes or no"),
    Kind.DAY: lazy("day at the site"),
    Kind.INSTANT: lazy("instant"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """`empty` ones may be null; `personal` ones are null for a key without the scope of people.

    `words` name the codes that it may have, `details` say of each what it means.
    """

    name: str
    kind: Kind
    title: object
    meaning: object
    unit: object = ""
    rule: str = ""
    words: Mapping[str, object] | None = None
    empty: bool = False
    personal: bool = False
    details: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """One kind of rows. `dated` names the field that a range of days is about, "" where there is none.

    `reads` names the kind of rows whose scope opens these too, "" where they have one of their own.
    """

    name: str
    title: object
    meaning: object
    fields: tuple[Field, ...]
    dated: str = ""
    reads: str = ""

    @property
    def scope(self) -> str:
        """What a key has to hold."""
        return f"{self.reads or self.name}:read"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields)


def text(name: str, title: object, meaning: object, **more: Any) -> Field:
    return Field(name, Kind.TEXT, title, meaning, **more)


def code(name: str, title: object, meaning: object, words: Mapping[Any, object], **more: Any) -> Field:
    """`words` are in the order of the trade; their keys are what an answer carries."""
    return Field(name, Kind.CODE, title, meaning, words={str(key): word for key, word in words.items()}, **more)


def number(name: str, title: object, meaning: object, **more: Any) -> Field:
    """A whole number, unless `kind` says otherwise."""
    return Field(name, more.pop("kind", Kind.INTEGER), title, meaning, **more)


def flag(name: str, title: object, meaning: object, **more: Any) -> Field:
    return Field(name, Kind.FLAG, title, meaning, **more)


def instant(name: str, title: object, meaning: object, **more: Any) -> Field:
    return Field(name, Kind.INSTANT, title, meaning, **more)


def twice(fields: Iterable[Field]) -> list[str]:
    """Names that stand twice."""
    seen: set[str] = set()
    return [each.name for each in fields if each.name in seen or seen.add(each.name)]  # type: ignore[func-returns-value]


Row = Sequence[Any]
"""Values in the order of the fields: str, int, float, bool, date, aware datetime, list of str, two float, or None."""
