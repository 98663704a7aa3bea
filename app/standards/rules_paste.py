"""A pasted table as steps of a draft: columns by their heads or by their place, numbering taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.standards.rules_document_steps import MAX_CHOICES, MAX_TITLE
from app.standards.rules_editing import Part, blank_step
from app.standards.rules_paste_cells import Cell, grid_of
from app.standards.rules_trade import TRADE

# Column -> the words of its head; the first that is found in a head counts.
HEADS: Mapping[str, list[str]] = TRADE["heads"]
KINDS: Mapping[str, list[str]] = TRADE["kinds"]
YES, BAD = TRADE["yes"], tuple(TRADE["bad"])
_UNITS, _TENS = "|".join(TRADE["units"]), TRADE["numerals"]
_NUMBERING = re.compile(
    rf"^(?:(?P<clause>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?=\s)(?!\s*(?:{_UNITS})(?![a-z]))"
    rf"|[（(]?\d{{1,3}}[）)、]|\d{{1,3}}[.．:：](?!\d)|[①-⑳]|[（(]?[{_TENS}]{{1,3}}[）)、.．])\s*",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(rf"^[（(]?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[①-⑳]|[{_TENS}]{{1,3}})[）)、.．]?$")
_FIRST_PIECE = re.compile(r"^(.{2,24}?)[，。；：,;:（(]")
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


def steps_of(html: str, text: str, first: int) -> list[Part]:
    """Steps of the clipboard's table, numbered from `first`; rows without words are left out. Raises TooManyRows."""
    rows = grid_of(html, text)
    if not rows:
        return []
    columns = _heads(rows[0])
    lines = rows[1:] if columns else rows
    columns = columns or _by_place(lines)
    found = [step for row in lines if (step := _step(row, columns))]
    return [{**step, "id": f"S{first + at:02}"} for at, step in enumerate(found)]


def _heads(row: Sequence[Cell]) -> dict[str, int]:
    """Column -> its place where this row is a row of heads: two of them at least."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        said = cell.text.lower().replace(" ", "")
        if not said or len(said) > 16:
            continue
        name = next((name for name, words in HEADS.items() if any(word in said for word in words)), None)
        if name and name not in found:
            found[name] = at
    return found if len(found) > 1 and {"title", "requirement"} & set(found) else {}


def _by_place(rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Without heads: numbers first where all are numbers, then the title, then what is required."""
    width = max(len(row) for row in rows) if rows else 0
    numbered = width > 1 and all(not row or not row[0].text or _ONLY_NUMBER.match(row[0].text) for row in rows)
    start = 1 if numbered else 0
    names = ["title", "requirement", *(f"more{at}" for at in range(width))]
    found = {name: start + at for at, name in enumerate(names) if start + at < width}
    return found | ({"number": 0} if numbered else {})


def _step(row: Sequence[Cell], columns: Mapping[str, int]) -> Part | None:
    cells = {name: row[at] for name, at in columns.items() if at < len(row)}
    said = {name: cell.text for name, cell in cells.items() if cell.text}
    clause, title = _unnumbered(said.get("title", ""))
    own_clause, requirement = _unnumbered(said.get("requirement", ""))
    more = [said[name] for name in columns if name in said and name.startswith("more")]
    requirement = "；".join([requirement, *more]).strip("；")
    group = said.get("group")
    if title and cells["title"].spans and requirement:
        group, title = title, ""
    if not title:
        title = _beginning(requirement)
    if not title:
        return None
    if len(title) > MAX_TITLE:
        title, requirement = _beginning(title), f"{title}；{requirement}".strip("；")
    number = said.get("number", "")
    clause = said.get("clause") or clause or own_clause or (number if "." in number.strip(".") else "")
    step = blank_step("", title) | {"requirement": requirement, "clause": clause[:20] or None}
    return step | _more(said) | ({"checklist": group[:40]} if group else {})


def _more(said: Mapping[str, str]) -> dict[str, Any]:
    """Evidence, limits and the like, where columns tell."""
    found: dict[str, Any] = {"evidence": _evidence(said), "key": said.get("key", "").lower() in YES}
    if "safety" in said:
        found["safety"] = said["safety"][:300]
    if found["evidence"] == "photo":
        found["photo_min"] = 1
    if found["evidence"] == "choice":
        choices = [each.strip()[:60] for each in re.split(r"[/／、;；|]", said.get("choices", "")) if each.strip()]
        choices = list(dict.fromkeys(choices))[:MAX_CHOICES]
        passing = [each for each in choices if not each.lower().startswith(BAD)]
        found |= {"choices": choices or None, "pass_choices": passing or None}
    if found["evidence"] == "number":
        found |= {"unit": said.get("unit", "")[:20] or None, "min": _limit(said, "min"), "max": _limit(said, "max")}
    if "limit_basis" in said:
        found["limit_basis"] = said["limit_basis"][:300]
    return found


def _evidence(said: Mapping[str, str]) -> str:
    wished = said.get("evidence", "").lower()
    kind = next((kind for kind, words in KINDS.items() if any(word in wished for word in words)), None)
    if kind:
        return kind
    if "choices" in said:
        return "choice"
    return "number" if {"min", "max"} & set(said) else "none"


def _limit(said: Mapping[str, str], name: str) -> float | int | None:
    found = _NUMBER.search(said.get(name, ""))
    if not found:
        return None
    value = float(found[0].replace("−", "-")[:15])
    return int(value) if value == int(value) else value


def _unnumbered(text: str) -> tuple[str, str]:
    """(clause, words) of a text that may begin with its number."""
    found = _NUMBERING.match(text)
    return (found["clause"] or "", text[found.end() :].strip()) if found else ("", text)


def _beginning(text: str) -> str:
    """A title for a text that has none: its first piece."""
    found = _FIRST_PIECE.match(text)
    return found[1] if found else text[:24]
