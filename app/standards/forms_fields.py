"""Fields of the draft's forms as values: texts, numbers, lines and conditions, each error by its field."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Protocol

from app.standards.rules_choices import MAX_ROWS, OddCondition, Row, Rows, condition_of
from app.web.words import lazy

MAX_LINES = 40


class Several(Protocol):
    """A form in which a name may stand more than once."""

    def get(self, name: str, default: str, /) -> str: ...
    def getlist(self, name: str, /) -> list[str]: ...
    def __contains__(self, name: object, /) -> bool: ...


@dataclass
class Reader:
    """Reads a form and gathers what is wrong with it, a sentence a field."""

    form: Several
    errors: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str, longest: int = 2000) -> str:
        """One text without the spaces around it."""
        found = "\n".join(line.rstrip() for line in self.form.get(name, "").splitlines()).strip()
        found = "".join(letter for letter in found if letter == "\n" or letter.isprintable())
        if len(found) > longest:
            self.errors[name] = lazy("At most %(n)d characters.", n=longest)
        return found[:longest]

    def optional(self, name: str, longest: int = 2000) -> str | None:
        return self.text(name, longest) or None

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number in a range; None where nothing stands."""
        found = self.number(name)
        if found is None:
            return None
        if found != int(found) or not least <= found <= most:
            self.errors[name] = lazy("A whole number from %(least)d to %(most)d, please.", least=least, most=most)
            return None
        return int(found)

    def number(self, name: str) -> float | int | None:
        """A finite number, 1.5 or 1,5; None where nothing stands."""
        typed = self.form.get(name, "").strip().replace("，", ".").replace(",", ".").replace("−", "-")
        if not typed:
            return None
        try:
            found = float(typed)
        except ValueError:
            found = math.nan
        if not math.isfinite(found) or abs(found) > 1e12:
            self.errors[name] = lazy("A number, please.")
            return None
        return int(found) if found == int(found) else found

    def one_of(self, name: str, known: Any, otherwise: str) -> str:
        found = self.form.get(name, "") or otherwise
        if found not in known:
            self.errors[name] = lazy("Choose one of the list.")
            return otherwise
        return found

    def ticked(self, name: str) -> bool:
        return name in self.form

    def lines(self, name: str, longest: int = 300) -> list[str]:
        """One entry a line, empty ones left out."""
        found = [line.strip() for line in self.text(name, 20_000).splitlines() if line.strip()]
        if len(found) > MAX_LINES or any(len(line) > longest for line in found):
            self.errors[name] = lazy("At most %(n)d lines of %(long)d characters.", n=MAX_LINES, long=longest)
        return [line[:longest] for line in found[:MAX_LINES]]

    def condition(self, prefix: str) -> Any:
        """The condition of rows named prefix_fact, prefix_op, prefix_value, or of the text prefix_text."""
        names = [self.form.getlist(f"{prefix}_{each}") for each in ("fact", "op", "value")]
        rows = [Row(*(cell or "" for cell in each)) for each in zip_longest(*names, fillvalue="")][: MAX_ROWS + 4]
        try:
            return condition_of(
                Rows(self.form.get(f"{prefix}_join", "all"), tuple(rows), self.form.get(f"{prefix}_text", ""))
            )
        except OddCondition as odd:
            self.errors[f"{prefix}_value"] = odd.sentence
            return None


def parse_head(form: Several, old: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Title, times and the like of the standard, and the errors by field."""
    read = Reader(form)
    title = read.text("title", 80)
    if not title:
        read.errors["title"] = lazy("The standard has no title.")
    part = {
        **old,
        "title": title,
        "title_en": read.optional("title_en", 160),
        "summary": read.optional("summary", 600),
        "confirm": read.one_of("confirm", ("each", "together"), "each"),
        "expected_minutes": read.whole("expected_minutes", 0, 1440) or 0,
        "valid_minutes": read.whole("valid_minutes", 1, 525_600),
        "public": read.ticked("public"),
        "photo_forbidden_when": _forbidden(read),
        "acceptance": read.lines("acceptance"),
        "references": _references(read, old.get("references") or []),
        "speaks_to": [each for each in form.getlist("speaks_to") if each in ASPECTS],
    }
    return part, read.errors


def _forbidden(read: Reader) -> Any:
    """True: never a photo; None: photos allowed; else a condition."""
    how = read.one_of("photos", ("allowed", "never", "when"), "allowed")
    return {"allowed": None, "never": True}.get(how) if how != "when" else read.condition("photo")


def _references(read: Reader, old: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A line a source, `name：what for`; what else was known of a source stays."""
    known = {each.get("name_zh"): each for each in old}
    found = []
    for line in read.lines("references"):
        name, _, used = line.replace(":", "：").partition("：")
        found.append({**known.get(name.strip(), {}), "name_zh": name.strip(), "used_for_zh": used.strip()})
    return found


ASPECTS: Mapping[str, Any] = {
    "process": lazy("the process of the service"),
    "provision": lazy("what is provided"),
    "control": lazy("quality control"),
    "verification": lazy("verification"),
    "function": lazy("functionality"),
    "economy": lazy("economy"),
    "safety": lazy("safety"),
    "comfort": lazy("comfort"),
    "time": lazy("time"),
    "courtesy": lazy("courtesy"),
}
"""What a service standard states and speaks to (rules LC-8)."""
