"""Typed reading of one mapping from outside: every wrong kind becomes a sentence, never an exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from app.days import NOWHERE, instant_of
from app.web.words import lazy

E = TypeVar("E", bound=StrEnum)
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control and direction characters; databases refuse the first of them, and none is ever typed."""
LARGEST = 1e15


class Fields:
    """`errors` collects a sentence a field; the fields of an answer are collected under their step."""

    def __init__(
        self, body: Mapping[str, Any], errors: dict[str, object] | None = None, under: str | None = None
    ) -> None:
        self.body, self.errors, self.under = body, {} if errors is None else errors, under

    def inner(self, body: Mapping[str, Any], under: str | None = None) -> Fields:
        return Fields(body, self.errors, under)

    def refuse(self, name: str, sentence: object) -> None:
        self.errors.setdefault(self.under or name, sentence)

    def text(self, name: str, longest: int, *, needed: bool = False) -> str | None:
        """None for an empty text; characters that nobody types are cut."""
        value = self.body.get(name)
        if value is None and not needed:
            return None
        if value is not None and not isinstance(value, str):
            self.refuse(name, lazy("This must be text."))
            return None
        cleaned = UNSEEN.sub("", value or "").strip()
        if len(cleaned) > longest:
            self.refuse(name, lazy("This text is too long; at most %(n)d characters.", n=longest))
        elif needed and not cleaned:
            self.refuse(name, lazy("This entry is missing."))
        return cleaned[:longest] or None

    def one_of(self, name: str, kind: type[E], *, needed: bool = False) -> E | None:
        value = self.body.get(name)
        if value is None or value == "":
            if needed:
                self.refuse(name, lazy("This entry is missing."))
            return None
        try:
            return kind(value)
        except ValueError:
            self.refuse(name, lazy("This is not one of the possible answers."))
            return None

    def number(self, name: str) -> float | None:
        value = self.body.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
            self.refuse(name, lazy("Enter a number, such as 7.5."))
            return None
        return float(value)

    def numbers(self, name: str) -> Mapping[str, float] | None:
        values = self.body.get(name)
        if values is None:
            return None
        if not isinstance(values, Mapping) or len(values) > 20:
            self.refuse(name, lazy("Enter a number, such as 7.5."))
            return None
        inner = self.inner(values, self.under or name)
        return {key: number for key in values if (number := inner.number(key)) is not None}

    def truth(self, name: str) -> bool:
        value = self.body.get(name)
        if value is not None and not isinstance(value, bool):
            self.refuse(name, lazy("This must be yes or no."))
        return value is True

    def uuid(self, name: str) -> str:
        value = self.body.get(name)
        if not isinstance(value, str) or not UUID_TEXT.fullmatch(value):
            self.refuse(name, lazy("The number of this record is damaged. Open the page again."))
            return ""
        return value.lower()

    def uuids(self, name: str, most: int) -> tuple[str, ...]:
        values = self.body.get(name)
        if values is None or values == []:
            return ()
        fine = isinstance(values, list) and all(isinstance(each, str) and UUID_TEXT.fullmatch(each) for each in values)
        if not fine or len(values) > most:
            self.refuse(name, lazy("These files cannot be read. At most %(n)d can be sent at once.", n=most))
            return ()
        return tuple(each.lower() for each in values)

    def mapping(self, name: str) -> Mapping[str, Any]:
        value = self.body.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.refuse(name, lazy("This entry cannot be read. Open the page again."))
        return value if isinstance(value, Mapping) else {}

    def instant(self, name: str) -> datetime:
        found = self.maybe_instant(name)
        if found is None:
            self.refuse(name, lazy("The time on this phone cannot be read."))
        return found or NOWHERE

    def maybe_instant(self, name: str) -> datetime | None:
        value = self.body.get(name)
        if value is None:
            return None
        found = instant_of(value) if isinstance(value, str) else None
        if found is None:
            self.refuse(name, lazy("The time on this phone cannot be read."))
        return found
